"""A cell as a value and a value as a cell. What a cell cannot mean is a ValueError."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import IntegerChoices, TextChoices
from import_export import widgets

from practices.cells import printable
from practices.enums import Evidence, MunicipalityRole
from practices.spreadsheets.lookups import UnknownError, Vocabulary
from practices.spreadsheets.tables import tidy

NO_DATE = "'{value}' is geen datum. Schrijf jaar-maand-dag, bijvoorbeeld 2024-03-31."
NO_NUMBER = "'{value}' is geen getal. Schrijf bijvoorbeeld {example}."
TWICE = "'{value}' staat er twee keer."
NO_ITEM = "'{value}' begrijpen we niet. Schrijf namen met een puntkomma ertussen."
_ITEM = re.compile(r"(?P<slug>[^()]+?)\s*(?:\((?P<role>[^()]*)\))?")

# A spreadsheet may give a number with all the decimals of a float.
LONGEST_NUMBER = 25

Chosen = dict[int, str]


class Text(widgets.Widget):
    allowed = "tekst"

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return str(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)

    def same(self, one: Any, other: Any) -> bool:
        """Whether a file can tell them apart."""
        return self._told(one) == self._told(other)

    def _told(self, value: Any) -> str:
        return tidy(self.render(value))


class OneLine(Text):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return " ".join(value.split())

    def _told(self, value: Any) -> str:
        return " ".join(printable(self.render(value)).split())


class Choice(Text):
    """Written as the value; the label that people read will do too."""

    def __init__(self, choices: type[TextChoices] | type[IntegerChoices], default: Any) -> None:
        super().__init__()
        self._values = {self._written(choice): choice for choice in choices}
        self._labels = {str(choice.label).lower(): choice for choice in choices}
        self._default = default

    @property
    def allowed(self) -> str:  # type: ignore[override]
        return ", ".join(self._values)

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        if not value:
            return self._default
        found = self._values.get(value.lower(), self._labels.get(value.lower()))
        if found is None:
            raise UnknownError([value], list(self._values))
        return found.value

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        written = {choice.value: text for text, choice in self._values.items()}
        return written.get(value, str(value))

    def _written(self, choice: Any) -> str:
        return choice.slug if isinstance(choice, Evidence) else str(choice.value)


class Day(Text):
    allowed = "datum, als jaar-maand-dag"

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:
        if not value:
            return None
        for form in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
            try:
                return datetime.strptime(value, form).date()  # noqa: DTZ007 - a day, no moment
            except ValueError:
                continue
        raise ValueError(NO_DATE.format(value=value))


class Degrees(Text):
    def __init__(self, example: str) -> None:
        super().__init__()
        self.allowed = f"getal, bijvoorbeeld {example}"
        self._example = example

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Decimal | None:
        if not value:
            return None
        try:
            number = Decimal(value.replace(",", "."))
        except InvalidOperation:
            raise ValueError(NO_NUMBER.format(value=value, example=self._example)) from None
        if not number.is_finite() or len(value) > LONGEST_NUMBER:
            raise ValueError(NO_NUMBER.format(value=value, example=self._example))
        return number

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else f"{value.normalize():f}"


class One(Text):
    """A row of a list, by its slug; an empty cell is none."""

    def __init__(self, vocabulary: Vocabulary, allowed: str) -> None:
        super().__init__()
        self.vocabulary = vocabulary
        self.allowed = allowed

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        return self.vocabulary.find(value).pk if value else None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        found = self.vocabulary.by_key.get(value)
        return found.slug if found else ""


class Many(One):
    """Slugs with a semicolon between them. As a value: key of each -> its role, or ''."""

    default_role = ""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Chosen:  # type: ignore[override]
        chosen: Chosen = {}
        problems: list[str] = []
        unknown: list[str] = []
        for part in filter(None, (part.strip() for part in re.split(r"[;\n]", value))):
            try:
                key, role = self._item(part)
                if key in chosen:
                    raise ValueError(TWICE.format(value=part))
                chosen[key] = role
            except UnknownError as error:
                if error.options == list(self.vocabulary.by_slug):
                    unknown += error.values
                else:
                    problems.append(str(error))
            except ValueError as error:
                problems.append(str(error))
        if unknown:
            # Of all of them at once: the list of what is allowed may be long.
            problems.append(str(UnknownError(unknown, list(self.vocabulary.by_slug))))
        if problems:
            raise ValueError(" ".join(problems))
        return chosen

    def _item(self, part: str) -> tuple[int, str]:
        return self.vocabulary.find(part).pk, ""

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "; ".join(sorted(self._written(key, role) for key, role in value.items()))

    def _written(self, key: int, role: str) -> str:
        return self.vocabulary.by_key[key].slug


class Municipalities(Many):
    """With the part that each has, unless it is the usual one: `venlo (deelnemer)`."""

    def _item(self, part: str) -> tuple[int, str]:
        found = _ITEM.fullmatch(part)
        if found is None:
            raise ValueError(NO_ITEM.format(value=part))
        role = (found["role"] or MunicipalityRole.CARRIES_OUT).strip().lower()
        if role not in MunicipalityRole.values:
            raise UnknownError([role], MunicipalityRole.values)
        return self.vocabulary.find(found["slug"]).pk, role

    def _written(self, key: int, role: str) -> str:
        slug = self.vocabulary.by_key[key].slug
        return slug if role == MunicipalityRole.CARRIES_OUT else f"{slug} ({role})"


class Moment(Text):
    """When an entry last changed, as a mark that no spreadsheet takes for a date."""

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return mark(value) if value else ""


def mark(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} v{moment.microsecond:06d}"
