"""A small catalogue in the database of a site that runs, made in a process of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from tests.admin_forms import sent_back
from tests.prepared import Prepared
from tests.processes import Site, production, python

PROGRAM = """
import django; django.setup()
import json
from django.test import Client
from tests.factories import PracticeFactory, UserFactory

practice = PracticeFactory(slug="proef", title="De eerste titel")
client = Client()
client.force_login(UserFactory(superuser=True))
cookies = {name: cookie.value for name, cookie in client.cookies.items()}
print(json.dumps([practice.pk, cookies]))
"""


@dataclass
class Catalogue:
    """One published entry, at `/praktijken/proef/`, and who may change it."""

    practice: int
    cookies: dict[str, str]


def environment_of(prepared: Prepared, var: Path, **variables: str) -> dict[str, str]:
    """Of a site that can be filled and shows whole pages."""
    always = {"IS_HTTPS": "0", "DJANGO_SETTINGS_MODULE": "parelkaart.settings"}
    return production(var, STATIC_ROOT=str(prepared.static()), **always, **variables)


def fill(environment: dict[str, str]) -> Catalogue:
    """The database has tables and no more."""
    done = python("-c", PROGRAM, environment=environment)
    assert done.returncode == 0, done.stderr
    made: list[Any] = json.loads(done.stdout.splitlines()[-1])
    return Catalogue(*made)


class Editor:
    """A browser in which somebody is signed in."""

    def __init__(self, site: Site, catalogue: Catalogue) -> None:
        self.site = site
        self.form = f"/beheer/practices/practice/{catalogue.practice}/change/"
        self.session = requests.Session()
        self.session.cookies.update(catalogue.cookies)

    def get(self, path: str) -> requests.Response:
        return self.session.get(f"{self.site.url}{path}", timeout=60)

    def open(self) -> dict[str, Any]:
        """The entry's form, as it would be sent back."""
        answer = self.get(self.form)
        assert answer.status_code == 200, answer.status_code
        return sent_back(answer)  # type: ignore[arg-type]

    def send(self, data: dict[str, Any]) -> requests.Response:
        """Status 302 says that it was saved."""
        url = f"{self.site.url}{self.form}"
        return self.session.post(url, data, allow_redirects=False, timeout=60)

    def rename(self, title: str) -> requests.Response:
        return self.send(self.open() | {"title": [title]})
