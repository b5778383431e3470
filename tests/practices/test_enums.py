import pytest

from practices import enums
from practices.enums import Evidence, RelationKind


@pytest.mark.parametrize(
    ("choices", "values"),
    [
        (enums.Kind, ["initiatief", "pilot", "programma", "methode", "samenwerking"]),
        (enums.Phase, ["gepland", "pilot", "loopt", "afgerond", "onbekend"]),
        (enums.Freshness, ["actueel", "binnenkort", "verouderd"]),
        (enums.Scope, ["wijk", "gemeente", "regio", "provincie", "landelijk", "onbekend"]),
        (enums.State, ["concept", "ter-beoordeling", "gepubliceerd", "gearchiveerd"]),
    ],
)
def test_values_in_addresses_and_database_are_frozen(choices, values):
    assert choices.values == values


def test_evidence_slugs_are_frozen():
    assert {level.value: level.slug for level in Evidence} == {
        1: "genoemd",
        2: "praktijkervaring",
        3: "gemeten-resultaat",
        4: "onderbouwd",
        5: "aanwijzingen-voor-effect",
        6: "effectief",
    }


def test_evidence_from_slug_reads_its_own_slugs():
    assert [Evidence.from_slug(level.slug) for level in Evidence] == list(Evidence)


def test_evidence_from_unknown_slug_raises():
    with pytest.raises(KeyError):
        Evidence.from_slug("bewezen")


def test_every_evidence_level_is_explained_in_its_own_words():
    explanations = {level.explanation for level in Evidence}

    assert len(explanations) == len(Evidence)


def test_relation_reads_differently_from_the_other_side_except_when_mutual():
    same = [kind for kind in RelationKind if kind.inverse_label == kind.label]

    assert same == [RelationKind.RELATED]
