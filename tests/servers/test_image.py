"""The steps of deploy/Containerfile on an ordinary folder, and the site in it without any rights.

What is not shown: the base image, and that pip installs the packages in it.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import ROOT, Site, free_port, wait_for

CONTAINERFILE = (ROOT / "deploy" / "Containerfile").read_text().replace("\\\n", " ")
FINAL_STAGE = CONTAINERFILE.rsplit("\nFROM ", 1)[1]
NO_CACHES = shutil.ignore_patterns("__pycache__")


def instructions(name):
    return re.findall(rf"^{name} (.+)$", FINAL_STAGE, re.MULTILINE)


class Image:
    """A root file system with only what the Containerfile puts in it."""

    def __init__(self, folder: Path) -> None:
        self.app = folder / "app"
        self.var = folder / "var" / "lib" / "parelkaart"
        self.tmp = folder / "tmp"
        self.folder = folder
        for made in (self.app, self.var, self.tmp):
            made.mkdir(parents=True)
        self.environment = self._variables() | {
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "TMPDIR": str(self.tmp),
        }

    def _variables(self) -> dict[str, str]:
        words = [word for line in instructions("ENV") for word in shlex.split(line)]
        found = dict(word.split("=", 1) for word in words)
        places = {n: str(self.folder) + v for n, v in found.items() if v.startswith("/srv")}
        return found | places | {"VAR_DIR": str(self.var)}

    def build(self) -> None:
        for line in instructions("COPY"):
            if line.startswith("--from"):
                continue  # the packages: here those of the tests
            *sources, target = line.split()
            for source in sources:
                self._copy(ROOT / source, self.app / target, into=target.endswith("/"))
        (collect,) = [line for line in instructions("RUN") if "collectstatic" in line]
        done = self.run("sh", "-ec", collect)
        assert done.returncode == 0, done.stderr
        for path in [*self.app.rglob("*"), *(self.folder / "srv").rglob("*"), self.app]:
            if not path.is_symlink():
                path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))

    def _copy(self, source: Path, target: Path, *, into: bool) -> None:
        target = target / source.name if into else target
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=NO_CACHES)
        else:
            shutil.copy(source, target)

    def run(self, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*without_rights(), *command],
            cwd=self.app,
            env=self.environment | variables,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    def written(self) -> set[str]:
        """Files outside the places for data that have been made or changed since it was built."""
        built = (self.app / "manage.py").stat().st_ctime
        return {
            str(path.relative_to(self.folder))
            for folder in (self.app, self.folder / "srv")
            for path in folder.rglob("*")
            if path.stat().st_mtime > built + 1
        }


def without_rights() -> list[str]:
    """As root: what `cap_drop: ALL` and `no-new-privileges` leave, so modes hold for it too."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"]


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    made = Image(tmp_path_factory.mktemp("image"))
    made.build()
    return made


def site_variables(port: int) -> dict[str, str]:
    key = "".join(chr(ord("A") + number % 50) for number in range(70))
    return {
        "SECRET_KEY": key,
        "IS_HTTPS": "0",
        "GRANIAN_PORT": str(port),
        "DJANGO_SUPERUSER_USERNAME": "beheer",
        "DJANGO_SUPERUSER_EMAIL": "beheer@example.org",
        "DJANGO_SUPERUSER_PASSWORD": "een-lange-zin-van-mij",
        # Reaching for PDOK is not what is tested, and must not take its time.
        "HTTPS_PROXY": "http://127.0.0.1:9",
    }


def test_code_cannot_be_changed(image):
    done = image.run("sh", "-c", "echo x > manage.py || echo y > practices/new.py")

    assert done.returncode != 0
    assert "Permission denied" in done.stderr


def test_site_is_prepared_twice_and_serves_from_a_folder_that_it_may_not_write_in(image):
    port = free_port()
    variables = site_variables(port)
    prepared = [image.run("python", "manage.py", "prepare_site", **variables) for _ in range(2)]
    assert [done.returncode for done in prepared] == [0, 0], prepared[-1].stderr
    command = shlex.split(instructions("CMD")[0].strip('[]"'))
    (health,) = re.findall(r"HEALTHCHECK .*?CMD \[(.*)\]", FINAL_STAGE)
    check = [part.replace("8000", str(port)) for part in re.findall(r'"([^"]*)"', health)]

    with (image.var / "web.log").open("wb") as log:
        process = subprocess.Popen(
            [*without_rights(), *command],
            cwd=image.app,
            env=image.environment | variables,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    site = Site(f"http://127.0.0.1:{port}", process, image.var / "web.log")
    try:
        wait_for(site)
        healthy = image.run(*check).returncode
        home = site.get("/")
        style = re.search(r'href="(/static/[^"]+\.css)"', home.text)[1]
        codes = [site.get(path).status_code for path in (style, "/kaart/", "/_healthz/")]
        document = site.get("/praktijken/screening-leefgebieden-sittard-geleen/factsheet.pdf")
    finally:
        process.terminate()
        status = process.wait(timeout=40)

    assert (healthy, home.status_code, codes, status) == (0, 200, [200, 200, 200], 0)
    assert document.status_code in (200, 503)
    assert "Account beheer gemaakt" in prepared[0].stdout
    assert "Account beheer gemaakt" not in prepared[1].stdout
    assert image.written() == set()
