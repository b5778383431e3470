"""The real catalogue: is it what the study says, whole and readable?"""

import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.db.models import Count, Sum

from municipalities.models import Municipality, Region, WelfareFigure
from practices.enums import Evidence, ReviewTerm, State
from practices.evidence import too_high_message
from practices.importers import load_catalogue
from practices.models import Claim, LoadedItem, Posting, Practice, Relation, Theme
from practices.search import matching, out_of_step

SUMMARY = yaml.safe_load(
    (Path(__file__).parents[2] / "fixtures/catalogue_summary.yaml").read_text(encoding="utf-8")
)
YEARS = (2014, 2016, 2018)
# What readers see as text; open questions are the place for what is not known.
TEXTS = (
    "summary",
    "background",
    "goal",
    "approach",
    "results",
    "did_not_work",
    "conditions",
    "adaptable_parts",
    "partners",
    "legal_basis",
    "legal_caveat",
    "editorial_note",
    "phase_note",
    "evidence_note",
)
NOT_TOLD = re.compile(
    r"(rapport|onderzoek|tekst)\b[^.]*\b(noemt|vermeldt|zegt|beschrijft|geeft|legt)\b[^.]*\b(niet|geen)\b"
    r"|\b(noemt|vermeldt|zegt|beschrijft|geeft|legt) het rapport\b[^.]*\b(niet|geen)\b"
    r"|\b(niet|geen)\b[^.]*\b(vermeld|genoemd|beschreven|in het rapport)\b"
    r"|staat (er )?niet|is niet bekend|not_in_report|\(niet genoemd\)",
    re.IGNORECASE,
)


def counted(queryset, *path):
    """{value: number of rows}, without what has no value."""
    rows = queryset.exclude(**{f"{path[0]}__isnull": True}).order_by().values_list(path[0])
    return dict(rows.annotate(Count("pk")))


def sums(municipalities):
    figures = WelfareFigure.objects.filter(municipality__in=municipalities)
    return [
        figures.filter(year=year).aggregate(Sum("recipients"))["recipients__sum"] for year in YEARS
    ]


def municipalities_in(slug):
    region = Region.objects.get(slug=slug)
    regions = [region, *region.children.all()]
    if region.kind == "provincie":
        return Municipality.objects.filter(province=region)
    return Municipality.objects.filter(region__in=regions)


def test_catalogue_has_all_items(catalogue):
    assert {result.section: result.added for result in catalogue} == SUMMARY["items"]


def test_catalogue_practices_are_counted_as_in_the_study(catalogue):
    practices = Practice.objects.all()
    levels = counted(practices, "evidence_level")
    found = {
        "states": counted(practices, "state"),
        "evidence": {Evidence(level).label: number for level, number in levels.items()},
        "kinds": counted(practices, "kind"),
        "practices_per_theme": counted(practices, "themes__slug"),
        "practices_per_municipality": counted(practices, "municipalities__slug"),
        "practices_per_region": counted(practices, "regions__slug"),
        "practices_per_scope": counted(practices, "scope"),
        "relations_per_kind": counted(Relation.objects.all(), "kind"),
        "claims_per_kind": counted(Claim.objects.all(), "kind"),
        "links": {
            name: getattr(Practice, name).through.objects.count() for name in SUMMARY["links"]
        },
    }

    assert found == {name: SUMMARY[name] for name in found}


def test_catalogue_concepts_are_the_six_that_are_background(catalogue):
    concepts = Practice.objects.filter(state=State.CONCEPT)

    assert sorted(concepts.values_list("slug", flat=True)) == SUMMARY["concepts"]
    assert not concepts.filter(editorial_note="").exists()
    assert not concepts.filter(published_on__isnull=False).exists()


def test_catalogue_figures_add_up_as_printed(catalogue):
    found = {slug: sums(municipalities_in(slug)) for slug in SUMMARY["figures_per_region"]}
    merged = {
        slug: sums(Municipality.objects.filter(successor__slug=slug))
        for slug in SUMMARY["figures_merged_into"]
    }

    assert found == SUMMARY["figures_per_region"]
    assert merged == SUMMARY["figures_merged_into"]


def test_catalogue_keeps_the_known_gap_with_the_totals_in_the_text(catalogue):
    reported = SUMMARY["reported_totals_2018"]

    gaps = {slug: sums(municipalities_in(slug))[-1] - total for slug, total in reported.items()}

    assert gaps == {
        "noord-limburg": 100,
        "midden-limburg": 10,
        "zuid-limburg": 30,
        "limburg": 230,
    }
    assert "900" in Municipality.objects.get(slug="venray").note


def test_catalogue_municipalities_merged_into_beekdaelen(catalogue):
    merged = Municipality.objects.filter(successor__slug="beekdaelen").order_by("slug")

    assert [(one.slug, one.code, str(one.valid_to)) for one in merged] == [
        ("nuth", "GM0951", "2019-01-01"),
        ("onderbanken", "GM0881", "2019-01-01"),
        ("schinnen", "GM0962", "2019-01-01"),
    ]
    assert str(Municipality.objects.get(slug="beekdaelen").valid_from) == "2019-01-01"
    assert set(
        Practice.objects.filter(municipalities__in=merged).values_list("owner__slug", flat=True)
    ) == {"beekdaelen"}


def test_catalogue_municipalities_are_those_of_the_study(catalogue):
    interviewed = Municipality.objects.filter(interviewed_2018=True)
    mook = Municipality.objects.select_related("region", "province").get(slug="mook-en-middelaar")

    assert interviewed.count() == SUMMARY["interviewed"]
    assert (mook.region.slug, mook.province.slug) == ("rijk-van-nijmegen", "limburg")
    assert not Municipality.objects.filter(lat__isnull=True).exists()


def test_catalogue_relations_resolve_and_are_stored_once(catalogue):
    written = yaml.safe_load((settings.CATALOGUE_DIR / "relations.yaml").read_text("utf-8"))
    slugs = set(Practice.objects.values_list("slug", flat=True))
    pairs = [(*sorted((row["from_practice"], row["to_practice"])), row["kind"]) for row in written]

    assert {slug for first, second, _ in pairs for slug in (first, second)} <= slugs
    assert len(set(pairs)) == len(pairs) == Relation.objects.count()


def test_catalogue_evidence_is_held_by_the_claims(catalogue):
    too_high = {
        practice.slug: message
        for practice in Practice.objects.prefetch_related("claims")
        if (
            message := too_high_message(
                practice.evidence_level, [claim.proof for claim in practice.claims.all()]
            )
        )
    }

    assert too_high == {}


def test_catalogue_practices_say_where_they_come_from_and_that_nobody_confirmed_them(catalogue):
    practices = Practice.objects.all()

    assert set(practices.values_list("references__source__slug", flat=True)) == {
        "rapport-4limburg-2018"
    }
    assert not practices.filter(references__place="").exists()
    assert {day.year for day in practices.values_list("described_on", flat=True)} == {2018}
    assert not practices.filter(confirmed_on__isnull=False).exists()
    assert set(practices.values_list("review_months", flat=True)) == {ReviewTerm.YEAR}


def test_catalogue_warns_where_practices_go_beyond_the_law(catalogue):
    warned = Practice.objects.exclude(legal_caveat="").order_by("slug")

    assert list(warned.values_list("slug", flat=True)) == ["omgekeerde-toets", "sancties-op-maat"]


def test_catalogue_practices_name_a_region_only_where_it_says_something(catalogue):
    local = Practice.objects.filter(scope__in=("gemeente", "wijk"), municipalities__isnull=False)

    with_region = set(local.filter(regions__isnull=False).values_list("slug", flat=True))

    # Also used by municipalities that are not named.
    assert with_region == {"zelfredzaamheidsmatrix"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Hoeveel mensen meededen, vermeldt het rapport niet.",
        "Het rapport noemt geen gemeenten.",
        "Aantallen worden niet genoemd.",
        "Wie het betaalt, staat er niet bij.",
    ],
)
def test_not_told_pattern_finds(sentence):
    assert NOT_TOLD.search(sentence)


def test_catalogue_says_what_is_not_known_only_in_open_questions(catalogue):
    remarks = [
        (practice.slug, name, text)
        for practice in Practice.objects.all()
        for name in TEXTS
        for text in re.split(r"(?<=[.?!])\s+", getattr(practice, name))
        if NOT_TOLD.search(text)
    ]
    questions = Practice.objects.values_list("open_questions", flat=True)

    assert remarks == []
    assert all(line.endswith("?") for text in questions for line in text.splitlines())


def test_catalogue_is_indexed_once_it_is_loaded(catalogue):
    found = matching(Practice.objects.published(), "werkcoöperatie")

    assert not out_of_step().exists()
    assert "werkcooperatie-schinnen" in found.values_list("slug", flat=True)


def test_catalogue_practice_can_be_deleted_with_all_that_hangs_on_it(catalogue):
    practice = Practice.objects.get(slug="kandoen-venlo")
    pk = practice.pk
    assert Posting.objects.filter(practice_id=pk).exists()

    practice.delete()

    assert not Posting.objects.filter(practice_id=pk).exists()


def test_second_run_changes_nothing(catalogue):
    before = [list(model.objects.order_by("pk").values()) for model in (Practice, Claim, Relation)]
    ledger = LoadedItem.objects.count()

    again = load_catalogue(settings.CATALOGUE_DIR)

    after = [list(model.objects.order_by("pk").values()) for model in (Practice, Claim, Relation)]
    assert {result.section: result.left_alone for result in again} == SUMMARY["items"]
    assert after == before
    assert LoadedItem.objects.count() == ledger == sum(SUMMARY["items"].values())


def test_second_run_keeps_what_an_editor_changed_renamed_and_deleted(catalogue):
    changed = Practice.objects.get(slug="kandoen-venlo")
    changed.title = "KanDoen in de wijk"
    changed.save()
    changed.themes.clear()
    changed.claims.all().delete()
    renamed = Practice.objects.get(slug="ww-pilot-weert")
    renamed.slug = "ww-proef-weert"
    renamed.save()
    Practice.objects.get(slug="master-maastricht").delete()
    Theme.objects.get(slug="preventie").delete()
    WelfareFigure.objects.get(municipality__slug="venray", year=2018).delete()

    load_catalogue(settings.CATALOGUE_DIR)

    changed.refresh_from_db()
    assert (changed.title, changed.themes.count(), changed.claims.count()) == (
        "KanDoen in de wijk",
        0,
        0,
    )
    slugs = set(Practice.objects.values_list("slug", flat=True))
    assert "ww-proef-weert" in slugs
    assert slugs.isdisjoint({"ww-pilot-weert", "master-maastricht"})
    assert not Theme.objects.filter(slug="preventie").exists()
    assert not WelfareFigure.objects.filter(municipality__slug="venray", year=2018).exists()
