"""What Hypothesis makes: odd texts, questions, forms, bodies and files. Knows no database.

For whatever takes input from outside; tests/fuzzing.py sends it to the site, and the tests of
commands give it as files.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from hypothesis import strategies as st

from practices.querystrings import PARAMETERS

# Every name that an address takes, of whatever page; `test_robustness.py` holds them to the code.
NAMES = (
    *PARAMETERS,
    *("praktijk", "titel", "vraag", "alleen", "per", "p", "bbox", "v", "gezien", "sleutel"),
    *(
        "per_pagina",
        "crs",
        "fields",
        "next",
        "code",
        "state",
        "error",
        "o",
        "all",
        "id__in",
        "term",
    ),
    *("app_label", "model_name", "field_name", "_popup", "_to_field", "section", "format"),
)
# What has a meaning to one of the layers below us.
WORDS = (
    "", " ", "\0", "a\0b", "\ud800", "\udcff", "\ufffe", "\x85", "\u2028", "\u202e", "e\u0301",
    "\N{ANGSTROM SIGN}", "ﬁ", "ß", "İ", "👩‍👩‍👧", "%", "%s", "%00", "%(x)s", "{0}", "{{ x }}", "'",
    "\"", "\\", "' OR 1=1 --", "<script>", "../../etc/passwd", "//example.org", "-1", "0", "1e999",
    "NaN", "Infinity", "1_000", "²", "٣", "9" * 20, "9" * 5000, "1,2,3,4", "2019-02-30",
    "0000-00-00", "9999-12-31", "true", "null", "[]", "{}", "None", "*", "(", "\"half",
    "-werk", "--", "a" * 300,
)  # fmt: skip

characters = st.characters()  # without limits: surrogates, NUL and private use included
texts = st.one_of(st.sampled_from(WORDS), st.text(characters, max_size=20))
HUGE = 20_000  # characters
huge = st.builds(lambda text, times: (text * times)[:HUGE], texts, st.sampled_from([50, HUGE]))
any_text = st.one_of(*[texts] * 9, huge)
# As text that came in by bytes, so without halves of a pair.
plain_text = any_text.map(lambda text: text.encode("utf-8", "replace").decode())


def escaped(text: str, how: str) -> str:
    """A text in an address: as a browser writes it, or as one that is broken does."""
    raw = text.encode("utf-8", "surrogatepass")
    if how == "browser":
        return quote(raw, safe="")
    if how == "latin":
        return quote(text.encode("latin-1", "replace"), safe="")
    if how == "half":
        return quote(raw, safe="") + "%E2%8"
    return raw.decode("latin-1").replace("#", "%23")


ways = st.sampled_from(["browser", "browser", "browser", "latin", "half", "raw"])


def query_strings(values: list[str]) -> st.SearchStrategy[str]:
    """Known and unknown names, repeated, with values that exist and any others."""
    name = st.one_of(st.sampled_from(NAMES), st.sampled_from(PARAMETERS), texts)
    value = st.one_of(st.sampled_from(values or [""]), any_text)
    pair = st.builds(
        lambda name, value, how, sign: f"{escaped(name, how)}{sign}{escaped(value, how)}",
        name,
        value,
        ways,
        st.sampled_from(["=", "=", "=", "=", "", "[]=", "=="]),
    )
    few = st.lists(pair, max_size=6)
    many = st.builds(lambda pair, times: [pair[:50]] * times, pair, st.sampled_from([200, 1500]))
    joined = st.sampled_from(["&", "&", "&", ";", "&&"])
    return st.builds(lambda parts, sign: sign.join(parts), st.one_of(*[few] * 9, many), joined)


Form = dict[str, list[str]]


def forms(filled: Form, extra: tuple[str, ...] = ()) -> st.SearchStrategy[Form]:
    """A form as it was opened, with a few fields changed, repeated, taken out or added."""
    names = st.sampled_from([*filled, *extra, "onbekend"])
    others = sorted({value for values in filled.values() for value in values})
    value = st.one_of(st.sampled_from(others or [""]), any_text)
    change = st.tuples(names, st.lists(value, max_size=3))
    return st.lists(change, min_size=1, max_size=5).map(lambda changes: filled | dict(changes))


# --- bodies -----------------------------------------------------------------------------

BOUNDARY = "----grens"


def multipart(form: Form, files: dict[str, tuple[str, bytes]]) -> bytes:
    lines: list[bytes] = []
    for name, values in form.items():
        for value in values:
            lines += [_part(f'name="{name}"'), _bytes(value)]
    for name, (file_name, content) in files.items():
        lines += [_part(f'name="{name}"; filename="{file_name}"'), content]
    return b"\r\n".join([*lines, f"--{BOUNDARY}--".encode(), b""])


def _part(disposition: str) -> bytes:
    return _bytes(f"--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}\r\n")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def damaged(whole: bytes) -> st.SearchStrategy[bytes]:
    """Cut off, with other bytes somewhere, twice, or nothing like it."""
    place = st.integers(0, len(whole))
    return st.one_of(
        place.map(lambda at: whole[:at]),
        st.builds(lambda at, other: whole[:at] + other + whole[at:], place, st.binary(max_size=20)),
        st.builds(
            lambda at, other: whole[:at] + other + whole[at + len(other) :],
            place,
            st.binary(min_size=1, max_size=4),
        ),
        st.just(whole * 2),
        st.binary(max_size=200),
    )


content_types = st.sampled_from(
    [
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=utf-16",
        "application/x-www-form-urlencoded; charset=onzin",
        f"multipart/form-data; boundary={BOUNDARY}",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=" + "x" * 300,
        f"multipart/form-data; charset=utf-7; boundary={BOUNDARY}",
        f"multipart/mixed; boundary={BOUNDARY}",
        "application/json",
        "text/xml",
        "",
        "é/\0",
    ]
)

# --- files ------------------------------------------------------------------------------

numbers = st.one_of(
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.sampled_from([0, 1, -1, 10**400, float("nan"), float("inf"), 155_000, 463_000]),
)
leaves = st.one_of(st.none(), st.booleans(), numbers, texts)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=8,
)
RING = [[6.0, 51.0], [6.1, 51.0], [6.1, 51.1], [6.0, 51.1], [6.0, 51.0]]


def replaced(document: Any) -> st.SearchStrategy[Any]:
    """The document with something else in one place of it."""
    places = list(_places(document))

    def put(place: tuple[Any, ...], new: Any) -> Any:
        return _with(document, place, new)

    return st.builds(put, st.sampled_from(places), st.one_of(trees, plain_text))


def _places(node: Any, path: tuple[Any, ...] = ()) -> Any:
    yield path
    items = node.items() if isinstance(node, dict) else enumerate(node) if _is_list(node) else ()
    for key, inner in items:
        yield from _places(inner, (*path, key))


def _is_list(node: Any) -> bool:
    return isinstance(node, list)


def _with(node: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    key, rest = path[0], path[1:]
    copy = dict(node) if isinstance(node, dict) else list(node)
    copy[key] = _with(node[key], rest, new)
    return copy


def geojson(code: str) -> st.SearchStrategy[bytes]:
    """A file of boundaries: right but for one place, damaged, or nested without end."""
    properties = {"statcode": code, "jaarcode": 2024}
    geometry = {"type": "MultiPolygon", "coordinates": [[RING]]}
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    whole = {"type": "FeatureCollection", "features": [feature], "crs": None}
    deep = st.sampled_from([50, 3000, 200_000]).map(lambda n: b"[" * n + b"]" * n)
    written = st.one_of(
        replaced(whole),
        replaced(feature).map(lambda other: whole | {"features": [feature, other]}),
        st.sampled_from(["RD", 28992, {"name": "urn:ogc:def:crs:EPSG::28992"}]).map(
            lambda crs: whole | {"crs": crs}
        ),
    )
    text = json.dumps(whole).encode()
    return st.one_of(
        written.map(lambda document: json.dumps(document).encode()), damaged(text), deep
    )


def csv_files(headings: list[str], row: list[str]) -> st.SearchStrategy[bytes]:
    """A table: right but for some cells, with another separator or encoding, or damaged."""
    cell = st.one_of(st.sampled_from(row), plain_text)
    rows = st.lists(st.lists(cell, max_size=len(row) + 1), max_size=3)

    def write(first: list[str], others: list[list[str]], sign: str, encoding: str) -> bytes:
        lines = [sign.join(headings), *(sign.join(map(_quoted, line)) for line in [first, *others])]
        return "\r\n".join(lines).encode(encoding, "replace")

    changed = st.builds(
        lambda place, new: [*row[:place], new, *row[place + 1 :]],
        st.integers(0, len(row) - 1),
        cell,
    )
    whole = write(row, [], ";", "utf-8")
    return st.one_of(
        st.builds(
            write,
            changed,
            rows,
            st.sampled_from([";", ",", "\t"]),
            st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
        ),
        damaged(whole),
    )


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


ODD_YAML = (
    "null", "[]", "{}", "[[]]", "{a: {b: [c]}}", "1", "-1", "1e400", ".nan", ".inf", "true",
    "? [a]", "2019-99-99", "2019-01-01", "0x" + "f" * 40, "9" * 5000, '"\\0"', '"\\ud800"',
    '"\\uDCFF"', "''", "&a [*a]", "&a [1, *a]", "*onbekend", "!!python/object:os.system x",
    "!!binary x", "[1, a]",
    "? {a: b}", "'", '""', '" "', "|", ">\n    x", "- - - x", "a: b: c", "\t", "%YAML 3.0",
    "{<<: 1}", "1_0:30", "x" * 5000, "{1: a, b: c}", "[" * 2000 + "]" * 2000,
)  # fmt: skip


def yaml_files(text: str) -> st.SearchStrategy[str]:
    """A file of YAML with one of its values, names or lines made into something else."""
    lines = text.splitlines()
    odd = st.sampled_from(ODD_YAML)

    def change(place: int, new: str, how: str) -> str:
        line = lines[place]
        name, colon, _ = line.partition(":")
        other = {"value": f"{name}{colon} {new}", "line": new, "name": f"{new}{line}"}[how]
        return "\n".join([*lines[:place], other, *lines[place + 1 :]])

    places = st.integers(0, len(lines) - 1)
    hows = st.sampled_from(["value", "value", "value", "line", "name"])
    return st.builds(change, places, st.one_of(odd, plain_text), hows)
