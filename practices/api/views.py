"""Around the API: its description for programs, and the same for people."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from practices.api import openapi
from practices.api.app import VERSION, api
from practices.licence import licence

# Operation -> what the page on open data links to, to try.
EXAMPLES = {
    "praktijken": "?q=schulden&perPagina=3",
    "zoeksuggesties": "?q=werk",
}


@csrf_exempt
@require_safe
def description(request: HttpRequest) -> JsonResponse:
    base = f"{request.scheme}://{request.get_host()}"
    schema = openapi.of_site(api.get_openapi_schema(), base)
    return JsonResponse(schema, json_dumps_params={"ensure_ascii": False})


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Server-rendered, so it needs no script of others and works as every other page."""
    context = {
        "licence": licence(),
        "version": VERSION,
        "base": request.build_absolute_uri("/api/v1"),
        "groups": _groups(),
    }
    return render(request, "practices/open_data.html", context)


def _groups() -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in api.get_openapi_schema()["paths"].items():
        operation = methods["get"]
        name = operation["operationId"]
        told = {
            "path": path,
            "url": f"/api/v1{path}{EXAMPLES.get(name, '')}" if "{" not in path else "",
            "summary": operation["summary"],
            "description": operation.get("description", ""),
            "parameters": [_parameter(found) for found in operation["parameters"]],
            "form_action": f"/api/v1{path}" if name in EXAMPLES else "",
            "name": name,
        }
        groups.setdefault(operation["tags"][0], []).append(told)
    return groups


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    schema = parameter["schema"]
    several = schema.get("type") == "array"
    values = schema.get("items", {}) if several else schema
    return {
        "name": parameter["name"],
        "description": parameter.get("description", "") or "De sleutel uit de lijst.",
        "values": values.get("enum", []),
        "several": several,
    }
