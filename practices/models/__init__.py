"""The catalogue's models, one module per subject."""

from practices.models.addresses import OldSlug, WithdrawnSlug
from practices.models.attachments import Contact, Photo, Suggestion
from practices.models.editorial import AdoptionStep, PrivacyOverride, StateChange, Version
from practices.models.evidence import Claim, Reference, Source
from practices.models.language import MissedQuery, SynonymGroup, WantedQuestion
from practices.models.loading import LoadedItem
from practices.models.network import Adoption, Relation
from practices.models.practice import Practice, PracticeMunicipality
from practices.models.search_index import (
    CatalogueVersion,
    IndexedPractice,
    Posting,
    SearchTerm,
    TitlePart,
    WordForm,
)
from practices.models.upkeep import (
    Digest,
    DigestPreference,
    LinkCheck,
    Reminder,
    ViewCount,
)
from practices.models.vocabulary import (
    Barrier,
    Instrument,
    OldTermSlug,
    ParticipationStep,
    Recommendation,
    TargetGroup,
    Term,
    Theme,
)

__all__ = [
    "Adoption",
    "AdoptionStep",
    "Barrier",
    "CatalogueVersion",
    "Claim",
    "Contact",
    "Digest",
    "DigestPreference",
    "IndexedPractice",
    "Instrument",
    "LinkCheck",
    "LoadedItem",
    "MissedQuery",
    "OldSlug",
    "OldTermSlug",
    "ParticipationStep",
    "Photo",
    "Posting",
    "Practice",
    "PracticeMunicipality",
    "PrivacyOverride",
    "Recommendation",
    "Reference",
    "Relation",
    "Reminder",
    "SearchTerm",
    "Source",
    "StateChange",
    "Suggestion",
    "SynonymGroup",
    "TargetGroup",
    "Term",
    "Theme",
    "TitlePart",
    "Version",
    "ViewCount",
    "WantedQuestion",
    "WithdrawnSlug",
    "WordForm",
]
