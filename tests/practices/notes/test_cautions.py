from datetime import date

import pytest
from django.utils import timezone

from practices.enums import Evidence
from practices.facts import chosen
from practices.notes.cautions import about_all, about_one
from tests.factories import PracticeFactory

pytestmark = pytest.mark.django_db

ASSESSED = {"assessed_by": "Een bureau", "assessed_on": date(2026, 1, 1)}


def practices(*levels, confirmed=True):
    day = timezone.localdate() if confirmed else date(2018, 8, 1)
    made = [
        PracticeFactory(
            evidence_level=level,
            confirmed_on=day,
            **(ASSESSED if level >= Evidence.SUBSTANTIATED else {}),
        )
        for level in levels
    ]
    return chosen(tuple(practice.slug for practice in made))


def told(caution):
    return [line.text for line in caution.lines] if caution else []


def test_counts_of_what_is_weak():
    weak = (Evidence.MENTIONED, Evidence.MENTIONED, Evidence.EXPERIENCE)

    assert told(about_all(practices(*weak, Evidence.MEASURED))) == [
        "3 van de 4 praktijken zijn niet gemeten. Of het werkt, is niet geteld.",
        (
            "1 van de 4 praktijken is gemeten zonder vergelijking. "
            "Of het resultaat door de aanpak komt, is niet onderzocht."
        ),
    ]


def test_counts_of_what_nobody_confirmed():
    old = practices(Evidence.EFFECTIVE, Evidence.EFFECTIVE, confirmed=False)

    assert told(about_all(old)) == [
        (
            "2 van de 2 praktijken zijn lang niet bevestigd. "
            "Bedragen, regels en namen kunnen veranderd zijn."
        )
    ]


def test_single_practice_is_named_as_such():
    assert told(about_all(practices(Evidence.MENTIONED))) == [
        "De praktijk in deze notitie is niet gemeten. Of het werkt, is niet geteld."
    ]


def test_strong_and_confirmed_needs_no_caution():
    (practice,) = strong = practices(Evidence.EFFECTIVE)

    assert (about_all(strong), about_one(practice)) == (None, None)


@pytest.mark.parametrize(
    ("level", "confirmed", "expected"),
    [
        (Evidence.EXPERIENCE, True, ["Niet gemeten. Bewijs: praktijkervaring."]),
        (
            Evidence.MEASURED,
            True,
            ["Wel gemeten, maar niet vergeleken. Het kan ook door iets anders komen."],
        ),
        (
            Evidence.EFFECTIVE,
            False,
            ["Bevestigd op 1 augustus 2018. Kijk na of de tekst nog klopt."],
        ),
    ],
)
def test_each_practice_has_its_own(level, confirmed, expected):
    (practice,) = practices(level, confirmed=confirmed)

    assert told(about_one(practice)) == expected
