"""`manage.py send_reminders`: what is in a mail, and that each goes out once."""

import re
from datetime import timedelta
from io import StringIO
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone

from practices.editorial import digests, reminders
from practices.editorial.digests import age
from practices.editorial.reminders import plan
from practices.enums import LinkState
from practices.models import Digest, LinkCheck, Reminder
from tests.factories import MunicipalityFactory, PracticeFactory, ReferenceFactory, SourceFactory
from tests.practices.editorial.people import eindredacteur, redacteur
from tests.practices.editorial.upkeep import ago, an_old_entry, reminded

pytestmark = pytest.mark.django_db
SITE = "https://parels.example.org"


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = SITE


@pytest.fixture
def heerlen():
    return MunicipalityFactory(name="Heerlen")


@pytest.fixture
def editor(heerlen):
    return redacteur(heerlen, first_name="An", last_name="Smeets", email="an@heerlen.example")


def send(**options):
    out = StringIO()
    call_command("send_reminders", stdout=out, stderr=out, **options)
    return out.getvalue()


def recipients():
    return sorted(address for message in mail.outbox for address in message.to)


# --- what is in it ------------------------------------------------------------------------


def test_mail_names_the_entries_with_three_links_each(editor, heerlen):
    entry = an_old_entry(title="Taal & <werk>", slug="taal", owner=heerlen)

    assert send() == "Verstuurd: 1.\n"

    [message] = mail.outbox
    assert message.subject == "Klopt deze praktijk nog? – Parelkaart Limburg"
    lines = [line.strip() for line in message.body.splitlines()]
    assert lines[0] == "Hallo An Smeets,"
    assert "* Taal & <werk>" in lines
    assert any(
        re.fullmatch(
            r"Beschreven op 1 augustus 2018 \(\d+ jaar geleden\), nog nooit bevestigd\.", line
        )
        for line in lines
    )
    links = dict(line.split(":", 1) for line in lines if re.match(r"\w+: +https", line))
    change = f"{SITE}/beheer/practices/practice/{entry.pk}"
    assert {name: link.strip() for name, link in links.items() if name != "Bevestigen"} == {
        "Bekijken": f"{SITE}/praktijken/taal/",
        "Wijzigen": f"{change}/change/",
        "Archiveren": f"{change}/stap/archiveren/",
    }
    assert re.fullmatch(rf" {SITE}/herinnering/[\w:-]+/", links["Bevestigen"])


def test_mail_in_html_says_the_same_and_escapes(editor, heerlen):
    an_old_entry(title="Taal & <werk>", slug="taal", owner=heerlen)
    send()

    [(html, kind)] = mail.outbox[0].alternatives
    assert kind == "text/html"
    assert "Taal &amp; &lt;werk&gt;" in html
    links = set(re.findall(r'href="([^"]+)"', html))
    assert {link for link in links if link not in mail.outbox[0].body} == set()
    assert len(links) == 5


def test_mail_can_be_unsubscribed_from_by_one_click(editor, heerlen):
    an_old_entry(owner=heerlen)
    send()

    message = mail.outbox[0].message()
    assert re.fullmatch(rf"<{SITE}/herinneringen-uit/[\w:-]+/direct/>", message["List-Unsubscribe"])
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"


def test_mail_to_the_eindredactie_says_who_was_asked_and_when(editor, heerlen):
    chief = eindredacteur(email="chef@example.org")
    entry = an_old_entry(title="Oud", owner=heerlen)
    for days in (80, 50):
        reminded(entry, editor, days=days)
    send()

    [message] = [message for message in mail.outbox if message.to == ["chef@example.org"]]
    assert "VOOR DE EINDREDACTIE" in message.body
    assert re.search(
        r"Gevraagd aan An Smeets, op \d+ \w+ \d{4} en \d+ \w+ \d{4}: geen", message.body
    )
    assert list(chief.digests.get().reminders.values_list("practice", "escalated")) == [
        (entry.pk, True)
    ]
    assert list(editor.digests.first().reminders.values_list("escalated", flat=True)) == [False]


def test_mail_tells_of_links_that_work_no_more(editor, heerlen):
    for title, fields in (("Oud", {}), ("Vers", {"confirmed_on": timezone.localdate()})):
        entry = an_old_entry(title=title, owner=heerlen, **fields)
        url = f"https://example.org/{title}"
        ReferenceFactory(practice=entry, source=SourceFactory(url=url))
        LinkCheck.objects.create(url=url, state=LinkState.DEAD)
    send()

    body = mail.outbox[0].body
    assert "Let op: deze link werkt niet meer: https://example.org/Oud" in body
    assert "LINKS DIE NIET MEER WERKEN" in body
    assert body.index("LINKS DIE") < body.index("https://example.org/Vers")
    assert Reminder.objects.count() == 1


def test_mail_has_twenty_entries_and_says_how_many_are_left(editor, heerlen):
    for number in range(22):
        an_old_entry(title=f"Oud {number:02}", owner=heerlen)
    send()

    [message] = mail.outbox
    [(html, _)] = message.alternatives
    assert message.subject == "Kloppen deze 20 praktijken nog? – Parelkaart Limburg"
    assert re.findall(r"^\* (.+)$", message.body, re.MULTILINE) == [
        f"Oud {n:02}" for n in range(20)
    ]
    worklist = f"{SITE}/beheer/practices/practice/werklijst/"
    assert f"En nog 2. Die staan in de werklijst:\n{worklist}\n" in message.body
    assert html.count("<li>") == 20
    assert f'En nog 2. Die staan in de <a href="{worklist}">werklijst</a>.' in html
    # Nobody was asked about the others.
    assert Reminder.objects.count() == 20


def test_mail_of_twenty_entries_leaves_nothing_out(editor, heerlen):
    for _ in range(20):
        an_old_entry(owner=heerlen)
    send()

    assert Reminder.objects.count() == 20
    assert "En nog" not in mail.outbox[0].body + mail.outbox[0].alternatives[0][0]


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, "Nog nooit bevestigd, en er staat geen datum bij"),
        (
            {"confirmed_on": "2026-04-20"},
            "Bevestigd op 20 april 2026 (minder dan een maand geleden)",
        ),
        ({"confirmed_on": "2026-04-01"}, "Bevestigd op 1 april 2026 (1 maand geleden)"),
        (
            {"described_on": "2025-04-02"},
            "Beschreven op 2 april 2025 (12 maanden geleden), nog nooit bevestigd",
        ),
        (
            {"described_on": "2018-08-01"},
            "Beschreven op 1 augustus 2018 (7 jaar geleden), nog nooit bevestigd",
        ),
    ],
)
def test_age_in_words(fields, text):
    practice = PracticeFactory(**fields)
    practice.refresh_from_db()

    assert age(practice, timezone.datetime(2026, 5, 1).date()) == text


# --- once ---------------------------------------------------------------------------------


def test_second_run_sends_nothing_until_a_month_has_passed(editor, heerlen):
    an_old_entry(owner=heerlen)

    assert [send(), send()] == ["Verstuurd: 1.\n", "Verstuurd: 0.\n"]
    Digest.objects.update(sent_at=ago(30))
    assert send() == "Verstuurd: 1.\n"
    assert recipients() == ["an@heerlen.example"] * 2


def test_two_runs_at_the_same_time_send_one_mail(editor, heerlen):
    an_old_entry(owner=heerlen)
    now = timezone.now()
    planned_by_both = plan(now), plan(now)

    sent = [digests._send_once(planned, now) for [planned] in planned_by_both]

    assert (sent, len(mail.outbox), Digest.objects.count()) == ([True, False], 1, 1)


class RefusingBackend(EmailBackend):
    """A mail server that knows one of the addresses not."""

    def send_messages(self, messages):
        for message in messages:
            if "an@heerlen.example" in message.to:
                raise SMTPRecipientsRefused({"an@heerlen.example": (550, b"onbekend")})
        return super().send_messages(messages)


def test_address_that_fails_stops_no_other_and_is_tried_again(editor, heerlen, settings):
    other = redacteur(heerlen, email="bo@heerlen.example")
    an_old_entry(owner=heerlen)
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
    out = StringIO()

    with pytest.raises(CommandError, match="Niet verstuurd: 1"):
        call_command("send_reminders", stdout=out, stderr=out)

    assert "Verstuurd: 1." in out.getvalue()
    assert "Mislukt voor An Smeets <an@heerlen.example>" in out.getvalue()
    assert list(Digest.objects.values_list("recipient", flat=True)) == [other.pk]
    assert Reminder.objects.count() == 1

    settings.EMAIL_BACKEND = working
    assert send() == "Verstuurd: 1.\n"
    assert recipients() == ["an@heerlen.example", "bo@heerlen.example"]


def test_address_that_cannot_be_written_in_a_mail_is_told(editor, heerlen):
    an_old_entry(owner=heerlen)
    type(editor).objects.filter(pk=editor.pk).update(email="an@x\nBcc: ieder@example.org")

    with pytest.raises(CommandError, match="Niet verstuurd: 1"):
        send()

    assert (mail.outbox, Digest.objects.count()) == ([], 0)


def test_trial_shows_who_would_get_what_and_leaves_no_trace(editor, heerlen):
    an_old_entry(title="Oud", owner=heerlen)
    answered = an_old_entry(title="Ook oud", owner=heerlen)
    reminder = reminded(answered, editor, days=31)
    answered.save()

    told = send(dry_run=True).splitlines()

    assert told[0] == "An Smeets <an@heerlen.example>"
    assert [line.split(":")[0].strip() for line in told[1:]] == ["Ook oud", "Oud", "Proef"]
    reminder.refresh_from_db()
    assert (mail.outbox, Digest.objects.count(), reminder.answer) == ([], 1, "")


def test_trial_tells_what_is_too_much_for_one_mail(editor, heerlen, monkeypatch):
    monkeypatch.setattr(reminders, "LONGEST", 1)
    for title in ("Een", "Twee", "Drie"):
        an_old_entry(title=title, owner=heerlen)

    told = send(dry_run=True).splitlines()

    assert [line.split(":")[0].strip() for line in told[1:]] == [
        "Drie",
        "en nog 2, te veel voor één mail",
        "Proef",
    ]


@pytest.mark.parametrize("options", [{}, {"dry_run": True}])
def test_without_the_address_of_the_site_nothing_is_sent(editor, heerlen, settings, options):
    an_old_entry(owner=heerlen)
    settings.SITE_URL = ""

    with pytest.raises(CommandError, match="SITE_URL ontbreekt"):
        send(**options)

    assert (mail.outbox, Digest.objects.count()) == ([], 0)


def test_each_mail_takes_the_same_queries_for_any_number_of_entries(
    heerlen, editor, django_assert_num_queries
):
    for number in (1, 3):
        for _ in range(number):
            an_old_entry(owner=heerlen)
        Digest.objects.all().delete()
        [planned] = plan(timezone.now())
        # In a savepoint (2): the account, an earlier mail, the mail, its reminders.
        with django_assert_num_queries(6):
            digests._send_once(planned, timezone.now())


def test_run_grows_by_the_mails_it_sends_only(django_assert_num_queries):
    for number in (1, 3):
        Digest.objects.all().delete()
        for _ in range(number):
            place = MunicipalityFactory()
            redacteur(place)
            an_old_entry(owner=place)
        people = 1 if number == 1 else 4
        # Reminders, dead links, owners (4), entries and their municipalities (2), mails of
        # this month; then six for each mail.
        with django_assert_num_queries(9 + 6 * people):
            send()


def test_period_of_a_mail_is_a_month(editor, heerlen):
    an_old_entry(owner=heerlen)
    reminder = reminded(an_old_entry(owner=heerlen), editor, days=30)
    reminder.digest.sent_at += timedelta(minutes=5)
    reminder.digest.save()

    assert send() == "Verstuurd: 0.\n"
