"""Turtle from nodes as JSON-LD has them, of the plain kind that `practices.dcat` makes.

A node is a dict with `@id` and `@type`; a value is a text, a reference (`@id`), a typed or
spoken text (`@value` with `@type` or `@language`), or a list of these.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.encoding import iri_to_uri


def turtle(prefixes: Mapping[str, str], nodes: Iterable[Mapping[str, Any]]) -> str:
    heads = [f"@prefix {name}: {_iri(address)} .\n" for name, address in prefixes.items()]
    return "".join([*heads, *(_node(node) for node in nodes)])


def _node(node: Mapping[str, Any]) -> str:
    lines = [f"a {', '.join(_listed(node['@type']))}"]
    for name, value in node.items():
        values = [] if name.startswith("@") else [_object(each) for each in _listed(value)]
        if values:
            lines.append(f"{name} {', '.join(values)}")
    return f"\n{_iri(node['@id'])}\n    " + " ;\n    ".join(lines) + " .\n"


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _object(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if "@id" in value:
        return _iri(value["@id"])
    text = _text(value["@value"])
    return f"{text}@{value['@language']}" if "@language" in value else f"{text}^^{value['@type']}"


def _text(value: str) -> str:
    """JSON escapes as Turtle does."""
    return json.dumps(value, ensure_ascii=False)


def _iri(address: str) -> str:
    return f"<{iri_to_uri(address)}>"
