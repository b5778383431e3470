import pytest

from municipalities.charts import bar_chart

YEARS = ["2014", "2016", "1-1-2018"]


def test_bars_stand_on_the_baseline_and_keep_their_proportions():
    chart = bar_chart("Titel", YEARS, [500, 1000, 250])

    heights = [bar.height for bar in chart.bars]
    assert heights == [heights[1] / 2, heights[1], heights[1] / 4]
    assert {bar.y + bar.height for bar in chart.bars} == {chart.baseline}
    assert min(bar.y for bar in chart.bars) == 0
    assert [(bar.label, bar.text) for bar in chart.bars] == [
        ("2014", "500"),
        ("2016", "1.000"),
        ("1-1-2018", "250"),
    ]


def test_bars_stay_inside_the_picture():
    chart = bar_chart("Titel", [str(year) for year in range(2000, 2020)], list(range(20)))

    assert min(bar.x for bar in chart.bars) >= 0
    assert max(bar.x + bar.width for bar in chart.bars) <= chart.width


@pytest.mark.parametrize(
    ("values", "description"),
    [
        (
            [200, 210, 150],
            (
                "2014: 200, 2016: 210, 1-1-2018: 150. "
                "Het laatste aantal is 25 procent minder dan het eerste."
            ),
        ),
        (
            [200, None, 300],
            (
                "2014: 200, 2016: onbekend, 1-1-2018: 300. "
                "Het laatste aantal is 50 procent meer dan het eerste."
            ),
        ),
        (
            [5, 7, 5],
            "2014: 5, 2016: 7, 1-1-2018: 5. Het laatste aantal is gelijk aan het eerste.",
        ),
        (
            [0, 0, 5],
            "2014: 0, 2016: 0, 1-1-2018: 5. Het laatste aantal is meer dan het eerste.",
        ),
        (
            [0, 0, 0],
            "2014: 0, 2016: 0, 1-1-2018: 0. Het laatste aantal is gelijk aan het eerste.",
        ),
    ],
)
def test_description_says_all_numbers_and_the_change(values, description):
    assert bar_chart("Titel", YEARS, values).description == description


@pytest.mark.parametrize("values", [[], [5], [5, None, None], [None, None, None]])
def test_fewer_than_two_figures_are_no_chart(values):
    assert bar_chart("Titel", YEARS[: len(values)], values) is None
