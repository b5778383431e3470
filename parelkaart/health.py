"""Whether the site works, for programs that watch over it (docs/operations.md).

Each component has a word for its state and nothing more: why it fails is in the log. What is
not asked of the connections themselves is kept for some seconds, for anybody may ask it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from functools import cache as kept_for_ever
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django.conf import settings
from django.core.cache import cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.http.request import split_domain_port
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from practices.search import out_of_step

OK, FAILED, BEHIND, UNKNOWN = "ok", "failed", "behind", "unknown"
KEPT = 10.0  # seconds
PREFIX = "/_healthz/"
DEFAULT = "database default"

View = Callable[[HttpRequest], HttpResponseBase]
Probe = Callable[[], str]
logger = logging.getLogger(__name__)


def health_at_any_address(get_response: View) -> View:
    """Who asks whether a process lives, asks it by the address of its machine.

    What it gets is the same for every host. A name is held against ALLOWED_HOSTS as always.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(PREFIX) and _is_address(request.META.get("HTTP_HOST", "")):
            request.get_host = lambda: "localhost"  # type: ignore[method-assign]
        return get_response(request)

    return middleware


def _is_address(host: str) -> bool:
    domain = split_domain_port(host)[0].strip("[]")
    try:
        return domain == "localhost" or bool(ip_address(domain))
    except ValueError:
        return False


# --- the three questions ------------------------------------------------------------------


@require_safe
@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers. Nothing else is asked: what else is broken, no restart mends."""
    return _answer({}, [OK])


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """The public site can be served: with any of the databases, and with the cache.

    A cache in the database says nothing of its own.
    """
    databases = _databases()
    if isinstance(caches["default"], DatabaseCache):
        return _answer(databases, [_best(databases.values())])
    found = databases | {"cache": _state("cache", _cache_reads)}
    return _answer(found, [_best(databases.values()), found["cache"]])


@require_safe
@never_cache
def everything(request: HttpRequest) -> JsonResponse:
    databases = _databases()
    up = databases[DEFAULT] == OK
    found = (
        databases
        | _places_to_write()
        | {
            "migrations": _kept("migrations", _migrations) if up else UNKNOWN,
            "search": _kept("search", _search) if up else UNKNOWN,
        }
    )
    return _answer(found, found.values())


def _places_to_write() -> dict[str, str]:
    """A site that is read-only needs to read its cache, and no more."""
    if settings.READ_ONLY:
        return {"cache": _kept("cache", _cache_reads)}
    return {"cache": _kept("cache", _cache_keeps), "media": _kept("media", _media)}


def _answer(components: dict[str, str], needed: Iterable[str]) -> JsonResponse:
    well = set(needed) == {OK}
    told: dict[str, Any] = {"status": OK if well else FAILED}
    if components:
        told["components"] = components
    return JsonResponse(told, status=200 if well else 503)


def _best(states: Iterable[str]) -> str:
    return OK if OK in states else FAILED


# --- the components -----------------------------------------------------------------------

_known: dict[str, tuple[float, str]] = {}


def forget() -> None:
    """For tests, which break a component and mend it again within a second."""
    _known.clear()


def _kept(name: str, probe: Probe) -> str:
    """Not what failed: that it works again should show at once."""
    until, state = _known.get(name, (0.0, UNKNOWN))
    if until < time.monotonic():
        state = _state(name, probe)
        _known[name] = (time.monotonic() + (0 if state == FAILED else KEPT), state)
    return state


def _state(name: str, probe: Probe) -> str:
    try:
        return probe()
    except Exception as error:  # noqa: BLE001 - whatever is broken, this page tells so
        logger.warning("health_failed", extra={"component": name, "error": str(error)})
        return FAILED


def _databases() -> dict[str, str]:
    return {
        f"database {alias}": _state(f"database {alias}", partial(_database, alias))
        for alias in connections
    }


def _database(alias: str) -> str:
    """How long this may take is up to the settings of the connection."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def _cache_reads() -> str:
    cache.get("health")
    return OK


def _cache_keeps() -> str:
    now = time.time()
    cache.set("health", now, timeout=60)
    return OK if cache.get("health") == now else FAILED


def _migrations() -> str:
    """Of this code. A database that knows more belongs to the next version, and works too."""
    applied = MigrationRecorder(connections["default"]).applied_migrations()
    return OK if _last_migrations() <= set(applied) else BEHIND


@kept_for_ever
def _last_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes())


def _media() -> str:
    """The folder comes with the first photo."""
    folder = Path(settings.MEDIA_ROOT)
    there = next(path for path in (folder, *folder.parents) if path.exists())
    with TemporaryFile(dir=there) as file:
        file.write(b"health")
    return OK


def _search() -> str:
    return BEHIND if out_of_step().exists() else OK
