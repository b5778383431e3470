import pytest

from practices.enums import Evidence
from practices.facets import Facet, FacetOption
from practices.templatetags.practice_tags import evidence_ladder, icon, lines, split_options


def facet(counts, selected=()):
    options = tuple(
        FacetOption(str(number), f"Optie {number}", count, number in selected)
        for number, count in enumerate(counts)
    )
    return Facet("instrument", "Instrument", options)


def shown(parts):
    return [
        [int(option.value) for option in parts["first"]],
        [int(option.value) for option in parts["rest"]],
    ]


def test_short_facet_is_shown_whole():
    assert shown(split_options(facet([0] * 10))) == [list(range(10)), []]


def test_long_facet_starts_with_the_most_used_in_its_own_order():
    counts = [0, 9, 0, 8, 7, 6, 5, 4, 3, 2, 0, 1]

    assert shown(split_options(facet(counts))) == [[1, 3, 4, 5, 6, 7, 8, 9], [0, 2, 10, 11]]


def test_chosen_option_of_a_long_facet_is_always_shown():
    parts = shown(split_options(facet([5] * 11 + [0], selected=(11,))))

    assert parts == [[0, 1, 2, 3, 4, 5, 6, 11], [7, 8, 9, 10]]


def test_all_chosen_options_are_shown_even_when_there_are_many():
    parts = shown(split_options(facet([1] * 12, selected=range(2, 12))))

    assert parts == [list(range(2, 12)), [0, 1]]


def test_ladder_is_reached_up_to_the_level():
    assert evidence_ladder(Evidence.MEASURED) == {"rungs": [True, True, True, False, False, False]}


def test_icon_is_hidden_from_screen_readers_and_escaped():
    assert icon('x"><script>') == (
        '<svg class="icon" aria-hidden="true" focusable="false">'
        '<use href="/static/parelkaart/icons.svg#x&quot;&gt;&lt;script&gt;"></use></svg>'
    )


@pytest.mark.parametrize(
    ("text", "expected"), [("", []), ("een\n\n twee \n", ["een", "twee"]), ("\r\n", [])]
)
def test_lines_are_trimmed_and_never_empty(text, expected):
    assert lines(text) == expected
