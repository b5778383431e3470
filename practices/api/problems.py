"""Errors as RFC 9457 describes them, in Dutch, with everything that was wrong at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

CONTENT_TYPE = "application/problem+json"
TITLES = {
    400: "Ongeldig verzoek",
    404: "Niet gevonden",
    405: "Methode niet toegestaan",
    406: "Niet in deze vorm te leveren",
    410: "Ingetrokken",
    429: "Te veel verzoeken",
    500: "Er ging iets mis",
    503: "Even niet beschikbaar",
}
DETAILS = {
    400: "Het verzoek klopt niet.",
    404: "Dit adres is er niet. Alle adressen staan in /api/v1/openapi.json.",
    405: "Deze API is alleen om te lezen: gebruik GET, HEAD of OPTIONS.",
    406: "Coördinaten zijn er alleen in CRS84.",
    410: "Deze praktijk stond hier, maar is ingetrokken.",
    429: "Dit ging te vaak achter elkaar. Retry-After zegt over hoeveel seconden het weer kan.",
    500: "De fout ligt bij ons. Probeer het later nog eens.",
    503: "Er is een storing. Probeer het over een paar minuten nog eens.",
}
# What pydantic calls it -> how we say it.
_MESSAGES = {
    "missing": "Deze parameter is verplicht.",
    "int_parsing": "Geef een geheel getal.",
    "int_parsing_size": "Dit getal is te groot.",
    "greater_than_equal": "Dit getal moet minstens {ge} zijn.",
    "less_than_equal": "Dit getal mag hoogstens {le} zijn.",
    "string_too_short": "Geef minstens {min_length} teken(s).",
    "string_too_long": "Geef hoogstens {max_length} tekens.",
    "too_long": "Geef hoogstens {max_length} waarden.",
    "unknown_value": "Deze waarde bestaat niet. Kies uit: {choices}.",
}
_OTHERWISE = "Deze waarde klopt niet."


def body(status: int, detail: str = "", errors: Sequence[dict[str, Any]] = ()) -> bytes:
    known = status if status in TITLES else (500 if status >= 500 else 400)
    told: dict[str, Any] = {
        "title": TITLES[known],
        "status": status,
        "detail": detail or DETAILS[known],
    }
    if errors:
        told["errors"] = list(errors)
    return json.dumps(told, ensure_ascii=False).encode()


def parameter_error(name: str, code: str, detail: str, index: int | None = None) -> dict[str, Any]:
    location = {"name": name} if index is None else {"name": name, "index": index}
    return {"in": "query", "location": location, "code": code, "detail": detail}


def of_pydantic(error: dict[str, Any]) -> dict[str, Any]:
    """Its place is ("query", …, the parameter) and, in a list, which value."""
    place = error["loc"]
    index = place[-1] if isinstance(place[-1], int) else None
    name = str(place[-2] if index is not None else place[-1])
    message = _MESSAGES.get(error["type"], _OTHERWISE).format(**error.get("ctx", {}))
    return parameter_error(name, error["type"], message, index)
