"""Gives the commands and the import of the admin files that are wrong in ways nobody thought of.

A file is taken or refused in our words, and one that is refused changes nothing.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO, StringIO
from math import inf
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from hypothesis import strategies as st

from municipalities.models import Membership, Municipality, OldMunicipalitySlug, Region
from practices.models import (
    CatalogueVersion,
    LoadedItem,
    Practice,
    Source,
    SynonymGroup,
    Theme,
    Version,
)
from tests import small_catalogue
from tests.fuzzing import Result, each, place_of_fault, undone
from tests.strategies import csv_files, damaged, geojson, yaml_files

MODELS: tuple[Any, ...] = (
    CatalogueVersion, LoadedItem, Membership, Municipality, OldMunicipalitySlug, Practice, Region,
    Source, SynonymGroup, Theme, Version,
)  # fmt: skip
TAKEN, REFUSED = 200, 400
THESAURUS = "- woorden: [bijstand, uitkering]\n  vindt: [inkomen]\n  onderwerp: geld\n"
Files = dict[str, bytes]


@dataclass(frozen=True)
class Kind:
    """`act` raises CommandError when it refuses; its argument is the folder with the files."""

    name: str
    files: st.SearchStrategy[Files]
    act: Callable[[Path], None]


def kinds(client: Client) -> list[Kind]:
    """Needs a municipality and a practice; `client` may import."""
    place = Municipality.objects.order_by("pk").first()
    assert place is not None
    row = ["GM9999", "Nieuwstad", "2019-01-01", place.region.slug, place.province.slug, place.code]
    headings = ["code", "naam", "geldig_vanaf", "regio", "provincie", "voorgangers", "lat", "lon"]
    reclassification = csv_files(headings, [*row, "50.9", "5.9"])
    return [
        Kind(
            "boundaries",
            _one("a.json", geojson(place.code)),
            _command("import_boundaries", "a.json"),
        ),
        Kind(
            "municipalities",
            _one("a.csv", reclassification),
            _command("import_municipalities", "a.csv", "--apply"),
        ),
        Kind(
            "catalogue",
            st.one_of([_changed(name) for name in CATALOGUE]),
            _command("load_catalogue", ""),
        ),
        Kind("spreadsheets", _spreadsheets(place), lambda folder: _imported(client, folder)),
    ]


CATALOGUE = small_catalogue.FILES | {"thesaurus/geld.yaml": THESAURUS}


def _one(name: str, content: st.SearchStrategy[bytes]) -> st.SearchStrategy[Files]:
    return content.map(lambda data: {name: data})


def _changed(name: str) -> st.SearchStrategy[Files]:
    whole = {other: text.encode() for other, text in CATALOGUE.items()}
    text = CATALOGUE[name]
    odd = yaml_files(text).map(lambda text: text.encode("utf-8", "surrogatepass"))
    return st.one_of(odd, odd, odd, damaged(text.encode())).map(lambda data: whole | {name: data})


def _command(name: str, file: str, *options: str) -> Callable[[Path], None]:
    def act(folder: Path) -> None:
        # As a terminal takes it.
        out = io.TextIOWrapper(BytesIO(), encoding="utf-8")
        call_command(name, str(folder / file), *options, stdout=out, stderr=StringIO())

    return act


# --- spreadsheets -------------------------------------------------------------------------


def _spreadsheets(place: Municipality) -> st.SearchStrategy[Files]:
    from tests.practices.spreadsheets.sheets import NEW, a_file, exported

    more = NEW | {"gemeenten": place.slug, "beschreven op": "2018-08-01"}
    csv = csv_files(list(more), list(more.values()))
    parts = [csv, csv, damaged(exported())]
    for kind in ("ods", "xlsx"):
        whole = a_file(NEW, kind=kind)
        parts += [damaged(whole), _repacked(whole)]
    return _one("a", st.one_of(parts))


def _repacked(whole: bytes) -> st.SearchStrategy[bytes]:
    """With one of the parts of the archive damaged."""
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    def pack(changed: tuple[str, bytes]) -> bytes:
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, data in (parts | dict([changed])).items():
                archive.writestr(name, data)
        return out.getvalue()

    one = st.sampled_from(sorted(parts)).flatmap(
        lambda name: st.tuples(st.just(name), damaged(parts[name]))
    )
    return one.map(pack)


def _imported(client: Client, folder: Path) -> None:
    data = (folder / "a").read_bytes()
    url = reverse("admin:practices_practice_import")
    seen = client.post(url, {"file": SimpleUploadedFile("a.csv", data)})
    if not (seen.context and seen.context.get("token")):
        raise CommandError("refused")
    url = reverse("admin:practices_practice_import_confirm")
    if client.post(url, {"sleutel": seen.context["token"]}).status_code != 302:
        raise CommandError("refused")


# --- by the number --------------------------------------------------------------------------


def run(kind: Kind, examples: int, folder: Path, until: float = inf) -> Result:
    result = Result()

    def look(files: Files) -> None:
        _clear(folder)
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        with undone():
            status, fault = _outcome(kind, folder)
        result.statuses[status] += 1
        if fault:
            result.faults.setdefault(fault, _told(files))

    each(kind.files, look, examples, until)
    return result


def _clear(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()


def _told(files: Files) -> Any:
    plain = {name: text.encode() for name, text in CATALOGUE.items()}
    return {name: data for name, data in files.items() if plain.get(name) != data}


def _outcome(kind: Kind, folder: Path) -> tuple[int, str]:
    before = contents()
    try:
        kind.act(folder)
    except CommandError:
        changed = [name for name, rows in contents().items() if rows != before[name]]
        return REFUSED, f"refused, but changed: {changed}" if changed else ""
    except Exception:  # noqa: BLE001 - whatever it is, a terminal would show a traceback
        return 500, place_of_fault()
    return TAKEN, ""


def contents() -> dict[str, list[Any]]:
    return {model.__name__: list(model.objects.order_by("pk").values_list()) for model in MODELS}
