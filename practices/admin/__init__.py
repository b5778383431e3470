"""The admin of the catalogue; importing this package registers it."""

from practices.admin import evidence, parts, practices, search, suggestions, vocabulary

__all__ = ["evidence", "parts", "practices", "search", "suggestions", "vocabulary"]
