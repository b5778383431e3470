"""System checks: settings that would only fail in front of a visitor."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.checks import Warning as CheckWarning
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

PLACEHOLDERS = ("{z}", "{x}", "{y}")


@register()
def check_map_tiles(**kwargs: Any) -> list[Error]:
    url = settings.MAP_TILES_URL
    if not url or (url.startswith("https://") and all(part in url for part in PLACEHOLDERS)):
        return []
    return [
        Error(
            f"MAP_TILES_URL is not an address of map tiles: {url!r}.",
            hint="It starts with https:// and contains {z}, {x} and {y}, or it is empty.",
            id="parelkaart.E001",
        )
    ]


@register()
def check_map_extent(**kwargs: Any) -> list[Error]:
    west, south, east, north = settings.MAP_EXTENT
    if west < east and south < north:
        return []
    return [
        Error(
            f"MAP_EXTENT is empty or turned around: {settings.MAP_EXTENT}.",
            hint="Give west,south,east,north in degrees, for example 5.55,50.74,6.25,51.79.",
            id="parelkaart.E002",
        )
    ]


@register()
def check_contact_email(**kwargs: Any) -> list[Error]:
    address = settings.SITE_CONTACT_EMAIL
    try:
        if address:
            EmailValidator()(address)
    except ValidationError:
        return [
            Error(
                f"SITE_CONTACT_EMAIL is not an e-mail address: {address!r}.",
                hint="Readers write to it. Without one, leave it empty.",
                id="parelkaart.E003",
            )
        ]
    return []


@register()
def check_hosts(**kwargs: Any) -> list[Error]:
    if settings.DEBUG or "*" not in settings.ALLOWED_HOSTS:
        return []
    return [
        Error(
            "ALLOWED_HOSTS lets every host name through.",
            hint="Name the hosts: anybody could put another site's name in our links.",
            id="parelkaart.E004",
        )
    ]


@register(Tags.files)
def check_var_dir(**kwargs: Any) -> list[Error]:
    folder = Path(settings.VAR_DIR)
    if folder.is_dir() and os.access(folder, os.W_OK):
        return []
    return [
        Error(
            f"VAR_DIR is not a folder that this program may write in: {folder}.",
            hint="Make the folder: uploaded photos and the SQLite database are kept there.",
            id="parelkaart.E005",
        )
    ]


@register()
def check_embed_origins(**kwargs: Any) -> list[Error]:
    """Each goes into a header as it stands, so it is an origin and nothing more."""
    wrong = [
        origin
        for origin in settings.EMBED_ALLOWED_ORIGINS
        if not re.fullmatch(r"https://(\*\.)?[a-z0-9.-]+(:\d+)?", origin)
    ]
    return [
        Error(
            f"EMBED_ALLOWED_ORIGINS has something that is not a site: {origin!r}.",
            hint="Give scheme and host only, separated by commas: https://www.venlo.nl.",
            id="parelkaart.E006",
        )
        for origin in wrong
    ]


@register()
def check_site_url(**kwargs: Any) -> list[Error]:
    url = settings.SITE_URL
    if not url or re.fullmatch(r"https?://[a-z0-9.-]+(:\d+)?", url):
        return []
    return [
        Error(
            f"SITE_URL is not the address of a site: {url!r}.",
            hint="Give scheme and host only, such as https://parels.example.org.",
            id="parelkaart.E007",
        )
    ]


@register(Tags.files)
def check_security_log(**kwargs: Any) -> list[Error]:
    """It is opened with the first event, which may be days from now."""
    path = Path(settings.SECURITY_LOG)
    if not settings.SECURITY_LOG or os.access(path if path.exists() else path.parent, os.W_OK):
        return []
    return [
        Error(
            f"SECURITY_LOG is not a file that this program may write: {path}.",
            hint="Make its folder, and let the user that runs the site write in it.",
            id="parelkaart.E040",
        )
    ]


@register(Tags.security, deploy=True)
def check_site_url_is_given(**kwargs: Any) -> list[CheckWarning]:
    if settings.SITE_URL:
        return []
    return [
        CheckWarning(
            "SITE_URL is empty, so send_reminders and check_links refuse to run.",
            hint="Set it to the address of this site, such as https://parels.example.org.",
            id="parelkaart.W001",
        )
    ]


@register()
def check_reminder_link_days(**kwargs: Any) -> list[Error]:
    if settings.REMINDER_LINK_DAYS > 0:
        return []
    return [
        Error(
            f"REMINDER_LINK_DAYS is not more than 0: {settings.REMINDER_LINK_DAYS}.",
            hint="The links in a reminder would have expired before anybody reads it.",
            id="parelkaart.E008",
        )
    ]


@register()
def check_replica(**kwargs: Any) -> list[Error]:
    if not settings.DATABASE_REPLICA_URL or settings.DB_ENGINE == "postgresql":
        return []
    return [
        Error(
            "DATABASE_REPLICA_URL is given, but the site runs on SQLite.",
            hint="Only PostgreSQL has replicas: set DB_ENGINE=postgresql.",
            id="parelkaart.E009",
        )
    ]


@register(Tags.caches)
def check_cache(**kwargs: Any) -> list[Error]:
    """Without the host in it: such an address may hold a password."""
    if re.match(r"(rediss?|unix)://|$", settings.CACHE_DEFAULT):
        return []
    return [
        Error(
            "CACHE_DEFAULT is not the address of a Redis server.",
            hint="It looks like redis://HOST:6379/0, or it is empty: then the database is used.",
            id="parelkaart.E010",
        )
    ]


@register(Tags.files)
def check_mirror(**kwargs: Any) -> list[CheckWarning]:
    folder = settings.MIRROR_DIR
    if not folder or (Path(folder) / "index.html").is_file():
        return []
    return [
        CheckWarning(
            f"MIRROR_DIR has no copy of the site: {folder}.",
            hint="Make one with `manage.py build_mirror`; until then a site without a database"
            " shows an error page.",
            id="parelkaart.W002",
        )
    ]
