from datetime import date

import pytest

from municipalities.figures import FigureTable, figure_table, series_of_today
from municipalities.gazetteer import Gazetteer
from municipalities.models import WelfareFigure
from tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


def place(name, figures, source="Onderzoek"):
    municipality = MunicipalityFactory(name=name)
    for year, recipients in figures.items():
        WelfareFigure.objects.create(
            municipality=municipality,
            year=year,
            recipients=recipients,
            source=source,
            reference_date=date(2018, 1, 1) if year == 2018 else None,
        )
    return municipality


def test_figures_of_one_municipality_have_no_total():
    table = figure_table([place("Venlo", {2016: 20, 2014: 10, 2018: 30})])

    assert table == FigureTable(
        years=["2014", "2016", "1-1-2018"],
        rows=[("Venlo", [10, 20, 30])],
        total=None,
        sources=["Onderzoek"],
        undated=["2014", "2016"],
    )


def test_figures_of_several_are_summed_by_year():
    table = figure_table(
        [
            place("Beekdaelen", {}),
            place("Schinnen", {2014: 1, 2016: 2}),
            place("Nuth", {2014: 30, 2016: 40}, "CBS"),
        ]
    )

    assert table == FigureTable(
        years=["2014", "2016"],
        rows=[("Nuth", [30, 40]), ("Schinnen", [1, 2])],
        total=[31, 42],
        sources=["CBS", "Onderzoek"],
        undated=["2014", "2016"],
    )


def test_year_of_which_todays_municipality_has_a_figure_is_not_summed():
    today = place("Beekdaelen", {2016: 90, 2020: 80})

    table = figure_table([today, place("Schinnen", {2014: 1, 2016: 2}), place("Nuth", {2014: 30})])

    assert (table.years, table.total) == (["2014", "2016", "2020"], [31, 90, 80])


def test_year_that_one_of_them_lacks_has_no_total():
    merged = [place("Schinnen", {2014: 1, 2016: 0}), place("Nuth", {2016: 0})]
    table = figure_table([place("Beekdaelen", {}), *merged])

    assert (table.rows, table.total) == ([("Nuth", [None, 0]), ("Schinnen", [1, 0])], [None, 0])


def test_municipality_without_figures_has_no_row():
    table = figure_table([place("Schinnen", {2014: 1}), place("Beekdaelen", {})])

    assert (table.rows, table.total) == ([("Schinnen", [1])], None)


def test_no_figures_at_all():
    assert figure_table([MunicipalityFactory()]) == FigureTable([], [], None, [])


@pytest.mark.parametrize("number", [1, 3])
def test_figures_cost_one_query(number, django_assert_num_queries):
    municipalities = [place(f"Gemeente {n}", {2014: n}) for n in range(number)]

    with django_assert_num_queries(1):
        assert len(figure_table(municipalities).rows) == number


def test_two_sources_for_one_municipality_stand_side_by_side_without_a_total():
    venlo = place("Venlo", {2016: 20})
    WelfareFigure.objects.create(municipality=venlo, year=2016, recipients=21, source="CBS")
    WelfareFigure.objects.create(municipality=venlo, year=2020, recipients=9, source="CBS")

    assert figure_table([venlo, place("Echt", {2016: 5})]) == FigureTable(
        years=["2016", "2020"],
        rows=[
            ("Echt", [5, None]),
            ("Venlo (CBS)", [21, 9]),
            ("Venlo (Onderzoek)", [20, None]),
        ],
        total=None,
        sources=["CBS", "Onderzoek"],
        undated=["2016", "2020"],
    )


# --- what a chart shows ---------------------------------------------------------------


def test_line_is_the_sum_or_the_only_row():
    schinnen, nuth = place("Schinnen", {2014: 1, 2016: 2}), place("Nuth", {2014: 3, 2016: 4})

    assert figure_table([schinnen]).line == [1, 2]
    assert figure_table([place("Beekdaelen", {}), schinnen, nuth]).line == [4, 6]


def test_two_sources_are_no_line():
    venlo = place("Venlo", {2016: 20, 2018: 30})
    WelfareFigure.objects.create(municipality=venlo, year=2016, recipients=21, source="CBS")

    assert figure_table([venlo]).line is None


# --- what municipalities are compared by ----------------------------------------------


def merge(old, today):
    old.successor, old.valid_to = today, date(2019, 1, 1)
    old.save()


def test_series_of_today_is_summed_over_what_was_merged():
    today, between = place("Beekdaelen", {}), place("Tussendoor", {})
    for old, into in ((place("Schinnen", {2014: 1, 2016: 2}), today), (between, today)):
        merge(old, into)
    merge(place("Nuth", {2014: 10, 2016: 20, 2018: 30}), between)

    assert series_of_today(Gazetteer()) == {today.pk: {2014: 11, 2016: 22}}


def test_series_of_today_prefers_its_own_figure():
    today = place("Beekdaelen", {2016: 50, 2020: 60})
    merge(place("Schinnen", {2014: 1, 2016: 2}), today)

    assert series_of_today(Gazetteer()) == {today.pk: {2014: 1, 2016: 50, 2020: 60}}


def test_series_is_of_the_source_with_the_latest_figure():
    venlo = place("Venlo", {2016: 20, 2018: 30})
    WelfareFigure.objects.create(municipality=venlo, year=2019, recipients=9, source="CBS")

    assert series_of_today(Gazetteer()) == {venlo.pk: {2019: 9}}


def test_municipality_without_figures_has_no_series():
    MunicipalityFactory()

    assert series_of_today(Gazetteer()) == {}


def test_circle_of_successors_does_not_hang():
    one, other = place("Een", {2014: 1}), place("Twee", {2014: 2})
    merge(one, other)
    merge(other, one)

    assert set(series_of_today(Gazetteer())) <= {one.pk, other.pk}


@pytest.mark.parametrize("number", [1, 3])
def test_series_cost_one_query(number, django_assert_num_queries):
    for n in range(number):
        place(f"Gemeente {n}", {2014: n, 2016: n})
    gazetteer = Gazetteer()
    gazetteer.load()

    with django_assert_num_queries(1):
        assert len(series_of_today(gazetteer)) == number
