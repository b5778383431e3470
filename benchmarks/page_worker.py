"""`python -m benchmarks.page_worker`: answers requests of another program, with their cost.

Each line of its input is an address; each line of its output tells in JSON how long the
whole site (WSGI, with every middleware) took for it. It runs as one process of the site
would, on the database of its environment.
"""

from __future__ import annotations

import json
import sys
import time
from io import BytesIO
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults


def main() -> None:
    from parelkaart.wsgi import application  # noqa: PLC0415 - its import is part of the start

    for line in sys.stdin:
        print(json.dumps(_measure(application, line.strip())), flush=True)


def _measure(application: Any, address: str) -> dict[str, Any]:
    environ = _environ(address)
    told: list[Any] = []
    began = time.perf_counter()
    response = application(environ, lambda *answer: told.extend(answer))
    size = sum(len(part) for part in response)
    response.close()
    milliseconds = (time.perf_counter() - began) * 1000
    return {
        "ms": milliseconds,
        "status": told[0],
        "bytes": size,
        "memory": _memory("VmRSS"),
        "peak": _memory("VmHWM"),
    }


def _environ(address: str) -> dict[str, Any]:
    path, _, query = address.partition("?")
    environ: dict[str, Any] = {
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": "localhost",
        "wsgi.input": BytesIO(),
    }
    setup_testing_defaults(environ)
    return environ


def _memory(kind: str) -> int:
    """In kB: resident now (VmRSS), or the most that it ever was (VmHWM)."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(kind):
            return int(line.split()[1])
    return 0


if __name__ == "__main__":
    main()
