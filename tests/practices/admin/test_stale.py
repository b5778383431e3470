"""Two editors with the same page open."""

import pytest
from django.test import Client

from municipalities.versioned import GONE
from practices.models import Claim, Practice, Theme
from tests.admin_forms import change_url, errors, opened, save, sent_back, with_row
from tests.factories import (
    ClaimFactory,
    MunicipalityFactory,
    PracticeFactory,
    SourceFactory,
    ThemeFactory,
    UserFactory,
)


@pytest.fixture
def practice(db):
    return PracticeFactory(
        title="Werkcoöperatie",
        goal="Meer mensen aan het werk.\nEn sneller.",
        themes=[ThemeFactory(name="Zorg")],
    )


@pytest.fixture
def jan(db):
    client = Client()
    client.force_login(UserFactory(superuser=True, first_name="Jan", last_name="Smeets"))
    return client


def test_page_saved_as_it_was_opened_is_not_stale(superuser_client, practice):
    url = change_url(practice)

    assert save(superuser_client, url, opened(superuser_client, url)) == []


def test_second_editor_is_told_what_changed_and_keeps_the_text(superuser_client, jan, practice):
    url = change_url(practice)
    mine = opened(superuser_client, url) | {"goal": "Mijn doel"}
    save(jan, url, opened(jan, url) | {"goal": "Het doel van Jan"})

    response = superuser_client.post(url, mine)

    theirs, report, both, again = errors(response)
    assert report.startswith(
        "Iemand anders heeft dit intussen gewijzigd. Er is nog niets opgeslagen. "
        "De laatste wijziging was van Jan Smeets, "
    )
    assert both == "Jullie hebben allebei iets veranderd bij: doel. Kijk daar wat er moet staan."
    assert again == "Klopt alles? Sla dan opnieuw op."
    assert theirs == (
        "Intussen is dit gewijzigd in: “Het doel van Jan”. "
        "Sla je op, dan blijft staan wat jij invulde."
    )
    assert sent_back(response)["goal"] == ["Mijn doel"]
    practice.refresh_from_db()
    assert practice.goal == "Het doel van Jan"


def test_saving_again_after_the_warning_keeps_what_the_second_editor_wrote(
    superuser_client, jan, practice
):
    url = change_url(practice)
    mine = opened(superuser_client, url) | {"goal": "Mijn doel"}
    save(jan, url, opened(jan, url) | {"goal": "Het doel van Jan"})
    warned = superuser_client.post(url, mine)

    assert save(superuser_client, url, sent_back(warned)) == []

    practice.refresh_from_db()
    assert practice.goal == "Mijn doel"


def test_what_the_second_editor_left_alone_is_brought_up_to_date(superuser_client, jan, practice):
    url = change_url(practice)
    work = ThemeFactory(name="Werk")
    mine = opened(superuser_client, url) | {"goal": "Mijn doel"}
    theirs = {"title": "Coöperatie", "themes": [work.pk], "evidence_level": 2, "cost_class": "laag"}
    ClaimFactory(practice=practice, proof=2)
    save(jan, url, opened(jan, url) | theirs)

    warned = superuser_client.post(url, mine)

    assert errors(warned)[1] == (
        "Bijgewerkt, want hier had je zelf niets veranderd: titel, thema's, kosten, bewijsniveau."
    )
    assert save(superuser_client, url, sent_back(warned)) == []
    practice.refresh_from_db()
    assert (practice.title, practice.goal) == ("Coöperatie", "Mijn doel")
    assert (practice.cost_class, practice.evidence_level) == ("laag", 2)
    assert list(practice.themes.all()) == [work]


def test_two_editors_with_the_same_change_do_not_disturb_each_other(
    superuser_client, jan, practice
):
    url = change_url(practice)
    mine = opened(superuser_client, url) | {"goal": "Samen"}
    save(jan, url, opened(jan, url) | {"goal": "Samen"})

    assert save(superuser_client, url, mine) == []


def test_row_that_somebody_else_changed_is_not_overwritten(superuser_client, jan, practice):
    claim = ClaimFactory(practice=practice, statement="Tien mensen")
    url = change_url(practice)
    mine = opened(superuser_client, url) | {"claims-0-statement": "Elf mensen"}
    save(jan, url, opened(jan, url) | {"claims-0-statement": "Twaalf mensen"})

    told = save(superuser_client, url, mine)

    assert any("“Twaalf mensen”" in text for text in told)
    claim.refresh_from_db()
    assert claim.statement == "Twaalf mensen"


def test_row_that_somebody_else_deleted_is_explained(superuser_client, jan, practice):
    ClaimFactory(practice=practice, statement="Tien mensen")
    url = change_url(practice)
    mine = opened(superuser_client, url) | {"claims-0-statement": "Elf mensen"}
    save(jan, url, opened(jan, url) | {"claims-0-DELETE": "on"})

    response = superuser_client.post(url, mine)

    assert errors(response) == [GONE]
    assert sent_back(response)["claims-0-statement"] == ["Elf mensen"]
    assert save(superuser_client, url, mine | {"claims-0-DELETE": "on"}) == []
    assert Claim.objects.count() == 0


def test_row_that_somebody_else_added_survives(superuser_client, jan, practice):
    url = change_url(practice)
    mine = with_row(
        opened(superuser_client, url),
        "municipality_links",
        municipality=MunicipalityFactory(name="Beek").pk,
        role="uitvoerder",
    )
    source = SourceFactory()
    save(
        jan,
        url,
        with_row(
            opened(jan, url),
            "claims",
            statement="Nieuw",
            kind="uitkomst",
            proof=1,
            source=source.pk,
        ),
    )

    assert save(superuser_client, url, mine) == []

    assert practice.claims.get().statement == "Nieuw"
    assert practice.municipalities.get().name == "Beek"


def test_page_without_a_readable_version_counts_as_stale(superuser_client, practice):
    url = change_url(practice)
    old_page = opened(superuser_client, url) | {"goal": "Mijn doel"}

    for version in ("", "{", "[]", "null", '{"goal": 3}'):
        assert save(superuser_client, url, old_page | {"version": version}) != []

    assert Practice.objects.get().goal == "Meer mensen aan het werk.\nEn sneller."


def test_vocabularies_are_guarded_too(superuser_client, jan, db):
    theme = ThemeFactory(name="Zorg", definition="Oud")
    url = change_url(theme)
    mine = opened(superuser_client, url) | {"definition": "Van mij"}
    save(jan, url, opened(jan, url) | {"definition": "Van Jan"})

    assert save(superuser_client, url, mine) != []

    assert Theme.objects.get().definition == "Van Jan"


def test_line_endings_of_the_browser_are_no_change(superuser_client, jan, practice):
    """The goal has a newline; browsers send it as two characters."""
    url = change_url(practice)
    mine = opened(superuser_client, url)
    save(jan, url, opened(jan, url) | {"title": "Coöperatie"})

    told = save(superuser_client, url, mine)

    assert told[1] == "Bijgewerkt, want hier had je zelf niets veranderd: titel."
