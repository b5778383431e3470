import pytest

from practices.entry import entries
from practices.enums import AdoptionState, Scope
from practices.transfer import transfer
from tests.factories import AdoptionFactory, MunicipalityFactory, PracticeFactory

pytestmark = pytest.mark.django_db

NEEDS = "Er staat bij wat u ervoor nodig hebt."
PARTS = "Er staat bij wat u kunt aanpassen."


def told(practice):
    found = transfer(entries().get(pk=practice.pk))
    return found.label, found.reasons, found.missing


def adopted(practice, *states):
    for state in states:
        reason = "Te duur." if state == AdoptionState.STOPPED else ""
        AdoptionFactory(practice=practice, state=state, reason_stopped=reason)


def test_of_an_entry_that_tells_nothing_nothing_is_known():
    assert told(PracticeFactory(conditions="", adaptable_parts="")) == (
        "Nog niet bekend",
        [],
        [
            "wat u ervoor nodig hebt",
            "wat u kunt aanpassen",
            "of een andere gemeente het heeft overgenomen",
        ],
    )


@pytest.mark.parametrize(
    ("fields", "label", "reasons"),
    [
        ({"conditions": "Een plek."}, "Deels beschreven", [NEEDS]),
        ({"adaptable_parts": "De duur."}, "Deels beschreven", [PARTS]),
        (
            {"conditions": "Een plek.", "adaptable_parts": "De duur."},
            "Goed beschreven, nog niet overgenomen",
            [NEEDS, PARTS],
        ),
    ],
)
def test_what_is_described_counts(fields, label, reasons):
    practice = PracticeFactory(**({"conditions": "", "adaptable_parts": ""} | fields))

    assert told(practice)[:2] == (label, reasons)


@pytest.mark.parametrize(
    ("states", "label", "reasons"),
    [
        (["gestart"], "Overgenomen door één gemeente", ["Overgenomen door één gemeente."]),
        (
            ["gestart", "aangepast", "gestopt", "overweegt"],
            "Overgenomen door 2 gemeenten",
            [
                "Overgenomen door 2 gemeenten.",
                "Overwogen door één gemeente.",
                "Weer gestopt bij één gemeente.",
            ],
        ),
        (
            ["gestopt"],
            "Geprobeerd en gestopt door één gemeente",
            ["Weer gestopt bij één gemeente."],
        ),
        (["overweegt"], "Nog niet bekend", ["Overwogen door één gemeente."]),
    ],
)
def test_who_took_it_over_counts_most_and_who_stopped_is_told(states, label, reasons):
    practice = PracticeFactory(conditions="", adaptable_parts="")
    adopted(practice, *states)

    assert told(practice)[:2] == (label, reasons)


def test_reach_and_number_of_municipalities_are_told_and_do_not_change_the_label():
    practice = PracticeFactory(
        conditions="",
        adaptable_parts="",
        scope=Scope.REGION,
        municipalities=MunicipalityFactory.create_batch(2),
    )

    assert told(practice)[:2] == (
        "Nog niet bekend",
        ["2 gemeenten doen dit of doen eraan mee.", "Bedoeld voor een groter gebied: regio."],
    )
