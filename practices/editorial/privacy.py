"""What in a text looks like data about a person. Pure: text in, findings out.

It warns, it does not judge: an editor may let something stand, with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

FEWEST = 10
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


class Kind(StrEnum):
    BSN = "een burgerservicenummer"
    EMAIL = "een e-mailadres van een persoon"
    PHONE = "een telefoonnummer"
    FEW = f"een aantal van minder dan {FEWEST} mensen"


@dataclass(frozen=True)
class Finding:
    kind: Kind
    text: str
    label: str = ""

    def __str__(self) -> str:
        where = f" (bij {self.label})" if self.label else ""
        return f"Dit lijkt op {self.kind}: “{self.text}”{where}."


def findings(texts: Iterable[tuple[str, str]]) -> list[Finding]:
    """In texts with the label of their field."""
    return [
        Finding(kind, text, label)
        for label, content in texts
        for kind, find in FINDERS.items()
        for text in find(content)
    ]


# --- numbers ------------------------------------------------------------------------

# Nine digits, or written in groups; not as part of a longer number, a code or an amount.
_NINE = re.compile(
    r"(?<![\w,.€-])(?<!€ )(\d{9}|\d{3}[. ]\d{3}[. ]\d{3}|\d{4}[. ]\d{2}[. ]\d{3})"
    r"(?![\w-]|[.,]\d|\s*(?:euro|EUR|mensen|inwoners)\b)"
)


def bsns(text: str) -> Iterator[str]:
    for match in _NINE.finditer(text):
        if passes_elfproef(re.sub(r"\D", "", match[1])):
            yield match[1]


def passes_elfproef(digits: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return total % 11 == 0 and digits.strip("0") != ""


# A country code or a zero and nine more digits, in any of the usual groups. Numbers of
# 0800, 0900 and the like have no tenth digit in that form, and belong to an organisation.
_PHONE = re.compile(
    r"(?<![\w,./€-])(?!\d{1,2}-\d{1,2}-\d{4})(?!\(?0[89]\d0)"
    r"((?:(?:\+|00)31[ -]?(?:\(0\)[ -]?)?|\(?0)[1-9](?:[ -]{0,2}[()]?[ -]?\d){8})(?![\w,]|[.-]\d)"
)


def phones(text: str) -> Iterator[str]:
    return (match[1] for match in _PHONE.finditer(text))


# --- addresses ----------------------------------------------------------------------

_EMAIL = re.compile(r"(?<![\w.+-])([\w.+-]+)@((?:[\w-]+\.)+[a-z]{2,})", re.IGNORECASE)
_PROVIDERS_TEXT = """
gmail googlemail hotmail outlook live msn icloud me yahoo ymail aol gmx proton protonmail ziggo
kpnmail kpnplanet planet home hetnet xs4all upcmail casema chello telfort tele2 onsbrabantnet
onsnet solcon freedom quicknet versatel zeelandnet
"""
_PROVIDERS = frozenset(_PROVIDERS_TEXT.split())
# With one of these in it, it is the address of a desk.
_DESKS_TEXT = """
aanmelden aanmelding administratie advies afdeling algemeen balie beleid bestuur bibliotheek
bureau burgerzaken centrum communicatie contact economie fonds gemeente helpdesk info
inburgering inkomen jeugd jongeren klantcontact leerwerkloket loket meldpunt ondernemers
onderwijs participatie post postbus project projecten publiekszaken redactie samenleving
schulden schuldhulp secretariaat servicepunt sociaal sociale steunpunt stichting subsidie
subsidies support team vragen welzijn werk werkgevers werkgeversservicepunt werkplein wijkteam
wmo wsp zaken zorg
"""
_DESKS = frozenset(_DESKS_TEXT.split())
_NAME = re.compile(r"[^\W\d_]+(?:[._][^\W\d_]+)+")


def private_emails(text: str) -> Iterator[str]:
    for match in _EMAIL.finditer(text):
        if _is_private(match[1].lower(), match[2].lower()):
            yield match[0]


def _is_private(name: str, domain: str) -> bool:
    if domain.split(".")[-2] in _PROVIDERS:
        return True
    words = re.split(r"[._+-]", name)
    return bool(_NAME.fullmatch(name)) and not _DESKS.intersection(words)


# --- counts -------------------------------------------------------------------------

_PEOPLE = (
    "bewoners|bijstandsgerechtigden|bijstandsmoeders|cli[eë]nten|cursisten|deelneemsters|deelnemers"
    "|gezinnen|huishoudens|inwoners|jongeren|kandidaten|kinderen|klanten|leerlingen|mannen|mensen"
    "|migranten|moeders|nieuwkomers|nuggers|ouderen|ouders|personen|statushouders"
    "|uitkeringsgerechtigden|vaders|vluchtelingen|vrouwen|werklozen|werkzoekenden"
)
_FEW = re.compile(
    rf"(?<![\w.,:/€-])(?<!\d )((?:[1-9]|twee|drie|vier|vijf|zes|zeven|acht|negen)"
    rf"(?: \w+e)? (?:{_PEOPLE})|totaal van [1-9])(?![\w]|[.,]\d)",
    re.IGNORECASE,
)


def few_people(text: str) -> Iterator[str]:
    return (match[1] for match in _FEW.finditer(" ".join(text.split())))


FINDERS: dict[Kind, Callable[[str], Iterator[str]]] = {
    Kind.BSN: bsns,
    Kind.EMAIL: private_emails,
    Kind.PHONE: phones,
    Kind.FEW: few_people,
}
