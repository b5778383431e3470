from decimal import Decimal

import pytest

from practices.entry import figure
from practices.models import Claim


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (Claim(), ""),
        (Claim(qualifier="de meeste", unit="genodigden"), ""),
        (
            Claim(value=Decimal("800.00"), qualifier="meer dan", unit="mensen"),
            "meer dan 800 mensen",
        ),
        (Claim(value=Decimal("12.00"), denominator=1500, unit="banen"), "12 van de 1.500 banen"),
        (Claim(value=Decimal("2.50"), unit="fte"), "2,5 fte"),
        (Claim(value=Decimal("1200.00")), "1.200"),
        (Claim(value=Decimal("0.00"), unit="banen"), "0 banen"),
    ],
)
def test_figure_reads_as_people_write_it(claim, expected):
    assert figure(claim) == expected
