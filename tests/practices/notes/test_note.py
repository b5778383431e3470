import pytest
from django.http import QueryDict

from practices.notes.document import Caution, Heading, Line
from practices.notes.note import QUESTION_LENGTH, TITLE_LENGTH, Wish, read_wish
from practices.notes.parts import LONGEST_TEXT, READ_ON, shortened
from tests.practices.notes.papers import SELECTION, a_note, a_rich_practice, words

pytestmark = pytest.mark.django_db

LICENCE = (
    "Licentie van de teksten over praktijken: Creative Commons Naamsvermelding 4.0 (CC BY 4.0), "
    "https://creativecommons.org/licenses/by/4.0/"
)


def headings(document):
    return [
        (block.level, block.line.text) for block in document.blocks if isinstance(block, Heading)
    ]


def test_note_has_its_parts_in_order():
    a_rich_practice()

    assert headings(a_note(title="Naar werk", question="Wat helpt?")) == [
        (1, "Naar werk"),
        (2, "De vraag"),
        (2, "Waar gaat het om?"),
        (2, "1. Taalhuis"),
        (3, "Aanpak"),
        (3, "Voorwaarden"),
        (3, "Kosten"),
        (3, "Bewijs en resultaten"),
        (3, "Wat werkte niet?"),
        (3, "Let op de regels"),
        (3, "Wat we nog niet weten"),
        (3, "Bronnen"),
        (2, "Over deze notitie"),
    ]


def test_note_tells_sources_with_their_place_addresses_date_and_licence():
    a_rich_practice()

    said = words(a_note())

    assert [
        line for line in said if line.startswith(("Rapport", "https", "Licentie", "Gemaakt"))
    ] == [
        "Gemaakt op 25 november 2026 met Parelkaart Test.",
        "https://parels.example.org/praktijken/taalhuis/",
        "Rapport 2018, paragraaf 4.2.",
        SELECTION,
        LICENCE,
    ]
    assert "Twaalf mensen slaagden. Uitkomst; alleen genoemd. Bron: Rapport 2018, p. 9." in said


def test_cautions_stand_at_the_top_and_at_each_practice():
    a_rich_practice("een")
    a_rich_practice("twee")

    blocks = a_note("een", "twee", title="Alles is bewezen").blocks

    places = [n for n, block in enumerate(blocks) if isinstance(block, Caution)]
    assert len(places) == 3
    assert places[0] == 2
    assert blocks[places[0]].lines[0].text.startswith("2 van de 2 praktijken zijn niet gemeten.")


def test_contact_is_in_no_note():
    a_rich_practice()

    assert [line for line in words(a_note()) if "eheim" in line] == []


def test_note_says_which_words_are_not_ours():
    a_rich_practice()
    ours = "De titel en de vraag zijn van degene die deze notitie maakte."

    assert [any(ours in line for line in words(a_note(title=t))) for t in ("", "X")] == [
        False,
        True,
    ]


def test_wish_is_cleaned_and_cut():
    query = QueryDict(mutable=True)
    query["titel"] = "  Naar\x00\n werk " + "x" * 500
    query["vraag"] = "Een\r\ntwee\ud800\x0b" + "y" * 5_000

    wish = read_wish(query)

    assert wish.title.startswith("Naar werk xxx")
    assert len(wish.title) <= TITLE_LENGTH
    assert wish.question.startswith("Een\ntwee" + "y")
    assert len(wish.question) == QUESTION_LENGTH
    assert read_wish(QueryDict("")) == Wish()


def test_text_without_end_is_cut_and_says_so():
    a_rich_practice(approach="woord " * 20_000)

    said = words(a_note())

    (long,) = [line for line in said if line.startswith("woord woord")]
    assert len(long) <= LONGEST_TEXT + 2
    assert said[said.index(long) + 1] == READ_ON


def test_shortening_keeps_whole_paragraphs_and_never_half_a_word():
    assert shortened(["een", "twee drie vier"], 100, READ_ON) == ["een", "twee drie vier"]
    assert shortened(["een", "twee drie vier"], 14, READ_ON) == ["een", "twee drie …", READ_ON]
    assert shortened(["onafzienbaar"], 5) == ["…"]


def test_line_has_only_what_xml_allows_and_only_web_addresses():
    assert Line("a\x00\x0b\ufffe\ud800b\tc\n d").text == "ab c d"
    assert [
        Line("x", url).url for url in ("javascript:alert(1)", "file:///etc", "https://a.nl")
    ] == ["", "", "https://a.nl"]
