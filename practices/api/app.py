"""The API as django-ninja knows it, and how it answers what went wrong."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from practices.api import openapi, problems
from practices.api.parameters import CRS84, PracticeQuestion, catalogue_errors
from practices.finder import PracticeFinder
from practices.old_addresses import GoneError

VERSION = "1.0.0"

# Names of addresses of which the answer has coordinates.
WITH_COORDINATES = ("practices", "practice", "municipalities", "municipality")

View = Callable[..., Any]


class Json(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False, "separators": (",", ":")}


class ReadOnlyApi(NinjaAPI):
    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        # Where it is mounted is in `servers`, so not again in each path.
        return openapi.finished(super().get_openapi_schema(path_prefix="/"))


api = ReadOnlyApi(
    title="Parelkaart",
    version=VERSION,
    urls_namespace="api",
    renderer=Json(),
    openapi_url=None,
    docs_url=None,
)
# Name of an address -> what may be asked there.
_questions: dict[str, type[Schema] | None] = {}


def reads(
    path: str, *, name: str, shape: type[Schema], question: type[Schema] | None = None, **told: Any
) -> Callable[[View], View]:
    """Registers an operation. HEAD is answered as well; the schema leaves it out."""
    _questions[name] = question
    plural, *key = path.strip("/").split("/")
    # For programs that are made from the description: `gemeenten`, and `gemeente` for one.
    identity = plural.removesuffix("en") if key else plural

    def register(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if name in WITH_COORDINATES and not _wants_crs84(request):
                return problem(406)
            if errors := _catalogue_errors(request):
                raise InvalidQuestion(errors)
            return view(request, *args, **kwargs)

        # Read here: django-ninja would look for the names of the annotations in this module.
        checked.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]
        operation = api.api_operation(
            ["GET", "HEAD"],
            path,
            url_name=name,
            response=shape,
            operation_id=identity,
            by_alias=True,
            **told,
        )
        return operation(checked)

    return register


def _wants_crs84(request: HttpRequest) -> bool:
    return request.headers.get("Accept-Crs", CRS84).strip() in openapi.ACCEPTED_CRS


class InvalidQuestion(Exception):  # noqa: N818 - not a fault of ours
    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(errors)
        self.errors = errors


def finder_of(request: HttpRequest) -> PracticeFinder:
    """One for each request: checking and answering share it."""
    if not hasattr(request, "practice_finder"):
        request.practice_finder = PracticeFinder(request.GET)  # type: ignore[attr-defined]
    return request.practice_finder  # type: ignore[attr-defined, no-any-return]


def _catalogue_errors(request: HttpRequest) -> list[dict[str, Any]]:
    question = _questions[str(request.resolver_match.url_name)]  # type: ignore[union-attr]
    finder = finder_of(request) if question is PracticeQuestion else None
    return catalogue_errors(request, question, finder)


def problem(status: int, detail: str = "", errors: Any = ()) -> HttpResponse:
    return HttpResponse(
        problems.body(status, detail, errors), status=status, content_type=problems.CONTENT_TYPE
    )


def _invalid(errors: list[dict[str, Any]]) -> HttpResponse:
    return problem(400, "Zie 'errors' voor alles wat er niet klopt.", errors)


@api.exception_handler(ValidationError)
def on_wrong_types(request: HttpRequest, error: ValidationError) -> HttpResponse:
    told = [problems.of_pydantic(found) for found in error.errors]
    return _invalid([*told, *_catalogue_errors(request)])


@api.exception_handler(InvalidQuestion)
def on_unknown_words(request: HttpRequest, error: InvalidQuestion) -> HttpResponse:
    return _invalid(error.errors)


@api.exception_handler(Http404)
def on_nothing_there(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404)


@api.exception_handler(GoneError)
def on_withdrawn(request: HttpRequest, error: GoneError) -> HttpResponse:
    return problem(410)


@api.exception_handler(Exception)
def on_anything_else(request: HttpRequest, error: Exception) -> NoReturn:
    """For Django, which logs it; the middleware says it as a problem."""
    raise error
