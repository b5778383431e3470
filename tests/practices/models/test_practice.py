from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.utils import timezone

from practices.enums import Evidence, State
from practices.models import OldSlug, Posting, Practice
from tests.constraints import complaints
from tests.factories import ClaimFactory, MunicipalityFactory, PracticeFactory

pytestmark = pytest.mark.django_db


def stored(practice):
    """As the next request reads it."""
    return Practice.objects.get(pk=practice.pk)


def old_slugs():
    return dict(OldSlug.objects.values_list("slug", "practice__title"))


# --- what the editor reads ------------------------------------------------------


def test_a_complete_practice_has_no_complaints():
    assert complaints(PracticeFactory()) == {}


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (
            {"started_on": date(2020, 1, 2), "ended_on": date(2020, 1, 1)},
            {"__all__": ["'Gestopt op' ligt voor 'begonnen op'."]},
        ),
        (
            {"evidence_level": Evidence.SUBSTANTIATED},
            {
                "__all__": [
                    (
                        "Dit bewijsniveau vraagt om een beoordeling van buiten: "
                        "vul in door wie en wanneer."
                    )
                ]
            },
        ),
        (
            {"lat": Decimal("50.9"), "lon": None},
            {"lon": ["Vul breedte én lengte in, of laat beide leeg."]},
        ),
        ({"kind": "project"}, {"kind": ["Waarde 'project' is geen geldige keuze."]}),
    ],
    ids=["dates", "evidence", "half a point", "kind"],
)
def test_what_cannot_be_is_explained(fields, told):
    practice = PracticeFactory()
    for name, value in fields.items():
        setattr(practice, name, value)

    found = complaints(practice)

    assert {name: found[name] for name in told} == told


def test_summary_that_is_too_long_is_explained():
    practice = PracticeFactory()
    practice.summary = "x" * 281

    assert complaints(practice)["summary"] == [
        "Zorg dat deze waarde niet meer dan 280 tekens bevat (het zijn er nu 281)."
    ]


# --- publication ------------------------------------------------------------------


def test_published_on_is_empty_until_publication():
    assert PracticeFactory(state=State.CONCEPT, published_on=None).published_on is None


def test_published_on_is_the_day_of_the_first_publication():
    practice = PracticeFactory(state=State.CONCEPT, published_on=None)

    practice.state = State.PUBLISHED
    practice.save()

    assert stored(practice).published_on == timezone.localdate()


def test_published_on_is_written_when_only_some_fields_are_saved():
    practice = PracticeFactory(state=State.CONCEPT, published_on=None)

    practice.state = State.PUBLISHED
    practice.save(update_fields=["state"])

    assert stored(practice).published_on == timezone.localdate()


def test_published_on_stays_when_published_again():
    practice = PracticeFactory(state=State.PUBLISHED, published_on=date(2020, 5, 1))

    for state in (State.ARCHIVED, State.PUBLISHED):
        practice.state = state
        practice.save()

    assert stored(practice).published_on == date(2020, 5, 1)


@pytest.mark.parametrize(
    ("state", "public"),
    [
        (State.CONCEPT, False),
        (State.IN_REVIEW, False),
        (State.PUBLISHED, True),
        (State.ARCHIVED, False),
    ],
)
def test_published_holds_for_one_state_only(state, public):
    practice = PracticeFactory(state=state)

    assert practice.is_public is public
    assert Practice.objects.published().exists() is public


# --- old addresses ------------------------------------------------------------------


def test_rename_keeps_the_old_address():
    practice = PracticeFactory(title="P", slug="eerst")

    practice.slug = "later"
    practice.save()

    assert old_slugs() == {"eerst": "P"}


def test_rename_twice_keeps_both_old_addresses():
    practice = PracticeFactory(title="P", slug="een")

    for slug in ("twee", "drie"):
        practice = stored(practice)
        practice.slug = slug
        practice.save()

    assert old_slugs() == {"een": "P", "twee": "P"}


def test_rename_back_frees_the_address_and_keeps_the_other():
    practice = PracticeFactory(title="P", slug="eerst")

    for slug in ("later", "eerst"):
        practice = stored(practice)
        practice.slug = slug
        practice.save()

    assert old_slugs() == {"later": "P"}


def test_new_practice_takes_over_an_old_address():
    practice = PracticeFactory(title="P", slug="eerst")
    practice.slug = "later"
    practice.save()

    PracticeFactory(title="Q", slug="eerst")

    assert old_slugs() == {}


def test_address_that_was_taken_over_goes_to_whom_left_it_last():
    first = PracticeFactory(title="P", slug="eerst")
    first.slug = "p"
    first.save()
    second = PracticeFactory(title="Q", slug="eerst")

    second.slug = "q"
    second.save()

    assert old_slugs() == {"eerst": "Q"}


def test_two_practices_can_swap_addresses():
    one, two = PracticeFactory(title="P", slug="een"), PracticeFactory(title="Q", slug="twee")

    for practice, slug in ((one, "tussen"), (two, "een"), (one, "twee")):
        practice.slug = slug
        practice.save()

    assert (stored(one).slug, stored(two).slug) == ("twee", "een")
    assert old_slugs() == {"tussen": "P"}


def test_saving_without_the_address_keeps_nothing():
    practice = PracticeFactory(title="P", slug="eerst")

    practice.slug, practice.title = "later", "Nieuwe titel"
    practice.save(update_fields=["title"])

    assert stored(practice).slug == "eerst"
    assert old_slugs() == {}


def test_saving_without_the_address_and_then_with_it_keeps_the_old_one():
    practice = PracticeFactory(title="P", slug="eerst")

    practice.slug = "later"
    practice.save(update_fields=["title"])
    practice.save()

    assert old_slugs() == {"eerst": "P"}


def test_saving_without_a_rename_keeps_nothing():
    practice = stored(PracticeFactory())

    practice.title = "Andere titel"
    practice.save()

    assert old_slugs() == {}


def test_saving_with_a_deferred_address_keeps_nothing():
    PracticeFactory()
    practice = Practice.objects.only("title").get()

    practice.title = "Andere titel"
    practice.save()

    assert old_slugs() == {}


def test_old_addresses_go_with_their_practice():
    practice = PracticeFactory(slug="eerst")
    practice.slug = "later"
    practice.save()

    practice.delete()

    assert old_slugs() == {}


# --- what it says of itself ------------------------------------------------------------


def test_partner_list_has_one_partner_a_line():
    practice = PracticeFactory(partners=" UWV \n\nMEE\r\n  \nRabobank")

    assert practice.partner_list == ["UWV", "MEE", "Rabobank"]


@pytest.mark.parametrize(
    ("confirmed", "described", "known"),
    [
        (None, None, None),
        (None, date(2018, 6, 1), date(2018, 6, 1)),
        (date(2024, 1, 1), date(2018, 6, 1), date(2024, 1, 1)),
    ],
)
def test_known_since_is_the_confirmation_or_else_the_description(confirmed, described, known):
    practice = PracticeFactory(confirmed_on=confirmed, described_on=described)

    assert practice.known_since == known


def test_municipality_with_practices_cannot_be_deleted():
    municipality = MunicipalityFactory()
    PracticeFactory().municipalities.add(municipality)

    with pytest.raises(ProtectedError):
        municipality.delete()


@pytest.mark.parametrize(
    "delete", [lambda p: p.delete(), lambda _: Practice.objects.all().delete()]
)
def test_practice_goes_with_all_its_parts(delete):
    practice = PracticeFactory(state=State.PUBLISHED, title="Kanspartners")
    practice.municipalities.add(MunicipalityFactory())
    ClaimFactory(practice=practice)
    assert Posting.objects.filter(practice=practice).exists()

    delete(practice)

    connection.check_constraints()
    assert not Posting.objects.exists()
