"""The thesaurus of the social domain (fixtures/thesaurus/): one file for each subject.

Follows the rule of the whole catalogue: a group that was loaded once belongs to the
editors, and is never loaded again.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from practices import version
from practices.importers.reading import KEY_LENGTH, UNREADABLE, CatalogueError, Problem, load_yaml
from practices.models import LoadedItem, SynonymGroup
from practices.search.analysis import fold

SECTION = "thesaurus"
FOLDER = "thesaurus"
LISTS = {"woorden": "words", "vindt": "finds", "verwant": "related"}
TEXTS = {"onderwerp": "topic", "toelichting": "note"}


@transaction.atomic
def load_thesaurus(directory: Path) -> tuple[int, int]:
    """Returns how many groups are new and how many were left alone.

    Raises CatalogueError, with every mistake in it, and changes nothing when there is one.
    """
    problems: list[Problem] = []
    groups: dict[str, SynonymGroup] = {}
    for found in _read(directory / FOLDER):
        if isinstance(found, Problem):
            problems.append(found)
        else:
            groups[_key(found)] = found
    if problems:
        raise CatalogueError(problems)
    known = LoadedItem.objects.filter(section=SECTION).values_list("key", flat=True)
    new = {key: group for key, group in groups.items() if key not in set(known)}
    SynonymGroup.objects.bulk_create(new.values())
    LoadedItem.objects.bulk_create(LoadedItem(section=SECTION, key=key) for key in new)
    if new:
        version.bump()
    return len(new), len(groups) - len(new)


def _key(group: SynonymGroup) -> str:
    return fold(group.words.splitlines()[0])[:KEY_LENGTH]


def _read(folder: Path) -> Iterator[SynonymGroup | Problem]:
    for path in sorted(folder.glob("*.yaml")):
        file = f"{FOLDER}/{path.name}"
        try:
            items = load_yaml(path)
        except (OSError, *UNREADABLE) as error:
            yield Problem(file, "", "", f"dit is geen geldige YAML: {error}")
            continue
        if not isinstance(items, list):
            yield Problem(file, "", "", "hier hoort een lijst van groepen te staan")
            continue
        for number, item in enumerate(items, start=1):
            yield _group(file, f"groep {number}", item)


def _group(file: str, key: str, item: Any) -> SynonymGroup | Problem:
    if not isinstance(item, dict):
        return Problem(file, key, "", "een groep heeft velden, zoals 'woorden'")
    unknown = sorted(set(map(str, item)) - {*LISTS, *TEXTS})
    if unknown:
        return Problem(file, key, unknown[0], "dit veld bestaat niet")
    for name in LISTS:
        if not isinstance(item.get(name, []), list):
            return Problem(file, key, name, "hier hoort een lijst te staan")
    if not any(str(word).strip() for word in item.get("woorden", [])):
        return Problem(file, key, "woorden", "geef minstens één woord")
    lists = {field: "\n".join(map(str, item.get(name, []))) for name, field in LISTS.items()}
    texts = {field: str(item.get(name, "")) for name, field in TEXTS.items()}
    group = SynonymGroup(**lists, **texts)
    try:
        group.clean_fields()
    except ValidationError as error:
        return Problem(file, key, "", " ".join(error.messages))
    return group
