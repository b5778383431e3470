"""What can be done with several practices at once."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages

from practices.enums import Evidence, Proof, State
from practices.models import Practice
from tests.admin_forms import list_url
from tests.factories import ClaimFactory, PracticeFactory
from tests.practices.editorial.entries import a_ready_entry


@pytest.fixture
def act(superuser_client):
    def do(action, *practices):
        data = {"action": action, "_selected_action": [practice.pk for practice in practices]}
        response = superuser_client.post(list_url(Practice), data)
        assert response.status_code == 302
        return [str(message) for message in get_messages(response.wsgi_request)]

    return do


def states():
    return list(Practice.objects.order_by("pk").values_list("state", flat=True))


def test_publishing_makes_practices_public_and_findable(act, superuser_client):
    concept, review = (
        a_ready_entry(concept=True, title="Leertuin"),
        a_ready_entry(in_review=True),
    )
    assert superuser_client.get("/praktijken/?q=leertuin").context["finder"].total == 0

    assert act("publish", concept, review) == ["Gepubliceerd: 2."]

    assert states() == [State.PUBLISHED, State.PUBLISHED]
    concept.refresh_from_db()
    assert concept.published_on is not None
    assert superuser_client.get("/praktijken/?q=leertuin").context["finder"].total == 1


def test_publishing_again_says_that_nothing_changed(act):
    assert act("publish", PracticeFactory()) == ["Gepubliceerd: 0. Dat was al zo bij 1."]


def test_practice_above_its_evidence_is_not_published_and_the_others_are(act):
    too_high = a_ready_entry(concept=True, title="Te hoog", evidence_level=Evidence.MEASURED)
    proven = a_ready_entry(concept=True, evidence_level=Evidence.MEASURED)
    ClaimFactory(practice=proven, proof=Proof.COUNT)

    refused, done = act("publish", too_high, proven)

    assert refused.startswith(
        "Niet gepubliceerd: Te hoog. Er ontbreekt nog iets. Het bewijsniveau 'Gemeten resultaat'"
    )
    assert done == "Gepubliceerd: 1."
    assert states() == [State.CONCEPT, State.PUBLISHED]


def test_archiving_takes_a_practice_off_the_site(act, client):
    practice = PracticeFactory()
    assert client.get(practice.get_absolute_url()).status_code == 200

    assert act("archive", practice) == ["Gearchiveerd: 1."]

    assert client.get(practice.get_absolute_url()).status_code == 410


def test_confirming_sets_day_and_name_and_nothing_else(act, superuser):
    practice = PracticeFactory(concept=True, goal="Doel")

    assert act("confirm_content", practice) == ["Inhoud bevestigd: 1."]

    practice.refresh_from_db()
    assert practice.confirmed_by == superuser
    assert (practice.state, practice.goal) == (State.CONCEPT, "Doel")


def test_each_action_is_in_the_history(act):
    practice = a_ready_entry(concept=True)

    act("publish", practice)

    assert LogEntry.objects.get().get_change_message() == "Stand gewijzigd."


def test_action_takes_the_same_queries_to_find_any_number_of_practices(
    superuser_client, django_assert_num_queries
):
    """Each entry that does move costs some more on purpose; what is fetched before does not."""
    for number in (1, 3):
        archived = [PracticeFactory(archived=True) for _ in range(number)]
        data = {"action": "archive", "_selected_action": [practice.pk for practice in archived]}
        with django_assert_num_queries(13):
            superuser_client.post(list_url(Practice), data)
