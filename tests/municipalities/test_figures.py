from datetime import date

import pytest

from municipalities.figures import FigureTable, figure_table
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
    )


def test_figures_of_several_are_summed_by_year():
    table = figure_table(
        [place("Schinnen", {2014: 1, 2016: 2}), place("Nuth", {2014: 30, 2016: 40}, "CBS")]
    )

    assert table == FigureTable(
        years=["2014", "2016"],
        rows=[("Nuth", [30, 40]), ("Schinnen", [1, 2])],
        total=[31, 42],
        sources=["CBS", "Onderzoek"],
    )


def test_year_that_one_of_them_lacks_has_no_total():
    table = figure_table([place("Schinnen", {2014: 1, 2016: 0}), place("Nuth", {2016: 0})])

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
    )
