"""Where in a long list an answer is, in headers: totals, and links by RFC 8288."""

from __future__ import annotations

from math import ceil

from django.http import HttpRequest, HttpResponse

PAGE, PER_PAGE = "pagina", "perPagina"


def tell_page(
    request: HttpRequest, response: HttpResponse, total: int, page: int, per_page: int
) -> None:
    last = max(1, ceil(total / per_page))
    response["Total-Count"] = str(total)
    response["Current-Page"] = str(page)
    response["Per-Page"] = str(per_page)
    response["Total-Pages"] = str(last)
    numbers = {"first": 1, "prev": page - 1, "next": page + 1, "last": last}
    response["Link"] = ", ".join(
        f'<{_url(request, number)}>; rel="{relation}"'
        for relation, number in numbers.items()
        if 1 <= number <= last
    )


def _url(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query[PAGE] = str(number)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
