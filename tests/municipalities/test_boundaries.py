"""Boundaries: read, fetched, stored, and the command around it. All on small polygons."""

import json
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from municipalities.boundaries import BoundaryError, OfflineError, fetch, pdok_url, read_boundaries
from municipalities.boundaries.reading import MOST_POINTS
from municipalities.models import Municipality
from practices.version import current
from tests.factories import MunicipalityFactory

RING = [[6.0, 51.0], [6.1, 51.0], [6.1, 51.1], [6.0, 51.1], [6.0, 51.0]]


def feature(code="GM0983", ring=RING, *, kind="Polygon", **properties):
    coordinates = [ring] if kind == "Polygon" else [[ring]]
    return {
        "type": "Feature",
        "properties": {"statcode": code, **properties},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def collection(*features, **members):
    return json.dumps({"type": "FeatureCollection", "features": features, **members}).encode()


# --- reading ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["Polygon", "MultiPolygon"])
def test_boundary_is_read_as_a_multipolygon(kind):
    (boundary,) = read_boundaries(collection(feature(kind=kind, jaarcode=2023)))

    assert (boundary.code, boundary.year) == ("GM0983", 2023)
    assert boundary.geometry == {"type": "MultiPolygon", "coordinates": [[RING]]}


@pytest.mark.parametrize(
    "properties",
    [
        {"statcode": "GM0983"},
        {"identificatie": "GM0983"},
        {"code": "gm0983 "},
        {"code": "0983"},
        {"statcode": None, "code": "GM0983"},
    ],
)
def test_code_may_have_several_names(properties):
    given = feature() | {"properties": properties}

    assert [boundary.code for boundary in read_boundaries(collection(given))] == ["GM0983"]


def test_boundary_is_rounded_and_repeated_points_are_left_out():
    ring = [[6.00001, 51.0], [6.1, 51.0], [6.10001, 51.0], [6.1, 51.12346], [6.00001, 51.0]]

    (boundary,) = read_boundaries(collection(feature(ring=ring)))

    assert boundary.polygons == [[[[6.0, 51.0], [6.1, 51.0], [6.1, 51.1235], [6.0, 51.0]]]]


def test_island_and_hole_too_small_to_see_are_left_out():
    speck = [[6.2, 51.2], [6.200001, 51.2], [6.2, 51.200001], [6.2, 51.2]]
    given = feature() | {
        "geometry": {"type": "MultiPolygon", "coordinates": [[RING, speck], [speck]]}
    }

    (boundary,) = read_boundaries(collection(given))

    assert boundary.polygons == [[RING]]


def test_height_of_a_point_is_left_out():
    ring = [[*point, 30.5] for point in RING]

    assert read_boundaries(collection(feature(ring=ring)))[0].polygons == [[RING]]


def test_one_year_is_taken_out_of_several():
    content = collection(feature(jaarcode=2018), feature(jaarcode=2023))

    assert [boundary.year for boundary in read_boundaries(content, 2018)] == [2018]


RD = [[205000, 375000], [206000, 375000], [206000, 376000], [205000, 375000]]
TURNED = [[lat, lon] for lon, lat in RING]
RD_METRES = (
    "De coördinaten zijn in RD-meters (Rijksdriehoeksstelsel, EPSG:28992). De kaart werkt "
    "met graden (WGS84). Kies bij het downloaden EPSG:4326 of CRS84."
)
NO_CODE = (
    "Gebied {} heeft geen CBS-code zoals GM0983. "
    "Die hoort te staan bij statcode, identificatie, code."
)
FAULTS = {
    "not JSON": (b"<html>", "Dit is geen JSON (Expecting value: line 1 column 1 (char 0))."),
    "JSON that is nothing": (b"null", "Dit is geen GeoJSON: er is geen lijst 'features'."),
    "a list": (b"[1]", "Dit is geen GeoJSON: er is geen lijst 'features'."),
    "no features": (collection(), "Er staat geen enkel gebied in."),
    "no code": (
        collection(feature(), feature(None)),
        NO_CODE.format(2),
    ),
    "no properties": (
        collection({"type": "Feature", "geometry": None}),
        NO_CODE.format(1),
    ),
    "not a feature": (
        collection("Venlo"),
        NO_CODE.format(1),
    ),
    "a point": (
        collection(feature() | {"geometry": {"type": "Point", "coordinates": [6, 51]}}),
        "GM0983 is geen vlak (Polygon of MultiPolygon) maar Point.",
    ),
    "no geometry": (
        collection(feature() | {"geometry": None}),
        "GM0983 is geen vlak (Polygon of MultiPolygon) maar None.",
    ),
    "no coordinates": (
        collection(feature() | {"geometry": {"type": "MultiPolygon", "coordinates": []}}),
        "De grens van GM0983 is leeg of heeft niet de vorm van GeoJSON.",
    ),
    "an open ring": (
        collection(feature(ring=RING[:-1])),
        "De grens van GM0983 is niet gesloten: het laatste punt is niet gelijk aan het eerste.",
    ),
    "text for a number": (
        collection(feature(ring=[["6", "51"], *RING])),
        "De grens van GM0983 heeft een punt dat geen punt is: ['6', '51'].",
    ),
    "a number alone": (
        collection(feature(ring=[6.0, *RING])),
        "De grens van GM0983 heeft een punt dat geen punt is: 6.0.",
    ),
    "RD metres": (
        collection(feature(ring=RD)),
        RD_METRES,
    ),
    "RD by name": (
        collection(feature(), crs={"properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}),
        RD_METRES,
    ),
    "latitude first": (
        collection(feature(ring=TURNED)),
        "Bij GM0983 zijn lengte en breedte verwisseld. Eerst hoort de lengte.",
    ),
    "another country": (
        collection(feature(ring=[[-74.0, 40.7], *RING])),
        "De grens van GM0983 ligt niet in Nederland: lengte -74.0, breedte 40.7.",
    ),
    "not a number": (
        collection(feature(ring=[[float("nan"), 51.0], *RING])),
        "De grens van GM0983 ligt niet in Nederland: lengte nan, breedte 51.0.",
    ),
    "no surface": (
        collection(feature(ring=[[6, 51]] * 5)),
        "GM0983 heeft geen oppervlak.",
    ),
    "the same code twice": (
        collection(feature(), feature()),
        "GM0983 staat er meer dan één keer in.",
    ),
    "several years": (
        collection(feature(jaarcode=2018), feature(jaarcode="2023")),
        "Er staan grenzen van meer jaren in: 2018, 2023. Kies er één met --jaar.",
    ),
}


@pytest.mark.parametrize(("content", "message"), FAULTS.values(), ids=FAULTS)
def test_fault_is_named(content, message):
    with pytest.raises(BoundaryError) as error:
        read_boundaries(content)

    assert str(error.value) == message


def test_year_that_is_not_there_is_named():
    with pytest.raises(BoundaryError) as error:
        read_boundaries(collection(feature(jaarcode=2023)), 2021)

    assert str(error.value) == "Er staan geen grenzen van 2021 in, wel van 2023."


def test_detailed_boundary_is_refused():
    number = MOST_POINTS + 1
    ring = [[6 + i / number, 51 + i % 2 / 10] for i in range(number)]

    with pytest.raises(BoundaryError, match="te gedetailleerd voor de kaart"):
        read_boundaries(collection(feature(ring=[*ring, ring[0]])))


def test_deeply_nested_file_is_not_a_crash():
    with pytest.raises(BoundaryError):
        read_boundaries(b"[" * 100_000)


# --- fetching -----------------------------------------------------------------------------


class Pages(BaseHTTPRequestHandler):
    def __init__(self, pages, *args):
        self.pages = pages
        super().__init__(*args)

    def do_GET(self):
        body = self.pages.get(self.path)
        self.send_response(200 if body is not None else 404)
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *args):
        pass


@pytest.fixture
def serve():
    """serve({path: body}) gives the address of a web server on this machine."""
    servers = []

    def start(pages):
        server = HTTPServer(("127.0.0.1", 0), partial(Pages, pages))
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_further_pages_are_put_behind_the_first(serve):
    following = [{"rel": "self", "href": "/1"}, {"rel": "next", "href": "/2"}]
    base = serve(
        {"/1": collection(feature("GM0001"), links=following), "/2": collection(feature("GM0002"))}
    )

    boundaries = read_boundaries(fetch(f"{base}/1", timeout=5))

    assert [boundary.code for boundary in boundaries] == ["GM0001", "GM0002"]


def test_next_page_on_another_host_is_not_followed(serve):
    links = [{"rel": "next", "href": "https://example.org/2"}]
    base = serve({"/1": collection(feature(), links=links)})

    assert len(read_boundaries(fetch(f"{base}/1", timeout=5))) == 1


def test_pages_without_end_are_refused(serve):
    base = serve({"/1": collection(feature(), links=[{"rel": "next", "href": "/1"}])})

    with pytest.raises(BoundaryError, match="Meer dan 20 pagina's"):
        fetch(f"{base}/1", timeout=5)


def test_answer_that_is_an_error_is_named(serve):
    with pytest.raises(BoundaryError, match=r"127\.0\.0\.1:\d+ antwoordt met fout 404\."):
        fetch(f"{serve({})}/1", timeout=5)


def test_no_connection_is_offline(serve):
    closed = "http://127.0.0.1:9"

    with pytest.raises(OfflineError, match=r"^127\.0\.0\.1:9 is niet te bereiken"):
        fetch(closed, timeout=5)


def test_file_on_this_machine_is_not_a_web_address(tmp_path):
    with pytest.raises(BoundaryError, match="Geen webadres"):
        fetch(tmp_path.as_uri(), timeout=5)


def test_default_asks_for_the_generalised_boundaries_of_one_year():
    assert pdok_url(2025) == (
        "https://api.pdok.nl/cbs/gebiedsindelingen/ogc/v1/collections/gemeente_gegeneraliseerd/"
        "items?f=json&jaarcode=2025&limit=1000"
    )


# --- the command ------------------------------------------------------------------------------


@pytest.fixture
def venlo(db):
    return MunicipalityFactory(name="Venlo", code="GM0983")


@pytest.fixture
def run(db, tmp_path):
    """run(content, *options) imports a file with that content and gives what was said."""

    def import_boundaries(content, *options):
        path = tmp_path / "grenzen.json"
        path.write_bytes(content)
        return command(str(path), *options)

    return import_boundaries


def command(*arguments):
    out = StringIO()
    call_command("import_boundaries", *arguments, stdout=out, no_color=True)
    return out.getvalue().splitlines()


def boundary_of(municipality):
    return Municipality.objects.values_list("boundary", flat=True).get(pk=municipality.pk)


SHAPE = {"type": "MultiPolygon", "coordinates": [[RING]]}


def test_import_stores_by_code_and_tells_what_it_did(venlo, run):
    MunicipalityFactory(name="Weert", code="GM0988")

    told = run(collection(feature("GM0983"), feature("GM9999")))

    assert boundary_of(venlo) == SHAPE
    assert told[1:] == [
        "2 gebieden gelezen en in orde bevonden",
        "Onbekende codes, overgeslagen (1): GM9999",
        "Nog zonder grens (1): Weert",
        "Klaar: 1 grenzen bewaard.",
    ]


def test_import_makes_a_new_version_of_the_catalogue(venlo, run):
    before = current()

    run(collection(feature()))

    assert current() != before


def test_import_is_all_or_nothing(venlo, run):
    with pytest.raises(CommandError) as error:
        run(collection(feature("GM0983"), feature("GM0988", RING[:-1])))

    assert str(error.value).splitlines() == [
        "De grens van GM0988 is niet gesloten: het laatste punt is niet gelijk aan het eerste.",
        "Er is niets veranderd.",
    ]
    assert boundary_of(venlo) is None


def test_import_without_any_known_code_changes_nothing(venlo, run):
    before = current()

    with pytest.raises(CommandError, match="Geen enkel gebied hoort bij een gemeente"):
        run(collection(feature("GM9999")))

    assert (boundary_of(venlo), current()) == (None, before)


def test_merged_municipality_keeps_its_older_boundary(run):
    beekdaelen = MunicipalityFactory(name="Beekdaelen", code="GM1954", valid_from="2019-01-01")
    schinnen = MunicipalityFactory(
        name="Schinnen", code="GM0962", valid_to="2019-01-01", successor=beekdaelen
    )
    other = [[6.2, 51.2], [6.3, 51.2], [6.3, 51.3], [6.2, 51.2]]

    run(collection(feature("GM0962", jaarcode=2018)))
    told = run(
        collection(feature("GM0962", other, jaarcode=2023), feature("GM1954", jaarcode=2023))
    )

    assert (boundary_of(schinnen), boundary_of(beekdaelen)) == (SHAPE, SHAPE)
    assert "Bestond toen niet, houdt de grens van vroeger of later (1): Schinnen" in told


def test_year_of_the_file_may_be_given(run):
    schinnen = MunicipalityFactory(code="GM0962", valid_to="2019-01-01")

    run(collection(feature("GM0962")), "--jaar=2018")

    assert boundary_of(schinnen) == SHAPE


def test_file_that_does_not_exist_is_named(venlo):
    with pytest.raises(CommandError, match=r"weg\.json is niet te lezen: No such file"):
        command("/weg.json")


def test_import_from_an_address(venlo, serve):
    command(f"{serve({'/g': collection(feature())})}/g", "--timeout=5")

    assert boundary_of(venlo) == SHAPE


def test_import_without_a_connection_says_that_the_map_works(venlo):
    with pytest.raises(CommandError, match="De kaart werkt ook zonder grenzen"):
        command("http://127.0.0.1:9/", "--timeout=1")


def test_import_without_a_connection_can_be_quiet(venlo):
    told = command("http://127.0.0.1:9/", "--timeout=1", "--quiet-offline")

    assert told[1].startswith("Gemeentegrenzen overgeslagen: 127.0.0.1:9 is niet te bereiken")
    assert boundary_of(venlo) is None


def test_import_can_leave_what_is_there(venlo, run):
    run(collection(feature()))

    assert run(b"kapot", "--if-missing") == ["Er zijn al gemeentegrenzen."]


@pytest.mark.django_db
@pytest.mark.parametrize("year", ["0000", "0001"])
def test_year_that_is_none_counts_as_not_told(tmp_path, year):
    MunicipalityFactory(code="GM0983")
    path = tmp_path / "grenzen.json"
    path.write_bytes(collection(feature(jaarcode=year)))

    call_command("import_boundaries", str(path), stdout=StringIO())

    assert Municipality.objects.get().boundary is not None


@pytest.mark.parametrize("year", ["0", "99999", "-5", "nu"])
def test_year_that_is_none_is_refused(year):
    with pytest.raises(CommandError, match="is geen jaar"):
        call_command("import_boundaries", "grenzen.json", "--jaar", year)
