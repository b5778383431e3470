"""Under which licence the content of the site may be used; the software has its own."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings


class Licence(NamedTuple):
    name: str
    url: str


# Those that registers of open data take, by SPDX code. The first is that of `fixtures/`.
LICENCES = {
    "CC-BY-4.0": Licence(
        "Creative Commons Naamsvermelding 4.0 (CC BY 4.0)",
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    "CC0-1.0": Licence(
        "Creative Commons Zero 1.0 (CC0)", "https://creativecommons.org/publicdomain/zero/1.0/"
    ),
}


def licence() -> Licence:
    return LICENCES[settings.CONTENT_LICENCE]
