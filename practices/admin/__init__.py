"""The admin of the catalogue; importing this package registers it."""

from practices.admin import dead_links, evidence, parts, practices, search, suggestions, vocabulary

__all__ = ["dead_links", "evidence", "parts", "practices", "search", "suggestions", "vocabulary"]
