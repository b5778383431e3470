import pytest

from practices.compare import compare
from practices.enums import Evidence
from practices.facts import chosen
from tests.factories import ClaimFactory, PracticeFactory, SourceFactory, TargetGroupFactory

pytestmark = pytest.mark.django_db


def rows(comparison):
    return {row.key: row for row in comparison.rows}


def a_pair(**different):
    """Two practices that differ in their title only, and in what is given."""
    same = {"summary": "Samen.", "approach": "Praten.", "conditions": "Een zaal."}
    PracticeFactory(slug="a", **same)
    PracticeFactory(slug="b", **{**same, **different})
    return chosen(("a", "b"))


def test_row_differs_when_practices_say_different_things():
    found = rows(compare(a_pair(conditions="Twee zalen.")))

    assert (found["nodig"].differs, found["samenvatting"].differs) == (True, False)
    assert [cell.lines for cell in found["nodig"].cells] == [["Een zaal."], ["Twee zalen."]]


def test_case_space_and_order_make_no_difference():
    practices = a_pair(summary="samen.", approach="  PRATEN. ")

    assert [row.key for row in compare(practices).rows if row.differs] == []


def test_empty_against_filled_in_is_a_difference_and_nowhere_filled_in_is_no_row():
    found = rows(compare(a_pair(did_not_work="De bus.")))

    assert [cell.lines for cell in found["werkte-niet"].cells] == [[], ["De bus."]]
    assert found["werkte-niet"].differs
    assert "regels" not in found


def test_only_differences_leaves_out_the_rest_but_counts_it():
    everything = compare(a_pair(evidence_level=Evidence.MEASURED))
    only = compare(chosen(("a", "b")), only_differences=True)

    assert [row.key for row in only.rows] == ["bewijs"]
    assert everything.alike == only.alike == len(everything.rows) - 1


def test_results_name_their_proof_and_source():
    practices = a_pair()
    ClaimFactory(
        practice=practices[0],
        statement="Mensen vonden werk",
        value=12,
        unit="mensen",
        denominator=40,
        source=SourceFactory(title="Rapport"),
        place="p. 3",
    )
    first, second = rows(compare(chosen(("a", "b"))))["resultaten"].cells

    assert first.lines == [
        "12 van de 40 mensen: Mensen vonden werk. Uitkomst; alleen genoemd. Bron: Rapport, p. 3."
    ]
    assert second.lines == []


def test_columns_stand_in_the_order_of_the_selection():
    PracticeFactory(slug="a", title="A", target_groups=[TargetGroupFactory(name="Jongeren")])
    PracticeFactory(slug="b", title="B")

    comparison = compare(chosen(("b", "a")))

    assert [cell.practice for cell in comparison.rows[0].cells] == ["B", "A"]
    assert [cell.lines for cell in rows(comparison)["doelgroep"].cells] == [[], ["Jongeren"]]
