"""From files to items: syntax and keys, no database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml

from practices.importers.sections import SECTIONS, Section
from practices.models import LoadedItem

KEY_LENGTH: int = cast("Any", LoadedItem._meta.get_field("key")).max_length


@dataclass(frozen=True)
class Problem:
    """What is wrong and where, for the person who edits the files."""

    file: str
    key: str
    field: str
    message: str

    def __str__(self) -> str:
        where = [self.file, self.key, self.field and f"veld '{self.field}'"]
        return f"{', '.join(filter(None, where))}: {self.message}"


class CatalogueError(Exception):
    """All that is wrong with the catalogue; nothing of it was loaded."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class Item:
    section: str
    key: str
    file: str
    values: dict[str, Any]

    def problem(self, field: str, message: str) -> Problem:
        return Problem(self.file, self.key, field, message)


# Besides its own errors: of a date or a number that is none, and of lists without end.
UNREADABLE = (yaml.YAMLError, ValueError, RecursionError)
# A backslash and a number can write what no database and no page takes.
NO_TEXT = re.compile("[\0\ud800-\udfff]")


class _Loader(yaml.SafeLoader):
    """Refuses a key that is there twice; YAML itself would silently keep the last."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        mapping = super().construct_mapping(node, deep=deep)
        if len(mapping) < len(node.value):
            names = [key.value for key, _ in node.value]
            twice = ", ".join(sorted({name for name in names if names.count(name) > 1}))
            raise yaml.constructor.ConstructorError(
                problem=f"dubbel veld: {twice}", problem_mark=node.start_mark
            )
        return mapping

    def construct_scalar(self, node: Any) -> Any:
        text = super().construct_scalar(node)
        if isinstance(text, str) and NO_TEXT.search(text):
            raise yaml.constructor.ConstructorError(
                problem="een teken dat niet te bewaren is", problem_mark=node.start_mark
            )
        return text


def load_yaml(path: Path) -> Any:
    """Raises OSError or one of UNREADABLE."""
    text = path.read_text(encoding="utf-8")
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader  # nosec B506


def read_catalogue(directory: Path) -> tuple[dict[str, list[Item]], list[Problem]]:
    """The items of each section, in the order of the files, and what is wrong with them."""
    if not directory.is_dir():
        raise CatalogueError([Problem(str(directory), "", "", "deze map bestaat niet")])
    items: dict[str, list[Item]] = {section.name: [] for section in SECTIONS}
    problems: list[Problem] = []
    for section in SECTIONS:
        for found in _read_section(section, directory):
            if isinstance(found, Problem):
                problems.append(found)
            else:
                items[found.section].append(found)
    problems.extend(_repeated(items))
    return items, problems


def _read_section(section: Section, directory: Path) -> Iterator[Item | Problem]:
    if section.is_folder:
        for path in sorted((directory / section.path).glob("*.yaml")):
            values = _parse(path, directory, dict)
            if isinstance(values, dict):
                # The file name is the key, so that it cannot disagree with the text.
                values = {"slug": path.stem, **values}
                yield from _split(section, f"{section.path}{path.name}", values)
            else:
                yield values
    elif section.path:
        rows = _parse(directory / section.path, directory, list)
        if isinstance(rows, Problem):
            yield rows
            return
        for number, row in enumerate(rows, start=1):
            if isinstance(row, dict):
                yield from _split(section, section.path, row, f"item {number}")
            else:
                yield Problem(section.path, f"item {number}", "", "hier horen velden te staan")


def _parse(path: Path, directory: Path, expected: type) -> Any:
    name = path.relative_to(directory).as_posix()
    try:
        content = load_yaml(path)
    except FileNotFoundError:
        return Problem(name, "", "", "dit bestand ontbreekt")
    except UnicodeDecodeError:
        return Problem(name, "", "", "dit bestand is geen UTF-8")
    except OSError as error:
        return Problem(name, "", "", f"dit bestand is niet te lezen ({error.strerror})")
    except UNREADABLE as error:
        return Problem(name, "", "", f"geen geldige YAML ({_one_line(error)})")
    if not isinstance(content, expected):
        what = "een lijst" if expected is list else "een rij velden"
        return Problem(name, "", "", f"hier hoort {what} te staan")
    return content


def _one_line(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    place = f", regel {mark.line + 1}" if mark else ""
    return f"{getattr(error, 'problem', None) or 'onleesbaar'}{place}"


def _split(
    section: Section, file: str, values: dict[str, Any], fallback: str = ""
) -> Iterator[Item | Problem]:
    """The item itself and the items that are written inside it."""
    missing = [name for name in section.key if values.get(name) in (None, "")]
    if missing:
        yield from (Problem(file, fallback, name, "dit veld ontbreekt") for name in missing)
        return
    own = {name: value for name, value in values.items() if name not in section.split_off}
    key = " ".join(str(values[name]) for name in section.key)
    if len(key) > KEY_LENGTH:
        yield Problem(file, key, "", f"dit is te lang om te onthouden (hoogstens {KEY_LENGTH})")
        return
    yield Item(section.name, key, file, own)
    for field, target in section.split_off.items():
        inner = next(other for other in SECTIONS if other.name == target)
        for row in values.get(field) or []:
            if isinstance(row, dict):
                # An inner row belongs to the item around it by the first field of its key.
                yield from _split(inner, file, {inner.key[0]: key, **row}, key)
            else:
                yield Problem(file, key, field, "hier horen velden te staan")


def _repeated(items: dict[str, list[Item]]) -> Iterator[Problem]:
    for section in items.values():
        seen: set[str] = set()
        for item in section:
            if item.key in seen:
                yield item.problem("", "dit staat er twee keer")
            seen.add(item.key)
