"""What the API design rules ask of the description on top of what django-ninja makes."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from practices.api import problems
from practices.api.parameters import CRS84
from practices.api.shapes import Probleem
from practices.licence import licence

ISSUES = "https://github.com/parelkaart/parelkaart/issues"
# Stands in the file in docs/api; a running site puts its own in the place of them.
EXAMPLE_SITE = "https://parels.example.org"
ACCEPTED_CRS = (f"<{CRS84}>", CRS84)
EXAMPLE_EMAIL = "redactie@example.org"
PROBLEM = {"$ref": "#/components/schemas/Probleem"}
DESCRIPTION = """\
Goede praktijken van gemeenten: dezelfde filters en dezelfde uitkomsten als op de site.

- Alleen lezen, zonder sleutel en zonder aanmelden.
- Meer waarden van één parameter: elk ervan telt. Meer parameters: ze gelden allemaal.
- Wat niet bestaat (een parameter, een waarde) geeft 400, met alles wat er niet klopt tegelijk.
- Coördinaten zijn in CRS84: eerst de lengte, dan de breedte.
- Bewaar gerust een kopie: met `If-None-Match` hoort u of er iets is veranderd (304).
- Contactgegevens zitten er niet in."""
PAGE_HEADERS = {
    "Link": "Adressen van de eerste, vorige, volgende en laatste pagina (RFC 8288).",
    "Total-Count": "Aantal gevonden praktijken.",
    "Current-Page": "Nummer van deze pagina.",
    "Per-Page": "Aantal praktijken op een pagina.",
    "Total-Pages": "Aantal pagina's.",
}
PAGED = ("praktijken",)
WITH_COORDINATES = ("praktijken", "praktijk", "gemeenten", "gemeente")
WITHOUT_DEFAULT = ("q", "volgorde", "zoals", "letterlijk")
DIES = ("praktijk",)
MOVES = ("praktijk", "gemeente")


def finished(schema: Any) -> Any:
    schema["info"] |= {
        "description": DESCRIPTION,
        "contact": {"name": "Redactie van Parelkaart", "url": ISSUES, "email": EXAMPLE_EMAIL},
        "license": {"name": "CC-BY-4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
    }
    schema["servers"] = [{"url": f"{EXAMPLE_SITE}/api/v1"}]
    schema["externalDocs"] = {"url": f"{EXAMPLE_SITE}/open-data/", "description": "Uitleg"}
    shapes = schema["components"]["schemas"]
    # The questions are written out as parameters.
    for name in [name for name in shapes if name.endswith("Question")]:
        del shapes[name]
    shapes |= _problem_shapes()
    for path in schema["paths"].values():
        path.pop("head", None)
        for operation in path.values():
            _finish(operation)
    return schema


def _problem_shapes() -> dict[str, Any]:
    shape = Probleem.model_json_schema(ref_template="#/components/schemas/{model}")
    return shape.pop("$defs") | {"Probleem": shape}


def of_site(schema: Any, base: str) -> Any:
    """The same for a running site: `base` is its scheme and host."""
    info = schema["info"]
    found = licence()
    info["title"] = settings.SITE_NAME
    info["license"] = {"name": found.name, "url": found.url}
    info["contact"]["name"] = settings.SITE_ORGANISATION or f"Redactie van {settings.SITE_NAME}"
    if settings.SITE_CONTACT_EMAIL:
        info["contact"]["email"] = settings.SITE_CONTACT_EMAIL
    else:
        del info["contact"]["email"]
    schema["servers"] = [{"url": f"{base}/api/v1"}]
    schema["externalDocs"]["url"] = f"{base}/open-data/"
    return schema


def _finish(operation: dict[str, Any]) -> None:
    name = operation["operationId"]
    for parameter in operation["parameters"]:
        _tidy(parameter)
    # Every operation refuses parameters that it does not know.
    statuses = (400, 405, 429, 500)
    for status in (*statuses, 404) if _has_path(operation) else statuses:
        operation["responses"][status] = _problem(status)
    operation["responses"][429]["headers"] = {"Retry-After": _header("Seconden om te wachten.")}
    if name in WITH_COORDINATES:
        operation["parameters"].append(_accept_crs())
        operation["responses"][406] = _problem(406)
    if name in DIES:
        operation["responses"][410] = _problem(410)
    if name in MOVES:
        operation["responses"][301] = {
            "description": "De sleutel is veranderd: zie Location.",
            "headers": {"Location": _header("Het adres van nu.")},
        }
    for status, answer in operation["responses"].items():
        answer.setdefault("headers", {})["API-Version"] = _header("Versie van deze API.")
        if int(status) == 200:
            answer["description"] = "Gelukt"
            answer["headers"] |= _headers_of(name)
    operation["responses"] = {str(s): a for s, a in sorted(operation["responses"].items())}


def _tidy(parameter: dict[str, Any]) -> None:
    """Titles are the names once more; what is not said is not always the same as one value."""
    for part in (parameter["schema"], parameter["schema"].get("items", {})):
        part.pop("title", None)
        part.pop("description", None)
    if parameter["in"] == "path":
        parameter["description"] = "De sleutel uit de lijst. Een oude sleutel leidt naar de nieuwe."
        parameter["schema"] |= {"pattern": "^[-a-zA-Z0-9_]+$", "maxLength": 120}
    if parameter["name"] in WITHOUT_DEFAULT:
        parameter["schema"].pop("default", None)


def _has_path(operation: dict[str, Any]) -> bool:
    return any(parameter["in"] == "path" for parameter in operation["parameters"])


def _headers_of(name: str) -> dict[str, Any]:
    headers = {"ETag": "Verandert als de inhoud verandert."}
    if name in PAGED:
        headers |= PAGE_HEADERS
    if name in WITH_COORDINATES:
        headers["Content-Crs"] = "Coördinatenstelsel: altijd CRS84."
    return {name: _header(told) for name, told in headers.items()}


def _header(description: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string"}}


def _problem(status: int) -> dict[str, Any]:
    return {
        "description": problems.TITLES[status],
        "content": {problems.CONTENT_TYPE: {"schema": PROBLEM}},
    }


def _accept_crs() -> dict[str, Any]:
    return {
        "in": "header",
        "name": "Accept-Crs",
        "required": False,
        "description": "Gewenst coördinatenstelsel: alleen CRS84. Iets anders geeft 406.",
        "schema": {"type": "string", "enum": list(ACCEPTED_CRS)},
    }
