"""Brings the catalogue that ships with the project (fixtures/) into the database.

Knows nothing of terminals: it returns and reports values, the command prints them.
"""

from practices.importers.loading import SectionResult, load_catalogue
from practices.importers.reading import CatalogueError, Problem
from practices.importers.thesaurus import load_thesaurus

__all__ = ["CatalogueError", "Problem", "SectionResult", "load_catalogue", "load_thesaurus"]
