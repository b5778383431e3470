# ruff: noqa: E501 - the tables are read line by line
"""What a row may do, seen from the rows: without the pages around it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from practices.editorial import history
from practices.editorial.permissions import Action, may, visible
from practices.enums import Evidence, Proof, State, VersionAction
from practices.models import OldSlug, Practice, Version
from practices.spreadsheets.files import FORMATS, read
from practices.spreadsheets.resource import PracticeResource
from practices.spreadsheets.widgets import mark
from tests.factories import (
    BarrierFactory,
    ClaimFactory,
    ContactFactory,
    MunicipalityFactory,
    PracticeFactory,
    RegionFactory,
    ThemeFactory,
)
from tests.practices.editorial.people import eindredacteur, redacteur
from tests.practices.spreadsheets.sheets import NEW, a_file, exported, rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def heerlen():
    return MunicipalityFactory(name="Heerlen", slug="heerlen")


@pytest.fixture
def chief():
    return eindredacteur()


def run(user, data, **options):
    reached = visible(user, Practice.objects.all())
    return PracticeResource(user, reached).run(read(data), _may_change(user), **options)


def _may_change(user):
    return lambda practice: may(user, Action.CHANGE, practice)


def told(user, *rows, **options):
    return [str(complaint) for complaint in run(user, a_file(*rows), **options).complaints]


def done(user, *rows, **options):
    with transaction.atomic():
        outcome = run(user, a_file(*rows), reason="Import.", **options)
    assert [str(complaint) for complaint in outcome.complaints] == []
    return outcome


# --- there and back -------------------------------------------------------------------


def test_whole_catalogue_comes_back_unchanged(chief):
    call_command("load_catalogue", verbosity=0)
    practice = Practice.objects.first()
    Practice.objects.filter(pk=practice.pk).update(
        approach="=1+1\r\n  - één\t\"twee\"; 'drie'\r\n\r\n#N/A",
        goal="'=x",
        lat="50.88000",
        lon="5.98",
    )

    outcomes = {kind: run(chief, exported(kind=kind)) for kind in FORMATS}

    assert {
        kind: (outcome.unchanged, outcome.drafts, outcome.complaints)
        for kind, outcome in outcomes.items()
    } == dict.fromkeys(FORMATS, (63, [], []))
    assert Practice.objects.count() == 63


def test_file_holds_no_contact(chief):
    ContactFactory(practice=PracticeFactory(), organisation="Geheim", mailbox="x@geheim.nl")

    assert b"eheim" not in exported()


def test_export_takes_the_same_queries_for_any_number_of_rows(django_assert_num_queries):
    for more in (1, 2):
        for _ in range(more):
            PracticeFactory(themes=[ThemeFactory()], municipalities=[MunicipalityFactory()])
        # The keys, the entries, seven lists, the municipalities; the words of themes,
        # municipalities and of nobody's owner.
        with django_assert_num_queries(13):
            PracticeResource().sheet(Practice.objects.all())


def test_import_takes_the_same_lookups_for_any_number_of_rows(chief, django_assert_num_queries):
    run(chief, a_file(NEW))  # The rights of the user are kept with the user.
    for more in (1, 2):
        for _ in range(more):
            practice = PracticeFactory(themes=[ThemeFactory()], owner=MunicipalityFactory())
            ClaimFactory(practice=practice)
        rows = rows_of(exported()) + [{**NEW, "adres": f"nieuw-{place}"} for place in range(more)]
        for row in rows:
            row["doel"] = "Anders."
        # The entries, other and old addresses, lists, results, vocabularies: 18. The rest are
        # constraints, each between savepoints, once for the few values that they look at.
        with django_assert_num_queries(48):
            outcome = run(chief, a_file(*rows))
        assert len(outcome.drafts) == len(rows)


# --- making ---------------------------------------------------------------------------


def test_new_row_becomes_a_concept_with_all_its_cells(chief, heerlen):
    ThemeFactory(slug="werk"), ThemeFactory(slug="zorg", name="Zorg en welzijn")
    BarrierFactory(slug="schulden"), RegionFactory(slug="parkstad")
    MunicipalityFactory(slug="kerkrade")

    done(
        chief,
        NEW
        | {
            "gemeenten": "heerlen; kerkrade (deelnemer)",
            "thema's": "werk;Zorg en welzijn",
            "knelpunten": "schulden",
            "regio's": "parkstad",
            "eigenaar": "heerlen",
            "begonnen op": "31-3-2024",
            "kosten": "Laag",
            "breedtegraad": "50,88365",
            "lengtegraad": "5.98154",
            "stand": "concept",
        },
    )

    practice = Practice.objects.get()
    assert (practice.slug, practice.title, practice.state) == ("werkhuis", "Werkhuis", "concept")
    assert sorted(practice.themes.values_list("slug", flat=True)) == ["werk", "zorg"]
    links = practice.municipality_links.values_list("municipality__slug", "role")
    assert sorted(links) == [("heerlen", "uitvoerder"), ("kerkrade", "deelnemer")]
    assert (practice.owner, practice.cost_class) == (heerlen, "laag")
    assert (str(practice.lat), str(practice.started_on)) == ("50.88365", "2024-03-31")
    version = Version.objects.get()
    assert (version.action, version.by, version.reason) == (VersionAction.ADDED, chief, "Import.")


def test_version_of_an_import_is_the_one_that_a_form_would_write(chief, heerlen):
    practice = PracticeFactory(themes=[ThemeFactory()], municipalities=[heerlen])
    ClaimFactory(practice=practice)

    done(chief, {"adres": practice.slug, "doel": "Anders."})

    found, changed = Version.objects.order_by("pk")
    assert (found.action, found.by) == (VersionAction.FOUND, None)
    assert (changed.action, changed.by, changed.reason) == (VersionAction.CHANGED, chief, "Import.")
    assert changed.content == history.snapshot(practice)
    assert changed.content["fields"]["goal"] == "Anders."


@pytest.mark.parametrize("state", [State.PUBLISHED, State.IN_REVIEW, State.ARCHIVED])
def test_new_row_cannot_be_anything_but_a_concept(state, chief):
    assert told(chief, NEW | {"stand": state.value}) == [
        (
            "Rij 2, kolom 'stand': Deze kolom is alleen om te lezen. Laat 'concept' staan of maak de "
            "cel leeg."
        )
    ]


def test_what_is_needed_for_a_new_row_is_asked_for(chief):
    assert told(chief, {"adres": "nieuw", "doel": "x"}) == [
        "Rij 2, kolom 'titel': Dit veld kan niet leeg zijn",
        "Rij 2, kolom 'soort': Dit veld kan niet leeg zijn",
        "Rij 2, kolom 'samenvatting': Dit veld kan niet leeg zijn",
    ]


# --- changing -------------------------------------------------------------------------


def test_missing_column_is_left_alone_and_empty_cell_empties(chief):
    theme = ThemeFactory()
    practice = PracticeFactory(goal="Weg", approach="Blijft", themes=[theme], cost_class="hoog")

    outcome = done(chief, {"adres": practice.slug, "doel": "", "thema's": "", "kosten": ""})

    practice.refresh_from_db()
    assert (practice.goal, practice.approach, practice.cost_class) == ("", "Blijft", "onbekend")
    assert list(practice.themes.all()) == []
    assert [draft.changed for draft in outcome.drafts] == [{"goal", "themes", "cost_class"}]


def test_published_entry_is_found_by_its_new_words_at_once(chief):
    practice = PracticeFactory(title="Oud", state=State.PUBLISHED)
    assert list(Practice.objects.published().matching("klompenwinkel")) == []

    done(chief, {"adres": practice.slug, "doel": "Een klompenwinkel."})

    assert list(Practice.objects.published().matching("klompenwinkel")) == [practice]


def test_new_term_of_a_published_entry_is_searched_too(chief):
    ThemeFactory(slug="klompen", name="Klompenmakerij")
    practice = PracticeFactory(state=State.PUBLISHED)

    done(chief, {"adres": practice.slug, "thema's": "klompen"})

    assert list(Practice.objects.published().matching("klompenmakerij")) == [practice]


def test_role_of_a_municipality_changes(chief, heerlen):
    practice = PracticeFactory(municipalities=[heerlen])

    done(chief, {"adres": practice.slug, "gemeenten": "heerlen (initiatiefnemer)"})

    assert [link.role for link in practice.municipality_links.all()] == ["initiatiefnemer"]


# --- what is wrong ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "complaint"),
    [
        ({"thema's": "werkk"}, "Rij 2, kolom 'thema's': 'werkk' bestaat niet. Bedoel je werk? Kies uit: werk, zorg."),
        ({"thema's": "x; werk; y"}, "Rij 2, kolom 'thema's': 'x' bestaat niet. 'y' bestaat niet. Kies uit: werk, zorg."),
        ({"thema's": "werk; werk"}, "Rij 2, kolom 'thema's': 'werk' staat er twee keer."),
        ({"soort": "metode"}, "Rij 2, kolom 'soort': 'metode' bestaat niet. Bedoel je methode? Kies uit: initiatief, pilot, programma, methode, samenwerking."),
        ({"begonnen op": "31 maart"}, "Rij 2, kolom 'begonnen op': '31 maart' is geen datum. Schrijf jaar-maand-dag, bijvoorbeeld 2024-03-31."),
        ({"breedtegraad": "noord"}, "Rij 2, kolom 'breedtegraad': 'noord' is geen getal. Schrijf bijvoorbeeld 50.88365."),
        ({"breedtegraad": "60", "lengtegraad": "5.9"}, "Rij 2, kolom 'breedtegraad': Dit punt ligt niet in Nederland. Breedte is 50 tot 54, lengte 3 tot 8 graden."),
        ({"breedtegraad": "50.9"}, "Rij 2, kolom 'lengtegraad': Vul breedte én lengte in, of laat beide leeg."),
        ({"begonnen op": "2024-02-01", "gestopt op": "2024-01-01"}, "Rij 2: 'Gestopt op' ligt voor 'begonnen op'."),
        ({"bewijs": "praktijkervaring"}, "Rij 2, kolom 'bewijs': Het bewijsniveau 'Praktijkervaring' is hoger dan het beste bewijs bij deze praktijk toelaat ('Genoemd'). Voeg een resultaat met beter bewijs toe of kies een lager niveau."),
        ({"titel": "t" * 121}, "Rij 2, kolom 'titel': Zorg dat deze waarde niet meer dan 120 tekens bevat (het zijn er nu 121)."),
        ({"controleren na maanden": "7"}, "Rij 2, kolom 'controleren na maanden': '7' bestaat niet. Kies uit: 6, 12, 24."),
        ({"gemeenten": "heerlen (baas)"}, "Rij 2, kolom 'gemeenten': 'baas' bestaat niet. Kies uit: uitvoerder, initiatiefnemer, deelnemer."),
        ({"adres": "Niet goed!"}, "Rij 2, kolom 'adres': 'Niet goed!' kan geen adres zijn. Gebruik alleen kleine letters, cijfers en streepjes, hoogstens 120 tekens."),
        ({"adres": ""}, "Rij 2, kolom 'adres': Vul een adres in, bijvoorbeeld werkhuis. Daaraan herkennen we de praktijk."),
        ({"gewijzigd": "2024-01-01 00:00:00 v000000"}, "Rij 2, kolom 'gewijzigd': Deze praktijk bestaat niet of is verwijderd. Maak de cel leeg om een nieuwe te maken."),
    ],
)  # fmt: skip
def test_complaint_names_row_column_and_what_is_allowed(cells, complaint, chief, heerlen):
    ThemeFactory(slug="werk", position=1), ThemeFactory(slug="zorg", position=2)

    assert told(chief, NEW | cells) == [complaint]


def test_high_level_needs_an_assessment_and_proof(chief):
    practice = PracticeFactory()
    ClaimFactory(practice=practice, proof=Proof.CONTROLLED_STUDY)
    row = {"adres": practice.slug, "bewijs": "effectief"}
    assessed = {"bewijs beoordeeld door": "Movisie", "bewijs beoordeeld op": "2024-01-01"}

    assert told(chief, row) == [
        "Rij 2: Dit bewijsniveau vraagt om een beoordeling van buiten: vul in door wie en wanneer."
    ]
    done(chief, row | assessed)
    assert Practice.objects.get().evidence_level == Evidence.EFFECTIVE


def test_all_complaints_come_at_once_and_nothing_is_saved(chief):
    rows = [NEW, NEW, NEW | {"adres": "a", "soort": "x", "kosten": "y"}, {"adres": "b"}]
    with transaction.atomic():
        outcome = run(chief, a_file(*rows), reason="Import.")

    assert [(complaint.row, complaint.column) for complaint in outcome.complaints] == [
        (3, "adres"),
        (4, "soort"),
        (4, "kosten"),
        (5, "titel"),
        (5, "soort"),
        (5, "samenvatting"),
    ]
    assert Practice.objects.count() == 0


def test_private_number_in_a_published_entry_is_held_back(chief):
    practice = PracticeFactory(state=State.PUBLISHED)
    concept = PracticeFactory(concept=True)
    rows = [{"adres": one.slug, "doel": "Bel 06-12345678."} for one in (practice, concept)]

    (complaint,) = told(chief, *rows)

    assert complaint.startswith("Rij 2: ")
    assert "06-12345678" in complaint


# --- somebody else's --------------------------------------------------------------------


def test_address_of_another_is_refused_without_telling_its_title(heerlen):
    other = PracticeFactory(title="Geheim plan", slug="plan", concept=True)
    OldSlug.objects.create(slug="oud-plan", practice=other)
    own = redacteur(heerlen)

    found = told(own, NEW | {"adres": "plan"}, NEW | {"adres": "oud-plan"}, NEW)

    assert found == [
        (
            "Rij 2, kolom 'adres': Dit adres is al in gebruik bij een praktijk die je niet kunt "
            "wijzigen. Kies een ander adres."
        ),
        "Rij 3, kolom 'adres': Dit is een oud adres van een andere praktijk. Kies een ander adres.",
    ]
    assert other.title == Practice.objects.get(slug="plan").title


def test_old_address_of_an_own_entry_leads_to_the_new_one(heerlen):
    OldSlug.objects.create(slug="oud", practice=PracticeFactory(slug="nieuw", owner=heerlen))

    assert told(redacteur(heerlen), NEW | {"adres": "oud"}) == [
        "Rij 2, kolom 'adres': Deze praktijk heeft nu een ander adres: 'nieuw'. Zet dat hier neer."
    ]


def test_redacteur_makes_entries_of_the_own_municipality_only(heerlen):
    MunicipalityFactory(slug="venlo")
    user = redacteur(heerlen)

    assert told(user, NEW | {"eigenaar": "venlo"}) == [
        (
            "Rij 2, kolom 'eigenaar': Eigenaar kan alleen een gemeente zijn waar je redacteur van "
            "bent. Kies uit: heerlen."
        )
    ]
    done(user, NEW)
    assert Practice.objects.get().owner == heerlen


def test_redacteur_of_two_municipalities_has_to_choose(heerlen):
    venlo = MunicipalityFactory(slug="venlo")

    assert told(redacteur(heerlen, venlo), NEW) == [
        (
            "Rij 2, kolom 'eigenaar': Eigenaar kan alleen een gemeente zijn waar je redacteur van "
            "bent. Kies uit: heerlen, venlo."
        )
    ]


def test_redacteur_gives_no_entry_away_and_judges_no_evidence(heerlen):
    venlo = MunicipalityFactory(slug="venlo")
    own = PracticeFactory(slug="eigen", owner=heerlen)
    ClaimFactory(practice=own, proof=Proof.CONTROLLED_STUDY)
    PracticeFactory(slug="samen", owner=venlo, municipalities=[heerlen])
    judged = PracticeFactory(
        slug="beoordeeld", owner=heerlen, evidence_level=4, assessed_by="Movisie",
        assessed_on="2024-01-01",
    )  # fmt: skip
    ClaimFactory(practice=judged, proof=Proof.CONTROLLED_STUDY)
    user = redacteur(heerlen)

    assert told(
        user,
        {"adres": "eigen", "eigenaar": "venlo", "bewijs": "onderbouwd", "bewijs beoordeeld door": "Ik"},
        {"adres": "samen", "eigenaar": "heerlen", "bewijs": "genoemd", "bewijs beoordeeld door": ""},
        {"adres": "beoordeeld", "eigenaar": "heerlen", "bewijs": "genoemd", "bewijs beoordeeld door": "Movisie"},
    ) == [
        ("Rij 2, kolom 'bewijs': Vanaf 'Onderbouwd' beoordeelt de eindredactie het bewijs. Kies een "
        "lager niveau."),
        ("Rij 2, kolom 'bewijs beoordeeld door': Dit kan alleen de eindredactie invullen. Maak de "
        "cel leeg of haal de kolom weg."),
        ("Rij 2, kolom 'eigenaar': Eigenaar kan alleen een gemeente zijn waar je redacteur van "
        "bent. Kies uit: heerlen."),
        "Rij 2: Dit bewijsniveau vraagt om een beoordeling van buiten: vul in door wie en wanneer.",
        ("Rij 3, kolom 'eigenaar': Dit kan alleen de eindredactie wijzigen. Laat 'venlo' staan of "
        "haal de kolom weg."),
        ("Rij 4, kolom 'bewijs': Dit kan alleen de eindredactie wijzigen. Laat 'onderbouwd' staan "
        "of haal de kolom weg."),
    ]  # fmt: skip


def test_redacteur_changes_the_rest_of_an_own_entry(heerlen):
    own = PracticeFactory(owner=heerlen, state=State.PUBLISHED)
    user = redacteur(heerlen)
    (row,) = rows_of(exported())

    done(user, row | {"doel": "Anders.", "gewijzigd": ""})

    own.refresh_from_db()
    assert (own.goal, own.state, own.owner) == ("Anders.", State.PUBLISHED, heerlen)


# --- somebody was there in between --------------------------------------------------------


def test_row_of_an_entry_that_changed_after_the_file_is_refused(chief):
    practice = PracticeFactory()
    (row,) = rows_of(exported())
    Practice.objects.filter(pk=practice.pk).update(modified=timezone.now() + timedelta(minutes=1))

    (complaint,) = told(chief, row | {"doel": "Anders."})

    assert complaint.startswith("Rij 2: Deze praktijk is op ")
    assert told(chief, row) == []
    assert told(chief, row | {"doel": "Anders.", "gewijzigd": ""}) == []
    assert told(chief, row | {"doel": "Anders.", "gewijzigd": "gisteren"}) == [
        (
            "Rij 2, kolom 'gewijzigd': Verander deze kolom niet: laat staan wat er stond, of maak de "
            "cel leeg."
        )
    ]


def test_row_of_an_entry_that_changed_after_the_preview_is_refused(chief):
    practice = PracticeFactory()
    row = NEW | {"adres": practice.slug}
    seen = run(chief, a_file(row, NEW)).marks

    assert seen == {practice.slug: mark(practice.modified), "werkhuis": ""}
    assert told(chief, row, NEW, seen=seen) == []
    practice.save()
    PracticeFactory(slug="werkhuis")
    assert told(chief, row, NEW, seen=seen) == [
        (
            "Rij 2: Iemand heeft deze praktijk gewijzigd terwijl je de controle bekeek. Importeer het "
            "bestand opnieuw."
        ),
        (
            "Rij 3: Iemand heeft deze praktijk gewijzigd terwijl je de controle bekeek. Importeer het "
            "bestand opnieuw."
        ),
    ]
