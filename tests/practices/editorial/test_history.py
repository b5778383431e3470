"""Who changed what, and the way back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practices.editorial.snapshots import snapshot
from practices.enums import VersionAction
from practices.models import Claim, Practice, Relation, Theme, Version
from tests.admin_forms import add_url, change_url, list_url, opened, save, with_row
from tests.factories import (
    ClaimFactory,
    MunicipalityFactory,
    PracticeFactory,
    RelationFactory,
    SourceFactory,
    ThemeFactory,
)
from tests.practices.editorial.entries import a_ready_entry
from tests.practices.editorial.people import beheerder, eindredacteur, redacteur, signed_in
from tests.practices.editorial.test_workflow import press, told


@pytest.fixture
def heerlen(db):
    return MunicipalityFactory(name="Heerlen")


@pytest.fixture
def user(heerlen):
    return redacteur(heerlen, first_name="An", last_name="Smeets")


@pytest.fixture
def editor(user):
    return signed_in(user)


@pytest.fixture
def practice(heerlen):
    return a_ready_entry(owner=heerlen, title="Werkhuis", goal="Meer mensen aan het werk.")


def history_url(instance):
    return change_url(instance).replace("/change/", "/history/")


def restore_url(instance, version):
    return change_url(instance).replace("/change/", f"/versie/{version.pk}/")


def change(client, instance, **changes):
    url = change_url(instance)
    assert save(client, url, opened(client, url) | changes) == []


def versions():
    return list(Version.objects.order_by("pk").values_list("action", "by_name"))


def shown(client, instance):
    """The timeline: headings, and each difference as its label with what went and came."""
    events = client.get(history_url(instance)).context["events"]
    return [
        [
            (group.heading, difference.label, [(p.kind, p.text) for p in difference.pieces])
            for group in event.groups
            for difference in group.differences
        ]
        for event in events
    ]


def test_first_change_keeps_what_was_there_and_what_came(editor, practice):
    change(editor, practice, goal="Meer jongeren aan het werk.")

    assert versions() == [("aangetroffen", ""), ("gewijzigd", "An Smeets")]
    assert shown(editor, practice) == [
        [
            (
                "",
                "Doel",
                [
                    ("same", "Meer "),
                    ("gone", "mensen"),
                    ("new", "jongeren"),
                    ("same", " aan het werk."),
                ],
            )
        ],
        [],
    ]
    text = editor.get(history_url(practice)).content.decode()
    assert "Meer <del>mensen</del><ins>jongeren</ins> aan het werk." in text
    assert "Gewijzigd door An Smeets, " in text


def test_rows_and_lists_are_part_of_the_same_version(editor, practice):
    work = ThemeFactory(name="Werk")
    old = practice.themes.get().name
    url = change_url(practice)
    data = with_row(
        opened(editor, url) | {"themes": [work.pk]},
        "claims",
        kind="uitkomst",
        statement="Tien mensen",
        proof=1,
        source=SourceFactory(title="Krant").pk,
    )
    assert save(editor, url, data) == []

    latest = shown(editor, practice)[0]
    assert latest[0] == ("", "Thema's", [("gone", old), ("new", "Werk")])
    assert ("Resultaat toegevoegd", "Bewering", [("new", "Tien mensen")]) in latest
    assert ("Resultaat toegevoegd", "Bron", [("gone", "(leeg)"), ("new", "Krant")]) in latest
    change(editor, practice, **{"claims-0-DELETE": "on"})
    assert ("Resultaat verwijderd", "Bewering", [("gone", "Tien mensen")]) in shown(
        editor, practice
    )[0]


def test_version_reads_no_boundary_and_no_text_of_what_it_names(practice):
    RelationFactory(from_practice=practice)
    practice.municipalities.add(MunicipalityFactory())

    with CaptureQueriesContext(connection) as asked:
        content = snapshot(practice)

    statements = [query["sql"] for query in asked]
    parts = content["parts"]
    assert (len(parts["relations_out"]), len(parts["municipality_links"])) == (1, 2)
    assert any("municipalities_municipality" in sql for sql in statements)
    assert [sql for sql in statements if "boundary" in sql] == []
    assert sum('"approach"' in sql for sql in statements) == 1


def test_relation_is_in_the_timeline(editor, practice):
    other = PracticeFactory(title="Leertuin")
    url = change_url(practice)
    data = opened(editor, url)
    save(editor, url, with_row(data, "relations_out", kind="verwant-aan", to_practice=other.pk))

    assert ("Verband toegevoegd", "Andere praktijk", [("gone", "(leeg)"), ("new", "Leertuin")]) in (
        shown(editor, practice)[0]
    )


def test_saving_without_a_change_is_no_version(editor, practice):
    change(editor, practice)
    change(editor, practice)

    assert versions() == [("aangetroffen", "")]


def test_new_entry_has_a_first_version(editor):
    url = add_url(Practice)
    data = {"title": "Nieuw", "slug": "nieuw", "kind": "pilot", "summary": "Kort."}
    save(editor, url, opened(editor, url) | data)

    assert versions() == [("gemaakt", "An Smeets")]


def test_change_past_the_admin_is_not_put_down_to_the_next_editor(editor, practice):
    change(editor, practice, goal="Van An")
    Practice.objects.update(goal="Van een opdracht")
    change(editor, practice, title="Werkplaats")

    assert versions()[2:] == [("aangetroffen", ""), ("gewijzigd", "An Smeets")]
    assert [difference[1] for difference in shown(editor, practice)[0]] == ["Titel"]


def test_steps_and_confirming_are_in_the_timeline_with_their_reason(editor, heerlen):
    concept = a_ready_entry(owner=heerlen, concept=True)
    press(editor, concept, "indienen")
    chief = signed_in(eindredacteur())
    back = change_url(concept).replace("/change/", "/stap/terugsturen/")
    chief.post(back, {"_seen_state": "ter-beoordeling", "reason": "Te kort."})
    data = {"action": "confirm_content", "_selected_action": [concept.pk]}
    editor.post(list_url(Practice), data)

    assert [action for action, _ in versions()] == ["aangetroffen", "stand", "stand", "bevestigd"]
    events = shown(editor, concept)
    assert events[1] == [("", "Stand", [("gone", "Ter beoordeling"), ("new", "Concept")])]
    assert "Te kort." in editor.get(history_url(concept)).content.decode()


def test_history_of_a_deleted_user_keeps_the_name(editor, user, practice):
    change(editor, practice, goal="Anders")
    user.delete()

    text = signed_in(eindredacteur()).get(history_url(practice)).content.decode()

    assert "Gewijzigd door An Smeets, " in text
    assert Version.objects.last().by is None


def test_renamed_term_is_a_change_of_the_term_and_not_of_its_entries(editor, practice):
    change(editor, practice, goal="Anders")
    theme = practice.themes.get()
    change(signed_in(beheerder()), theme, name="Een nieuwe naam")
    change(editor, practice, title="Werkplaats")

    assert [version.kind for version in Version.objects.filter(action=VersionAction.FOUND)] == [
        "practices.theme",
        "practices.practice",
    ]
    assert shown(editor, theme)[0][0][1] == "Naam"


def test_deleted_entry_leaves_its_last_version(editor, heerlen):
    concept = a_ready_entry(owner=heerlen, concept=True, title="Weg ermee")
    ClaimFactory(practice=concept, statement="Tien mensen")
    key = concept.pk

    editor.post(change_url(concept).replace("/change/", "/delete/"), {"post": "yes"})

    last = Version.objects.get(action=VersionAction.DELETED)
    assert (last.key, last.title, last.by_name) == (key, "Weg ermee", "An Smeets")
    assert last.content["parts"]["claims"][0]["statement"] == "Tien mensen"


@pytest.mark.parametrize("number", [1, 3])
def test_history_takes_the_same_queries_for_any_number_of_versions(
    number, editor, practice, django_assert_num_queries
):
    for turn in range(number):
        change(editor, practice, goal=f"Doel {turn}")
    editor.get(history_url(practice))

    # Session, user; permissions of the user and groups, memberships, mergers; the entry, and
    # twice its places; number of versions, the versions, those before, the newest.
    with django_assert_num_queries(13):
        editor.get(history_url(practice))


# --- the way back -------------------------------------------------------------------


def test_restoring_brings_back_texts_lists_and_rows(editor, practice):
    claim = ClaimFactory(practice=practice, statement="Tien mensen")
    relation = RelationFactory(from_practice=practice, note="Zo was het")
    theme = practice.themes.get()
    change(
        editor,
        practice,
        goal="Weg",
        themes=[ThemeFactory().pk],
        **{"claims-0-DELETE": "on", "relations_out-0-note": "Nu zo"},
    )
    first = Version.objects.earliest("pk")

    page = editor.get(restore_url(practice, first)).content.decode()
    assert "Tien mensen" in page
    assert Practice.objects.get(pk=practice.pk).goal == "Weg"
    assert told(editor.post(restore_url(practice, first)))[-1].startswith("De versie is terug")

    practice.refresh_from_db()
    assert (practice.goal, list(practice.themes.all())) == ("Meer mensen aan het werk.", [theme])
    assert practice.claims.get().statement == claim.statement
    assert Relation.objects.get(pk=relation.pk).note == "Zo was het"
    assert versions()[-1] == ("teruggezet", "An Smeets")
    assert Version.objects.first().content["fields"] == first.content["fields"]


def test_restored_entry_is_found_by_its_old_words(editor, practice, client):
    change(editor, practice, title="Iets anders")
    editor.post(restore_url(practice, Version.objects.earliest("pk")))

    assert client.get("/praktijken/?q=werkhuis").context["finder"].total == 1


def test_restoring_leaves_state_address_and_confirmation(editor, practice):
    change(editor, practice, goal="Anders", confirm_now="on", slug="nieuw-adres")
    editor.post(restore_url(practice, Version.objects.earliest("pk")))

    practice.refresh_from_db()
    assert (practice.slug, practice.state) == ("nieuw-adres", "gepubliceerd")
    assert practice.confirmed_on is not None
    assert practice.goal == "Meer mensen aan het werk."


def test_restoring_is_held_to_the_evidence_rule_and_the_privacy_check(editor, practice):
    change(editor, practice, goal="Anders")
    version = Version.objects.earliest("pk")
    content = version.content
    Version.objects.filter(pk=version.pk).update(
        content=content | {"fields": content["fields"] | {"evidence_level": 3}}
    )
    assert (
        "Het bewijsniveau 'Gemeten resultaat' is hoger"
        in told(signed_in(eindredacteur()).post(restore_url(practice, version)))[-1]
    )
    Version.objects.filter(pk=version.pk).update(
        content=content | {"fields": content["fields"] | {"goal": "Bel 0612345678"}}
    )
    assert "0612345678" in told(editor.post(restore_url(practice, version)))[-1]

    practice.refresh_from_db()
    assert (practice.goal, practice.evidence_level) == ("Anders", 1)
    assert versions() == [("aangetroffen", ""), ("gewijzigd", "An Smeets")]


def test_redacteur_restores_no_judgement_and_no_owner(editor, practice, heerlen):
    change(editor, practice, goal="Anders")
    version = Version.objects.earliest("pk")
    venlo = MunicipalityFactory()
    fields = version.content["fields"] | {
        "owner": {"pk": venlo.pk, "text": "Venlo"},
        "assessed_by": "Ikzelf",
    }
    Version.objects.filter(pk=version.pk).update(content=version.content | {"fields": fields})

    editor.post(restore_url(practice, version))

    practice.refresh_from_db()
    assert (practice.owner, practice.assessed_by) == (heerlen, "")
    assert practice.goal == "Meer mensen aan het werk."


def test_restoring_with_a_source_that_is_gone_is_refused_in_words(editor, practice):
    claim = ClaimFactory(practice=practice, source__title="Oude krant")
    change(editor, practice, **{"claims-0-DELETE": "on"})
    claim.source.delete()

    response = editor.post(restore_url(practice, Version.objects.earliest("pk")))

    assert told(response)[-1] == "Niet teruggezet. bron: 'Oude krant' bestaat niet meer."
    assert Claim.objects.count() == 0


def test_version_of_another_entry_does_not_exist_here(editor, practice, heerlen):
    other = a_ready_entry(owner=heerlen)
    foreign = a_ready_entry()
    change(editor, other, goal="Anders")
    version = Version.objects.latest("pk")

    assert editor.post(restore_url(practice, version)).status_code == 404
    assert editor.post(restore_url(foreign, version)).status_code == 404
    assert signed_in(beheerder()).post(restore_url(other, version)).status_code == 403
    assert editor.get(restore_url(other, version)).status_code == 200


def test_term_is_restored_but_for_its_address(db):
    client = signed_in(beheerder())
    theme = ThemeFactory(name="Zorg", slug="zorg")
    change(client, theme, name="Welzijn")

    client.post(restore_url(theme, Version.objects.earliest("pk")))

    assert Theme.objects.values_list("name", "slug").get() == ("Zorg", "zorg")
