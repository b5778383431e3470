"""What every answer below `/api/` carries, whoever gives it: also where no view is reached."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers

from practices.api import problems
from practices.api.app import VERSION, WITH_COORDINATES
from practices.api.parameters import CRS84

PREFIX = "/api/"
METHODS = "GET, HEAD, OPTIONS"
SEEN_BY_SCRIPTS = (
    "API-Version, Content-Crs, Current-Page, ETag, Link, Per-Page, Retry-After, Total-Count,"
    " Total-Pages"
)
MAX_AGE = 24 * 3600
BAD = 400

View = Callable[[HttpRequest], HttpResponseBase]


def api_answers(get_response: View) -> View:
    """The outermost: other middleware may answer as well, with a page about an error."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return get_response(request)
        response = get_response(request)
        if _is_preflight(request, response):
            _answer_preflight(response)
        elif response.status_code >= BAD:
            _as_problem(response)
        response["API-Version"] = VERSION
        _for_everybody(response)
        _tell_crs(request, response)
        return response

    return middleware


def _is_preflight(request: HttpRequest, response: HttpResponseBase) -> bool:
    """No view takes OPTIONS; an address that is not there stays an error."""
    return request.method == "OPTIONS" and response.status_code == 405


def _answer_preflight(response: HttpResponseBase) -> None:
    response.status_code = 204
    response.content = b""  # type: ignore[attr-defined]
    del response["Content-Type"]
    del response["Content-Length"]
    response["Allow"] = METHODS
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "Accept, Accept-Crs, If-None-Match"
    response["Access-Control-Max-Age"] = str(MAX_AGE)


def _as_problem(response: HttpResponseBase) -> None:
    if response.headers.get("Content-Type", "") != problems.CONTENT_TYPE:
        body = problems.body(response.status_code)
        response.content = body  # type: ignore[attr-defined]
        response["Content-Type"] = problems.CONTENT_TYPE
        response["Content-Length"] = str(len(body))
        del response["Content-Encoding"]
    if response.status_code == 405:
        response["Allow"] = METHODS


def _for_everybody(response: HttpResponseBase) -> None:
    """Open data: any site may read it; nothing here depends on who asks."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = SEEN_BY_SCRIPTS


def _tell_crs(request: HttpRequest, response: HttpResponseBase) -> None:
    match = request.resolver_match
    if match and match.namespace == "api" and match.url_name in WITH_COORDINATES:
        patch_vary_headers(response, ["Accept-Crs"])  # type: ignore[arg-type]
        if response.status_code < 300:
            response["Content-Crs"] = f"<{CRS84}>"
