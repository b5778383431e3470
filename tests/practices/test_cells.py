import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.cells import plain_cell, safe_cell


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("gewoon", "gewoon"),
        ("", ""),
        (12, "12"),
        (None, "None"),
        ("a=1", "a=1"),
        ("=1+1", "'=1+1"),
        ("+31 45", "'+31 45"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ('=cmd|" /C calc"!A0', '\'=cmd|" /C calc"!A0'),
        ("\t=1+1", "'\t=1+1"),
        ("\r=1+1", "'\n=1+1"),
        ("\n=1+1", "'\n=1+1"),
        (" \n =1+1", "' \n =1+1"),
        ("\N{NO-BREAK SPACE}=1+1", "'\N{NO-BREAK SPACE}=1+1"),
        ("\N{FULLWIDTH EQUALS SIGN}1+1", "'\N{FULLWIDTH EQUALS SIGN}1+1"),
        ("een\r\ntwee\rdrie\nvier", "een\ntwee\ndrie\nvier"),
    ],
)
def test_safe_cell(value, cell):
    assert safe_cell(value) == cell


@pytest.mark.parametrize(
    ("value", "cell"), [("'=1", "''=1"), ("'gewoon", "'gewoon"), ("\tgewoon", "'\tgewoon")]
)
def test_safe_cell_adds_to_quotes_that_are_there(value, cell):
    assert (safe_cell(value), plain_cell(cell)) == (cell, value)


@given(st.text(alphabet=st.sampled_from("'=+-@\t\n ab＝#")))
def test_plain_cell_undoes_safe_cell(text):
    assert plain_cell(safe_cell(text)) == text


@given(st.text())
def test_no_cell_starts_a_formula(text):
    assert not safe_cell(text).lstrip().startswith(tuple("=+-@"))
    assert plain_cell(safe_cell(text)) == text.replace("\r\n", "\n").replace("\r", "\n")
