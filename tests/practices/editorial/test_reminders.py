"""Which entries are in whose mail, and what counts as an answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from practices.editorial import reminders
from practices.editorial.confirming import confirm
from practices.editorial.preferences import set_wants_digests
from practices.editorial.reminders import plan, settle
from practices.editorial.workflow import TRANSITIONS, move
from practices.enums import LinkState, ReminderAnswer
from practices.models import LinkCheck, Reminder
from tests.factories import (
    DigestFactory,
    MunicipalityFactory,
    PracticeFactory,
    ReferenceFactory,
    SourceFactory,
)
from tests.practices.editorial.people import eindredacteur, redacteur
from tests.practices.editorial.upkeep import ago, an_old_entry, reminded, touch

pytestmark = pytest.mark.django_db


@pytest.fixture
def heerlen():
    return MunicipalityFactory(name="Heerlen")


@pytest.fixture
def editor(heerlen):
    return redacteur(heerlen, first_name="An", last_name="Smeets")


def planned():
    """Person -> titles; those for the eindredactie and with a dead link only are marked."""
    return {
        digest.recipient: [item.practice.title for item in digest.own]
        + [f"!{item.practice.title}" for item in digest.escalated]
        + [f"~{item.practice.title}" for item in digest.broken]
        for digest in plan(timezone.now())
    }


# --- which entries ----------------------------------------------------------------------


def test_what_is_stale_or_nearly_so_and_public_is_asked_about(editor, heerlen):
    today = timezone.localdate()
    an_old_entry(title="Oud", owner=heerlen)
    PracticeFactory(title="Bijna", owner=heerlen, confirmed_on=today - timedelta(days=330))
    PracticeFactory(title="Nooit", owner=heerlen)
    PracticeFactory(title="Vers", owner=heerlen, confirmed_on=today - timedelta(days=200))
    for state in ("concept", "in_review", "archived"):
        an_old_entry(title=state, owner=heerlen, **{state: True})

    assert planned() == {editor: ["Nooit", "Oud", "Bijna"]}


def test_each_owner_gets_only_the_own_entries(editor, heerlen):
    venlo = MunicipalityFactory()
    other = redacteur(venlo)
    an_old_entry(title="Van Heerlen", owner=heerlen)
    an_old_entry(title="Van Venlo", owner=venlo)

    assert planned() == {editor: ["Van Heerlen"], other: ["Van Venlo"]}


def test_who_got_a_mail_this_month_gets_none(editor, heerlen):
    an_old_entry(title="Oud", owner=heerlen)

    DigestFactory(recipient=editor, sent_at=ago(29))
    assert planned() == {}
    editor.digests.update(sent_at=ago(30))
    assert planned() == {editor: ["Oud"]}


def test_dead_link_goes_along_with_a_mail_and_asks_for_none(editor, heerlen):
    def with_dead_link(practice):
        url = f"https://example.org/{practice.pk}"
        ReferenceFactory(practice=practice, source=SourceFactory(url=url))
        LinkCheck.objects.create(url=url, state=LinkState.DEAD, first_failed_at=ago(9))
        return url

    today = timezone.localdate()
    with_dead_link(PracticeFactory(title="Vers", owner=heerlen, confirmed_on=today))
    assert planned() == {}

    url = with_dead_link(an_old_entry(title="Oud", owner=heerlen))
    [digest] = plan(timezone.now())
    assert [check.url for check in digest.own[0].dead_links] == [url]
    assert planned() == {editor: ["Oud", "~Vers"]}


# --- what counts as an answer -----------------------------------------------------------


def answers():
    settle()
    return list(Reminder.objects.order_by("pk").values_list("answer", flat=True))


def test_confirming_changing_and_archiving_in_the_admin_are_answers(editor, heerlen):
    entries = [an_old_entry(title=title, owner=heerlen) for title in "abcd"]
    for entry in entries:
        reminded(entry, editor, days=3)
    assert answers() == ["", "", "", ""]

    confirm(entries[0], editor)
    entries[1].goal = "Een nieuw doel"
    entries[1].save()
    move(entries[2].pk, TRANSITIONS["archiveren"], editor, "gepubliceerd")

    assert answers() == [
        ReminderAnswer.CONFIRMED,
        ReminderAnswer.CHANGED,
        ReminderAnswer.ARCHIVED,
        "",
    ]
    moments = Reminder.objects.exclude(answer="").values_list("answered_at", flat=True)
    assert all(timezone.now() - moment < timedelta(minutes=1) for moment in moments)


def test_what_happened_before_the_mail_is_no_answer(editor, heerlen):
    entry = an_old_entry(owner=heerlen)
    touch(entry, ago(4))
    reminded(entry, editor, days=3)

    assert answers() == [""]


def test_answer_to_one_is_the_answer_to_all_who_were_asked(editor, heerlen):
    entry = an_old_entry(owner=heerlen)
    reminded(entry, editor, days=40)
    reminded(entry, redacteur(heerlen), days=3)
    confirm(entry, editor)

    assert answers() == [ReminderAnswer.CONFIRMED] * 2


# --- after two without an answer --------------------------------------------------------


@pytest.fixture
def chief():
    return eindredacteur()


def test_eindredactie_is_asked_when_two_were_not_answered_in_time(editor, heerlen, chief):
    entry = an_old_entry(title="Oud", owner=heerlen)
    reminded(entry, editor, days=61)
    assert planned() == {editor: ["Oud"]}

    second = reminded(entry, editor, days=29)
    assert planned() == {}
    second.digest.sent_at = ago(30)
    second.digest.save()

    assert planned() == {editor: ["Oud"], chief: ["!Oud"]}
    asked = plan(timezone.now())[1].escalated[0].asked
    assert [(one.name, len(one.days)) for one in asked] == [("An Smeets", 2)]


def test_two_people_who_were_asked_once_are_not_two_reminders(editor, heerlen, chief):
    entry = an_old_entry(owner=heerlen, title="Oud")
    other = redacteur(heerlen)
    for user in (editor, other):
        reminded(entry, user, days=31)

    assert planned() == {editor: ["Oud"], other: ["Oud"]}


def test_an_answer_starts_the_count_anew(editor, heerlen, chief):
    entry = an_old_entry(owner=heerlen, title="Oud")
    reminded(entry, editor, days=70)
    touch(entry, ago(65))
    reminded(entry, editor, days=35)

    assert planned() == {editor: ["Oud"]}


def test_eindredacteur_who_is_also_the_owner_sees_it_once(heerlen):
    both = eindredacteur()
    both.memberships.create(municipality=heerlen)
    entry = an_old_entry(owner=heerlen, title="Oud")
    for days in (70, 35):
        reminded(entry, both, days=days)

    assert planned() == {both: ["Oud"]}


def test_what_the_eindredactie_let_pass_does_not_count_for_a_new_owner(heerlen, chief):
    entry = an_old_entry(owner=heerlen, title="Oud")
    for days in (70, 35):
        reminded(entry, chief, days=days)
    assert planned() == {chief: ["Oud"]}

    editor = redacteur(heerlen)
    assert planned() == {editor: ["Oud"]}


def test_owner_who_is_gone_is_told_without_a_name(heerlen, chief):
    entry = an_old_entry(owner=heerlen, title="Oud")
    gone = redacteur(heerlen)
    for days in (70, 35):
        reminded(entry, gone, days=days)
    redacteur(heerlen)
    gone.delete()

    by_person = {digest.recipient: digest for digest in plan(timezone.now())}
    assert by_person[chief].escalated[0].asked[0].name == "iemand die hier niet meer werkt"


def test_eindredacteur_who_wants_no_mail_gets_none(editor, heerlen, chief):
    entry = an_old_entry(owner=heerlen, title="Oud")
    for days in (70, 35):
        reminded(entry, editor, days=days)
    set_wants_digests(chief, False)

    assert planned() == {editor: ["Oud"]}


# --- cost -------------------------------------------------------------------------------


def test_plan_takes_the_same_queries_for_any_number(django_assert_num_queries):
    for number in (1, 3):
        for _ in range(number):
            place = MunicipalityFactory()
            users = redacteur(place), redacteur(place), eindredacteur()
            for owned in ({"owner": place}, {"municipalities": [place]}):
                entry = an_old_entry(**owned)
                url = f"https://example.org/{entry.pk}"
                ReferenceFactory(practice=entry, source=SourceFactory(url=url))
                LinkCheck.objects.create(url=url, state=LinkState.DEAD)
                for user in users:
                    reminded(entry, user, days=70)
                    reminded(entry, user, days=35)
        # Reminders with their entries (2), dead links (3), owners (4), entries with their
        # municipalities (2), who got a mail.
        with django_assert_num_queries(12):
            digests = plan(timezone.now(), save=False)
    assert len(digests) == 3 * 4


# --- how many at once -------------------------------------------------------------------


def test_each_part_of_a_mail_has_an_end(heerlen, monkeypatch):
    monkeypatch.setattr(reminders, "LONGEST", 1)
    chief, silent = eindredacteur(), redacteur(heerlen)
    for number in range(2):
        an_old_entry(title=f"Van niemand {number}")
        entry = an_old_entry(title=f"Stil {number}", owner=heerlen)
        for days in (80, 50):
            reminded(entry, silent, days=days)
        url = f"https://example.org/{number}"
        fresh = PracticeFactory(title=f"Vers {number}", confirmed_on=timezone.localdate())
        ReferenceFactory(practice=fresh, source=SourceFactory(url=url))
        LinkCheck.objects.create(url=url, state=LinkState.DEAD)

    assert planned()[chief] == ["Van niemand 0", "!Stil 0", "~Vers 0"]
    left_out = {digest.recipient: digest.left_out for digest in plan(timezone.now())}
    assert left_out == {
        chief: {"own": 1, "escalated": 1, "broken": 1},
        silent: {"own": 1, "escalated": 0, "broken": 0},
    }


def test_entry_that_somebody_let_pass_twice_makes_room_for_others(editor, heerlen, monkeypatch):
    monkeypatch.setattr(reminders, "LONGEST", 2)
    once, twice, _ = (an_old_entry(title=title, owner=heerlen) for title in ("A", "B", "C"))
    reminded(once, editor, days=50)
    for days in (80, 50):
        reminded(twice, editor, days=days)

    assert planned() == {editor: ["A", "C"]}
