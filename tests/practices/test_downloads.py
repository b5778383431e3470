"""Each kind of file holds the list of the screen, and nothing that is nobody's business."""

import csv
import json
from io import BytesIO, StringIO

import pytest
from django.http import QueryDict
from openpyxl import load_workbook

from practices.enums import State
from practices.exports import COLUMNS
from practices.finder import DOWNLOADS, PracticeFinder
from practices.models import Contact, Photo, Suggestion
from practices.spreadsheets import ods_file
from tests.factories import MunicipalityFactory, PracticeFactory, ThemeFactory
from tests.practices.packed import content_of, members, unpacked

pytestmark = pytest.mark.django_db


def from_csv(content):
    return list(csv.DictReader(StringIO(content.decode(), newline=""), strict=True))


def from_ods(content):
    header, *lines = [cells for _, cells in ods_file.read(content, [])]
    return [dict(zip(header, cells, strict=False)) for cells in lines]


def from_xlsx(content):
    header, *lines = load_workbook(BytesIO(content), read_only=True).worksheets[0].values
    return [dict(zip(header, (cell or "" for cell in line), strict=True)) for line in lines]


def from_json(content):
    return json.loads(content)["praktijken"]


def from_geojson(content):
    return [feature["properties"] for feature in json.loads(content)["features"]]


KINDS = {
    "praktijken.csv": (from_csv, "text/csv; charset=utf-8"),
    "praktijken.ods": (from_ods, ods_file.MIME),
    "praktijken.xlsx": (
        from_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "praktijken.json": (from_json, "application/json"),
    "praktijken-plaatsen.geojson": (from_geojson, "application/geo+json"),
}
EVERY_KIND = pytest.mark.parametrize("file", KINDS)


def download(client, file, query=""):
    return content_of(client.get(f"/{file}{query}"))


def practices(client, file, query=""):
    read, _ = KINDS[file]
    return read(download(client, file, query))


def test_every_kind_that_is_offered_is_tested():
    assert len(KINDS) == len(DOWNLOADS)


@EVERY_KIND
@pytest.mark.parametrize(
    "query",
    [
        "",
        "?volgorde=titel",
        "?volgorde=nieuw&thema=taal&thema=zorg",
        "?gemeente=schinnen",
        "?q=taalhuis+taalles",
        "?regio=zuid-limburg&fase=loopt&pagina=2",
    ],
)
def test_file_equals_the_screen(file, query, mixed, client, settings):
    settings.PRACTICES_PER_PAGE = 100
    on_screen = PracticeFinder(QueryDict(query[1:])).page.object_list

    assert [row["naam"] for row in practices(client, file, query)] == [p.slug for p in on_screen]
    assert len(on_screen) > 0


@EVERY_KIND
def test_file_is_a_download_with_all_columns(file, client):
    PracticeFactory(
        slug="taalhuis", themes=[ThemeFactory(name="Taal")], municipalities=[MunicipalityFactory()]
    )
    response = client.get(f"/{file}")
    (row,) = practices(client, file)

    assert response["Content-Type"] == KINDS[file][1]
    assert response["Content-Disposition"].startswith('attachment; filename="praktijken.')
    assert list(row) == list(COLUMNS)
    assert row["adres"] == "http://testserver/praktijken/taalhuis/"
    assert row["thema's"] in ("Taal", ["Taal"])


@EVERY_KIND
def test_file_of_nothing_is_whole(file, client):
    assert practices(client, file, "?q=bestaatniet") == []


@EVERY_KIND
def test_file_holds_no_contact_photo_editor_or_suggestion(file, client, django_user_model):
    user = django_user_model.objects.create(username="jan.geheim", email="jan@geheim.nl")
    practice = PracticeFactory(
        state=State.PUBLISHED, title="Werkplaats", confirmed_by=user, confirmed_on="2024-01-01"
    )
    Contact.objects.create(practice=practice, organisation="Geheim team", mailbox="x@geheim.nl")
    Photo.objects.create(practice=practice, image="geheim.jpg", alt="geheim", maker="geheim")
    Suggestion.objects.create(
        kind="verbetering", practice=practice, text="geheim", sender_email="y@geheim.nl"
    )
    content = download(client, file)
    text = unpacked(content) if content.startswith(b"PK") else content.decode()

    assert ("Werkplaats" in text, "eheim" in text) == (True, False)


@pytest.mark.parametrize("file", ["praktijken.csv", "praktijken.ods", "praktijken.xlsx"])
def test_formula_in_a_text_is_text(file, client):
    PracticeFactory(title="=HYPERLINK(1)", goal="+1", slug="gevaar")
    (row,) = practices(client, file)

    # As a spreadsheet shows it; our own reader of ODS takes the quote away again.
    said = unpacked(download(client, file)) if file.endswith("ods") else row["titel"]
    assert "&#39;=HYPERLINK(1)" in said or "'=HYPERLINK(1)" in said


@pytest.mark.parametrize("file", ["praktijken.ods", "praktijken.xlsx"])
def test_spreadsheet_tells_where_it_comes_from(file, client, settings):
    settings.CONTENT_LICENCE = "CC0-1.0"
    text = unpacked(download(client, file))

    assert ("publicdomain/zero/1.0" in text, settings.SITE_NAME in text) == (True, True)


def test_json_tells_the_licence_and_the_day(client):
    told = json.loads(download(client, "praktijken.json"))

    assert list(told) == ["licentie", "gemaakt_op", "praktijken"]
    assert told["licentie"] == "https://creativecommons.org/licenses/by/4.0/"


def test_place_of_its_own_goes_before_the_seats_of_municipalities(client):
    venlo = MunicipalityFactory(name="Venlo", lat="51.37", lon="6.17")
    nowhere = MunicipalityFactory(lat=None, lon=None)
    PracticeFactory(slug="adres", lat="51.1", lon="6.1", municipalities=[venlo])
    PracticeFactory(slug="gemeente", municipalities=[venlo, nowhere])
    PracticeFactory(slug="overal")
    features = json.loads(download(client, "praktijken-plaatsen.geojson"))["features"]

    assert {feature["id"]: feature["geometry"] for feature in features} == {
        "adres": {"type": "Point", "coordinates": [6.1, 51.1]},
        "gemeente": {"type": "MultiPoint", "coordinates": [[6.17, 51.37]]},
        "overal": None,
    }


@pytest.mark.parametrize(
    "file", ["praktijken.csv", "praktijken.json", "praktijken-plaatsen.geojson"]
)
def test_file_is_sent_while_it_is_made(file, client, django_assert_num_queries):
    PracticeFactory()
    response = client.get(f"/{file}")
    content = iter(response.streaming_content)

    with django_assert_num_queries(0):
        next(content)


# --- the whole catalogue -------------------------------------------------------------------------


def test_whole_catalogue_is_one_file_with_date_and_licence(client):
    place = MunicipalityFactory(name="Venlo", slug="venlo", code="GM0983")
    PracticeFactory(slug="taalhuis", themes=[ThemeFactory(name="Taal")], municipalities=[place])
    response = client.get("/catalogus.zip")
    files = members(content_of(response))

    assert sorted(files) == [
        "LEESMIJ.txt",
        "gemeenten.csv",
        "praktijken.csv",
        "praktijken.geojson",
        "praktijken.json",
        "trefwoorden.csv",
    ]
    assert response["Content-Disposition"].startswith('attachment; filename="catalogus-20')
    assert "creativecommons.org/licenses/by/4.0" in files["LEESMIJ.txt"]
    assert [row["naam"] for row in from_csv(files["praktijken.csv"].encode())] == ["taalhuis"]
    assert [row["code"] for row in from_csv(files["gemeenten.csv"].encode())] == ["GM0983"]
    assert [row["naam"] for row in from_csv(files["trefwoorden.csv"].encode())] == ["Taal"]


@pytest.mark.parametrize("number", [1, 3])
def test_whole_catalogue_takes_as_many_queries_for_any_number(
    number, client, django_assert_num_queries
):
    for _ in range(number):
        PracticeFactory(themes=[ThemeFactory()], municipalities=[MunicipalityFactory()])
    content_of(client.get("/catalogus.zip"))

    # The version; three times the practices with what belongs to them; six kinds of terms; places.
    with django_assert_num_queries(1 + 3 * 8 + 6 + 1):
        content_of(client.get("/catalogus.zip"))
