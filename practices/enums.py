"""Closed lists of the catalogue.

Values are stored in the database and appear in addresses (`?bewijs=gemeten-resultaat`),
so they never change; labels are what people read.
"""

from django.db.models import IntegerChoices, TextChoices


class Kind(TextChoices):
    INITIATIVE = "initiatief", "Initiatief"
    PILOT = "pilot", "Pilot"
    PROGRAMME = "programma", "Programma"
    METHOD = "methode", "Methode"
    COOPERATION = "samenwerking", "Samenwerking"


class Scope(TextChoices):
    """For whom a practice holds. The wide ones also cover places they do not name."""

    NEIGHBOURHOOD = "wijk", "Wijk of buurt"
    MUNICIPALITY = "gemeente", "Gemeente"
    REGION = "regio", "Regio"
    PROVINCE = "provincie", "Hele provincie"
    COUNTRY = "landelijk", "Heel Nederland"
    UNKNOWN = "onbekend", "Niet bekend"


REGIONAL_SCOPES = (Scope.REGION, Scope.PROVINCE)
WIDE_SCOPES = (*REGIONAL_SCOPES, Scope.COUNTRY)


class Phase(TextChoices):
    PLANNED = "gepland", "Idee of plan"
    PILOT = "pilot", "Proef"
    RUNNING = "loopt", "Loopt"
    ENDED = "afgerond", "Afgerond"
    UNKNOWN = "onbekend", "Niet bekend"


class Freshness(TextChoices):
    FRESH = "actueel", "Actueel"
    DUE_SOON = "binnenkort", "Binnenkort controleren"
    STALE = "verouderd", "Lang niet bevestigd"


class ReviewTerm(IntegerChoices):
    """Months after which an entry has to be confirmed again."""

    HALF_YEAR = 6, "elk half jaar"
    YEAR = 12, "elk jaar"
    TWO_YEARS = 24, "elke twee jaar"


class CostClass(TextChoices):
    UNKNOWN = "onbekend", "Niet bekend"
    NONE = "geen", "Geen of bijna geen kosten"
    LOW = "laag", "Laag"
    MEDIUM = "gemiddeld", "Gemiddeld"
    HIGH = "hoog", "Hoog"


class State(TextChoices):
    CONCEPT = "concept", "Concept"
    IN_REVIEW = "ter-beoordeling", "Ter beoordeling"
    PUBLISHED = "gepubliceerd", "Gepubliceerd"
    ARCHIVED = "gearchiveerd", "Gearchiveerd"


class VersionAction(TextChoices):
    FOUND = "aangetroffen", "Aangetroffen"
    ADDED = "gemaakt", "Gemaakt"
    CHANGED = "gewijzigd", "Gewijzigd"
    CONFIRMED = "bevestigd", "Bevestigd dat de inhoud klopt"
    MOVED = "stand", "Andere stand"
    RESTORED = "teruggezet", "Oude versie teruggezet"
    DELETED = "verwijderd", "Verwijderd"


class Evidence(IntegerChoices):
    """The evidence ladder, lowest first. The last three follow Movisie's definitions."""

    MENTIONED = 1, "Genoemd"
    EXPERIENCE = 2, "Praktijkervaring"
    MEASURED = 3, "Gemeten resultaat"
    SUBSTANTIATED = 4, "Onderbouwd"
    INDICATIONS = 5, "Aanwijzingen voor effect"
    EFFECTIVE = 6, "Effectief"

    @property
    def slug(self) -> str:
        """The value in addresses."""
        return str(self.label).lower().replace(" ", "-")

    @property
    def explanation(self) -> str:
        return _EVIDENCE_EXPLANATIONS[self]

    @classmethod
    def from_slug(cls, slug: str) -> "Evidence":
        """Raises KeyError for an unknown slug."""
        return {level.slug: level for level in cls}[slug]


_EVIDENCE_EXPLANATIONS = {
    Evidence.MENTIONED: "De praktijk is beschreven. Er is geen uitkomst voor deelnemers bekend.",
    Evidence.EXPERIENCE: "Betrokkenen zeggen dat het werkt of niet werkt. Er is niet geteld.",
    Evidence.MEASURED: "Er is een uitkomst of aantal bekend, zonder vergelijking.",
    Evidence.SUBSTANTIATED: "Beoordeeld: er is goed uitgelegd waarom deze aanpak kan werken.",
    Evidence.INDICATIONS: "Beoordeeld: onderzoek geeft aanwijzingen dat de aanpak werkt.",
    Evidence.EFFECTIVE: "Beoordeeld: onderzoek met een vergelijkingsgroep laat zien dat het werkt.",
}

# From here on somebody from outside has to have judged the evidence.
LOWEST_ASSESSED_LEVEL = Evidence.SUBSTANTIATED


class ClaimKind(TextChoices):
    OUTCOME = "uitkomst", "Uitkomst"
    REACH = "bereik", "Bereik"
    SIZE = "omvang", "Omvang"
    INTENTION = "voornemen", "Voornemen"


class Proof(IntegerChoices):
    """How a claim is known. Its value is the highest evidence level it can carry."""

    STATEMENT = Evidence.MENTIONED, "Alleen genoemd"
    EXPERIENCE = Evidence.EXPERIENCE, "Ervaring van betrokkenen"
    COUNT = Evidence.MEASURED, "Telling of meting"
    THEORY = Evidence.SUBSTANTIATED, "Onderbouwing met theorie of literatuur"
    STUDY = Evidence.INDICATIONS, "Onderzoek zonder vergelijkingsgroep"
    CONTROLLED_STUDY = Evidence.EFFECTIVE, "Onderzoek met vergelijkingsgroep"


class MunicipalityRole(TextChoices):
    CARRIES_OUT = "uitvoerder", "voert uit"
    STARTED_BY = "initiatiefnemer", "nam het initiatief"
    TAKES_PART = "deelnemer", "doet mee"


class RelationKind(TextChoices):
    """Read from the first practice: "A is opvolger van B"."""

    SUCCEEDS = "opvolger-van", "opvolger van"
    PART_OF = "onderdeel-van", "onderdeel van"
    BASED_ON = "gebaseerd-op", "gebaseerd op"
    EXAMPLE_OF = "voorbeeld-van", "voorbeeld van"
    USES = "maakt-gebruik-van", "maakt gebruik van"
    NEXT_STEP = "volgende-stap", "heeft als volgende stap"
    RELATED = "verwant-aan", "verwant aan"

    @property
    def inverse_label(self) -> str:
        """The same relation, read from the second practice."""
        return _INVERSE_LABELS[self]


_INVERSE_LABELS = {
    RelationKind.SUCCEEDS: "voorganger van",
    RelationKind.PART_OF: "omvat",
    RelationKind.BASED_ON: "voorbeeld voor",
    RelationKind.EXAMPLE_OF: "heeft als voorbeeld",
    RelationKind.USES: "wordt gebruikt door",
    RelationKind.NEXT_STEP: "volgt op",
    RelationKind.RELATED: "verwant aan",
}


class AdoptionState(TextChoices):
    CONSIDERING = "overweegt", "overweegt"
    STARTED = "gestart", "gestart"
    ADAPTED = "aangepast", "aangepast overgenomen"
    STOPPED = "gestopt", "gestopt"


class SuggestionKind(TextChoices):
    CORRECTION = "verbetering", "Verbetering van een praktijk"
    NEW = "nieuw", "Nieuwe praktijk"


class SuggestionState(TextChoices):
    UNCONFIRMED = "onbevestigd", "Nog niet bevestigd door de afzender"
    NEW = "nieuw", "Nieuw"
    ACCEPTED = "overgenomen", "Overgenomen"
    REJECTED = "afgewezen", "Afgewezen"


class ReminderAnswer(TextChoices):
    CONFIRMED = "bevestigd", "Bevestigd"
    CHANGED = "gewijzigd", "Gewijzigd"
    ARCHIVED = "gearchiveerd", "Gearchiveerd"


class LinkState(TextChoices):
    NOT_CHECKED = "onbekend", "Nog niet bekeken"
    WORKS = "werkt", "Werkt"
    FAILING = "hapert", "Deed het de laatste keer niet"
    DEAD = "dood", "Werkt niet meer"


class BarrierLevel(TextChoices):
    PERSON = "persoon", "Bij de persoon zelf"
    EMPLOYER = "werkgever", "Bij werkgevers"
    DELIVERY = "uitvoering", "In de uitvoering"
    ORGANISATION = "organisatie", "In de organisatie"
    RULES = "regels", "In de regels"
    FUNDING = "financiering", "In het geld"
    VALUATION = "waardering", "In de waardering van werk"
