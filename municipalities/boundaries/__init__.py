"""Boundaries of municipalities: fetched or read, checked as a whole, then stored."""

from municipalities.boundaries.fetching import PDOK, OfflineError, fetch, pdok_url
from municipalities.boundaries.reading import Boundary, BoundaryError, read_boundaries
from municipalities.boundaries.storing import StoreReport, store_boundaries

__all__ = [
    "PDOK",
    "Boundary",
    "BoundaryError",
    "OfflineError",
    "StoreReport",
    "fetch",
    "pdok_url",
    "read_boundaries",
    "store_boundaries",
]
