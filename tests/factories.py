"""Objects for tests: each factory makes the smallest one that is valid.

What a test is about, it says itself: `PracticeFactory(title=…, themes=[…])`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import factory
from django.contrib.auth import get_user_model
from django.utils import timezone
from factory.django import DjangoModelFactory

from municipalities.enums import RegionKind
from municipalities.models import (
    Membership,
    Municipality,
    OldMunicipalitySlug,
    Region,
    WelfareFigure,
)
from practices.enums import AdoptionState, BarrierLevel, Kind, RelationKind, State, SuggestionKind
from practices.models import (
    Adoption,
    Barrier,
    Claim,
    Contact,
    Digest,
    Instrument,
    OldSlug,
    ParticipationStep,
    Photo,
    Practice,
    Recommendation,
    Reference,
    Relation,
    Reminder,
    Source,
    Suggestion,
    SynonymGroup,
    TargetGroup,
    Theme,
    WantedQuestion,
)
from practices.search.index import indexing_once

PASSWORD = "Een-wachtwoord-voor-tests-1"


class BaseFactory(DjangoModelFactory):
    class Meta:
        abstract = True
        skip_postgeneration_save = True


def links(relation: str) -> factory.PostGeneration:
    """Lets a factory take the objects of a many-to-many relation: `themes=[taal, zorg]`."""

    def set_them(instance: Any, create: bool, given: Any, **kwargs: Any) -> None:
        if create and given is not None:
            getattr(instance, relation).set(given)

    return factory.PostGeneration(set_them)


# --- people and places --------------------------------------------------------------


class UserFactory(BaseFactory):
    class Meta:
        model = get_user_model()

    username = factory.Sequence(lambda n: f"gebruiker-{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    password = factory.django.Password(PASSWORD)

    class Params:
        staff = factory.Trait(is_staff=True)
        superuser = factory.Trait(is_staff=True, is_superuser=True)


class RegionFactory(BaseFactory):
    class Meta:
        model = Region

    name = factory.Sequence(lambda n: f"Regio {n}")
    slug = factory.Sequence(lambda n: f"regio-{n}")
    kind = RegionKind.LABOUR_MARKET


class MunicipalityFactory(BaseFactory):
    class Meta:
        model = Municipality

    name = factory.Sequence(lambda n: f"Gemeente {n}")
    slug = factory.Sequence(lambda n: f"gemeente-{n}")
    code = factory.Sequence(lambda n: f"GM{n % 10_000:04}")
    region = factory.SubFactory(RegionFactory)
    province = factory.SubFactory(RegionFactory, kind=RegionKind.PROVINCE)


class OldMunicipalitySlugFactory(BaseFactory):
    class Meta:
        model = OldMunicipalitySlug

    municipality = factory.SubFactory(MunicipalityFactory)
    slug = factory.Sequence(lambda n: f"oude-gemeente-{n}")


class WelfareFigureFactory(BaseFactory):
    class Meta:
        model = WelfareFigure

    municipality = factory.SubFactory(MunicipalityFactory)
    year = factory.Sequence(lambda n: 1990 + n % 110)
    recipients = 1000
    source = "Onderzoek 2018"


class MembershipFactory(BaseFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory, staff=True)
    municipality = factory.SubFactory(MunicipalityFactory)


# --- vocabularies -------------------------------------------------------------------


class ThemeFactory(BaseFactory):
    class Meta:
        model = Theme

    name = factory.Sequence(lambda n: f"Thema {n}")
    slug = factory.Sequence(lambda n: f"thema-{n}")


class TargetGroupFactory(BaseFactory):
    class Meta:
        model = TargetGroup

    name = factory.Sequence(lambda n: f"Doelgroep {n}")
    slug = factory.Sequence(lambda n: f"doelgroep-{n}")


class BarrierFactory(BaseFactory):
    class Meta:
        model = Barrier

    name = factory.Sequence(lambda n: f"Knelpunt {n}")
    slug = factory.Sequence(lambda n: f"knelpunt-{n}")
    level = BarrierLevel.PERSON


class InstrumentFactory(BaseFactory):
    class Meta:
        model = Instrument

    name = factory.Sequence(lambda n: f"Instrument {n}")
    slug = factory.Sequence(lambda n: f"instrument-{n}")


class RecommendationFactory(BaseFactory):
    class Meta:
        model = Recommendation

    name = factory.Sequence(lambda n: f"Aanbeveling {n}")
    slug = factory.Sequence(lambda n: f"aanbeveling-{n}")


class ParticipationStepFactory(BaseFactory):
    class Meta:
        model = ParticipationStep

    name = factory.Sequence(lambda n: f"Trede {n}")
    slug = factory.Sequence(lambda n: f"trede-{n}")
    position = factory.Sequence(lambda n: n % 1000)


# --- the entry ----------------------------------------------------------------------


class PracticeFactory(BaseFactory):
    """Published, linked to nothing. `concept=True` and the like give another state."""

    class Meta:
        model = Practice

    @classmethod
    def _generate(cls, strategy: Any, params: Any) -> Any:
        # Once with all its links: after each of them takes some 4% of a run.
        with indexing_once():
            return super()._generate(strategy, params)

    title = factory.Sequence(lambda n: f"Praktijk {n}")
    slug = factory.Sequence(lambda n: f"praktijk-{n}")
    kind = Kind.INITIATIVE
    summary = factory.LazyAttribute(lambda practice: f"Samenvatting van {practice.title}.")
    state = State.PUBLISHED

    class Params:
        concept = factory.Trait(state=State.CONCEPT)
        in_review = factory.Trait(state=State.IN_REVIEW)
        archived = factory.Trait(state=State.ARCHIVED, published_on=date(2020, 1, 1))

    municipalities = links("municipalities")
    regions = links("regions")
    themes = links("themes")
    target_groups = links("target_groups")
    barriers = links("barriers")
    instruments = links("instruments")
    recommendations = links("recommendations")
    steps = links("steps")


class OldSlugFactory(BaseFactory):
    class Meta:
        model = OldSlug

    practice = factory.SubFactory(PracticeFactory)
    slug = factory.Sequence(lambda n: f"oud-adres-{n}")


class SourceFactory(BaseFactory):
    class Meta:
        model = Source

    title = factory.Sequence(lambda n: f"Bron {n}")
    slug = factory.Sequence(lambda n: f"bron-{n}")


class ReferenceFactory(BaseFactory):
    class Meta:
        model = Reference

    practice = factory.SubFactory(PracticeFactory)
    source = factory.SubFactory(SourceFactory)


class ClaimFactory(BaseFactory):
    class Meta:
        model = Claim

    practice = factory.SubFactory(PracticeFactory)
    source = factory.SubFactory(SourceFactory)
    statement = factory.Sequence(lambda n: f"Uitkomst {n}")


class RelationFactory(BaseFactory):
    class Meta:
        model = Relation

    from_practice = factory.SubFactory(PracticeFactory)
    to_practice = factory.SubFactory(PracticeFactory)
    kind = RelationKind.RELATED


class AdoptionFactory(BaseFactory):
    class Meta:
        model = Adoption

    practice = factory.SubFactory(PracticeFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    state = AdoptionState.STARTED


class ContactFactory(BaseFactory):
    class Meta:
        model = Contact

    practice = factory.SubFactory(PracticeFactory)
    organisation = factory.Sequence(lambda n: f"Organisatie {n}")
    mailbox = factory.Sequence(lambda n: f"team-{n}@example.org")


class PhotoFactory(BaseFactory):
    class Meta:
        model = Photo

    practice = factory.SubFactory(PracticeFactory)
    image = factory.django.ImageField(width=40, height=30, color="teal", format="JPEG")
    alt = factory.Sequence(lambda n: f"Wat er op foto {n} te zien is")
    maker = "Een fotograaf"
    licence = "CC BY 4.0"


class SuggestionFactory(BaseFactory):
    class Meta:
        model = Suggestion

    kind = SuggestionKind.NEW
    text = "Er ontbreekt een praktijk."


# --- words of the search ------------------------------------------------------------


class SynonymGroupFactory(BaseFactory):
    """Takes lists: `SynonymGroupFactory(words=["nugger", "nug"], finds=["bijstand"])`."""

    class Meta:
        model = SynonymGroup

    words = factory.Sequence(lambda n: [f"woord{n}", f"ander{n}"])
    finds: list[str] = []
    related: list[str] = []

    @classmethod
    def _adjust_kwargs(cls, **kwargs: Any) -> dict[str, Any]:
        for name in ("words", "finds", "related"):
            kwargs[name] = "\n".join(kwargs[name])
        return kwargs


class WantedQuestionFactory(BaseFactory):
    class Meta:
        model = WantedQuestion

    question = factory.Sequence(lambda n: f"Wie weet raad met vraag {n}?")


# --- upkeep ---------------------------------------------------------------------------


class DigestFactory(BaseFactory):
    class Meta:
        model = Digest

    recipient = factory.SubFactory(UserFactory, staff=True)
    sent_at = factory.LazyFunction(timezone.now)


class ReminderFactory(BaseFactory):
    class Meta:
        model = Reminder

    digest = factory.SubFactory(DigestFactory)
    practice = factory.SubFactory(PracticeFactory)
