from urllib.parse import quote

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from practices import querystrings
from practices.querystrings import (
    MAX_LENGTH,
    MAX_VALUES,
    build,
    clean,
    url,
    with_added,
    with_only,
    without,
)


def cleaned(query: str) -> dict[str, list[str]]:
    return dict(clean(QueryDict(query)).lists())


def test_parameters_are_frozen():
    # People have saved and shared links with these: a name may be added, never changed.
    assert querystrings.PARAMETERS == (
        "q",
        "thema",
        "doelgroep",
        "knelpunt",
        "instrument",
        "gemeente",
        "regio",
        "soort",
        "fase",
        "bewijs",
        "actueel",
        "volgorde",
        "zoals",
        "letterlijk",
        "pagina",
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {}),
        ("thema=taal&thema=zorg", {"thema": ["taal", "zorg"]}),
        ("thema=taal&thema=taal", {"thema": ["taal"]}),
        ("thema=&q=+++&soort=%20pilot%20", {"soort": ["pilot"]}),
        ("q=a%00b", {"q": ["a b"]}),
        ("q=%00%01%02", {}),
        ("q=regel%0D%0Aterug", {"q": ["regel terug"]}),
        ("q=a%7Fb", {"q": ["a b"]}),
        ("utm_source=mail&fbclid=1&q=werk", {"q": ["werk"]}),
        ("Q=werk&THEMA=taal", {}),
        ("q=caf%C3%A9", {"q": ["café"]}),
        ("q=%FF", {"q": ["\N{REPLACEMENT CHARACTER}"]}),
        ("q=%ED%A0%80", {"q": ["\N{REPLACEMENT CHARACTER}" * 3]}),
        ("q=<script>alert(1)</script>", {"q": ["<script>alert(1)</script>"]}),
        ("q=' OR 1=1 --", {"q": ["' OR 1=1 --"]}),
        ("thema[]=taal&thema[0]=taal", {}),
        ("q", {}),
        ("&&&=&q=x&=y", {"q": ["x"]}),
    ],
)
def test_clean(query, expected):
    assert cleaned(query) == expected


def test_clean_cuts_a_value_of_ten_kilobytes():
    assert cleaned(f"q={'x' * 10_000}") == {"q": ["x" * MAX_LENGTH]}


def test_clean_cut_leaves_no_blank_at_the_end():
    assert cleaned(f"q={'x' * (MAX_LENGTH - 1)}+yyy") == {"q": ["x" * (MAX_LENGTH - 1)]}


def test_clean_limits_the_number_of_values():
    query = "&".join(f"thema=t{number}" for number in range(MAX_VALUES + 10))

    assert cleaned(query) == {"thema": [f"t{number}" for number in range(MAX_VALUES)]}


def test_clean_puts_parameters_in_canonical_order():
    query = "pagina=2&actueel=actueel&gemeente=heerlen&thema=taal&q=werk"

    assert clean(QueryDict(query)).urlencode() == (
        "q=werk&thema=taal&gemeente=heerlen&actueel=actueel&pagina=2"
    )


def test_clean_result_cannot_be_changed():
    with pytest.raises(AttributeError):
        clean(QueryDict("q=werk"))["q"] = "anders"


def test_clean_replaces_half_of_a_surrogate_pair():
    # The command line hands over bytes that are not UTF-8 in this way.
    data = QueryDict(mutable=True)
    data["q"] = "werk\udcff"

    assert clean(data).urlencode() == "q=werk"


repeatable = settings(derandomize=True, deadline=None, database=None)
names = st.one_of(st.sampled_from(querystrings.PARAMETERS), st.text(max_size=8))
characters = st.characters()  # without limits: surrogates, NUL and private use included
values = st.one_of(
    st.text(characters, max_size=30),
    st.text(characters, min_size=190, max_size=260),
    st.sampled_from(["\x00", " ", "\x85", "  ", "%", "-1", "9" * 300]),
)


@repeatable
@given(st.lists(st.tuples(names, values), max_size=12))
def test_clean_is_idempotent_and_never_raises(pairs):
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)

    once = clean(data)

    assert clean(once) == once
    assert clean(QueryDict(once.urlencode())) == once


@repeatable
@given(st.binary(max_size=300))
def test_clean_survives_any_bytes(raw):
    once = clean(QueryDict("&".join(f"{name}={quote(raw)}" for name in querystrings.PARAMETERS)))

    assert clean(QueryDict(once.urlencode())) == once
    for name, found in once.lists():
        assert name in querystrings.PARAMETERS
        assert found == [found[0]]
        assert found[0] == found[0].strip()
        assert 0 < len(found[0]) <= MAX_LENGTH


def test_build_writes_known_parameters_in_canonical_order():
    query = build({"soort": ["pilot"], "onzin": ["x"], "q": ["werk"], "thema": [], "fase": [""]})

    assert query.urlencode() == "q=werk&soort=pilot"


def test_with_only_replaces_all_values_and_drops_the_page():
    query = QueryDict("q=werk&gemeente=echt&gemeente=heerlen&pagina=3")

    assert with_only(query, "gemeente", "weert").urlencode() == "q=werk&gemeente=weert"


def test_with_only_none_takes_the_parameter_away():
    query = QueryDict("q=werk&gemeente=echt&pagina=3")

    assert with_only(query, "gemeente", None).urlencode() == "q=werk"


def test_with_added_keeps_the_other_values_and_drops_the_page():
    query = QueryDict("q=werk&thema=taal&pagina=3")

    assert with_added(query, "thema", "zorg").urlencode() == "q=werk&thema=taal&thema=zorg"


def test_without_takes_one_value_away_and_drops_the_page():
    query = QueryDict("q=werk&thema=taal&thema=zorg&pagina=3")

    assert without(query, "thema", "taal").urlencode() == "q=werk&thema=zorg"


def test_without_value_that_is_not_there_changes_nothing():
    query = QueryDict("q=werk&thema=taal")

    assert without(query, "thema", "zorg").urlencode() == "q=werk&thema=taal"


@pytest.mark.parametrize("change", [with_added, with_only, without])
def test_changes_leave_the_original_alone(change):
    query = QueryDict("q=werk&thema=taal&pagina=3")

    change(query, "thema", "taal")

    assert query.urlencode() == "q=werk&thema=taal&pagina=3"


def test_url_without_parameters_has_no_question_mark():
    assert url("/praktijken/", QueryDict()) == "/praktijken/"


def test_url_encodes_what_a_visitor_typed():
    assert url("/praktijken/", build({"q": ["a&b=c <é>"]})) == (
        "/praktijken/?q=a%26b%3Dc+%3C%C3%A9%3E"
    )


def test_filter_url_names_list_or_another_page():
    assert querystrings.filter_url("thema", "taal") == "/praktijken/?thema=taal"
    assert querystrings.filter_url("thema", "taal", "practice_map") == "/kaart/?thema=taal"


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 1),
        ("pagina=3", 3),
        ("pagina=2&pagina=5", 5),
        ("pagina=0", 1),
        ("pagina=-7", 1),
        ("pagina=twee", 1),
        ("pagina=1.5", 1),
        ("pagina=²", 1),
        ("pagina=", 1),
        ("pagina=9999999", 9999999),
    ],
)
def test_page_number(query, number):
    assert querystrings.page_number(QueryDict(query)) == number


def test_page_number_of_ten_kilobytes_is_only_a_large_number():
    assert querystrings.page_number(clean(QueryDict(f"pagina={'9' * 10_000}"))) == 10**200 - 1
