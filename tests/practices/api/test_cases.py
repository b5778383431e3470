"""A few of the cases that `python -m benchmarks.api_cases` makes by the thousand."""

from __future__ import annotations

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from tests.api_cases import run
from tests.api_keys import keys
from tests.factories import (
    BarrierFactory,
    InstrumentFactory,
    MunicipalityFactory,
    PracticeFactory,
    TargetGroupFactory,
    ThemeFactory,
)


@pytest.fixture
def kept_connection():
    """A server may close its connection around each request; here it holds what the test made."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.django_db
def test_no_case_is_off_the_description(settings, kept_connection):
    settings.ALLOWED_HOSTS = ["*"]
    PracticeFactory(
        municipalities=[MunicipalityFactory()],
        themes=[ThemeFactory()],
        target_groups=[TargetGroupFactory()],
        barriers=[BarrierFactory()],
        instruments=[InstrumentFactory()],
    )

    answers = run(4, keys())

    asked = {operation for operation, _ in answers}
    assert (len(asked), {status for _, status in answers} >= {200, 400, 404}) == (14, True)
