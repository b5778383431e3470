import pytest
from django.urls import reverse

from practices.admin.filling import NEW_CONTACT
from practices.enums import CostClass, VersionAction
from practices.models import Contact, Practice, Version
from tests.admin_forms import sent_back
from tests.factories import ContactFactory, MunicipalityFactory
from tests.practices.editorial.entries import a_ready_entry
from tests.practices.editorial.people import beheerder, eindredacteur, redacteur, signed_in

pytestmark = pytest.mark.django_db
LIST = "admin:practices_practice_worklist"


@pytest.fixture
def heerlen():
    return MunicipalityFactory(name="Heerlen", slug="heerlen")


@pytest.fixture
def practice(heerlen):
    return a_ready_entry(owner=heerlen, title="Taalcafé", goal="Samen leren.")


@pytest.fixture
def client(heerlen):
    return signed_in(redacteur(heerlen, username="anna"))


def url_of(practice):
    return reverse("admin:practices_practice_fill", args=[practice.pk])


def page_of(client, practice):
    return sent_back(client.get(url_of(practice)))


def fields_of(filling):
    return [field.name for field in (*filling.entry_fields, *filling.contact_fields)]


def complaints(page):
    filling = page.context["filling"]
    return {
        name: list(texts) for part in filling.parts for name, texts in part.errors.items() if texts
    }


def told(response):
    return [str(message) for message in response.context["messages"]]


def test_what_was_empty_is_asked_and_saved_with_its_history(client, practice):
    data = page_of(client, practice) | {
        "conditions": "Een zaal.",
        "cost_class": CostClass.LOW,
        "contact-organisation": "Sociale dienst",
        "contact-mailbox": "taal@example.org",
    }

    response = client.post(url_of(practice), data, follow=True)

    practice.refresh_from_db()
    assert (practice.conditions, practice.cost_class) == ("Een zaal.", CostClass.LOW)
    assert (practice.goal, practice.confirmed_on) == ("Samen leren.", None)
    contacts = practice.contacts.values_list("organisation", "role", "mailbox")
    assert list(contacts) == [("Sociale dienst", "", "taal@example.org")]
    assert told(response) == [
        "Opgeslagen bij 'Taalcafé': wat heb je ervoor nodig, kosten, contact."
    ]
    assert response.redirect_chain == [(reverse(LIST), 302)]
    last = Version.objects.first()
    assert (last.action, last.by.username) == (VersionAction.CHANGED, "anna")
    assert last.content["fields"]["conditions"] == "Een zaal."


def test_only_what_is_empty_is_asked(client, practice):
    ContactFactory(practice=practice)
    Practice.objects.update(results="Goed.", cost_class=CostClass.HIGH, did_not_work="Niets.")

    page = client.get(url_of(practice))

    assert fields_of(page.context["filling"]) == ["conditions", "adaptable_parts", "lead_time"]


def test_form_on_the_list_is_the_one_of_the_page(client, practice):
    on_list = client.get(reverse(LIST)).context["items"][0][2]

    on_page = client.get(url_of(practice)).context["filling"]

    assert fields_of(on_list) == fields_of(on_page)
    assert on_list.version.value() == on_page.version.value()


def test_found_entry_is_confirmed_nor_changed_when_nothing_is_filled_in(client, practice):
    before = Practice.objects.values().get()

    response = client.post(url_of(practice), page_of(client, practice), follow=True)

    assert told(response) == ["Niets opgeslagen: je hebt niets ingevuld bij 'Taalcafé'."]
    assert (Practice.objects.values().get(), Version.objects.count()) == (before, 0)


def test_what_somebody_else_filled_in_since_is_shown_and_not_overwritten(client, practice):
    data = page_of(client, practice) | {"conditions": "Een zaal.", "results": "Het werkt."}
    Practice.objects.update(conditions="Een bus.", lead_time="Een maand")

    page = client.post(url_of(practice), data)

    found = complaints(page)
    assert any("“Een bus.”" in text for text in found["conditions"])
    assert "Iemand anders heeft dit intussen gewijzigd." in found["__all__"][0]
    practice.refresh_from_db()
    assert (practice.conditions, practice.results) == ("Een bus.", "")
    again = sent_back(page)
    kept = ("conditions", "results", "lead_time")
    assert [again[name] for name in kept] == [["Een zaal."], ["Het werkt."], ["Een maand"]]

    client.post(url_of(practice), again)
    practice.refresh_from_db()
    assert (practice.conditions, practice.results) == ("Een zaal.", "Het werkt.")


def test_form_with_an_error_comes_back_with_all_that_was_written(client, practice):
    data = page_of(client, practice) | {
        "conditions": "Een zaal.",
        "lead_time": "x" * 121,
        "contact-mailbox": "geen adres",
        "terug": f"{reverse(LIST)}?p=2",
    }

    page = client.post(url_of(practice), data)

    assert set(complaints(page)) == {"lead_time", "organisation", "mailbox"}
    again = sent_back(page)
    assert {name: again[name] for name in data if name != "csrfmiddlewaretoken"} == {
        name: given if isinstance(given, list) else [given]
        for name, given in data.items()
        if name != "csrfmiddlewaretoken"
    }
    practice.refresh_from_db()
    assert (practice.conditions, Contact.objects.count()) == ("", 0)


def test_contact_that_somebody_else_added_since_is_told(client, practice):
    data = page_of(client, practice) | {
        "contact-organisation": "Dienst",
        "contact-mailbox": "dienst@example.org",
    }
    theirs = ContactFactory(practice=practice)

    page = client.post(url_of(practice), data)

    assert complaints(page) == {"__all__": [NEW_CONTACT.format(contact=theirs)]}
    assert list(practice.contacts.all()) == [theirs]


@pytest.mark.parametrize(
    "given",
    [
        {"conditions": "Bel Jan op 06-12345678."},
        {"contact-organisation": "Bel 06-12345678", "contact-mailbox": "team@example.org"},
    ],
)
def test_what_looks_personal_needs_a_reason_that_is_kept(given, client, practice):
    data = page_of(client, practice) | given

    page = client.post(url_of(practice), data)
    again = sent_back(page)
    practice.refresh_from_db()
    assert (practice.conditions, Contact.objects.count()) == ("", 0)
    assert again["privacy_reason"] == [""]

    client.post(url_of(practice), again | {"privacy_reason": "Nummer van het loket."})
    practice.refresh_from_db()
    assert bool(practice.conditions) or Contact.objects.count() == 1
    assert [override.reason for override in practice.privacy_overrides.all()] == [
        "Nummer van het loket."
    ]


def test_filling_in_is_for_who_may_change_the_entry(heerlen, practice, client):
    other = a_ready_entry(title="Van Venlo")
    concept = a_ready_entry(owner=heerlen, concept=True)
    data = page_of(client, practice) | {"results": "Ingevuld."}

    def answers(user_client, entry):
        url = url_of(entry)
        return [user_client.get(url).status_code, user_client.post(url, data).status_code]

    assert answers(client, other) == [404, 404]
    assert answers(client, concept) == [404, 404]
    assert answers(signed_in(beheerder()), practice) == [403, 403]
    assert list(Practice.objects.values_list("results", flat=True)) == ["", "", ""]
    assert answers(signed_in(eindredacteur()), practice) == [200, 302]


def test_only_the_fields_of_the_list_can_be_sent(client, practice):
    data = page_of(client, practice) | {"title": "Gekaapt", "state": "concept", "owner": ""}

    client.post(url_of(practice), data | {"results": "Ja."})

    practice.refresh_from_db()
    assert (practice.title, practice.results) == ("Taalcafé", "Ja.")
    assert practice.is_public
    assert practice.owner is not None


@pytest.mark.parametrize("data", [{}, {"version": "?"}, {"version": "[]", "results": "Ja."}])
def test_nonsense_breaks_nothing(data, client, practice):
    assert client.post(url_of(practice), data).status_code in (200, 302)


def test_entry_that_lacks_nothing_says_so(client, practice):
    ContactFactory(practice=practice)
    names = ("results", "did_not_work", "conditions", "adaptable_parts", "lead_time")
    Practice.objects.update(cost_class=CostClass.LOW, **dict.fromkeys(names, "Ja."))

    html = client.get(url_of(practice)).content.decode()

    assert "Hier valt niets meer in te vullen." in html
