"""Questions to the database that took long, without what was filled in: that may be personal."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings

LONGEST = 2_000  # characters of a statement
logger = logging.getLogger("parelkaart.slow_queries")


def watch(connection: Any, **kwargs: Any) -> None:
    """A receiver of `connection_created`, which comes again when the connection was lost."""
    if timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(timed)


def timed(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    started = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        took = (time.perf_counter() - started) * 1000
        if took >= settings.SLOW_QUERY_MS:
            facts = {
                "duration_ms": round(took, 1),
                "database": context["connection"].alias,
                "sql": str(sql)[:LONGEST],
            }
            logger.warning("slow_query", extra=facts)
