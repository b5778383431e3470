# ruff: noqa: E501 - the tables are read line by line
"""Files as programs write them, and files that are wrong in every way we know."""

import zipfile
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
import tablib
from hypothesis import given, settings
from hypothesis import strategies as st

from practices.spreadsheets import csv_file, files, ods_file, tables
from practices.spreadsheets.files import FORMATS, read
from practices.spreadsheets.tables import FileError, FormulaCell
from tests.practices.spreadsheets.sheets import a_file

CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30)
LINES = st.lists(CELLS, max_size=3).map("\n".join)


def cells_of(data):
    return [cells for _, cells in read(data).rows]


def refusal(data):
    with pytest.raises(FileError) as caught:
        read(data)
    return str(caught.value)


def ods(rows, extra="", dtd="", manifest="<manifest/>"):
    content = (
        f'<?xml version="1.0"?>{dtd}<office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        '<office:spreadsheet><table:table table:name="Blad1"><table:table-row><table:table-cell>'
        f"<text:p>adres</text:p></table:table-cell></table:table-row>{rows}</table:table>{extra}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {"mimetype": ods_file.MIME, "content.xml": content, "META-INF/manifest.xml": manifest}
    )


def ods_cell(inside, attributes=""):
    return f"<table:table-row><table:table-cell {attributes}>{inside}</table:table-cell></table:table-row>"


def zipped(parts):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def xlsx(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data, **changes):
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped(parts | changes)


# --- there and back -------------------------------------------------------------------


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=60, deadline=None)
@given(text=LINES)
def test_cell_comes_back_as_it_was(kind, text):
    data = a_file({"adres": "a", "doel": text}, kind=kind)

    assert cells_of(data) == [["a", tables.tidy(text)]]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(
    "text", ["=1+1", "'=1", "+31 45", "-2", "@x", "\t=1", "＝1", "#N/A", "  =1"]
)
def test_formula_is_written_as_text_and_comes_back(kind, text):
    data = a_file({"adres": "a", "doel": text}, kind=kind)

    assert cells_of(data) == [["a", text.strip()]]
    assert [type(cell) for cell in cells_of(data)[0]] == [str, str]


def test_no_text_becomes_a_formula_in_xlsx_or_ods():
    row = {"adres": "a", "doel": "=1+1", "titel": "#REF!"}
    sheet = openpyxl.load_workbook(BytesIO(a_file(row, kind="xlsx"))).worksheets[0]
    with zipfile.ZipFile(BytesIO(a_file(row, kind="ods"))) as archive:
        content = archive.read("content.xml").decode()

    assert [cell.data_type for cell in sheet[2]] == ["s", "s", "s"]
    assert [cell.value for cell in sheet[2]] == ["a", "'=1+1", "#REF!"]
    assert ("formula" in content, content.count('value-type="string"')) == (False, 7)


def test_ods_is_read_by_others():
    data = a_file({"adres": "a", "doel": "één"}, kind="ods")

    book = tablib.Databook().load(BytesIO(data), "ods")

    assert [(sheet.title, sheet.headers) for sheet in book.sheets()] == [
        ("Praktijken", ["adres", "doel"]),
        ("Uitleg", ["kolom"]),
    ]
    assert list(book.sheets()[0]) == [("a", "één")]


def test_csv_is_rfc_4180_with_a_byte_order_mark():
    data = a_file({"adres": "a", "doel": 'één "twee", drie\nvier'})

    assert data == '\ufeffadres,doel\r\na,"één ""twee"", drie\nvier"\r\n'.encode()


# --- as others write them ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "assumed"),
    [
        ("adres;doel\r\na;één, twee\r\n".encode("cp1252"), "een puntkomma", ),
        ("adres,doel\na,één\\, twee\n".replace("\\,", "\u201a").encode(), "een komma"),
        ("adres\tdoel\r\na\téén, twee\r\n".encode("utf-16"), "een tab"),
        ("sep=;\r\nadres;doel\r\na;één, twee".encode("utf-8-sig"), "een puntkomma"),
    ],
)  # fmt: skip
def test_csv_says_what_it_took_it_for(data, assumed):
    found = read(data)

    assert (found.headings, found.rows[0][1][0]) == (["adres", "doel"], "a")
    assert found.rows[0][1][1].replace("\u201a", ",") == "één, twee"
    assert assumed in found.notes[0]


def test_csv_names_the_set_of_characters():
    note = csv_file.ASSUMED.format(separator="een puntkomma", encoding="Windows-1252")

    assert read("adres;doel\r\na;prijs € 5\r\n".encode("cp1252")).notes == [note]


def test_row_has_the_number_that_a_spreadsheet_shows():
    data = b'adres,doel\r\n"a","een\ntwee"\r\n,\r\nb,x\r\n'

    assert [number for number, _ in read(data).rows] == [2, 4]
    assert read(
        ods('<table:table-row table:number-rows-repeated="3"/>' + ods_cell("<text:p>a</text:p>"))
    ).rows == [(5, ["a"])]


def test_values_of_xlsx_are_read_as_somebody_would_type_them():
    data = xlsx(
        ["adres", *"bcdef"],
        ["a", 12.0, 50.88, date(2024, 3, 31), datetime(2024, 3, 31, 9, 5), True],  # noqa: DTZ001
    )

    assert cells_of(data) == [["a", "12", "50.88", "2024-03-31", "2024-03-31 09:05:00", "ja"]]


@pytest.mark.parametrize(
    ("inside", "attributes", "text"),
    [
        ("<text:p>een</text:p><text:p>twee</text:p>", "", "een\ntwee"),
        ('<text:p>a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d</text:p>', "", "a  b\tc\nd"),
        ("<text:p>\n  een\n  <text:span>twee</text:span></text:p>", "", "een twee"),
        ("<office:annotation><text:p>nee</text:p></office:annotation><text:p>ja</text:p>", "", "ja"),
        ("<text:p>12,5</text:p>", 'office:value-type="float" office:value="12.5"', "12.5"),
        ("<text:p>x</text:p>", 'office:value-type="date" office:date-value="2024-03-31"', "2024-03-31"),
        ("<text:p>x</text:p>", 'office:value-type="boolean" office:boolean-value="true"', "ja"),
    ],
)  # fmt: skip
def test_values_of_ods_are_read_as_somebody_would_type_them(inside, attributes, text):
    assert cells_of(ods(ods_cell(inside, attributes))) == [[text]]


def test_only_the_first_sheet_is_read_and_it_says_so():
    extra = '<table:table table:name="Twee"><table:table-row><table:table-cell><text:p>z</text:p></table:table-cell></table:table-row></table:table>'
    found = read(ods(ods_cell("<text:p>a</text:p>"), extra))

    assert (found.rows, found.notes) == (
        [(2, ["a"])],
        ["Alleen het eerste blad is gelezen: 'Blad1'."],
    )


def test_formulas_are_never_worked_out():
    from_xlsx = cells_of(xlsx(["adres", "doel"], ["a", "=1+1"]))
    from_ods = cells_of(
        ods(
            ods_cell(
                "<text:p>2</text:p>",
                'table:formula="of:=1+1" office:value-type="float" office:value="2"',
            )
        )
    )

    assert (from_xlsx, type(from_xlsx[0][1])) == ([["a", "=1+1"]], FormulaCell)
    assert (from_ods, type(from_ods[0][0])) == ([["of:=1+1"]], FormulaCell)


# --- wrong ------------------------------------------------------------------------------

XLSX = xlsx(["adres"], ["a"])
DTD = '<!DOCTYPE x [<!ENTITY e "lol">]>'


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", tables.EMPTY),
        (b" \r\n ", tables.EMPTY),
        (b",,\r\n", tables.EMPTY),
        (b"adres\r\n", tables.NO_ROWS),
        (b"<html><table></table></html>", files.OTHER),
        (b'<?xml version="1.0"?><a/>', files.OTHER),
        (b"%PDF-1.7 hallo", files.OTHER),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", files.OTHER),
        (b"adres\r\n\x81\x8d\r\n", files.OTHER),
        (b"\xff\xfeodd", files.OTHER),
        (files.OLE + b"rest", files.LOCKED),
        (b"PK\x03\x04 and no more", files.BROKEN),
        (XLSX[: len(XLSX) // 2], files.BROKEN),
        (zipped({"word/document.xml": "<a/>"}), files.OTHER),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}), files.OTHER),
        (repacked(XLSX, **{"xl/vbaProject.bin": b"x"}), files.MACROS),
        (repacked(ods(""), **{"Basic/script.xml": b"<a/>"}), files.MACROS),
        (repacked(XLSX, **{"xl/worksheets/sheet1.xml": b"<worksheet><broken"}), files.BROKEN),
        (repacked(XLSX, **{"xl/sharedStrings.xml": DTD.encode() + b"<sst/>"}), files.ENTITIES),
        (repacked(XLSX, **{"xl/workbook.xml": DTD.encode("utf-16")}), files.ENTITIES),
        (ods("", dtd=DTD), files.ENTITIES),
        (ods("", dtd=f"<!--{' ' * files.PROLOGUE}-->{DTD}"), files.BROKEN),
        (ods("", manifest="<manifest:encryption-data/>"), files.LOCKED),
        (ods('<table:table-row table:number-rows-repeated="x"/>'), files.BROKEN),
        (b'adres,doel\r\na,"open\r\nb,c\r\n', csv_file.BROKEN.format(row=2)),
        (b"adres\r\na,los\r\n", tables.LOOSE.format(row=2)),
        (b"adres\r\n" + b"a\r\n" * 5001, tables.TOO_MANY),
        (b"adres," * 101 + b"x\r\na\r\n", tables.TOO_WIDE),
        (b"adres\r\n" + b"a" * 50_001, tables.LONG_CELL.format(row=2)),
        (b"x" * (tables.MAX_BYTES + 1), tables.TOO_LARGE),
        (zipped({"xl/workbook.xml": b"0" * (tables.MAX_UNPACKED + 1)}), tables.TOO_MUCH),
        (ods(ods_cell(f"<text:p>{'a' * 40_000}</text:p>").replace("table-row>", 'table-row table:number-rows-repeated="4000">', 1)), tables.TOO_MUCH),
        (ods('<table:table-row table:number-rows-repeated="1000000"><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>'), tables.TOO_MANY),
    ],
)  # fmt: skip
def test_wrong_file_is_refused_in_plain_words(data, told):
    assert refusal(data) == told


def test_exactly_the_most_rows_are_taken():
    assert len(read(b"adres\r\n" + b"a\r\n" * 5000).rows) == 5000


def test_far_away_empty_cells_cost_nothing():
    row = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'

    assert read(ods(ods_cell("<text:p>a</text:p>") + row)).rows == [(2, ["a"])]


def test_packed_with_a_password_is_refused():
    data = bytearray(zipped({"xl/workbook.xml": "<a/>"}))
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1

    assert refusal(bytes(data)) == files.LOCKED


@settings(max_examples=150, deadline=None)
@given(
    data=st.binary(max_size=300),
    place=st.integers(0, len(XLSX)),
    start=st.sampled_from([b"", XLSX]),
)
def test_any_bytes_are_read_or_refused(data, place, start):
    damaged = start[:place] + data + start[place + len(data) :]
    with suppress(FileError):
        read(damaged)


def test_openpyxl_and_the_reader_of_ods_follow_no_entities():
    """Behind the look at the first bytes of each part."""
    from openpyxl.xml import functions

    assert functions.iterparse.__module__.startswith("defusedxml")
    assert ods_file.iterparse.__module__.startswith("defusedxml")
