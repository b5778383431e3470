import pytest

from practices.enums import Evidence, Proof
from practices.evidence import ceiling, too_high_message


@pytest.mark.parametrize(
    ("proofs", "level"),
    [
        ([], Evidence.MENTIONED),
        ([Proof.STATEMENT], Evidence.MENTIONED),
        ([Proof.EXPERIENCE], Evidence.EXPERIENCE),
        ([Proof.COUNT], Evidence.MEASURED),
        ([Proof.THEORY], Evidence.SUBSTANTIATED),
        ([Proof.STUDY], Evidence.INDICATIONS),
        ([Proof.CONTROLLED_STUDY], Evidence.EFFECTIVE),
        ([Proof.COUNT, Proof.STATEMENT, Proof.EXPERIENCE], Evidence.MEASURED),
    ],
)
def test_ceiling_is_the_best_proof(proofs, level):
    assert ceiling(proofs) == level


def test_every_level_can_be_reached_by_one_kind_of_proof():
    assert sorted(ceiling([proof]) for proof in Proof) == sorted(Evidence)


def test_too_high_message_is_none_up_to_the_ceiling():
    levels = [level for level in Evidence if too_high_message(level, [Proof.COUNT]) is None]

    assert levels == [Evidence.MENTIONED, Evidence.EXPERIENCE, Evidence.MEASURED]


def test_too_high_message_names_both_levels():
    assert too_high_message(Evidence.EFFECTIVE, [Proof.EXPERIENCE]) == (
        "Het bewijsniveau 'Effectief' is hoger dan het beste bewijs bij deze praktijk toelaat "
        "('Praktijkervaring'). Voeg een resultaat met beter bewijs toe of kies een lager niveau."
    )
