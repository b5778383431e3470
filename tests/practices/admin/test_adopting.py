"""A municipality records how it goes with a practice of another: in the admin, and on the site."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from practices.enums import AdoptionState, State
from practices.models import Adoption, AdoptionStep, PrivacyOverride, Version
from practices.version import current
from tests.admin_forms import change_url, list_url, opened, sent_back
from tests.factories import AdoptionFactory, MunicipalityFactory, PracticeFactory, UserFactory
from tests.practices.editorial.people import beheerder, eindredacteur, redacteur, signed_in
from tests.practices.editorial.test_history import restore_url, shown


@pytest.fixture
def heerlen(db):
    return MunicipalityFactory(name="Heerlen", slug="heerlen")


@pytest.fixture
def venlo(db):
    return MunicipalityFactory(name="Venlo", slug="venlo")


@pytest.fixture
def practice(heerlen):
    return PracticeFactory(title="Werkhuis", slug="werkhuis", owner=heerlen)


@pytest.fixture
def editor(venlo):
    """Of Venlo, about a practice of Heerlen."""
    return signed_in(redacteur(venlo, first_name="Ed", last_name="Vos"))


def entry_url(practice):
    return reverse("admin:practices_adoption_entry", args=[practice.pk])


def record_url(practice, place):
    return reverse("admin:practices_adoption_record", args=[practice.pk, place.pk])


def remove_url(practice, place):
    return reverse("admin:practices_adoption_remove", args=[practice.pk, place.pk])


def tell(client, practice, place, fix=False, **fields):
    """Fills in the page and sends it."""
    url = record_url(practice, place)
    page = opened(client, f"{url}?verbeteren" if fix else url)
    return client.post(url, page | fields)


def complaints(response):
    return [text for texts in response.context["form"].errors.values() for text in texts]


def log():
    return list(AdoptionStep.objects.order_by("pk").values_list("state", "changes", "reason"))


def page(client, path):
    return client.get(path).content.decode()


# --- recording ----------------------------------------------------------------------


def test_steps_make_the_story_on_both_pages(editor, practice, venlo, client):
    tell(editor, practice, venlo, state="gestart", since="2024-03-01", changes="Minder uren.")
    tell(editor, practice, venlo, state="gestopt", since="2025-06-01", reason="Geen geld meer.")

    adoption = Adoption.objects.get()
    assert (adoption.state, str(adoption.since)) == ("gestopt", "2025-06-01")
    assert (adoption.changes, adoption.reason_stopped) == ("Minder uren.", "Geen geld meer.")
    assert log() == [("gestart", "Minder uren.", ""), ("gestopt", "", "Geen geld meer.")]
    story = page(client, "/praktijken/werkhuis/")
    parts = ["Venlo</a>: gestopt, sinds juni 2025", "Minder uren.", "Geen geld meer."]
    assert [part in story for part in parts] == [True] * 3
    assert story.index("Minder uren.") < story.index("Geen geld meer.")
    assert "Vos" not in story
    place = page(client, "/gemeenten/venlo/")
    assert [text in place for text in ("Werkhuis", "Minder uren.", "Geen geld meer.")] == [True] * 3


def test_step_bumps_the_version_of_the_catalogue_and_leaves_the_entry_alone(
    editor, practice, venlo
):
    before, modified = current(), practice.modified
    tell(editor, practice, venlo, state="overweegt")
    first = current()
    tell(editor, practice, venlo, fix=True, reason="De wethouder wil het.")

    practice.refresh_from_db()
    assert practice.modified == modified
    assert len({before, first, current()}) == 3


def test_date_stays_when_a_step_in_the_same_state_gives_none(editor, practice, venlo):
    tell(editor, practice, venlo, state="gestart", since="2024-03-01")
    tell(editor, practice, venlo, state="gestart", changes="Nu ook voor jongeren.")
    assert str(Adoption.objects.get().since) == "2024-03-01"

    tell(editor, practice, venlo, state="aangepast")
    assert Adoption.objects.get().since is None


def test_stopping_needs_a_reason(editor, practice, venlo):
    response = tell(editor, practice, venlo, state="gestopt", changes="Alles.")

    assert complaints(response) == ["Vul in waarom de gemeente is gestopt."]
    assert sent_back(response)["changes"] == ["Alles."]
    assert log() == []
    assert tell(editor, practice, venlo, state="gestopt", reason="Te duur.").status_code == 302


@pytest.mark.parametrize(
    "fields", [{"state": ""}, {"state": "misschien"}, {"state": "gestart", "since": "gisteren"}]
)
def test_what_does_not_fit_is_refused(fields, editor, practice, venlo):
    assert len(complaints(tell(editor, practice, venlo, **fields))) == 1
    assert log() == []


def test_last_step_is_put_right_and_keeps_who_recorded_it(editor, practice, venlo):
    tell(editor, practice, venlo, state="overweegt", changes="Eerst.")
    tell(editor, practice, venlo, state="gestart", changes="Typfuot.")
    chief = signed_in(eindredacteur(first_name="Cor", last_name="Rector"))
    tell(chief, practice, venlo, fix=True, changes="", since="2025-01-01")

    assert log() == [("overweegt", "Eerst.", ""), ("gestart", "", "")]
    assert set(AdoptionStep.objects.values_list("by_name", flat=True)) == {"Ed Vos"}
    adoption = Adoption.objects.get()
    assert (adoption.changes, str(adoption.since)) == ("Eerst.", "2025-01-01")


@pytest.mark.parametrize("fix", [True, False])
def test_adoption_without_a_log_keeps_how_it_stood_as_the_first_step(fix, editor, practice, venlo):
    AdoptionFactory(
        practice=practice, municipality=venlo, state="overweegt", changes="Van vroeger."
    )
    assert "Van vroeger." in page(editor, record_url(practice, venlo))

    tell(editor, practice, venlo, fix=fix, state="gestart", changes="Van nu.")

    first = [] if fix else [("overweegt", "Van vroeger.", "")]
    assert log() == [*first, ("gestart", "Van nu.", "")]


def test_adoption_recorded_by_mistake_is_taken_away_with_its_log(editor, practice, venlo, client):
    tell(editor, practice, venlo, state="overweegt")
    url = remove_url(practice, venlo)
    data = opened(editor, url)
    assert Adoption.objects.count() == 1

    editor.post(url, data)

    assert (Adoption.objects.count(), AdoptionStep.objects.count()) == (0, 0)
    assert "Venlo" not in page(client, "/praktijken/werkhuis/")
    assert editor.get(url).status_code == 404


# --- two editors ---------------------------------------------------------------------


def test_second_editor_sees_what_was_recorded_and_keeps_the_text(editor, practice, venlo):
    url = record_url(practice, venlo)
    mine = opened(editor, url) | {"state": "overweegt", "changes": "Mijn tekst."}
    tell(signed_in(redacteur(venlo)), practice, venlo, state="gestart", changes="Van de ander.")

    response = editor.post(url, mine)

    assert "Iemand anders heeft intussen iets vastgelegd" in complaints(response)[0]
    assert "Van de ander." in response.content.decode()
    assert sent_back(response)["changes"] == ["Mijn tekst."]
    assert log() == [("gestart", "Van de ander.", "")]
    assert editor.post(url, sent_back(response)).status_code == 302
    assert log()[1] == ("overweegt", "Mijn tekst.", "")


def test_step_that_is_no_longer_the_last_is_not_put_right(editor, practice, venlo):
    tell(editor, practice, venlo, state="overweegt", changes="De eerste.")
    url = record_url(practice, venlo)
    mine = opened(editor, f"{url}?verbeteren") | {"changes": "Verbeterd."}
    tell(signed_in(redacteur(venlo)), practice, venlo, state="gestart", changes="Van de ander.")

    response = editor.post(url, mine)
    assert log()[1:] == [("gestart", "Van de ander.", "")]
    editor.post(url, sent_back(response))

    assert [changes for _, changes, _ in log()] == ["De eerste.", "Van de ander.", "Verbeterd."]


def test_nothing_is_taken_away_that_changed_meanwhile(editor, practice, venlo):
    tell(editor, practice, venlo, state="overweegt")
    url = remove_url(practice, venlo)
    data = opened(editor, url)
    tell(signed_in(redacteur(venlo)), practice, venlo, state="gestart")

    editor.post(url, data)

    assert Adoption.objects.get().state == "gestart"


# --- who may ------------------------------------------------------------------------


def test_nobody_records_for_a_municipality_of_another(editor, practice, heerlen):
    """By its key in the address; the own municipality of the entry neither."""
    other = MunicipalityFactory()
    owner = signed_in(redacteur(heerlen))
    for client, place in ((editor, other), (editor, heerlen), (owner, heerlen), (owner, other)):
        for url in (record_url(practice, place), remove_url(practice, place)):
            answers = [client.get(url), client.post(url, {"state": "gestart"})]
            assert [answer.status_code for answer in answers] == [404, 404]
    assert log() == []


def test_roles_without_the_right_and_visitors_record_nothing(practice, venlo):
    url = record_url(practice, venlo)
    people = [beheerder(), UserFactory(staff=True), redacteur(venlo, is_active=True)]

    assert [signed_in(user).get(url).status_code for user in people] == [404, 404, 200]
    assert Client().get(url).headers["Location"].startswith(reverse("admin:login"))


def test_eindredacteur_records_for_any_municipality_but_the_owner(practice, venlo, heerlen):
    chief = signed_in(eindredacteur())

    assert tell(chief, practice, venlo, state="gestart").status_code == 302
    assert chief.get(record_url(practice, heerlen)).status_code == 404
    MunicipalityFactory(name="Roermond")
    names = [place.name for place, _ in chief.get(entry_url(practice)).context["places"]]
    assert names == ["Roermond", "Venlo"]


def test_municipality_does_not_adopt_what_was_of_a_part_of_it(venlo):
    beekdaelen = MunicipalityFactory(name="Beekdaelen")
    nuth = MunicipalityFactory(name="Nuth", successor=beekdaelen, valid_to="2019-01-01")
    schinnen = MunicipalityFactory(name="Schinnen", successor=beekdaelen, valid_to="2019-01-01")
    practice = PracticeFactory(owner=schinnen)
    editor = signed_in(redacteur(nuth))

    assert [
        editor.get(record_url(practice, place)).status_code
        for place in (nuth, schinnen, beekdaelen)
    ] == [404, 404, 404]
    assert editor.get(record_url(PracticeFactory(owner=venlo), beekdaelen)).status_code == 200


def test_merged_municipality_only_goes_on_with_what_it_had(practice):
    beekdaelen = MunicipalityFactory(name="Beekdaelen")
    nuth = MunicipalityFactory(name="Nuth", successor=beekdaelen, valid_to="2019-01-01")
    editor = signed_in(redacteur(beekdaelen))

    assert editor.get(record_url(practice, nuth)).status_code == 404
    AdoptionFactory(practice=practice, municipality=nuth)
    assert editor.get(record_url(practice, nuth)).status_code == 200


def test_entry_asks_for_which_municipality_only_when_there_is_a_choice(editor, practice, venlo):
    both = signed_in(redacteur(venlo, MunicipalityFactory(name="Roermond")))

    assert editor.get(entry_url(practice)).headers["Location"] == record_url(practice, venlo)
    names = [place.name for place, _ in both.get(entry_url(practice)).context["places"]]
    assert names == ["Roermond", "Venlo"]
    chosen = both.get(entry_url(practice), {"gemeente": venlo.pk})
    assert chosen.headers["Location"] == record_url(practice, venlo)


def test_redacteur_of_the_entry_is_told_why_there_is_nothing_to_record(practice, heerlen):
    text = page(signed_in(redacteur(heerlen)), entry_url(practice))

    assert "Voor deze praktijk kun je geen overname vastleggen." in text


@pytest.mark.parametrize("state", [State.CONCEPT, State.IN_REVIEW, State.ARCHIVED])
def test_nothing_of_an_unpublished_entry_is_shown_or_recorded(
    state, editor, practice, venlo, client
):
    tell(editor, practice, venlo, state="gestart", changes="Minder uren.")
    pages = (lambda: page(client, "/gemeenten/venlo/"), lambda: page(editor, list_url(Adoption)))
    assert ["Werkhuis" in text() for text in pages] == [True, True]

    practice.state = state
    practice.save()

    assert ["Werkhuis" in text() for text in pages] == [False, False]
    adoption = Adoption.objects.get()
    urls = [entry_url(practice), record_url(practice, venlo), change_url(adoption)]
    assert [editor.get(url).status_code for url in urls] == [404, 404, 404]
    assert signed_in(eindredacteur()).get(record_url(practice, venlo)).status_code == 404
    assert editor.post(record_url(practice, venlo), {"state": "gestopt"}).status_code == 404


# --- the entry and its owner -----------------------------------------------------------


def test_owner_is_told_and_cannot_rewrite_it(editor, practice, venlo, heerlen):
    tell(editor, practice, venlo, state="gestart", changes="Minder uren.")
    owner = signed_in(redacteur(heerlen))
    url = change_url(practice)

    assert "Venlo: gestart, vastgelegd op" in page(owner, url)
    adoption = Adoption.objects.get()
    row = {
        "adoptions-TOTAL_FORMS": "1",
        "adoptions-INITIAL_FORMS": "1",
        "adoptions-0-id": adoption.pk,
        "adoptions-0-state": "gestopt",
        "adoptions-0-reason_stopped": "Niet van jou.",
        "adoptions-0-DELETE": "on",
    }
    assert owner.post(url, opened(owner, url) | row).status_code == 302
    adoption.refresh_from_db()
    assert (adoption.state, adoption.reason_stopped) == ("gestart", "")


def test_history_of_the_entry_tells_what_was_recorded_by_whom(editor, practice, venlo):
    tell(editor, practice, venlo, state="gestart", since="2024-03-01", changes="Minder uren.")
    tell(editor, practice, venlo, fix=True, reason="Het past bij ons.")

    chief = signed_in(eindredacteur())
    latest = Version.objects.first()
    assert (latest.by_name, latest.reason) == (
        "Ed Vos",
        "Overname door Venlo: de laatste stap is verbeterd.",
    )
    assert shown(chief, practice)[0] == [
        (
            "Overname gewijzigd: Venlo",
            "Verloop",
            [
                ("same", "gestart – 1 maart 2024 – Minder uren."),
                ("new", " – Het past bij ons."),
            ],
        )
    ]


def test_restoring_an_entry_leaves_what_others_recorded(editor, practice, venlo, heerlen):
    owner = signed_in(redacteur(heerlen))
    url = change_url(practice)
    for goal in ("Oud doel.", "Nieuw doel."):
        owner.post(url, opened(owner, url) | {"goal": goal})
    old = Version.objects.get(content__fields__goal="Oud doel.")
    tell(editor, practice, venlo, state="gestart", changes="Minder uren.")
    assert "Minder uren." not in page(owner, restore_url(practice, old))

    owner.post(restore_url(practice, old))

    practice.refresh_from_db()
    assert practice.goal == "Oud doel."
    assert log() == [("gestart", "Minder uren.", "")]


def test_log_stays_readable_when_the_account_of_the_editor_goes(practice, venlo):
    user = redacteur(venlo, first_name="Ed", last_name="Vos")
    tell(signed_in(user), practice, venlo, state="gestart")
    user.delete()

    assert "vastgelegd door Ed Vos" in page(signed_in(eindredacteur()), record_url(practice, venlo))


# --- privacy -----------------------------------------------------------------------------


def test_text_about_a_person_needs_a_reason(editor, practice, venlo):
    fields = {"state": "gestart", "changes": "Bel 06-12345678."}
    response = tell(editor, practice, venlo, **fields)

    assert "06-12345678" in complaints(response)[0]
    assert log() == []
    data = sent_back(response) | {"privacy_reason": "Het nummer van het loket."}
    assert editor.post(record_url(practice, venlo), data).status_code == 302
    override = PrivacyOverride.objects.get()
    assert (override.reason, override.by_name) == ("Het nummer van het loket.", "Ed Vos")


# --- lists and visitors ------------------------------------------------------------------


def test_list_leads_a_redacteur_to_the_log_of_the_own_municipality(editor, practice, venlo):
    other = MunicipalityFactory(name="Roermond")
    adoption = AdoptionFactory(practice=practice, municipality=venlo)
    AdoptionFactory(practice=practice, municipality=other)

    rows = editor.get(list_url(Adoption)).context["cl"].result_list
    assert [row.municipality.name for row in rows] == ["Venlo"]
    assert editor.get(change_url(adoption)).headers["Location"] == record_url(practice, venlo)


@pytest.mark.parametrize("number", [1, 3])
def test_record_page_takes_the_same_queries_for_any_number_of_steps(
    number, editor, practice, venlo, django_assert_num_queries
):
    adoption = AdoptionFactory(practice=practice, municipality=venlo)
    for _ in range(number):
        adoption.steps.create(state=AdoptionState.STARTED, at=timezone.now())
    editor.get(record_url(practice, venlo))

    # Session, user; the practice; the memberships and mergers, twice for the entry (its place,
    # its links, mergers), groups of permissions (two); the place, the adoption, its steps; what
    # `seen` reads (two); the owner.
    with django_assert_num_queries(17):
        editor.get(record_url(practice, venlo))


def test_public_page_invites_without_a_cookie_and_alike_for_everybody(editor, practice, client):
    url = "/praktijken/werkhuis/"
    visitor, signed = client.get(url), editor.get(url)

    assert entry_url(practice) in visitor.content.decode()
    assert visitor.content == signed.content
    assert not visitor.cookies
    assert "Cookie" not in visitor.headers.get("Vary", "")
