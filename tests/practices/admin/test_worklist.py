import pytest
from django.urls import reverse
from django.utils import timezone

from practices.admin.worklist import CHANGED
from practices.enums import VersionAction
from practices.models import Practice, Version
from tests.admin_forms import list_url
from tests.factories import MunicipalityFactory, PracticeFactory
from tests.practices.editorial.people import beheerder, eindredacteur, redacteur, signed_in

pytestmark = pytest.mark.django_db
PAGE = "admin:practices_practice_worklist"
INDEX = "/beheer/"


def confirm_url(practice):
    return reverse("admin:practices_practice_confirm", args=[practice.pk])


def confirm(client, practice, seen=None, **data):
    given = {"gezien": (seen or practice.modified).isoformat()} | data
    return client.post(confirm_url(practice), given, follow=True)


def told(response):
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def heerlen():
    return MunicipalityFactory(name="Heerlen", slug="heerlen")


def test_one_click_confirms_and_is_recorded(heerlen):
    practice = PracticeFactory(title="Taalcafé", owner=heerlen)
    user = redacteur(heerlen)

    response = confirm(signed_in(user), practice)

    practice.refresh_from_db()
    assert (practice.confirmed_on, practice.confirmed_by) == (timezone.localdate(), user)
    assert told(response) == ["Bevestigd: 'Taalcafé' klopt nog."]
    assert response.redirect_chain == [(reverse(PAGE), 302)]
    last = Version.objects.first()
    assert (last.action, last.by) == (VersionAction.CONFIRMED, user)


def test_what_changed_since_the_page_was_opened_is_not_confirmed(heerlen):
    practice = PracticeFactory(owner=heerlen, title="Taalcafé")
    seen = practice.modified
    practice.approach = "Heel anders."
    practice.save()

    response = confirm(signed_in(redacteur(heerlen)), practice, seen)

    practice.refresh_from_db()
    assert practice.confirmed_on is None
    assert told(response) == [CHANGED.format(title="Taalcafé")]


@pytest.mark.parametrize("data", [{}, {"gezien": ""}, {"gezien": "gisteren"}])
def test_confirming_without_saying_what_was_seen_does_nothing(data, heerlen):
    practice = PracticeFactory(owner=heerlen)

    signed_in(redacteur(heerlen)).post(confirm_url(practice), data)

    practice.refresh_from_db()
    assert practice.confirmed_on is None


def test_confirming_is_for_who_may_change_the_entry(heerlen):
    own, other = PracticeFactory(owner=heerlen), PracticeFactory(owner=MunicipalityFactory())
    concept = PracticeFactory(owner=heerlen, concept=True)
    client = signed_in(redacteur(heerlen))

    assert confirm(client, other).status_code == 404
    assert confirm(client, concept).status_code == 404
    assert confirm(signed_in(beheerder()), own).status_code == 403
    assert client.get(confirm_url(own)).status_code == 405
    for practice in (own, other, concept):
        practice.refresh_from_db()
    assert {own.confirmed_on, other.confirmed_on, concept.confirmed_on} == {None}


def test_confirming_leads_back_only_within_the_site(heerlen):
    practice = PracticeFactory(owner=heerlen)
    client = signed_in(redacteur(heerlen))

    away = client.post(confirm_url(practice), {"terug": "https://example.org/"})
    back = client.post(confirm_url(practice), {"terug": f"{reverse(PAGE)}?p=2"})

    assert away.headers["Location"] == reverse(PAGE)
    assert back.headers["Location"] == f"{reverse(PAGE)}?p=2"


def test_index_and_list_lead_to_the_work_list_for_who_has_work_there(heerlen):
    link = f'href="{reverse(PAGE)}"'

    def shown(user):
        client = signed_in(user)
        return [link in client.get(url).content.decode() for url in (INDEX, list_url(Practice))]

    assert shown(redacteur(heerlen)) == [True, True]
    assert shown(eindredacteur()) == [True, True]
    assert shown(beheerder()) == [False, False]


def test_page_lists_work_and_links_to_what_is_missing(heerlen):
    practice = PracticeFactory(owner=heerlen, title="Taalcafé")

    html = signed_in(redacteur(heerlen)).get(reverse(PAGE)).content.decode()

    change = reverse("admin:practices_practice_change", args=[practice.pk])
    assert f'href="{change}#id_did_not_work"' in html
    assert f'action="{confirm_url(practice)}"' in html


def test_eindredacteur_chooses_an_owner_and_nonsense_is_ignored(heerlen):
    venlo = MunicipalityFactory(name="Venlo", slug="venlo")
    for place in (heerlen, venlo):
        PracticeFactory(owner=place, title=f"Van {place}")
    client = signed_in(eindredacteur())

    def titles(query):
        items = client.get(reverse(PAGE), query).context["items"]
        return sorted(work.title for work, *_ in items)

    assert titles({"gemeente": "venlo"}) == ["Van Venlo"]
    assert titles({"gemeente": "atlantis", "p": "x"}) == ["Van Heerlen", "Van Venlo"]


def test_redacteur_is_not_offered_the_owners_of_shared_entries(heerlen):
    venlo = MunicipalityFactory(name="Venlo")
    PracticeFactory(owner=venlo, municipalities=[heerlen])

    page = signed_in(redacteur(heerlen)).get(reverse(PAGE))

    assert (len(page.context["items"]), page.context["places"]) == (1, [])


def test_page_is_for_who_changes_entries():
    assert signed_in(beheerder()).get(reverse(PAGE)).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_whatever_its_length(count, heerlen, django_assert_num_queries):
    client = signed_in(eindredacteur())
    PracticeFactory.create_batch(count, owner=heerlen)

    with django_assert_num_queries(9):
        assert len(client.get(reverse(PAGE)).context["items"]) == count


def test_button_stands_on_the_form_of_a_published_entry_only(heerlen):
    public, concept = PracticeFactory(owner=heerlen), PracticeFactory(owner=heerlen, concept=True)
    client = signed_in(redacteur(heerlen))

    def offered(practice):
        url = reverse("admin:practices_practice_change", args=[practice.pk])
        return "confirm_url" in client.get(url).context

    assert (offered(public), offered(concept)) == (True, False)
