from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from practices.search import highlight, passage
from practices.search.analysis import stem, tokenise


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)

    def handle_data(self, data):
        self.text += data


def test_highlight_marks_the_word_as_it_was_written():
    marked = highlight("Twee coöperaties in Venlo", frozenset({("cooperatie",)}))
    assert marked == "Twee <mark>coöperaties</mark> in Venlo"


def test_highlight_marks_a_compound_of_which_a_part_was_found():
    assert highlight("De werkcoöperatie", frozenset({("cooperatie",)})) == (
        "De <mark>werkcoöperatie</mark>"
    )


def test_words_that_only_count_together_are_not_marked_alone():
    together = frozenset({(stem("hogerop"), stem("komen"))})

    assert highlight("Aan werk komen", together) == "Aan werk komen"
    assert highlight("Hogerop komen", together) == "<mark>Hogerop</mark> <mark>komen</mark>"


def test_highlight_escapes_everything_else():
    marked = highlight("<b>taal</b> & 'zorg'", frozenset({(stem("taal"),)}))
    assert marked == "&lt;b&gt;<mark>taal</mark>&lt;/b&gt; &amp; &#x27;zorg&#x27;"


@given(st.text())
def test_highlighted_text_is_always_the_text_and_nothing_but_marks(text):
    terms = frozenset((term,) for token in tokenise(text)[::2] for term in token.word.terms)
    reader = Reader()
    reader.feed(str(highlight(text, terms)))
    reader.close()
    assert reader.tags <= {"mark"}
    # A parser may change line ends and NUL; everything else has to come through.
    assert reader.text.split() == text.replace("\x00", "\ufffd").split() or "\x00" in text


def test_passage_is_the_sentence_that_says_most():
    texts = ["Eerst iets anders.", "Jongeren leren. Jongeren leren een vak. Dan werk."]
    marked = passage(texts, frozenset({("jonger",), ("vak",)}))
    assert marked == "<mark>Jongeren</mark> leren een <mark>vak</mark>."


def test_passage_of_a_long_sentence_starts_near_the_found_word():
    sentence = f"{'Dit gaat nog nergens over en '} {'duurt lang ' * 60} tot schulden komen."
    marked = passage([sentence], frozenset({("schuld",)}))
    assert marked.startswith("… ")
    assert "<mark>schulden</mark>" in marked
    assert len(marked) < 330


def test_passage_without_a_found_word_is_empty():
    assert passage(["Niets hier."], frozenset({("schuld",)})) == ""
