"""Each number on the page is what its link finds, and nothing unpublished is in any of them."""

from datetime import date

import pytest

from practices.enums import AdoptionState, Evidence, State
from practices.overview import MOST_YEARS, SHOWN, overview
from tests.factories import (
    AdoptionFactory,
    MunicipalityFactory,
    PracticeFactory,
    RegionFactory,
    TargetGroupFactory,
    ThemeFactory,
)
from tests.outline import Outline
from tests.practices import mixed_catalogue

pytestmark = pytest.mark.django_db


def chart(key):
    return next(chart for chart in overview().charts if chart.key == key)


def counted(key):
    return [(row.label, row.count, row.length) for row in chart(key).rows]


def found(client, url):
    return client.get(url).context["finder"].total


def test_each_number_is_what_its_link_finds(client):
    mixed_catalogue.load()
    rows = [row for chart in overview().charts for row in chart.rows if row.url]

    assert {chart.key for chart in overview().charts if any(row.url for row in chart.rows)} == set(
        SHOWN
    )
    assert [(row.label, found(client, row.url)) for row in rows] == [
        (row.label, row.count) for row in rows
    ]


def test_themes_stand_from_many_to_few_and_the_longest_bar_is_full():
    taal, werk = ThemeFactory(name="Taal"), ThemeFactory(name="Werk")
    ThemeFactory(name="Sport")
    for themes in ([taal, werk], [werk], [werk]):
        PracticeFactory(themes=themes)

    assert counted("thema") == [("Werk", 3, 100), ("Taal", 1, 33), ("Sport", 0, 0)]
    assert chart("thema").summary == "Het vaakst: Werk (3 van de 3)."
    assert [bool(row.url) for row in chart("thema").rows] == [True, True, False]


def test_evidence_stands_from_weak_to_strong():
    PracticeFactory(evidence_level=Evidence.EXPERIENCE)
    PracticeFactory(evidence_level=Evidence.EXPERIENCE)
    PracticeFactory(evidence_level=Evidence.MENTIONED)

    assert [row[:2] for row in counted("bewijs")][:3] == [
        ("Genoemd", 1),
        ("Praktijkervaring", 2),
        ("Gemeten resultaat", 0),
    ]


def test_what_a_region_shares_counts_there_but_for_no_municipality():
    region = RegionFactory(name="Noord")
    PracticeFactory(regions=[region], scope="regio")
    PracticeFactory(municipalities=[MunicipalityFactory(region=region)])

    assert (("Noord", 2, 100) in counted("regio"), overview().municipalities) == (True, 1)


@pytest.mark.parametrize("state", [State.CONCEPT, State.IN_REVIEW, State.ARCHIVED])
def test_what_is_not_public_is_in_no_number(client, state):
    hidden = PracticeFactory(
        state=state,
        themes=[ThemeFactory()],
        target_groups=[TargetGroupFactory()],
        municipalities=[MunicipalityFactory()],
    )
    AdoptionFactory(practice=hidden, since=date(2024, 1, 1))
    numbers = overview()

    assert (numbers.practices, numbers.municipalities, numbers.adoptions.total) == (0, 0, 0)
    assert [row for chart in numbers.charts for row in chart.rows if row.count] == []
    assert {chart.summary for chart in numbers.charts} == {"Hier is nog niets over bekend."}
    assert client.get("/cijfers/").status_code == 200


# --- adoptions ---------------------------------------------------------------------------------


def adopted(*years, **fields):
    practice = PracticeFactory()
    for year in years:
        AdoptionFactory(practice=practice, since=year and date(year, 6, 1), **fields)


def test_adoptions_are_counted_by_the_year_in_which_they_began():
    adopted(2021, 2021, 2023, None)
    adopted(2023, state=AdoptionState.STOPPED, reason_stopped="Te duur")
    adopted(2023, state=AdoptionState.CONSIDERING)
    numbers = overview().adoptions

    assert (numbers.total, numbers.undated) == (5, 1)
    assert numbers.years == [(2021, 2), (2022, 0), (2023, 2)]
    assert [bar.text for bar in numbers.chart.bars] == ["2", "0", "2"]


def test_one_year_is_a_table_without_a_chart():
    adopted(2023)

    assert (overview().adoptions.years, overview().adoptions.chart) == ([(2023, 1)], None)


def test_only_the_last_years_are_shown():
    adopted(1999, 2025)

    assert [year for year, _ in overview().adoptions.years] == list(
        range(2025 - MOST_YEARS + 1, 2026)
    )


# --- the page ----------------------------------------------------------------------------------


def test_page_says_in_a_table_what_the_bars_show(client):
    PracticeFactory(
        themes=[ThemeFactory(name="Taal")],
        target_groups=[TargetGroupFactory()],
        municipalities=[MunicipalityFactory()],
    )
    adopted(2022, 2023)
    html = client.get("/cijfers/").content.decode()
    page = Outline(html)

    assert len(page.all("table")) == len(SHOWN) + 1
    assert page.text("title")[1:] == ["Begonnen overnames per jaar"]
    hidden = [svg for svg in page.all("svg") if "bars__bar" in svg.get("class", "")]
    assert {svg["aria-hidden"] for svg in hidden} == {"true"}
    assert "Van 0" not in html


def test_page_without_adoptions_says_so(client):
    PracticeFactory()

    assert "Nog geen gemeente legde hier vast" in client.get("/cijfers/").content.decode()
