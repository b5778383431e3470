"""Sizes of the map's documents, for small and large catalogues and countries.

Everything is made in a temporary SQLite database. Boundaries have as many points as the
generalised ones of CBS have in Limburg; titles are cut from a list of ordinary words.
"""

# Models can be imported only after the environment says which database is meant.
# ruff: noqa: PLC0415

from __future__ import annotations

import gzip
import json
import math
import os
import random
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

PRACTICES = (60, 10_000, 100_000)
MUNICIPALITIES = (33, 350)
POINTS = 36
LIMITS = {33: 15_000, 350: 60_000}
WORDS = ["werk", "buurt", "wijk", "samen", "coach", "jongeren", "taal", "zorg", "loket", "traject"]
WORDS += ["aanpak", "bedrijf", "werkgever", "statushouders", "meedoen", "ontwikkeling", "leerbaan"]
WORDS += ["ondersteuning", "regie", "matching", "vrijwilligers", "participatie", "inwoners"]
WORDS += ["schulden", "gezin", "kansen", "begeleiding", "sociaal", "plan", "praktijk"]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="parelkaart-bench-") as folder:
        os.environ |= {
            "VAR_DIR": folder,
            "DB_ENGINE": "sqlite",
            "DB_NAME": str(Path(folder) / "map.sqlite3"),
            "DEBUG": "1",
            "DJANGO_SETTINGS_MODULE": "parelkaart.settings",
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        print("practices  municipalities  counts    boundaries  pins      counts made in")
        for municipalities in MUNICIPALITIES:
            for practices in PRACTICES:
                _fill(practices, municipalities)
                _print_row(practices, municipalities)


def _fill(practices: int, municipalities: int) -> None:
    from django.core.management import call_command

    from municipalities.models import Municipality, Region
    from practices.models import Practice, PracticeMunicipality
    from practices.version import bump

    rng = random.Random(practices * municipalities)
    call_command("flush", interactive=False, verbosity=0)
    region = Region.objects.create(name="Regio", slug="regio", kind="provincie")
    places = Municipality.objects.bulk_create(
        _municipality(number, municipalities, region, rng) for number in range(municipalities)
    )
    stored = Practice.objects.bulk_create(
        (_practice(number, rng) for number in range(practices)), batch_size=2000
    )
    PracticeMunicipality.objects.bulk_create(
        (
            PracticeMunicipality(practice=practice, municipality=rng.choice(places))
            for practice in stored
        ),
        batch_size=5000,
    )
    bump()


def _municipality(number: int, of: int, region: Any, rng: random.Random) -> Any:
    from municipalities.models import Municipality

    side = math.ceil(math.sqrt(of))
    lon = 3.5 + number % side * 3.5 / side
    lat = 50.8 + number // side * 2.6 / side
    ring = [
        [
            round(lon + math.cos(angle) * (0.06 + rng.random() / 50), 4),
            round(lat + math.sin(angle) * (0.04 + rng.random() / 50), 4),
        ]
        for angle in (2 * math.pi * step / (POINTS - 1) for step in range(POINTS - 1))
    ]
    name = f"{rng.choice(WORDS).title()}{rng.choice(WORDS)} {number}"
    return Municipality(
        name=name,
        slug=name.lower().replace(" ", "-"),
        code=f"GM{number:04}",
        region=region,
        province=region,
        lat=round(lat, 5),
        lon=round(lon, 5),
        boundary={"type": "MultiPolygon", "coordinates": [[[*ring, ring[0]]]]},
    )


def _practice(number: int, rng: random.Random) -> Any:
    from practices.models import Practice

    exact = number % 3 == 0
    return Practice(
        title=" ".join(rng.choices(WORDS, k=5)).capitalize(),
        slug=f"praktijk-{number}",
        kind="initiatief",
        summary="Samenvatting.",
        state="gepubliceerd",
        published_on=date(2020, 1, 1),
        lat=round(50.8 + rng.random() * 2.6, 5) if exact else None,
        lon=round(3.5 + rng.random() * 3.5, 5) if exact else None,
    )


def _print_row(practices: int, municipalities: int) -> None:
    from django.test import Client

    client = Client(headers={"Accept-Encoding": "gzip"}, SERVER_NAME="localhost")
    client.get("/praktijken.geojson")  # loads the snapshot
    started = time.perf_counter()
    counts = client.get("/praktijken.geojson").content
    seconds = time.perf_counter() - started
    boundaries = client.get("/gemeentegrenzen.geojson").content
    pins = client.get("/praktijken-pins.geojson?bbox=3,50,8,54").content
    assert len(json.loads(gzip.decompress(counts))["features"]) == municipalities  # noqa: S101
    sizes = [f"{len(content) / 1000:.1f} kB" for content in (counts, boundaries, pins)]
    verdict = "" if len(counts) <= LIMITS[municipalities] else "  TOO LARGE"
    print(
        f"{practices:>9}  {municipalities:>14}  {sizes[0]:<8}  {sizes[1]:<10}  {sizes[2]:<8}  "
        f"{seconds * 1000:.0f} ms{verdict}",
        flush=True,
    )
    if verdict:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
