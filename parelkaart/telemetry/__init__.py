"""Errors to Sentry and traces to OpenTelemetry, for who asks for it.

Nothing of either is imported without its setting (docs/adr/0032).
"""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

MISSING = (
    "{name} is set, but the package for it is not installed ({missing}). "
    "Run `pip install -r requirements-observability.txt`, or leave {name} empty."
)


def start() -> None:
    """In each process, once."""
    if settings.SENTRY_DSN:
        _start("SENTRY_DSN", "parelkaart.telemetry.sentry")
    if settings.TRACING:
        _start("OTEL_EXPORTER_OTLP_ENDPOINT", "parelkaart.telemetry.tracing")


def _start(name: str, module: str) -> None:
    try:
        found = import_module(module)
    except ModuleNotFoundError as error:
        raise ImproperlyConfigured(MISSING.format(name=name, missing=error.name)) from error
    found.start()
