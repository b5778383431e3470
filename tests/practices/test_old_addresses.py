"""Addresses never die: they lead on, or say that what was there is gone."""

import pytest

from practices.enums import State
from practices.models import OldSlug, Practice, WithdrawnSlug
from tests.factories import PracticeFactory

pytestmark = pytest.mark.django_db
# Everything that an entry has at an address of its own.
PAGES = ["/praktijken/{}/", "/praktijken/{}/meld-een-fout/", "/praktijken/{}/beeld.png"]
PAGES += ["/praktijken/{}/factsheet.pdf", "/praktijken/{}/gegevens.jsonld"]


def withdrawn(state=State.ARCHIVED, **fields):
    """A practice that was public; it had another address before."""
    practice = PracticeFactory(slug="eerst", **fields)
    practice.slug = "later"
    practice.save()
    practice.state = state
    practice.save()
    return practice


def statuses(client, *slugs, page=PAGES[0]):
    return [client.get(page.format(slug)).status_code for slug in slugs]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("state", [State.CONCEPT, State.IN_REVIEW, State.ARCHIVED])
def test_what_was_withdrawn_is_gone_at_all_its_addresses(client, state, page):
    withdrawn(state)

    assert statuses(client, "later", "eerst", page=page) == [410, 410]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("state", [State.CONCEPT, State.IN_REVIEW, State.ARCHIVED])
def test_what_was_never_public_is_not_found(client, state, page):
    practice = PracticeFactory(slug="eerst", concept=True)
    practice.slug = "later"
    practice.save()
    Practice.objects.update(state=state)

    assert statuses(client, "later", "eerst", "nooit", page=page) == [404, 404, 404]


def test_page_says_that_it_is_gone_and_shows_the_way_on(client):
    withdrawn(title="Geheime naam")
    html = client.get("/praktijken/later/").content.decode()

    assert "<h1>Deze praktijk is weggehaald</h1>" in html
    assert ('role="search"' in html, 'href="/praktijken/"' in html) == (True, True)
    assert ("Geheime naam" in html, "noindex" in html) == (False, True)


def test_editor_still_sees_what_was_withdrawn(superuser_client):
    withdrawn()

    assert statuses(superuser_client, "later", "eerst") == [200, 410]


def test_what_was_published_again_is_there_again(client):
    practice = withdrawn()
    practice.state = State.PUBLISHED
    practice.save()

    assert statuses(client, "later", "eerst") == [200, 301]


# --- replaced by another ------------------------------------------------------------------------


@pytest.mark.parametrize("page", [PAGES[0], PAGES[3]])
def test_what_was_replaced_leads_to_the_other(client, page):
    withdrawn(successor=PracticeFactory(slug="nieuw"))

    for slug in ("later", "eerst"):
        response = client.get(page.format(slug))
        assert (response.status_code, response["Location"]) == (301, page.format("nieuw"))


def test_form_for_a_mistake_is_that_of_the_other(client):
    withdrawn(successor=PracticeFactory(slug="nieuw", title="De nieuwe"))

    assert "De nieuwe" in client.get(PAGES[1].format("eerst")).content.decode()


def test_replacement_that_was_replaced_itself_is_passed_over(client):
    last = PracticeFactory(slug="laatste")
    between = PracticeFactory(slug="tussen", state=State.ARCHIVED, successor=last)
    Practice.objects.filter(pk=between.pk).update(published_on="2026-01-01")
    withdrawn(successor=between)

    assert client.get("/praktijken/later/")["Location"] == "/praktijken/laatste/"


def test_two_that_replace_each_other_are_both_gone(client):
    one = withdrawn()
    two = PracticeFactory(slug="twee", successor=one)
    two.state = State.ARCHIVED
    two.save()
    one.successor = two
    one.save()

    assert statuses(client, "later", "twee") == [410, 410]


def test_replacement_that_is_not_public_yet_is_not_given_away(client):
    withdrawn(successor=PracticeFactory(slug="nieuw", concept=True))

    assert statuses(client, "later", "nieuw") == [410, 404]


def test_public_practice_with_a_successor_stays_where_it_is(client):
    PracticeFactory(slug="hier", successor=PracticeFactory())

    assert statuses(client, "hier") == [200]


# --- deleted ------------------------------------------------------------------------------------


@pytest.mark.parametrize("many", [False, True])
def test_deleted_practice_is_gone_at_all_its_addresses(client, many):
    withdrawn()
    Practice.objects.all().delete() if many else Practice.objects.get().delete()

    assert statuses(client, "later", "eerst", "nooit") == [410, 410, 404]


def test_deleted_practice_that_was_replaced_leads_to_the_other(client):
    withdrawn(successor=PracticeFactory(slug="nieuw")).delete()

    assert statuses(client, "later", "eerst") == [301, 301]
    assert set(OldSlug.objects.values_list("slug", "practice__slug")) == {
        ("later", "nieuw"),
        ("eerst", "nieuw"),
    }


def test_deleted_together_with_the_other_it_is_gone(client):
    withdrawn(successor=PracticeFactory(slug="nieuw"))
    Practice.objects.all().delete()

    assert statuses(client, "later", "eerst", "nieuw") == [410, 410, 410]


def test_deleted_concept_leaves_nothing_behind():
    PracticeFactory(concept=True).delete()

    assert WithdrawnSlug.objects.count() == 0


def test_address_that_is_used_again_shows_the_new_one(client):
    withdrawn().delete()
    PracticeFactory(slug="later")

    assert statuses(client, "later", "eerst") == [200, 410]
    assert [row.slug for row in WithdrawnSlug.objects.all()] == ["eerst"]
