"""Errors to Sentry, or what speaks its language (GlitchTip): where, never who or what was typed."""

from __future__ import annotations

from typing import Any

import sentry_sdk
from django.conf import settings
from sentry_sdk.integrations.django import DjangoIntegration

from parelkaart.logs import current
from parelkaart.logs.paths import without_keys

# All that is kept of a request; its headers and cookies tell who somebody is.
KEPT = ("method", "url")


def start(**options: Any) -> None:
    """No variables, no trail of what came before, nothing added to requests to other hosts.

    Nothing personal is what it does by itself: `send_default_pii` would turn that off.
    """
    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        environment=settings.ENVIRONMENT or None,
        max_request_body_size="never",
        include_local_variables=False,
        max_breadcrumbs=0,
        trace_propagation_targets=[],
        auto_enabling_integrations=False,
        integrations=[DjangoIntegration(middleware_spans=False)],
        before_send=scrubbed,
        **options,
    )


def scrubbed(event: Any, hint: Any = None) -> Any:
    request = event.get("request", {})
    kept = {name: without_keys(request[name]) for name in KEPT if name in request}
    event["request"] = kept
    event.pop("user", None)
    if number := current.request_id():
        event.setdefault("tags", {})["request_id"] = number
    return event
