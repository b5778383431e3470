"""Choices in the admin that are looked up while typing."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import Model
from django.http import HttpRequest

LONGEST_KEY = 18  # digits; each number of so many is one to both databases


def is_key(value: Any) -> bool:
    text = str(value)
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY


class SoundMixin:
    """Looks up keys only. Django's own also asks the database for what can be none, when a page
    with a mistake is shown again, and then fails.
    """

    def optgroups(self, name: str, value: list[str], attr: Any = None) -> list[Any]:
        keys = [one for one in value if is_key(one)]
        return super().optgroups(name, keys, attr)  # type: ignore[misc]


class SoundSelect(SoundMixin, AutocompleteSelect):
    pass


class SoundSelectMultiple(SoundMixin, AutocompleteSelectMultiple):
    pass


class SoundAutocompletesMixin:
    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        self._choose(db_field, request, kwargs, SoundSelect)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        self._choose(db_field, request, kwargs, SoundSelectMultiple)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def _choose(
        self, db_field: Any, request: HttpRequest, kwargs: dict[str, Any], widget: type
    ) -> None:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault("widget", widget(db_field, self.admin_site))  # type: ignore[attr-defined]


class KnownSelect(SoundSelect):
    """An autocomplete that does not ask the database for what its row already holds.

    Django's own costs a query for every row of an inline. For required fields only: it
    prints no empty option.
    """

    known: Model | None = None

    def optgroups(self, name: str, value: list[str], attr: Any = None) -> list[Any]:
        if self.known is None or value != [str(self.known.pk)]:
            return super().optgroups(name, value, attr)
        return [(None, [self.create_option(name, value[0], str(self.known), True, 0)], 0)]


class KnownSelectMixin:
    """For an inline whose queryset selects its autocompletes along, all of them required."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:  # type: ignore[attr-defined]
            kwargs["widget"] = KnownSelect(db_field, self.admin_site)  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]
