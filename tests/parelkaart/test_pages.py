"""Every public page: whole, in Dutch, by itself, and without what is not public."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.views import defaults

from parelkaart.databases.middleware import is_for_readers
from practices.enums import State
from tests import showcase
from tests.factories import UserFactory
from tests.outline import Outline

OWN = ("/static/", "/media/", "/site.webmanifest")
PAGES = {
    "/": "Wat werkt er in andere gemeenten?",
    "/praktijken/": "Praktijken",
    "/praktijken/?q=werkgevers&thema=werkgevers": "Praktijken",
    "/praktijken/?thema=werkgevers&soort=methode": "Praktijken",
    "/praktijken/?pagina=2": "Praktijken",
    "/praktijken/werkcooperatie-schinnen/": "Werkcoöperatie Schinnen",
    "/praktijken/regionaal-plan/": "Regionaal plan",
    "/gemeenten/": "Gemeenten",
    "/gemeenten/beekdaelen/": "Beekdaelen",
    "/gemeenten/schinnen/": "Schinnen",
    "/knelpunten/": "Knelpunten",
    "/cijfers/": "Cijfers",
    "/open-data/": "Open data",
    "/over/": "Over Parelkaart Limburg",
    "/privacy/": "Privacy",
    "/toegankelijkheid/": "Toegankelijkheid",
}


@pytest.fixture
def site(db):
    return showcase.build()


def page_at(client, url, **kwargs):
    response = client.get(url, **kwargs)
    assert response.status_code == 200
    return Outline(response.content.decode())


def links_to_forms(client, rf):
    """Where a reader could send something, or sign in."""
    pages = [*PAGES, "/gezocht/", "/praktijken/?q=xyzzyq"]
    links = {
        attrs.get("href", "").split("?")[0]
        for url in pages
        for attrs in page_at(client, url).all("a")
    }
    own = {link for link in links if link.startswith("/")}
    return {link for link in own if not is_for_readers(rf.get(link))}


# --- what holds for every page ------------------------------------------------------


def test_every_page_has_one_main_part_with_one_heading(client, site):
    pages = {url: page_at(client, url) for url in PAGES}

    assert {url: page.text("h1") for url, page in pages.items()} == {
        url: [heading] for url, heading in PAGES.items()
    }
    for page in pages.values():
        assert [attrs["id"] for attrs in page.all("main")] == ["main"]
        assert [attrs["lang"] for attrs in page.all("html")] == ["nl"]
        assert page.all("a")[0] == {"class": "skip-link", "href": "#main"}


def test_every_page_loads_only_its_own_files_and_has_nothing_inline(client, site):
    for url in PAGES:
        page = page_at(client, url)
        foreign = [link for link in page.loaded if not link.startswith(OWN)]

        assert (url, foreign, page.inline) == (url, [], [])
        assert len(page.all("link", rel="stylesheet")) == 1


def test_no_page_sets_a_cookie_or_depends_on_one(client, site):
    for url in PAGES:
        response = client.get(url)

        assert (url, dict(response.cookies)) == (url, {})
        assert "Cookie" not in response.get("Vary", "")


def test_titles_and_descriptions_are_all_different(client, site):
    pages = [page_at(client, url) for url in PAGES]

    titles = [page.text("title")[0] for page in pages]
    assert sorted(titles) == sorted(set(titles))
    assert [page.meta("description") for page in pages if not page.meta("description")] == []


def test_menu_marks_the_page_and_the_part_it_belongs_to(client, site):
    marked = {
        url: [
            (attrs["href"], attrs["aria-current"])
            for attrs in page_at(client, url).all("a")
            if "aria-current" in attrs and "class" not in attrs
        ][:1]
        for url in ("/gemeenten/", "/gemeenten/beekdaelen/", "/privacy/")
    }

    assert marked == {
        "/gemeenten/": [("/gemeenten/", "page")],
        "/gemeenten/beekdaelen/": [("/gemeenten/", "true")],
        "/privacy/": [],
    }


def test_concept_is_on_no_page_until_it_is_published(client, site):
    shown = [url for url in PAGES if "Nog geheim plan" in client.get(url).content.decode()]
    site.concept.state = State.PUBLISHED
    site.concept.save()
    shown_later = [url for url in PAGES if "Nog geheim plan" in client.get(url).content.decode()]

    assert shown == []
    assert "/gemeenten/beekdaelen/" in shown_later


# --- errors -------------------------------------------------------------------------


def test_site_that_is_read_only_offers_no_forms(client, site, rf, settings):
    settings.READ_ONLY = False
    usual = links_to_forms(client, rf)
    settings.READ_ONLY = True

    assert "/praktijk-voorstellen/" in usual
    assert len(usual) > 3
    assert links_to_forms(client, rf) == set()


def test_unknown_address_gives_a_dutch_page_that_leads_on(client, db):
    response = client.get("/bestaat-niet/")

    page = Outline(response.content.decode())
    assert (response.status_code, page.text("h1")) == (404, ["Deze pagina is er niet"])
    assert page.meta("robots") == "noindex"
    assert page.all("form", role="search")[0]["action"] == "/praktijken/"


def test_forbidden_page_is_dutch(rf):
    response = defaults.permission_denied(rf.get("/beheer/"), PermissionDenied())

    page = Outline(response.content.decode())
    assert (response.status_code, page.text("h1")) == (403, ["U hebt geen toegang"])


@pytest.mark.parametrize(
    ("answer", "status", "heading"),
    [
        (defaults.server_error, 500, "Er ging iets mis"),
        (
            lambda request: defaults.bad_request(request, Http404()),
            400,
            "Deze vraag begrijpen we niet",
        ),
    ],
)
def test_error_page_needs_no_database_and_no_static_files_storage(
    rf, settings, answer, status, heading
):
    """Runs without `db`: a query would fail. With a storage that refuses everything."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    response = answer(rf.get("/"))

    page = Outline(response.content.decode())
    assert (response.status_code, page.text("h1")) == (status, [heading])
    assert len(page.all("main")) == 1
    assert page.inline == []


# --- pages with settings --------------------------------------------------------------


def test_privacy_page_tells_of_the_security_log_as_the_manual_does(client, settings, db):
    manual = (settings.BASE_DIR / "docs" / "operations.md").read_text()
    assert "Keep it for half a year and no longer" in " ".join(manual.split())

    page = client.get("/privacy/").content.decode()

    assert "Wij bewaren het een half jaar." in page
    assert "vanaf welk IP-adres, om welk account het ging en wat er gebeurde" in page


def test_privacy_page_names_the_host_of_the_map_tiles(client, settings, db):
    settings.MAP_TILES_URL = "https://tegels.example.nl/{z}/{x}/{y}.png"
    with_tiles = client.get("/privacy/").content.decode()
    settings.MAP_TILES_URL = ""
    without = client.get("/privacy/").content.decode()

    assert "tegels.example.nl" in with_tiles
    assert "De kaart haalt niets op bij anderen." in without


def test_accessibility_page_links_to_the_register(client, settings, db):
    address = "https://www.toegankelijkheidsverklaring.nl/register/1"
    settings.ACCESSIBILITY_REGISTER_URL = ""
    without = page_at(client, "/toegankelijkheid/").all("a", href=address)
    settings.ACCESSIBILITY_REGISTER_URL = address
    with_register = page_at(client, "/toegankelijkheid/").all("a", href=address)

    assert (len(without), len(with_register)) == (0, 1)


def test_accessibility_page_links_to_the_report(client, settings, db):
    settings.ACCESSIBILITY_REPORT_URL = "https://www.example.nl/onderzoek.pdf"
    page = page_at(client, "/toegankelijkheid/")

    assert len(page.all("a", href="https://www.example.nl/onderzoek.pdf")) == 1


def test_contact_address_is_shown_when_there_is_one(client, settings, db):
    settings.SITE_CONTACT_EMAIL = ""
    without = page_at(client, "/over/").all("a", href="mailto:redactie@example.org")
    settings.SITE_CONTACT_EMAIL = "redactie@example.org"
    with_contact = page_at(client, "/over/").all("a", href="mailto:redactie@example.org")

    assert (len(without), len(with_contact)) == (0, 2)


# --- the list -------------------------------------------------------------------------


def test_title_of_the_list_tells_question_count_and_page(client, site):
    titles = [
        page_at(client, url).text("title")[0]
        for url in (
            "/praktijken/",
            "/praktijken/?pagina=2",
            "/praktijken/?q=werkgevers",
            "/praktijken/?thema=werkgevers",
        )
    ]

    assert titles == [
        "Alle praktijken – Parelkaart Limburg",
        "Alle praktijken – pagina 2 van 2 – Parelkaart Limburg",
        "werkgevers – 2 praktijken gevonden – Parelkaart Limburg",
        "2 praktijken gevonden – Parelkaart Limburg",
    ]


@pytest.mark.parametrize(
    ("url", "robots", "canonical"),
    [
        ("/praktijken/", None, "/praktijken/"),
        ("/praktijken/?onzin=1&thema=onzin", None, "/praktijken/"),
        ("/praktijken/?pagina=2", "noindex, follow", "/praktijken/?pagina=2"),
        ("/praktijken/?thema=werkgevers", "noindex, follow", "/praktijken/?thema=werkgevers"),
    ],
)
def test_search_engines_see_each_list_once(client, site, url, robots, canonical):
    page = page_at(client, url)

    assert page.meta("robots") == robots
    assert page.all("link", rel="canonical")[0]["href"] == f"http://testserver{canonical}"


def test_changed_filter_gives_only_what_changes(client, site):
    response = client.get("/praktijken/?q=&thema=werkgevers", headers={"HX-Request": "true"})

    piece = Outline(response.content.decode())
    swapped = [attrs["id"] for _, attrs in piece.tags if "data-hx-swap-oob" in attrs]
    assert (piece.all("html"), piece.all("main")) == ([], [])
    assert swapped == ["finder-facets", "finder-status"]
    assert piece.text("title") == ["2 praktijken gevonden – Parelkaart Limburg"]
    assert response["HX-Push-Url"] == "/praktijken/?thema=werkgevers"
    assert response["Vary"] == "HX-Request, HX-History-Restore-Request, Accept-Encoding"


def test_piece_and_page_have_the_same_results(client, site):
    url = "/praktijken/?thema=werkgevers&gemeente=beekdaelen"
    piece = Outline(client.get(url, headers={"HX-Request": "true"}).content.decode())
    page = page_at(client, url)

    assert piece.text("h2") == page.text("h2")
    links = [attrs["href"] for attrs in piece.all("a")]
    assert len(links) > 3
    assert [link for link in links if not page.all("a", href=link)] == []


def test_back_button_gets_the_whole_page(client, site):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    response = client.get("/praktijken/?thema=werkgevers", headers=headers)

    assert len(Outline(response.content.decode()).all("main")) == 1
    assert "HX-Push-Url" not in response


def test_nothing_found_shows_ways_on(client, site):
    nothing = page_at(client, "/praktijken/?thema=werkgevers&soort=methode")
    something = page_at(client, "/praktijken/?thema=werkgevers")

    assert nothing.text("h2") == ["Filters", "0 praktijken gevonden"]
    # Without the theme, without the kind, by problem: each leads to practices.
    for way in ("?soort=methode", "?thema=werkgevers"):
        assert nothing.all("a", href=f"/praktijken/{way}") != []
    assert (
        len(nothing.all("div", **{"class": "empty"})),
        len(something.all("div", **{"class": "empty"})),
    ) == (1, 0)
    csv = "/praktijken.csv?thema=werkgevers&soort=methode"
    assert nothing.all("a", href=csv) == []


def test_practice_that_covers_the_chosen_place_is_marked(client, site):
    html = client.get("/praktijken/?gemeente=beekdaelen").content.decode()

    assert html.count("Geldt voor heel Zuid-Limburg") == 1


# --- one practice ---------------------------------------------------------------------


def test_entry_shows_every_text_that_was_filled_in(client, site):
    html = client.get(site.full.get_absolute_url()).content.decode()

    texts = ("background", "goal", "results", "did_not_work", "conditions", "adaptable_parts")
    notes = ("cost_note", "lead_time", "legal_basis", "legal_caveat", "editorial_note")
    places = ("neighbourhood", "location_name", "phase_note", "evidence_note", "summary")
    missing = [name for name in (*texts, *notes, *places) if getattr(site.full, name) not in html]
    assert missing == []


def test_entry_tells_what_hangs_on_it(client, site):
    html = client.get(site.full.get_absolute_url()).content.decode()

    expected = [
        "Niet bevestigd sinds 2018",
        "meer dan 1.200 van de 4.000 mensen",
        'Bron: <a href="https://example.org/rapport">Rapport 2018</a>, paragraaf 8.1.',
        "<li>Loopt het nog?</li>",
        "Waarom gestopt: Te weinig werkgevers.",
        'alt="Twee mensen in de werkplaats"',
        "hier begint deze praktijk",
        "Geprobeerd en gestopt door één gemeente",
        "nu Beekdaelen",
        "mailto:team@example.org",
        '<a href="https://example.org/rapport">Rapport 2018</a>',
    ]
    assert [text for text in expected if text not in html] == []


def test_relation_is_read_from_both_sides(client, site):
    outward = client.get(site.full.get_absolute_url()).content.decode()
    inward = client.get(site.regional.get_absolute_url()).content.decode()

    assert ("Onderdeel van" in outward, "Omvat" in outward) == (True, False)
    assert ("Onderdeel van" in inward, "Omvat" in inward) == (False, True)


def test_preview_of_a_concept_is_for_editors_and_says_so(client, site):
    url = site.concept.get_absolute_url()
    visitor = client.get(url)
    client.force_login(UserFactory(superuser=True))
    editor = client.get(url)

    assert (visitor.status_code, editor.status_code) == (404, 200)
    assert "Voorbeeld: deze praktijk is nog niet openbaar" in editor.content.decode()
    assert editor["X-Robots-Tag"] == "noindex"


# --- places ---------------------------------------------------------------------------


def test_merged_municipality_and_its_successor_link_to_each_other(client, site):
    old = page_at(client, "/gemeenten/schinnen/")
    new = page_at(client, "/gemeenten/beekdaelen/")

    assert old.all("a", href="/gemeenten/beekdaelen/") != []
    assert new.all("a", href="/gemeenten/schinnen/") != []


def test_successor_shows_practices_and_figures_of_what_it_came_from(client, site):
    html = client.get("/gemeenten/beekdaelen/").content.decode()

    assert site.full.get_absolute_url() in html
    assert '<th scope="row">Schinnen</th><td class="number">190</td>' in html
    assert "Bron: Onderzoek 2018." in html


def test_home_page_counts_what_is_public(client, site):
    html = client.get("/").content.decode()

    assert f"<strong>{showcase.ORDINARY + 2}</strong> praktijken" in html
    assert "<strong>2</strong> gemeenten" in html
    assert html.count('<circle class="dot-map__pearl"') == 2


def test_barrier_without_a_practice_is_no_link(client, site):
    html = client.get("/knelpunten/").content.decode()

    assert '<a href="/praktijken/?knelpunt=ruimte">Te weinig ruimte</a>' in html
    site.full.state = State.ARCHIVED
    site.full.save()
    assert "/praktijken/?knelpunt=ruimte" not in client.get("/knelpunten/").content.decode()
