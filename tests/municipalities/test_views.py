"""The pages of municipalities: what stands on them, and what must not."""

from datetime import date

import pytest

from practices.enums import AdoptionState, Evidence, Scope
from tests.factories import (
    AdoptionFactory,
    MunicipalityFactory,
    PracticeFactory,
    RegionFactory,
    WelfareFigureFactory,
)
from tests.municipalities.test_borders import square
from tests.outline import Outline

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return RegionFactory(name="Parkstad", slug="parkstad", parent=RegionFactory(name="Limburg"))


def place(name, region, figures=(), **kwargs):
    municipality = MunicipalityFactory(
        name=name, slug=name.lower(), region=region, province=region.parent, **kwargs
    )
    for year, recipients in dict(figures).items():
        WelfareFigureFactory(
            municipality=municipality, year=year, recipients=recipients, source="Het rapport"
        )
    return municipality


@pytest.fixture
def merged(region):
    """Schinnen and Nuth, which became Beekdaelen."""
    today = place("Beekdaelen", region, valid_from=date(2019, 1, 1))
    gone = {"successor": today, "valid_to": date(2019, 1, 1)}
    return {
        "beekdaelen": today,
        "schinnen": place("Schinnen", region, {2016: 100, 2018: 80}, **gone),
        "nuth": place("Nuth", region, {2016: 1000, 2018: 900}, **gone),
    }


def page(client, slug):
    response = client.get(f"/gemeenten/{slug}/")
    assert response.status_code == 200
    return response


def text(client, slug):
    return page(client, slug).content.decode()


def titles(practices):
    return [practice.title for practice in practices]


# --- merged and new ---------------------------------------------------------------------


def test_merged_and_new_municipality_lead_to_each_other(client, merged):
    links = {a["href"] for a in Outline(text(client, "beekdaelen")).all("a")}
    assert {"/gemeenten/schinnen/", "/gemeenten/nuth/"} <= links

    for slug in ("schinnen", "nuth"):
        html = text(client, slug)
        assert "bestaat niet meer sinds 1 januari 2019" in html
        assert "/gemeenten/beekdaelen/" in {a["href"] for a in Outline(html).all("a")}


def test_practices_of_the_merged_stand_on_both_pages_but_apart(client, merged):
    PracticeFactory(title="Uit Schinnen", municipalities=[merged["schinnen"]])
    PracticeFactory(title="Uit Nuth", municipalities=[merged["nuth"]])

    today, old = page(client, "beekdaelen").context, page(client, "schinnen").context
    assert (titles(today["own"]), today["family"]) == (["Uit Nuth", "Uit Schinnen"], [])
    assert (titles(old["own"]), titles(old["family"])) == (["Uit Schinnen"], ["Uit Nuth"])


@pytest.mark.parametrize("slug", ["schinnen", "beekdaelen", "nuth"])
def test_filter_on_any_of_them_finds_what_the_others_did(client, merged, slug):
    PracticeFactory(title="Uit Schinnen", municipalities=[merged["schinnen"]])

    assert "Uit Schinnen" in client.get(f"/praktijken/?gemeente={slug}").content.decode()
    assert "Uit Schinnen" in client.get(f"/kaart/?gemeente={slug}").content.decode()


@pytest.mark.parametrize("slug", ["schinnen", "beekdaelen", "nuth"])
def test_search_for_any_of_them_finds_what_the_others_did(client, merged, slug):
    PracticeFactory(title="Werkcoöperatie", municipalities=[merged["schinnen"]])

    assert "/praktijken/praktijk" in client.get(f"/praktijken/?q={slug}").content.decode()


def test_figures_are_summed_for_the_new_one_and_that_is_said(client, merged):
    html = text(client, "beekdaelen")

    assert "Beekdaelen is ontstaan uit Nuth en Schinnen." in html
    assert "De cijfers van die gemeenten zijn hier bij elkaar opgeteld." in html
    assert page(client, "beekdaelen").context["figures"].total == [1100, 980]
    assert '<td class="number">1.100</td>' in html


def test_figures_stay_with_the_old_one_unsummed(client, merged):
    response = page(client, "schinnen")

    assert response.context["figures"].rows == [("Schinnen", [100, 80])]
    assert response.context["figures"].total is None
    assert "opgeteld" not in response.content.decode()


def test_address_that_never_was_is_not_found(client):
    assert client.get("/gemeenten/nergens/").status_code == 404


# --- the chart ---------------------------------------------------------------------------


def test_chart_is_a_picture_with_title_and_description_and_a_table(client, region):
    place("Venlo", region, {2014: 200, 2016: 210, 2018: 150})
    outline = Outline(text(client, "venlo"))

    (chart,) = outline.all("svg", **{"aria-labelledby": "chart-title"})
    named = (chart["role"], chart["aria-labelledby"], chart["aria-describedby"])
    assert named == ("img", "chart-title", "chart-description")
    assert len(outline.all("rect", **{"class": "chart__bar"})) == 3
    assert outline.all("desc", id="chart-description") == [{"id": "chart-description"}]
    assert outline.all("details", **{"class": "table-details"}) == [{"class": "table-details"}]
    assert outline.inline == []


def test_source_and_caveats_stand_with_the_figures(client, region):
    municipality = place("Venlo", region, {2014: 200, 2016: 210}, note="Kan een fout zijn.")
    WelfareFigureFactory(
        municipality=municipality,
        year=2018,
        reference_date=date(2018, 1, 1),
        source="Het rapport",
    )
    html = text(client, "venlo")

    assert "Bron: Het rapport. Overgenomen zoals gedrukt." in html
    assert "Voor 2014 en 2016 noemt de bron geen peildatum." in html
    assert "1-1-2018" in html
    assert "<strong>Let op:</strong> Kan een fout zijn." in html


def test_without_figures_there_is_no_chart_and_no_table(client, region):
    place("Venlo", region)
    html = text(client, "venlo")

    assert 'class="chart"' not in html
    assert "Mensen met bijstand" not in html


def test_two_sources_are_a_table_without_a_chart(client, region):
    municipality = place("Venlo", region, {2014: 200, 2016: 210})
    WelfareFigureFactory(municipality=municipality, year=2016, source="Iets anders")
    html = text(client, "venlo")

    assert 'class="chart"' not in html
    assert '<details class="table-details" open>' in html


# --- neighbours and mirrors ---------------------------------------------------------------


def test_neighbours_are_by_border_when_borders_are_known(client, region):
    place("Venlo", region, boundary=square(5.9, 50.9))
    place("Beesel", region, boundary=square(6.0, 50.9))
    html = text(client, "venlo")

    assert "<h3>Buurgemeenten</h3>" in html
    assert '<a href="/gemeenten/beesel/">Beesel</a>' in html


def test_neighbours_are_by_distance_otherwise_and_that_is_said(client, region):
    place("Venlo", region, lat=51.37, lon=6.17)
    place("Beesel", region, lat=51.28, lon=6.08)
    html = text(client, "venlo")

    assert "<h3>Dichtstbijzijnde gemeenten</h3>" in html
    assert "De grenzen van de gemeenten zijn niet geladen." in html


def test_mirrors_are_told_with_what_they_were_compared_by(client, region):
    place("Venlo", region, {2014: 100, 2018: 90})
    place("Weert", region, {2014: 100, 2018: 80})
    place("Roermond", region, {2014: 1000, 2018: 1100})
    place("Vaals", region)
    html = " ".join(text(client, "venlo").split())

    assert [m.municipality.name for m in page(client, "venlo").context["mirrors"]] == [
        "Weert",
        "Roermond",
        "Vaals",
    ]
    assert "80 mensen met bijstand in 2018; 20 procent minder dan in 2014; ook in Parkstad" in html
    assert "1.100 mensen met bijstand in 2018; 10 procent meer dan in 2014" in html
    assert "geen cijfers bekend; ook in Parkstad" in html


def test_mirrors_without_own_figures_say_that_only_the_region_counts(client, region):
    place("Venlo", region)
    place("Weert", region, {2014: 100, 2018: 80})

    assert "Van Venlo zelf zijn geen cijfers bekend." in text(client, "venlo")


def test_only_municipality_has_no_mirrors(client, region):
    place("Venlo", region)

    assert "Spiegelgemeenten" not in text(client, "venlo")


def test_ideas_are_what_mirrors_do_that_does_not_hold_here_most_alike_first(client, region):
    here = place("Venlo", region, {2014: 100, 2018: 90})
    alike = place("Weert", region, {2014: 100, 2018: 90})
    unlike = place("Roermond", region, {2014: 900, 2018: 1100})
    PracticeFactory(title="Van Roermond", municipalities=[unlike])
    PracticeFactory(title="Genoemd in Weert", municipalities=[alike])
    PracticeFactory(
        title="Gemeten in Weert", municipalities=[alike], evidence_level=Evidence.MEASURED
    )
    PracticeFactory(title="Ook hier", municipalities=[here, alike])
    PracticeFactory(title="Overal", municipalities=[alike], scope=Scope.REGION, regions=[region])
    taken = PracticeFactory(title="Overgenomen", municipalities=[alike])
    AdoptionFactory(practice=taken, municipality=here)
    weighed = PracticeFactory(title="Overwogen", municipalities=[unlike])
    AdoptionFactory(practice=weighed, municipality=here, state=AdoptionState.CONSIDERING)

    assert titles(page(client, "venlo").context["ideas"]) == [
        "Gemeten in Weert",
        "Genoemd in Weert",
        "Overwogen",
        "Van Roermond",
    ]


def test_unpublished_practice_is_no_idea(client, region):
    place("Venlo", region)
    alike = place("Weert", region)
    hidden = PracticeFactory(title="Geheim", municipalities=[alike], concept=True)
    assert page(client, "venlo").context["ideas"] == []

    # It would be there if it were public.
    hidden.state = "gepubliceerd"
    hidden.save()
    assert titles(page(client, "venlo").context["ideas"]) == ["Geheim"]


# --- queries -------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3, 30])
def test_page_takes_as_many_queries_for_any_number(
    number, client, region, django_assert_num_queries
):
    here = place("Venlo", region, {2014: 100, 2018: 90}, lat=51.37, lon=6.17)
    for n in range(number):
        other = place(f"Gemeente-{n}", region, {2014: n, 2018: n}, boundary=square(5.9, 50.9))
        PracticeFactory(municipalities=[here], regions=[region])
        PracticeFactory(municipalities=[other])
        PracticeFactory(scope=Scope.REGION, regions=[region])
        AdoptionFactory(municipality=here)
    page(client, "venlo")

    # The municipality, the version, its figures, adoptions, everybody's figures, and three
    # lists of practices with four relations each.
    with django_assert_num_queries(20):
        page(client, "venlo")


def test_list_of_municipalities_leads_to_the_white_spots(client, region):
    place("Venlo", region)
    links = Outline(client.get("/gemeenten/").content.decode()).all("a")

    assert "/witte-vlekken/" in {a["href"] for a in links}
