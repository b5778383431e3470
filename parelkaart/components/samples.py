"""Made-up content for the components, in the shapes that the real pages give them."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.templatetags.static import static
from django.urls import reverse

from municipalities.charts import bar_chart
from municipalities.figures import FigureTable
from municipalities.mirror import Likeness
from parelkaart.dot_map import dot_map
from practices.chain import Chain, ChainStep, Place
from practices.entry import ClaimLine, RelatedPractice, TermGroup, TermLink
from practices.enums import ClaimKind, Evidence, Proof
from practices.facets import FACETS, Facet, FacetOption
from practices.finder import Pill, SortOption
from practices.overview import BarRow, Chart
from practices.paging import page_links
from practices.remarks import NearTerm, PlaceOffer, SpellingRemark, WayOut
from practices.transfer import Transfer
from practices.white_spots import Cell, Group, Row, Theme, WhiteSpots

HERE = "#"
EXPLANATION = "Zo staat de uitleg bij een woord."


def practice(**changed: Any) -> SimpleNamespace:
    values: dict[str, Any] = {
        "title": "Leren op de werkvloer",
        "title_html": "Leren op de werkvloer",
        "slug": "leren-op-de-werkvloer",
        "summary_html": "Een samenvatting in gewone taal, van twee of drie korte zinnen.",
        "place_label": "Voorbeeldstad",
        "phase_label": "Loopt",
        "evidence": Evidence.MEASURED,
        "freshness": "actueel",
        "freshness_sentence": "Bevestigd op 1 maart 2026",
        "get_absolute_url": HERE,
        "open_questions": "Wat kost het?\nWie weet hoe het afliep?",
        "is_public": False,
    }
    return SimpleNamespace(**values | changed)


def cards() -> list[SimpleNamespace]:
    photo = SimpleNamespace(
        card_url=static("parelkaart/icon-512.png"),
        card_srcset=f"{static('parelkaart/icon-512.png')} 512w",
        card_sizes=[SimpleNamespace(width=512, height=512)],
        alt="Het logo, op de plaats van een foto",
    )
    stale = {"freshness": "verouderd", "freshness_sentence": "Niet bevestigd sinds 2018"}
    return [
        practice(card_photo=photo),
        practice(
            reach_label="Geldt voor heel Nederland",
            passage_html="… de zin waarin het gezochte woord staat …",
            found_via="Gevonden via: een ander woord",
            **stale,
        ),
    ]


def finder() -> SimpleNamespace:
    """What the parts of the list read of a PracticeFinder."""
    page = Paginator(range(200), 20).page(5)
    options = [FacetOption(f"keuze-{n}", f"Keuze {n}", 14 - n, n == 1) for n in range(1, 15)]
    return SimpleNamespace(
        page=page,
        page_links=page_links(page, lambda number: f"#pagina-{number}"),
        facets=[
            Facet(FACETS[0], "Thema", tuple(options)),
            Facet(FACETS[1], "Doelgroep", tuple(options[1:4])),
        ],
        pills=[Pill("Thema", "Keuze 1", HERE), Pill("Gemeente", "Voorbeeldstad", HERE)],
        is_filtered=True,
        count_sentence="200 praktijken gevonden",
        total=200,
        text="voorbeelt",
        path=reverse("practice_list"),
        clear_url=HERE,
        list_url=HERE,
        map_url=HERE,
        download_urls=[("CSV", HERE), ("ODS", HERE)],
        sort_options=[SortOption("titel", "Titel", selected=True)],
        like=SimpleNamespace(name="Voorbeeldstad", slug="voorbeeldstad", get_absolute_url=""),
        like_form=SimpleNamespace(
            fields=[], options=[("voorbeeldstad", "Voorbeeldstad", True)], remove_url=HERE
        ),
        remarks=SimpleNamespace(
            spelling=SpellingRemark("voorbeelt", "voorbeeld", HERE),
            place_offers=[PlaceOffer("Voorbeeldstad", HERE)],
            ways_out=[WayOut("zonder ‘Keuze 1’", 12, HERE)],
            nearest_terms=[NearTerm("Voorbeelden", HERE)],
        ),
    )


def claims() -> list[ClaimLine]:
    source = SimpleNamespace(title="Een rapport", url="", dead_since=None)
    claim: Any = SimpleNamespace(
        statement="Mensen kregen een baan",
        period="2025",
        place="bladzijde 12",
        source=source,
        value=Decimal(12),
    )
    return [ClaimLine(claim, "12 van de 40 mensen", Proof.COUNT.label, ClaimKind.OUTCOME.label)]


def chain() -> Chain:
    places = (Place.ELSEWHERE, Place.FROM, Place.THROUGH, Place.HERE, Place.TO, Place.NEXT)
    steps = [ChainStep(f"Trede {n}", EXPLANATION, p) for n, p in enumerate(places, start=1)]
    return Chain(steps, None, [])


def bars() -> Chart:
    rows = [
        BarRow("Taal", 8, 100, HERE),
        BarRow("Schulden", 5, 62, HERE),
        BarRow("Sport", 0, 0, ""),
    ]
    return Chart("thema", "Thema's", "", "", rows)


def municipality() -> dict[str, Any]:
    years, values = ["2023", "2024", "2025"], [590, 580, 450]
    town: Any = SimpleNamespace(
        name="Voorbeeldstad", note="", get_absolute_url=HERE, province=SimpleNamespace(name="Hier")
    )
    square = "M{0} 10h40v40h-40Z"
    return {
        "municipality": town,
        "today": town,
        "current": True,
        "has_figures": True,
        "map_url": HERE,
        "like_url": HERE,
        "chart": bar_chart("Mensen met bijstand", years, values),
        "figures": FigureTable(years, [("Voorbeeldstad", [*values])], [*values], ["Een bron"]),
        "mirrors": [Likeness(town, 0.75, 2025, 450, 2023, -24, None)],
        "neighbours": SimpleNamespace(municipalities=[town], by_border=True),
        "locator": SimpleNamespace(
            view_box="0 0 150 60",
            others=[square.format(60)],
            here=square.format(10),
            dots=[(125, 30)],
            seat=(30, 30),
        ),
        "dot_map": dot_map([(50.8, 5.7, 0), (51.3, 6.0, 4), (51.0, 5.9, 9)]),
    }


def white_spots() -> WhiteSpots:
    counts = ((2, 0), (0, 3), (0, 0), (1, 2))
    cells = [Cell(f"Thema {n}", "Voorbeeldstad", *c, HERE) for n, c in enumerate(counts, start=1)]
    themes = [Theme(cell.theme, HERE, int(cell.is_white)) for cell in cells]
    return WhiteSpots(False, themes, [Group("Regio", [Row("Voorbeeldstad", HERE, cells)])])


class SampleForm(forms.Form):
    name = forms.CharField(label="Naam")
    agree = forms.BooleanField(label="Ik heb dit gelezen")


def entry() -> dict[str, Any]:
    """What the parts of a practice's page read."""
    shown = practice(results="", adoptions=SimpleNamespace(all=[]), did_not_work="")
    related: Any = shown
    return {
        "practice": shown,
        "claims": claims(),
        "chain": chain(),
        "next_practices": [shown],
        "transfer": Transfer(
            "Overgenomen door 2 gemeenten", ["Overgenomen door 2 gemeenten."], ["wat het kost"]
        ),
        "term_groups": [TermGroup("Thema’s", [TermLink("Scholing", EXPLANATION, HERE)])],
        "relations": [RelatedPractice("opvolger van", related, "Een toelichting.")],
    }
