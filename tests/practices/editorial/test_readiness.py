import pytest

from practices.editorial.readiness import missing
from tests.factories import ClaimFactory, PracticeFactory, RegionFactory
from tests.practices.editorial.entries import a_ready_entry

APPROACH = "Beschrijf de aanpak: wat doe je precies?"
THEME = "Kies minstens één thema."
PLACE = "Voeg de gemeente toe die dit uitvoert, of kies een regio of een groter bereik."
OWNER = "Kies de eigenaar: wie houdt deze beschrijving bij?"
SOURCE = "Noem minstens één bron."


def texts(practice):
    return [item.text for item in missing(practice)]


def test_empty_entry_lacks_everything_and_each_line_leads_to_its_field(db):
    found = missing(PracticeFactory())

    assert [(item.text, item.anchor) for item in found] == [
        (APPROACH, "id_approach"),
        (THEME, "id_themes"),
        (PLACE, "municipality_links-group"),
        (OWNER, "id_owner"),
        (SOURCE, "references-group"),
    ]


def test_whole_entry_lacks_nothing(db):
    assert texts(a_ready_entry()) == []


@pytest.mark.parametrize(
    ("fields", "lacking"),
    [
        ({"approach": " \n"}, [APPROACH]),
        ({"themes": []}, [THEME]),
        ({"municipalities": []}, [PLACE]),
        ({"municipalities": [], "scope": "landelijk"}, []),
        ({"municipalities": [], "scope": "regio"}, [PLACE]),
    ],
)
def test_part_that_is_missing(fields, lacking, db):
    assert texts(a_ready_entry(**fields)) == lacking


def test_region_is_a_place(db):
    assert texts(a_ready_entry(municipalities=[], regions=[RegionFactory()])) == []


def test_result_with_its_source_is_a_source(db):
    practice = a_ready_entry()
    practice.references.all().delete()
    ClaimFactory(practice=practice)

    assert texts(practice) == []


def test_evidence_above_its_proof_is_told_with_the_field(db):
    (found,) = missing(a_ready_entry(evidence_level=3))

    assert found.anchor == "id_evidence_level"
    assert found.text.startswith("Het bewijsniveau 'Gemeten resultaat' is hoger dan")
