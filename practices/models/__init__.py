"""The catalogue's models, one module per subject."""

from practices.models.attachments import Contact, Photo, Suggestion
from practices.models.bookkeeping import IndexedPractice, LoadedItem, Posting
from practices.models.evidence import Claim, Reference, Source
from practices.models.network import Adoption, Relation
from practices.models.practice import OldSlug, Practice, PracticeMunicipality
from practices.models.vocabulary import (
    Barrier,
    Instrument,
    ParticipationStep,
    Recommendation,
    TargetGroup,
    Term,
    Theme,
)

__all__ = [
    "Adoption",
    "Barrier",
    "Claim",
    "Contact",
    "IndexedPractice",
    "Instrument",
    "LoadedItem",
    "OldSlug",
    "ParticipationStep",
    "Photo",
    "Posting",
    "Practice",
    "PracticeMunicipality",
    "Recommendation",
    "Reference",
    "Relation",
    "Source",
    "Suggestion",
    "TargetGroup",
    "Term",
    "Theme",
]
