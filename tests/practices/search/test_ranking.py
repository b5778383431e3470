"""What is found, and in which order; the same on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from practices.enums import Evidence
from practices.models import Practice
from tests.factories import (
    MunicipalityFactory,
    PracticeFactory,
    RegionFactory,
    RelationFactory,
    SynonymGroupFactory,
    ThemeFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.contract]

NOTHING_SPECIAL = "Hier staat een zin zonder bijzonderheden."


def practice(title: str, **values):
    values.setdefault("summary", NOTHING_SPECIAL)
    return PracticeFactory(title=title, **values)


def found(text: str) -> list[str]:
    return [p.title for p in Practice.objects.published().by_relevance(text)]


def results(text: str) -> set[str]:
    return {p.title for p in Practice.objects.published().matching(text)}


def test_fields_weigh_title_then_keywords_and_summary_then_body():
    practice("In de tekst", approach="Dit gaat over armoede in de wijk.")
    practice("In het thema", themes=[ThemeFactory(name="Armoede")])
    practice("Armoede in de titel")
    practice("Nergens")
    assert found("armoede") == ["Armoede in de titel", "In het thema", "In de tekst"]


def test_evidence_and_freshness_only_break_ties():
    practice("Oud", approach="armoede", confirmed_on=date(2020, 1, 1))
    practice("Vers", approach="armoede", confirmed_on=date(2026, 1, 1))
    practice("Nooit", approach="armoede")
    practice("Bewezen", approach="armoede", evidence_level=Evidence.MEASURED)
    practice("Armoede", confirmed_on=None)
    assert found("armoede") == ["Armoede", "Bewezen", "Vers", "Oud", "Nooit"]


@pytest.mark.parametrize("asked", ["coöperatie", "cooperaties", "Coo\u0308peratie"])
def test_a_part_finds_the_compound(asked):
    practice("De werkcoöperatie")
    practice("Iets anders")
    assert found(asked) == ["De werkcoöperatie"]


def test_a_compound_finds_its_parts_together_and_below_the_compound():
    practice("Gesplitst", approach="Een bedrijf voor het beheer van de buurt.")
    practice("Half", approach="Een buurt zonder meer.")
    practice("Heel", approach="Het buurtbeheerbedrijf.")
    assert found("buurtbeheerbedrijf") == ["Heel", "Gesplitst", "Half"]
    assert results("buurtbeheerbedrijf") == {"Heel", "Gesplitst"}


def test_words_written_apart_find_the_compound():
    practice("Werkcoöperatie", approach="Samen.")
    assert found("werk coöperatie") == ["Werkcoöperatie"]


def test_a_synonym_finds_below_an_exact_hit_and_works_at_once():
    practice("Zelfde zin", approach="Voor nuggers in de stad.")
    practice("Andere zin", approach="Voor niet-uitkeringsgerechtigden in de stad.")
    assert found("nugger") == ["Zelfde zin"]
    SynonymGroupFactory(words=["nugger", "niet-uitkeringsgerechtigde"])
    assert found("nugger") == ["Zelfde zin", "Andere zin"]
    assert found("niet-uitkeringsgerechtigde") == ["Andere zin", "Zelfde zin"]


def test_a_one_way_group_does_not_work_backwards():
    practice("Schulden", approach="Over schulden.")
    practice("Rood", approach="Over rood staan.")
    SynonymGroupFactory(words=["rood staan"], finds=["schulden"])
    assert found("rood staan") == ["Rood", "Schulden"]
    assert found("schulden") == ["Schulden"]


def test_a_related_word_counts_for_less_than_a_synonym():
    practice("Synoniem", approach="Over geldzorgen.")
    practice("Verwant", approach="Over armoede.")
    SynonymGroupFactory(words=["schulden", "geldzorgen"], related=["armoede"])
    assert found("schulden") == ["Synoniem", "Verwant"]


def test_the_words_of_a_vocabulary_find_what_is_filed_under_it():
    theme = ThemeFactory(name="Schuldhulp", synonyms="Deurwaarder\nBudgetbeheer")
    practice("Onder het thema", themes=[theme])
    practice("Elders")
    assert found("deurwaarder") == ["Onder het thema"]


def test_a_multi_word_synonym_is_read_as_one():
    practice("Kleinbedrijf", approach="Voor het midden- en kleinbedrijf.")
    practice("Klein", approach="Voor het kleinbedrijf in het midden van het land.")
    SynonymGroupFactory(words=["MKB", "midden- en kleinbedrijf"])
    assert results("mkb") == {"Kleinbedrijf", "Klein"}


def test_a_place_finds_its_own_before_what_it_merged_with():
    region = RegionFactory(name="Parkstad")
    now = MunicipalityFactory(name="Beekdaelen", region=region)
    then = MunicipalityFactory(
        name="Schinnen", region=region, valid_to=date(2019, 1, 1), successor=now
    )
    practice("Van toen", municipalities=[then])
    practice("Van nu", municipalities=[now])
    practice("Van elders", municipalities=[MunicipalityFactory(name="Venlo")])
    assert found("Schinnen") == ["Van toen", "Van nu"]
    assert found("Beekdaelen") == ["Van nu", "Van toen"]
    assert found("Parkstad") == ["Van toen", "Van nu"]


def test_the_name_of_a_village_finds_its_municipality():
    venlo = MunicipalityFactory(name="Venlo", localities="Blerick\nTegelen")
    practice("In Venlo", municipalities=[venlo])
    practice("Elders")
    assert found("Blerick") == ["In Venlo"]


def test_a_typing_error_is_corrected_and_counts_for_less_than_the_word():
    practice("Dagbesteding", approach="Arbeidsmatige dagbesteding.")
    assert found("dagbestedding") == ["Dagbesteding"]


def test_the_beginning_of_the_last_word_is_enough():
    practice("Buurtbeheer", approach="Samen de buurt beheren.")
    practice("Elders")
    assert found("buurtbeh") == ["Buurtbeheer"]


def test_a_phrase_wants_its_words_in_order():
    practice("In volgorde", approach="Een vaste contactpersoon in de wijk.")
    practice("Door elkaar", approach="De contactpersoon heeft een vaste dag.")
    assert found('"vaste contactpersoon"') == ["In volgorde"]


def test_a_phrase_does_not_run_on_from_one_field_into_the_next():
    practice("Gescheiden", background="Iets vast.", goal="Werk voor iedereen.")
    practice("Samen", background="Iets: vast werk.")
    assert found('"vast werk"') == ["Samen"]


def test_a_minus_excludes_also_inside_a_compound():
    practice("Met", approach="Taal en loonkostensubsidie.")
    practice("Zonder", approach="Taal en stage.")
    assert found("taal") == ["Met", "Zonder"]
    assert found("taal -subsidie") == ["Zonder"]
    assert found("-subsidie") == ["Zonder"]


def test_question_words_and_filler_do_not_matter():
    practice("Jongeren", approach="Voor jongeren zonder startkwalificatie.")
    practice("Vragen", approach="Hoe kan ik dat doen? Welke gemeente heeft iets?")
    assert results("Welke gemeente heeft iets voor jongeren?") == {"Jongeren"}


def test_a_title_of_small_words_is_found():
    practice("Gewoon Doen")
    practice("Anders", approach="Dat doen we gewoon niet.")
    assert found("gewoon doen")[0] == "Gewoon Doen"


def test_a_practice_that_answers_less_of_the_question_is_no_result():
    practice("Beide", approach="Jongeren en schulden.")
    practice("Een", approach="Jongeren en sport.")
    assert found("jongeren schulden") == ["Beide", "Een"]
    assert results("jongeren schulden") == {"Beide"}


def test_a_relation_finds_the_practice_on_its_other_side_too():
    one = practice("Werkcoöperatie Schinnen")
    other = practice("Regionale vorm")
    assert found("Schinnen") == ["Werkcoöperatie Schinnen"]
    RelationFactory(from_practice=one, to_practice=other)
    assert found("Schinnen") == ["Werkcoöperatie Schinnen", "Regionale vorm"]


def test_nothing_is_found_through_a_relation_to_what_is_not_public():
    hidden = practice("Geheimtaal", concept=True)
    other = practice("Openbaar")
    RelationFactory(from_practice=hidden, to_practice=other)
    assert found("geheimtaal") == []
    hidden.state = "gepubliceerd"
    hidden.save()
    assert found("geheimtaal") == ["Geheimtaal", "Openbaar"]


@pytest.mark.parametrize(
    "asked",
    ["", " ", '"', "-", "%", "_", "(", "' or 1=1 --", "\x00", "💡", "a" * 5000, "NEAR(", "*"],
)
def test_odd_text_is_no_error_and_finds_nothing(asked):
    practice("Gewoon")
    assert found(asked) == []
    assert results(asked) == set()
