"""The smallest catalogue that loads: one item of each kind that tests change."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "regions.yaml": "- {slug: limburg, name: Limburg, kind: provincie}",
    "municipalities.yaml": (
        "- slug: venlo\n"
        "  name: Venlo\n"
        "  code: GM0983\n"
        "  region: limburg\n"
        "  province: limburg\n"
        "  figures:\n"
        "    - {year: 2014, recipients: 2190, source: Bijlage}\n"
    ),
    "vocabularies/themes.yaml": "- {slug: werk, name: Werk, synonyms: [baan, arbeid]}",
    "vocabularies/target_groups.yaml": "[]",
    "vocabularies/barriers.yaml": "[]",
    "vocabularies/instruments.yaml": "[]",
    "vocabularies/recommendations.yaml": "[]",
    "vocabularies/participation_steps.yaml": "[]",
    "sources.yaml": "- {slug: rapport, title: Rapport}",
    "practices/kandoen.yaml": (
        "title: KanDoen\n"
        "kind: initiatief\n"
        "summary: Klussen in de wijk.\n"
        "municipalities: {venlo: uitvoerder}\n"
        "owner: venlo\n"
        "themes: [werk]\n"
        "evidence_level: Praktijkervaring\n"
        "references:\n"
        "  - {source: rapport, place: paragraaf 4.2}\n"
        "claims:\n"
        "  - statement: Mensen komen in beweging\n"
        "    proof: Ervaring van betrokkenen\n"
        "    source: rapport\n"
    ),
    "relations.yaml": "[]",
}


def write(folder: Path, files: dict[str, str] = FILES) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
