"""The loader on a catalogue of one practice."""

import io
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from municipalities.models import Municipality, Region, WelfareFigure
from practices.enums import Evidence, Proof
from practices.importers import CatalogueError, load_catalogue
from practices.models import LoadedItem, Practice, Relation, Theme

pytestmark = pytest.mark.django_db

OTHER_PRACTICE = "title: Werkhuis\nkind: initiatief\nsummary: Passend werk.\n"


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def problems_of(directory):
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(directory)
    return [str(problem) for problem in caught.value.problems]


def test_load_fills_all_kinds_of_fields(small_catalogue):
    load_catalogue(small_catalogue)

    practice = Practice.objects.get()
    claim = practice.claims.get()
    assert practice.slug == "kandoen"
    assert practice.evidence_level == Evidence.EXPERIENCE
    assert practice.owner.slug == "venlo"
    assert [link.role for link in practice.municipality_links.all()] == ["uitvoerder"]
    assert [theme.synonym_list for theme in practice.themes.all()] == [["baan", "arbeid"]]
    assert (claim.proof, claim.source.slug) == (Proof.EXPERIENCE, "rapport")
    assert WelfareFigure.objects.get().municipality.slug == "venlo"


def test_load_keeps_the_decimals_of_coordinates_as_written(small_catalogue):
    replace(
        small_catalogue / "municipalities.yaml",
        "  region:",
        "  lat: 50.94083\n  lon: 6.16806\n  region:",
    )

    load_catalogue(small_catalogue)

    assert Municipality.objects.get().lat == Decimal("50.94083")


def test_load_reports_each_section_in_order(small_catalogue):
    seen = []

    results = load_catalogue(small_catalogue, seen.append)

    assert seen == results
    assert [(result.label, result.added) for result in results if result.total] == [
        ("Regio's", 1),
        ("Gemeenten", 1),
        ("Bijstandscijfers", 1),
        ("Thema's", 1),
        ("Bronnen", 1),
        ("Praktijken", 1),
    ]


def test_later_run_adds_only_what_is_new(small_catalogue):
    load_catalogue(small_catalogue)
    Practice.objects.update(title="Door de redactie")
    (small_catalogue / "practices/werkhuis.yaml").write_text(OTHER_PRACTICE + "themes: [werk]\n")
    (small_catalogue / "relations.yaml").write_text(
        "- {from_practice: werkhuis, kind: verwant-aan, to_practice: kandoen}"
    )

    results = load_catalogue(small_catalogue)

    assert {result.section: result.added for result in results if result.added} == {
        "practices": 1,
        "relations": 1,
    }
    assert sorted(Practice.objects.values_list("title", "themes__slug")) == [
        ("Door de redactie", "werk"),
        ("Werkhuis", "werk"),
    ]


def test_later_run_links_to_a_practice_that_was_renamed(small_catalogue):
    load_catalogue(small_catalogue)
    practice = Practice.objects.get()
    practice.slug = "kan-doen"
    practice.save()
    (small_catalogue / "practices/werkhuis.yaml").write_text(OTHER_PRACTICE)
    (small_catalogue / "relations.yaml").write_text(
        "- {from_practice: werkhuis, kind: verwant-aan, to_practice: kandoen}"
    )

    load_catalogue(small_catalogue)

    assert Relation.objects.get().to_practice == practice


def test_later_run_leaves_out_what_refers_to_something_deleted(small_catalogue):
    load_catalogue(small_catalogue)
    Practice.objects.get().delete()
    Theme.objects.get().delete()
    (small_catalogue / "practices/werkhuis.yaml").write_text(OTHER_PRACTICE + "themes: [werk]\n")
    (small_catalogue / "relations.yaml").write_text(
        "- {from_practice: werkhuis, kind: verwant-aan, to_practice: kandoen}"
    )

    results = load_catalogue(small_catalogue)

    assert [result.left_out for result in results if result.section == "relations"] == [1]
    assert Practice.objects.get().themes.count() == 0


def test_load_does_not_touch_what_an_editor_made_first(small_catalogue):
    Region.objects.create(slug="limburg", name="Provincie Limburg", kind="provincie")

    results = load_catalogue(small_catalogue)

    assert Region.objects.get().name == "Provincie Limburg"
    assert [result.left_alone for result in results if result.section == "regions"] == [1]


def test_load_does_not_repeat_a_relation_that_an_editor_made_the_other_way(small_catalogue):
    (small_catalogue / "practices/werkhuis.yaml").write_text(OTHER_PRACTICE)
    load_catalogue(small_catalogue)
    kandoen, werkhuis = Practice.objects.order_by("slug")
    Relation.objects.create(from_practice=kandoen, kind="verwant-aan", to_practice=werkhuis)
    (small_catalogue / "relations.yaml").write_text(
        "- {from_practice: werkhuis, kind: verwant-aan, to_practice: kandoen}"
    )

    load_catalogue(small_catalogue)

    assert Relation.objects.get().from_practice == kandoen


def test_broken_catalogue_names_every_error_and_changes_nothing(small_catalogue):
    replace(small_catalogue / "municipalities.yaml", "GM0983", "0983")
    practice = small_catalogue / "practices/kandoen.yaml"
    replace(practice, "kind: initiatief", "kind: project")
    replace(practice, "themes: [werk]", "themes: [wrek]")
    replace(practice, "owner:", "eigenaar:")
    replace(practice, "    source: rapport\n", "    bron: rapport\n")
    (small_catalogue / "sources.yaml").write_text("- {title: Rapport}\n- {slug: rapport, title: R}")

    assert problems_of(small_catalogue) == [
        "sources.yaml, item 1, veld 'slug': dit veld ontbreekt",
        "municipalities.yaml, venlo, veld 'code': Een CBS-code is GM met vier cijfers.",
        (
            "practices/kandoen.yaml, kandoen, veld 'kind': 'project' bestaat niet; kies uit: "
            "initiatief, pilot, programma, methode, samenwerking"
        ),
        "practices/kandoen.yaml, kandoen, veld 'eigenaar': dit veld bestaat niet",
        "practices/kandoen.yaml, kandoen, veld 'themes': 'wrek' is onbekend; bedoelt u werk?",
        "practices/kandoen.yaml, kandoen, veld 'claims.bron': dit veld bestaat niet",
    ]
    assert not Region.objects.exists()
    assert not LoadedItem.objects.exists()


def test_evidence_above_what_the_claims_hold_is_an_error(small_catalogue):
    replace(
        small_catalogue / "practices/kandoen.yaml",
        "evidence_level: Praktijkervaring",
        "evidence_level: Gemeten resultaat",
    )

    (problem,) = problems_of(small_catalogue)

    assert problem.startswith(
        "practices/kandoen.yaml, kandoen, veld 'evidence_level': Het bewijsniveau "
        "'Gemeten resultaat' is hoger"
    )


def test_summary_that_is_too_long_is_an_error(small_catalogue):
    replace(small_catalogue / "practices/kandoen.yaml", "Klussen in de wijk.", "x" * 281)

    (problem,) = problems_of(small_catalogue)

    assert problem.startswith("practices/kandoen.yaml, kandoen, veld 'summary': ")


@pytest.mark.parametrize(
    ("file", "text", "problem"),
    [
        ("sources.yaml", "- {slug: a, slug: b}", "geen geldige YAML (dubbel veld: slug, regel 1)"),
        ("sources.yaml", "slug: a", "hier hoort een lijst te staan"),
        ("sources.yaml", b"\xff", "dit bestand is geen UTF-8"),
        ("practices/kandoen.yaml", "- a", "hier hoort een rij velden te staan"),
    ],
)
def test_unreadable_file_is_the_only_error(small_catalogue, file, text, problem):
    content = text if isinstance(text, bytes) else text.encode()
    (small_catalogue / file).write_bytes(content)

    assert problems_of(small_catalogue) == [f"{file}: {problem}"]


def test_missing_file_is_an_error(small_catalogue):
    (small_catalogue / "regions.yaml").unlink()

    assert problems_of(small_catalogue) == ["regions.yaml: dit bestand ontbreekt"]


def test_item_that_is_there_twice_is_an_error(small_catalogue):
    text = "- {slug: werk, name: Werk}\n- {slug: werk, name: Arbeid}"
    (small_catalogue / "vocabularies/themes.yaml").write_text(text)

    assert problems_of(small_catalogue) == [
        "vocabularies/themes.yaml, werk: dit staat er twee keer"
    ]


def test_key_that_does_not_fit_the_ledger_is_an_error(small_catalogue):
    slug = "a" * 251
    (small_catalogue / "sources.yaml").write_text(
        f"- {{slug: rapport, title: Rapport}}\n- {{slug: {slug}, title: Lang}}"
    )

    assert problems_of(small_catalogue) == [
        f"sources.yaml, {slug}: dit is te lang om te onthouden (hoogstens 250)"
    ]


def test_reference_to_a_later_item_is_an_error(small_catalogue):
    (small_catalogue / "regions.yaml").write_text(
        "- {slug: noord, name: Noord, kind: subregio, parent: limburg}\n"
        "- {slug: limburg, name: Limburg, kind: provincie}"
    )

    assert problems_of(small_catalogue) == [
        "regions.yaml, noord, veld 'parent': 'limburg' staat pas verderop in de bestanden"
    ]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("themes: [werk]", "themes: werk", "veld 'themes': hier hoort een lijst"),
        ("title: KanDoen", "title: [a, b]", "veld 'title': hier hoort één waarde"),
        (
            "municipalities: {venlo: uitvoerder}",
            "municipalities: [venlo]",
            "veld 'municipalities': hier horen velden te staan",
        ),
        (
            "municipalities: {venlo: uitvoerder}",
            "municipalities: {venlo: baas}",
            (
                "veld 'municipalities.role': 'baas' bestaat niet; kies uit: "
                "uitvoerder, initiatiefnemer, deelnemer"
            ),
        ),
    ],
)
def test_value_of_the_wrong_kind_is_an_error(small_catalogue, old, new, problem):
    replace(small_catalogue / "practices/kandoen.yaml", old, new)

    assert problems_of(small_catalogue) == [f"practices/kandoen.yaml, kandoen, {problem}"]


def test_date_that_is_no_date_is_an_error(small_catalogue):
    replace(
        small_catalogue / "municipalities.yaml", "year: 2014", "year: 2014, reference_date: januari"
    )

    (problem,) = problems_of(small_catalogue)

    assert problem.startswith("municipalities.yaml, venlo 2014 Bijlage, veld 'reference_date': ")


def test_command_shows_progress_and_what_stayed(small_catalogue):
    load_catalogue(small_catalogue)
    (small_catalogue / "practices/werkhuis.yaml").write_text(OTHER_PRACTICE)
    out = io.StringIO()

    call_command("load_catalogue", small_catalogue, stdout=out, no_color=True)

    lines = out.getvalue().splitlines()
    assert "Gemeenten: 1 (0 nieuw, 1 bleven zoals ze waren)" in lines
    assert "Praktijken: 2 (1 nieuw, 1 bleven zoals ze waren)" in lines
    assert lines[-1] == "Klaar: 1 nieuw geladen."


def test_command_lists_the_errors(small_catalogue):
    replace(small_catalogue / "municipalities.yaml", "GM0983", "0983")

    with pytest.raises(CommandError) as caught:
        call_command("load_catalogue", small_catalogue, stdout=io.StringIO())

    assert str(caught.value) == (
        "Er is niets geladen. Wat er mis is (1):\n"
        "- municipalities.yaml, venlo, veld 'code': Een CBS-code is GM met vier cijfers."
    )


def test_command_refuses_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="deze map bestaat niet"):
        call_command("load_catalogue", tmp_path / "weg", stdout=io.StringIO())


@pytest.mark.parametrize(
    "value",
    ["2019-99-99", "[" * 2000 + "]" * 2000, "9" * 5000, '"\\0"', '"\\ud800"', "&a [*a]", "1e400"],
)
@pytest.mark.parametrize("field", ["title", "summary", "owner", "themes", "claims", "described_on"])
def test_value_that_no_field_takes_is_a_problem_of_its_file(small_catalogue, field, value):
    path = small_catalogue / "practices" / "kandoen.yaml"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != " "]
    kept = [line for line in lines if not line.startswith((field, "claims", "references"))]
    path.write_text("\n".join([*kept, f"{field}: {value}"]), encoding="utf-8")

    assert {
        problem.partition(",")[0].partition(":")[0] for problem in problems_of(small_catalogue)
    } == {"practices/kandoen.yaml"}
    assert not Practice.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "- woorden: ['']",
        "- woorden: [2019-99-99]",
        "- woorden: ['werk', \"\\0\"]",
        '- woorden: [werk]\n  toelichting: "\\ud800"',
        f"- woorden: [werk]\n  onderwerp: {'x' * 500}",
        "[" * 2000 + "]" * 2000,
    ],
)
def test_words_that_no_group_takes_are_a_problem_of_their_file(small_catalogue, text):
    path = small_catalogue / "thesaurus" / "geld.yaml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError, match=r"thesaurus/geld\.yaml"):
        call_command("load_catalogue", str(small_catalogue))

    assert not Practice.objects.exists()


def test_folder_where_a_file_is_expected_is_a_problem(small_catalogue):
    (small_catalogue / "practices" / "map.yaml").mkdir()

    assert problems_of(small_catalogue) == [
        "practices/map.yaml: dit bestand is niet te lezen (Is a directory)"
    ]
