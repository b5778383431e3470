"""Traces by OpenTelemetry: a span for each request, with one for each query in it.

Written here in some lines rather than with its packages for Django, which tell the words of a
search and are no releases yet. Sampling and the rest follow the `OTEL_…` variables of the SDK.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.backends.signals import connection_created
from django.http import HttpRequest, HttpResponseBase
from opentelemetry import propagate, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, Status, StatusCode

from parelkaart.logs import current
from parelkaart.logs.paths import without_keys

View = Callable[[HttpRequest], HttpResponseBase]
FAILED = 500
tracer = trace.get_tracer("parelkaart")


def start() -> None:
    exporter = OTLPSpanExporter(endpoint=f"{settings.OTEL_EXPORTER_OTLP_ENDPOINT}/v1/traces")
    provider = TracerProvider(resource=resource())
    provider.add_span_processor(BatchSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    connection_created.connect(watch)


def resource() -> Resource:
    """What `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` say goes first."""
    own = {SERVICE_NAME: "parelkaart"}
    if settings.ENVIRONMENT:
        own["deployment.environment.name"] = settings.ENVIRONMENT
    return Resource.create(own).merge(OTELResourceDetector().detect())


def traced(get_response: View) -> View:
    """A middleware, directly within the one that numbers requests."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        context = propagate.extract(request.headers)
        facts = {"http.request.method": request.method or "", "request_id": current.request_id()}
        with tracer.start_as_current_span(
            request.method or "", context, SpanKind.SERVER, facts
        ) as span:
            response = get_response(request)
            _describe(span, request, response)
        return response

    return middleware


def _describe(span: trace.Span, request: HttpRequest, response: HttpResponseBase) -> None:
    span.set_attribute("url.path", without_keys(request.path))
    span.set_attribute("http.response.status_code", response.status_code)
    if match := request.resolver_match:
        span.set_attribute("http.route", match.route)
        span.update_name(f"{request.method} {match.route}")
    if response.status_code >= FAILED:
        span.set_status(Status(StatusCode.ERROR))


# --- the database -------------------------------------------------------------------------


def watch(connection: Any, **kwargs: Any) -> None:
    if in_span not in connection.execute_wrappers:
        connection.execute_wrappers.append(in_span)


def in_span(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    """Only inside a request, and without what was filled in."""
    if not trace.get_current_span().is_recording():
        return execute(sql, params, many, context)
    text = str(sql)
    connection = context["connection"]
    facts = {
        "db.system.name": connection.vendor,
        "db.query.text": text,
        "db.namespace": connection.alias,
    }
    with tracer.start_as_current_span(
        text.split(maxsplit=1)[0], kind=SpanKind.CLIENT, attributes=facts
    ):
        return execute(sql, params, many, context)
