"""Sentry and OpenTelemetry change the process that they are in: each test has one of its own."""

import json

import pytest

from tests.processes import manage, production, python

CODE = """
import json, sys
import django
from django.test import Client
{before}
django.setup()
client = Client(headers={{"host": "localhost"}}, raise_request_exception=False)
{after}
"""
SENTRY = {
    "SENTRY_DSN": "https://key@sentry.invalid/1",
    "ENVIRONMENT": "proef",
}
OTEL = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9", "OTEL_TRACES_SAMPLER": "always_on"}


@pytest.fixture
def run(tmp_path):
    """What a process with these settings prints last, as JSON."""
    (tmp_path / "static").mkdir()

    def in_process(before, after, **variables):
        environment = production(
            tmp_path, DJANGO_SETTINGS_MODULE="parelkaart.settings", IS_HTTPS="0", **variables
        )
        done = python("-c", CODE.format(before=before, after=after), environment=environment)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return in_process


@pytest.mark.parametrize(
    ("variables", "loaded"),
    [
        ({}, ["parelkaart.logs.slow_queries"]),
        ({"SLOW_QUERY_MS": "0", "OTEL_SDK_DISABLED": "1", **OTEL}, []),
    ],
)
def test_nothing_is_loaded_without_a_setting(run, variables, loaded):
    after = """
names = ("sentry", "opentelemetry", "parelkaart.logs.slow", "parelkaart.telemetry.")
print(json.dumps([name for name in sys.modules if name.startswith(names)]))
"""

    assert run("", after, **variables) == loaded


@pytest.mark.parametrize(
    ("package", "variables", "name"),
    [
        ("sentry_sdk", SENTRY, "SENTRY_DSN"),
        ("opentelemetry", OTEL, "OTEL_EXPORTER_OTLP_ENDPOINT"),
    ],
)
def test_package_that_is_missing_is_told(run, package, variables, name):
    """Importing what stands as None in the list of modules is an error."""
    hidden = f"sys.modules[{package!r}] = None"
    after = "print(json.dumps('started'))"
    tried = f"""
{hidden}
from django.core.exceptions import ImproperlyConfigured
try:
    django.setup()
except ImproperlyConfigured as error:
    print(json.dumps(str(error)))
    sys.exit()
"""

    told = run(tried, after, **variables)

    assert told.startswith(f"{name} is set, but the package for it is not installed")
    assert "pip install -r requirements-observability.txt" in told


def test_error_goes_to_sentry_without_who_or_what_was_typed(run):
    before = """
import sentry_sdk
from sentry_sdk.transport import Transport

sent = []

class Fake(Transport):
    def capture_envelope(self, envelope):
        sent.extend(item.payload.json for item in envelope.items if item.type == "event")

start = sentry_sdk.init
sentry_sdk.init = lambda **options: start(transport=Fake, **options)
"""
    # There are no tables, so each page that asks for something is an error.
    after = """
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory

answers = []
site = get_wsgi_application()
secret = {"host": "localhost", "cookie": "a=geheim", "user-agent": "geheim", "referer": "geheim"}
make = RequestFactory(headers=secret, REMOTE_ADDR="192.0.2.77")
for request in (
    make.post("/herinneringen-uit/geheim/direct/?q=geheim", {"naam": "geheim"}),
    make.get("/praktijken/?q=geheim"),
):
    site(request.environ, lambda status, headers: answers.append([status, dict(headers)]))
print(json.dumps([answers, sent], default=str))
"""

    answers, sent = run(before, after, **SENTRY)

    event = sent[-1]
    assert {status for status, _ in answers} == {"500 Internal Server Error"}
    assert event["request"] == {"method": "GET", "url": "http://localhost/praktijken/"}
    assert event["tags"]["request_id"] == answers[-1][1]["X-Request-ID"]
    assert (event["environment"], event["breadcrumbs"]["values"]) == ("proef", [])
    assert event["exception"]["values"][-1]["type"] == "OperationalError"
    told = json.dumps(sent)
    assert [word for word in ("geheim", "192.0.2.77") if word in told] == []


def test_request_and_its_queries_are_spans_without_values(run):
    before = """
import opentelemetry.sdk.trace.export as export
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

memory = InMemorySpanExporter()
export.BatchSpanProcessor = lambda exporter: export.SimpleSpanProcessor(memory)
"""
    after = """
parent = "00-" + "a" * 32 + "-" + "b" * 16 + "-01"
client.get("/_healthz/readyz/?q=geheim", headers={"traceparent": parent})
client.get("/herinnering/geheim/")
client.get("/praktijken/?q=geheim")
print(json.dumps([
    [span.name, dict(span.attributes), f"{span.context.trace_id:x}", span.status.is_ok,
     dict(span.resource.attributes)["service.name"]]
    for span in memory.get_finished_spans()
]))
"""

    spans = run(before, after, **OTEL)

    query, request = spans[:2]
    assert (query[0], query[1]["db.query.text"]) == ("SELECT", "SELECT 1")
    assert request[0] == "GET _healthz/readyz/"
    assert request[1]["url.path"] == "/_healthz/readyz/"
    assert request[1]["http.response.status_code"] == 200
    assert [request[2], query[2]] == ["a" * 32] * 2
    assert (request[3], spans[-1][3]) == (True, False)
    assert {span[4] for span in spans} == {"parelkaart"}
    assert "geheim" not in json.dumps(spans)


def test_commands_end_at_once_when_nobody_collects(tmp_path):
    done = manage("check", environment=production(tmp_path, **OTEL))

    assert done.returncode == 0, done.stderr
