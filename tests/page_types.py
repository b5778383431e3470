"""Every type of public page in the states it can be in, for what must hold on all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from municipalities.models import Municipality
from practices.contributions import confirming
from practices.editorial.reminder_links import confirm_token, unsubscribe_token
from practices.models import Practice, Suggestion, Theme
from tests import showcase
from tests.factories import (
    AdoptionFactory,
    DigestFactory,
    MembershipFactory,
    PracticeFactory,
    ReminderFactory,
    WelfareFigureFactory,
)

FULL, REGIONAL = "werkcooperatie-schinnen", "regionaal-plan"
BOTH = f"?praktijk={FULL}&praktijk={REGIONAL}"
FIVE = "?" + "&".join(f"praktijk=buurtproject-{number}" for number in range(5))

# Names of addresses (urls.py) that are pages, and their states on a site with content.
FILLED = {
    "home": ["/"],
    "practice_list": [
        "/praktijken/",
        "/praktijken/?pagina=2",
        "/praktijken/?q=werkgevers&thema=werkgevers&gemeente=beekdaelen",
        "/praktijken/?zoals=beekdaelen&thema=werkgevers",
    ],
    "practice_detail": [f"/praktijken/{FULL}/", f"/praktijken/{REGIONAL}/"],
    "send_correction": [f"/praktijken/{FULL}/meld-een-fout/"],
    "send_proposal": ["/praktijk-voorstellen/"],
    "contribution_sent": ["/voorstel-verstuurd/"],
    "selection": [f"/selectie/{BOTH}"],
    "comparison": [f"/vergelijken/{BOTH}", f"/vergelijken/{BOTH}&alleen=verschillen"],
    "note": [f"/notitie/{BOTH}&titel=Naar+werk&vraag=Wat+helpt%3F"],
    "wanted_list": ["/gezocht/"],
    "overview": ["/cijfers/"],
    "white_spots": ["/witte-vlekken/", "/witte-vlekken/?per=regio"],
    "barrier_list": ["/knelpunten/"],
    "practice_map": ["/kaart/", "/kaart/?gemeente=beekdaelen&thema=werkgevers"],
    "map_embed": ["/embed/kaart/?thema=werkgevers"],
    "municipality_list": ["/gemeenten/"],
    "municipality_detail": [
        "/gemeenten/beekdaelen/",
        "/gemeenten/schinnen/",
        "/gemeenten/heerlen/",
    ],
    "open_data": ["/open-data/"],
    "about": ["/over/"],
    "components": ["/componenten/"],
    "privacy": ["/privacy/"],
    "accessibility": ["/toegankelijkheid/"],
}
# Of these the address is in a mail.
BY_MAIL = ("confirm_contribution", "reminder", "reminder_preference")
# Nothing found, nothing chosen; the same addresses on a site without any content come on top.
NOTHING = [
    "/praktijken/?thema=werkgevers&soort=methode",
    "/praktijken/?q=xyzzy",
    "/kaart/?thema=werkgevers&soort=methode",
    "/embed/kaart/?thema=werkgevers&soort=methode",
    "/selectie/",
    "/vergelijken/",
    "/notitie/",
]
WITHOUT_CONTENT = [
    "/",
    "/praktijken/",
    "/kaart/",
    "/embed/kaart/",
    "/gezocht/",
    "/cijfers/",
    "/witte-vlekken/",
    "/knelpunten/",
    "/gemeenten/",
    "/praktijk-voorstellen/",
]
WRONG = [
    "/praktijken/?q=werkgeevrs&thema=onzin&pagina=99",
    "/kaart/?gemeente=onzin",
    f"/selectie/{BOTH}&praktijk=bestaat-niet",
    f"/vergelijken/?praktijk={FULL}",
    f"/vergelijken/{FIVE}",
    "/witte-vlekken/?per=onzin",
]
NOT_THERE = ["/bestaat-niet/", "/voorstel-bevestigen/onzin/", "/herinnering/onzin/"]
# For who works on the catalogue; axe looks at it in tests/browser/test_sign_in.py.
SIGN_IN = ["/inloggen/"]
FORMS = ["/praktijk-voorstellen/", f"/praktijken/{FULL}/meld-een-fout/"]
ERRORS = ["400.html", "403.html", "403_csrf.html", "410.html", "429.html", "500.html"]


@dataclass
class Site:
    """What was built. `mailed` are the addresses of BY_MAIL."""

    showcase: showcase.Showcase
    mailed: list[str] = field(default_factory=list)

    @property
    def pages(self) -> list[str]:
        """Every type with content."""
        return [address for addresses in FILLED.values() for address in addresses] + self.mailed


def build() -> Site:
    """The showcase with everything that a page can show besides."""
    built = showcase.build()
    heerlen = Municipality.objects.get(slug="heerlen")
    for year, recipients in ((2016, 2000), (2018, 1500)):
        WelfareFigureFactory(municipality=heerlen, year=year, recipients=recipients)
    practices = Practice.objects.filter(slug__startswith="buurtproject")
    for practice in practices[:3]:
        practice.themes.add(Theme.objects.get())
    AdoptionFactory(practice=practices[0], municipality=built.today)
    for slug, west in (("beekdaelen", 5.9), ("heerlen", 6.0)):
        Municipality.objects.filter(slug=slug).update(boundary=_square(west, 50.9))
    return Site(built, _mailed(built))


def _square(west: float, south: float) -> dict[str, Any]:
    east, north = west + 0.1, south + 0.1
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "MultiPolygon", "coordinates": [[ring]]}


def _mailed(built: showcase.Showcase) -> list[str]:
    suggestion = Suggestion.objects.create(
        kind="nieuw",
        title="Ruilwinkel",
        summary="Buren ruilen spullen.",
        municipality=built.today,
        sender_email="anna@example.org",
    )
    editor = MembershipFactory(municipality=built.today).user
    digest = DigestFactory(recipient=editor, sent_at=timezone.now() - timedelta(days=3))
    old = PracticeFactory(title="Werkhuis", owner=built.today, described_on="2018-08-01")
    Practice.objects.filter(pk=old.pk).update(modified=timezone.now() - timedelta(days=900))
    reminder = ReminderFactory(digest=digest, practice=old)
    return [
        f"/voorstel-bevestigen/{confirming.token_for(suggestion)}/",
        f"/herinnering/{confirm_token(reminder.pk)}/",
        f"/herinneringen-uit/{unsubscribe_token(editor.pk)}/",
    ]


def error_pages() -> dict[str, str]:
    """The pages that a visitor only sees when something goes wrong, by their template."""
    request = RequestFactory().get("/fout/")
    return {name: render_to_string(name, request=request) for name in ERRORS}
