"""A list as a sheet, and the whole catalogue as one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import formats, timezone

from municipalities.models import Municipality
from practices import exports
from practices.finder import PracticeFinder
from practices.licence import licence
from practices.listing import PracticeList
from practices.models import Term
from practices.site_address import Absolute

GEONAMES = "Coördinaten van gemeenten: GeoNames (https://www.geonames.org), CC BY 4.0."


@dataclass(frozen=True)
class Rows:
    """A sheet whose rows are made while it is written."""

    title: str
    headers: Sequence[str]
    make: Callable[[], Iterable[Sequence[Any]]]

    def __iter__(self) -> Iterator[Sequence[Any]]:
        return iter(self.make())


def table(practices: PracticeList, absolute: Absolute) -> Rows:
    return Rows("Praktijken", list(exports.COLUMNS), lambda: exports.rows(practices, absolute))


def about(absolute: Absolute) -> Rows:
    return Rows("Uitleg", ["Wat", "Waarde"], lambda: _facts(absolute))


def _facts(absolute: Absolute) -> list[tuple[str, str]]:
    name, url = licence()
    return [
        ("Bron", f"{settings.SITE_NAME}, {absolute(reverse('home'))}"),
        ("Gemaakt op", formats.date_format(timezone.localdate(), "j F Y")),
        ("Licentie", f"{name}, {url}"),
    ]


def archive(absolute: Absolute) -> IO[bytes]:
    """A file on disk that is gone when it is closed; as long as the catalogue is large."""
    practices = PracticeFinder(QueryDict()).results
    today = timezone.localdate()
    parts = {
        "LEESMIJ.txt": _read_me(absolute),
        "praktijken.csv": exports.csv_lines(practices, absolute),
        "praktijken.json": exports.json_lines(practices, absolute, today),
        "praktijken.geojson": exports.geojson_lines(practices, absolute),
        "trefwoorden.csv": exports.csv_table(["soort", "naam", "adres", "uitleg"], _terms()),
        "gemeenten.csv": exports.csv_table(
            ["naam", "adres", "code", "regio", "breedtegraad", "lengtegraad", "vanaf", "tot"],
            _municipalities(),
        ),
    }
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        for name, lines in parts.items():
            with packed.open(name, "w") as part:
                for line in lines:
                    part.write(line.encode())
    file.seek(0)
    return file


def _read_me(absolute: Absolute) -> Iterator[str]:
    for what, value in _facts(absolute):
        yield f"{what}: {value}\r\n"
    yield f"{GEONAMES}\r\n"
    yield "Tabellen zijn CSV (RFC 4180) in UTF-8; plaatsen zijn GeoJSON (WGS84).\r\n"


def _terms() -> Iterator[list[str]]:
    for model in Term.__subclasses__():
        terms: QuerySet[Any] = model._default_manager.all()
        for term in terms:
            yield [str(model._meta.verbose_name), term.name, term.slug, term.definition]


def _municipalities() -> Iterator[list[Any]]:
    places = Municipality.objects.select_related("region").defer("boundary")
    for place in places:
        facts = [place.region, place.lat, place.lon, place.valid_from, place.valid_to]
        region, *rest = ("" if fact is None else fact for fact in facts)
        yield [place.name, place.slug, place.code, region, *rest]
