"""`python -m benchmarks.engines.documents FILE`: the published practices as JSON lines.

The fields hold what the site searches, so that no engine misses what another one sees.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

TERMS = ("themes", "target_groups", "barriers", "instruments", "recommendations", "steps")
BODY = (
    "background",
    "goal",
    "approach",
    "results",
    "did_not_work",
    "conditions",
    "adaptable_parts",
    "partners",
    "cost_note",
    "legal_basis",
)


def document(practice: Any) -> dict[str, str]:
    terms = [term for name in TERMS for term in getattr(practice, name).all()]
    names = [text for term in terms for text in (term.name, *term.synonym_list)]
    body = [getattr(practice, field) for field in BODY]
    body += [claim.statement for claim in practice.claims.all()]
    return {
        "slug": practice.slug,
        "title": practice.title,
        "keys": " ".join([*_places(practice), practice.get_kind_display(), *names]),
        "summary": practice.summary,
        "body": "\n".join(text for text in body if text),
    }


def _places(practice: Any) -> Iterator[str]:
    yield practice.neighbourhood
    yield practice.location_name
    for place in practice.municipalities.all():
        municipality = place
        yield municipality.name
        while municipality.successor is not None:
            municipality = municipality.successor
            yield municipality.name
    for region in practice.regions.all():
        yield f"{region.name} {region.synonyms}"


def main() -> None:
    django.setup()
    from practices.models import Practice  # noqa: PLC0415 - needs Django set up

    related = (*TERMS, "regions", "claims", "municipalities__successor__successor")
    practices = Practice.objects.published().order_by("pk").prefetch_related(*related)
    lines = (
        json.dumps(document(practice), ensure_ascii=False) + "\n"
        for practice in practices.iterator(chunk_size=1000)
    )
    with Path(sys.argv[1]).open("w", encoding="utf-8") as file:
        file.writelines(lines)


if __name__ == "__main__":
    main()
