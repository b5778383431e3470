"""From an item to model instances that are ready to be saved."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from practices.importers.slugs import Slugs, UnknownSlugError


class Build:
    """An instance under construction and all that is wrong with it.

    `is_orphan` says that it belongs to something that an editor removed, or that has a
    problem of its own: there is nothing to make and nothing to complain about.
    """

    def __init__(self, model: type[models.Model], values: Any, slugs: Slugs) -> None:
        self.instance: Any = model()
        self.many: dict[str, list[Any]] = {}
        self.problems: list[tuple[str, str]] = []
        self.is_orphan = False
        self._slugs = slugs
        if not isinstance(values, dict):
            self.problems.append(("", "hier horen velden te staan"))
            return
        fields = writable_fields(model)
        for name, value in values.items():
            if name not in fields:
                self.problems.append((str(name), _unknown_field(str(name), fields)))
            elif value is not None:
                self._fill(fields[name], value)

    def _fill(self, field: Any, value: Any) -> None:
        try:
            if field.many_to_many:
                self.many[field.name] = self._all_of(field, value)
            elif field.is_relation:
                target = self._one_of(field, value)
                if target is None and not field.null:
                    self.is_orphan = True
                setattr(self.instance, field.name, target)
            else:
                setattr(self.instance, field.name, converted(field, value))
        except (ValueError, UnknownSlugError) as error:
            self.problems.append((field.name, str(error)))

    def _one_of(self, field: Any, slug: Any) -> Any:
        return self._slugs.find(field.related_model, str(slug))

    def _all_of(self, field: Any, slugs: Any) -> list[Any]:
        if not isinstance(slugs, list):
            raise ValueError("hier hoort een lijst")
        found = []
        for slug in slugs:
            try:
                found.append(self._one_of(field, slug))
            except UnknownSlugError as error:
                self.problems.append((field.name, str(error)))
        return [target for target in found if target is not None]

    def validate(self, exclude: set[str] | None = None) -> None:
        """Adds what the model has against it, once all fields could be filled."""
        if self.problems or self.is_orphan:
            return
        try:
            # `clean()` may count on fields that are right by themselves.
            self.instance.clean_fields(exclude=exclude)
            self.instance.full_clean(exclude=exclude)
        except ValidationError as error:
            self.problems.extend(_messages(error))

    def save(self) -> None:
        self.instance.save()
        for name, targets in self.many.items():
            getattr(self.instance, name).set(targets)


def writable_fields(model: type[models.Model]) -> dict[str, Any]:
    """Everything a file may fill in: no keys, no timestamps, no references to people."""
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return {field.name: field for field in fields if _is_writable(field)}


def _is_writable(field: Any) -> bool:
    if field.primary_key or getattr(field, "auto_now", False):
        return False
    if getattr(field, "auto_now_add", False):
        return False
    return not field.is_relation or hasattr(field.related_model, "slug")


def converted(field: Any, value: Any) -> Any:
    """A value of a file as its field wants it; raises ValueError with what is wrong."""
    if isinstance(value, list) and isinstance(field, models.TextField):
        return "\n".join(str(line) for line in value)
    if isinstance(value, (list, dict)):
        raise ValueError("hier hoort één waarde")
    if field.choices:
        return _choice(field, value)
    if isinstance(value, float):
        # By way of the text: 50.94083 as a float has far more decimals than it looks.
        return Decimal(str(value))
    return value.strip() if isinstance(value, str) else value


def _choice(field: Any, value: Any) -> Any:
    """Choices are written as their value; numbered ones as the label that people read."""
    numbered = isinstance(field, models.IntegerField)
    options = {str(label) if numbered else key: key for key, label in field.flatchoices}
    if value not in options:
        raise ValueError(f"'{value}' bestaat niet; kies uit: {', '.join(map(str, options))}")
    return options[value]


def _unknown_field(name: str, fields: dict[str, Any]) -> str:
    close = difflib.get_close_matches(name, fields, n=1)
    return f"dit veld bestaat niet{f'; bedoelt u {close[0]}?' if close else ''}"


def _messages(error: ValidationError) -> Iterator[tuple[str, str]]:
    for name, messages in error.message_dict.items():
        for message in messages:
            yield ("" if name == NON_FIELD_ERRORS else name), message
