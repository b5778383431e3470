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
from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.http.request import split_domain_port
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from parelkaart.databases import watch
from practices.search import out_of_step

OK, FAILED, BEHIND, UNKNOWN = "ok", "failed", "behind", "unknown"
# Seconds. That something works again should show at once.
KEPT = {OK: 60.0, BEHIND: 10.0}
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
    """The public site can be served: from any of the databases or the static copy, and with
    the cache. A cache in the database says nothing of its own.
    """
    sources = _databases()
    if settings.MIRROR_DIR:
        sources["static copy"] = _state("static copy", _copy)
    if _cache_is_in_database():
        return _answer(sources, [_best(sources.values())])
    found = sources | {"cache": _state("cache", _cache_reads)}
    return _answer(found, [_best(sources.values()), found["cache"]])


@require_safe
@never_cache
def everything(request: HttpRequest) -> JsonResponse:
    databases = _databases()
    up = databases[DEFAULT] == OK
    asked: dict[str, Probe] = {"migrations": _migrations, "search": _search}
    cached = {"cache": _cache_reads if settings.READ_ONLY else _cache_keeps}
    found = databases | _kept_all(cached, up or not _cache_is_in_database()) | _kept_all(asked, up)
    if not settings.READ_ONLY:
        found["media"] = _kept("media", _media)
    return _answer(found, found.values())


def _kept_all(probes: dict[str, Probe], can_be_asked: bool) -> dict[str, str]:
    """What is in a database that is away is not asked: each try may take seconds."""
    return {name: _kept(name, probe) if can_be_asked else UNKNOWN for name, probe in probes.items()}


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
    until, state = _known.get(name, (0.0, UNKNOWN))
    if until < time.monotonic():
        state = _state(name, probe)
        _known[name] = (time.monotonic() + KEPT.get(state, 0), state)
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
    """How long this may take is up to the settings of the connection.

    One of before may be broken while the database answers again.
    """
    if watch.is_down(alias):
        return FAILED
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return OK if watch.answers(alias) else FAILED
    return OK


def _copy() -> str:
    return OK if (Path(settings.MIRROR_DIR) / "index.html").is_file() else FAILED


def _cache_is_in_database() -> bool:
    return isinstance(caches["default"], DatabaseCache)


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
