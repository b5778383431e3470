"""Admin pages as a browser would fill them in and send them back."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

Data = dict[str, Any]


class _Form(HTMLParser):
    """Collects what the main form of an admin page would send."""

    def __init__(self) -> None:
        super().__init__()
        self.data: dict[str, list[str]] = {}
        self._select = self._area = ""
        self._inside = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        if tag == "form":
            self._inside = given.get("id", "").endswith("_form")
        name = given.get("name") or ""
        if not self._inside or "__prefix__" in name:
            return
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self._add(self._select, given.get("value", ""))
        elif tag == "textarea":
            self._area = name
            self._add(name, "")
        elif tag == "input" and name:
            self._read_input(name, given)

    def _read_input(self, name: str, given: dict[str, Any]) -> None:
        kind = given.get("type", "text")
        if kind in ("submit", "file", "button"):
            return
        if kind not in ("checkbox", "radio") or "checked" in given:
            self._add(name, given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            text = self.data[self._area][0] + data
            self.data[self._area] = [text.removeprefix("\n").replace("\n", "\r\n")]

    def _add(self, name: str, value: str) -> None:
        self.data.setdefault(name, []).append(value)


def change_url(instance: Any) -> str:
    meta = instance._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[instance.pk])


def list_url(model: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def add_url(model: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")


def sent_back(response: HttpResponse) -> Data:
    return filled_in(response.content.decode())


def filled_in(page: str) -> Data:
    form = _Form()
    form.feed(page)
    return form.data


def opened(client: Client, url: str) -> Data:
    """The data of the page as an editor finds it."""
    return sent_back(client.get(url))


def with_row(data: Data, prefix: str, **fields: Any) -> Data:
    """With one row added, as "Nog een … toevoegen" does."""
    number = int(data[f"{prefix}-TOTAL_FORMS"][0])
    row = {f"{prefix}-{number}-{name}": value for name, value in fields.items()}
    return data | {f"{prefix}-TOTAL_FORMS": [str(number + 1)]} | row


def errors(response: HttpResponse) -> list[str]:
    """Every complaint on the page, of the form and of its rows. Empty: it was saved."""
    if response.context is None or "adminform" not in response.context:
        return []
    kinds = [response.context["adminform"].form.errors]
    found: list[str] = []
    for part in response.context["inline_admin_formsets"]:
        found.extend(part.formset.non_form_errors())
        kinds.extend(part.formset.errors)
    for kind in kinds:
        for texts in kind.values():
            found.extend(texts)
    return found


def save(client: Client, url: str, data: Data) -> list[str]:
    response = client.post(url, data)
    told = errors(response)
    assert response.status_code == (200 if told else 302)
    return told
