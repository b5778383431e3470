"""Editors save and import while their web server is killed, again and again.

`run(environment, rounds, seed)` starts a site, lets clients work by the forms of the admin, kills
all its processes at a moment that follows from the seed, starts it again, and so on. What was
answered with a redirect was promised; tests/crash_site.py tells afterwards whether it is there.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

import requests
from PIL import Image

from tests.admin_forms import sent_back, with_row
from tests.crash_site import CLAIM, GOAL, PHOTO, PHOTO_EVERY, TITLE
from tests.processes import Site, python, serving

WRITERS = 3
ROWS = 25  # of each spreadsheet
SHORTEST, LONGEST = 0.3, 1.8  # seconds from the first save to the kill
ADMIN = "/beheer/practices/practice"
SERVER = ("--workers", "2", "--blocking-threads", "4")


@dataclass
class Promised:
    """What was sent, and what of it was answered as done."""

    entries: list[int]
    sent: dict[int, int] = field(default_factory=dict)
    done: dict[int, int] = field(default_factory=dict)
    imports_sent: list[str] = field(default_factory=list)
    imports_done: list[str] = field(default_factory=list)
    saves: int = 0
    cut_off: int = 0
    unexpected: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def as_json(self) -> str:
        return json.dumps(
            {
                "entries": self.entries,
                "saves": {"sent": self.sent, "done": self.done},
                "imports": {"sent": self.imports_sent, "done": self.imports_done},
                "rows": ROWS,
            }
        )


@dataclass(frozen=True)
class Outcome:
    rounds: int
    saves: int
    imports: int
    cut_off: int
    wrong: list[str]
    left_over: int


def run(environment: dict[str, str], rounds: int, seed: int) -> Outcome:
    made = _program(environment, "make")
    promised = Promised(made["entries"])
    chance = random.Random(seed)
    for number in range(rounds):
        with serving(environment, *SERVER) as site:
            _one_round(site, made, promised, number, chance)
    file = Path(environment["VAR_DIR"]) / "promised.json"
    file.write_text(promised.as_json())
    told = _program(environment, "check", str(file))
    wrong = [*promised.unexpected, *told["wrong"]]
    done = len(promised.imports_done)
    return Outcome(rounds, promised.saves, done, promised.cut_off, wrong, told["left_over"])


def _program(environment: dict[str, str], *arguments: str) -> dict[str, Any]:
    settings = {"DJANGO_SETTINGS_MODULE": "parelkaart.settings"}
    ran = python("-m", "tests.crash_site", *arguments, environment=environment | settings)
    assert ran.returncode == 0, ran.stderr
    return dict(json.loads(ran.stdout.splitlines()[-1]))


def _one_round(
    site: Site, made: dict[str, Any], promised: Promised, number: int, chance: random.Random
) -> None:
    stop, begun = Event(), Event()
    shares = [made["entries"][place::WRITERS] for place in range(WRITERS)]
    work = [Editor(site, made, promised, begun, share).save_one for share in shares]
    work.append(Importer(site, made, promised, begun, number).import_one)
    threads = [Thread(target=_until, args=(one, stop, promised)) for one in work]
    for thread in threads:
        thread.start()
    begun.wait(timeout=20)
    time.sleep(chance.uniform(SHORTEST, LONGEST))
    site.kill()
    stop.set()
    for thread in threads:
        thread.join(timeout=60)


def _until(work: Callable[[], None], stop: Event, promised: Promised) -> None:
    while not stop.is_set():
        try:
            work()
        except requests.RequestException:
            with promised.lock:
                promised.cut_off += 1
            return
        except AssertionError as error:
            if not stop.is_set():
                promised.unexpected.append(str(error))
            return


class Person:
    """Somebody with a session, at the forms of the admin."""

    def __init__(self, site: Site, key: str, promised: Promised, begun: Event) -> None:
        self.site = site
        self.promised = promised
        self.begun = begun
        self.http = requests.Session()
        self.http.cookies.set("sessionid", key)

    def open(self, path: str) -> Any:
        page = self.http.get(f"{self.site.url}{path}", timeout=30)
        assert page.status_code == 200, f"{path}: {page.status_code}"
        return page

    def post(self, path: str, data: Any, files: Any = None) -> requests.Response:
        token = {"csrfmiddlewaretoken": self.http.cookies["csrftoken"]}
        return self.http.post(
            f"{self.site.url}{path}",
            data | token,
            files=files,
            timeout=60,
            allow_redirects=False,
        )


class Editor(Person):
    """Saves entries in turn, each time the next number in all that belongs to it."""

    def __init__(
        self, site: Site, made: dict[str, Any], promised: Promised, begun: Event, share: list[int]
    ) -> None:
        super().__init__(site, made["sessions"][0], promised, begun)
        self.themes, self.share = made["themes"], share
        self.turn = 0

    def save_one(self) -> None:
        pk = self.share[self.turn % len(self.share)]
        self.turn += 1
        path = f"{ADMIN}/{pk}/change/"
        data = sent_back(self.open(path))
        n = int(data["title"][0].rpartition(" ")[2]) + 1
        data |= {
            "title": [TITLE.format(entry=self.promised.entries.index(pk), n=n)],
            "goal": [GOAL.format(n=n)],
            "claims-0-statement": [CLAIM.format(n=n)],
            "themes": [str(self.themes[n % 2])],
        }
        files = None
        if n % PHOTO_EVERY == 0:
            data, files = _with_photo(data, n)
        self.promised.sent[pk] = n
        answer = self.post(path, data, files)
        assert answer.status_code == 302, f"saving gave {answer.status_code}"
        self.promised.done[pk] = n
        with self.promised.lock:
            self.promised.saves += 1
        self.begun.set()


def _with_photo(data: dict[str, Any], n: int) -> tuple[dict[str, Any], dict[str, Any]]:
    there = int(data["photos-TOTAL_FORMS"][0])
    gone = {f"photos-{row}-DELETE": ["on"] for row in range(there)}
    text = {"alt": PHOTO.format(n=n), "maker": "Maker", "licence": "CC BY 4.0", "position": "0"}
    focus = {"focus_x": "50", "focus_y": "50"}
    picture = BytesIO()
    Image.effect_noise((1200, 900), 90).convert("RGB").save(picture, "JPEG")
    file = ("foto.jpg", picture.getvalue(), "image/jpeg")
    return with_row(data, "photos", **text, **focus) | gone, {f"photos-{there}-image": file}


class Importer(Person):
    """Gives a spreadsheet with new entries, and confirms it."""

    def __init__(
        self, site: Site, made: dict[str, Any], promised: Promised, begun: Event, number: int
    ) -> None:
        super().__init__(site, made["sessions"][1], promised, begun)
        self.number, self.turn = number, 0

    def import_one(self) -> None:
        name = f"bestand-{self.number}-{self.turn}"
        self.turn += 1
        lines = [f"{name}-{row},Uit {name} {row},methode,Kort.,even" for row in range(ROWS)]
        table = "\n".join(["adres,titel,soort,samenvatting,thema's", *lines])
        self.open(f"{ADMIN}/importeren/")
        seen = self.post(f"{ADMIN}/importeren/", {}, {"file": (f"{name}.csv", table.encode())})
        _, found, rest = seen.text.partition('name="sleutel" value="')
        assert found, f"the spreadsheet was refused: {seen.status_code}"
        self.promised.imports_sent.append(name)
        key = rest.partition('"')[0]
        answer = self.post(f"{ADMIN}/importeren/bevestigen/", {"sleutel": key})
        assert answer.status_code == 302, f"importing gave {answer.status_code}"
        self.promised.imports_done.append(name)
