"""What an editor does at once is done as a whole, or not at all, wherever the process ends."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from practices.editorial import history
from practices.enums import State
from practices.models import Practice, Version
from tests.admin_forms import list_url
from tests.factories import PracticeFactory

pytestmark = pytest.mark.django_db


class KilledError(Exception):
    pass


def ends_after(monkeypatch, owner, name, calls):
    """The process is gone at the call after so many."""
    real = getattr(owner, name)
    left = [None] * calls

    def act(*args, **kwargs):
        if not left:
            raise KilledError
        left.pop()
        return real(*args, **kwargs)

    monkeypatch.setattr(owner, name, act)


def test_deletion_of_several_cut_off_halfway_deletes_and_notes_nothing(
    superuser_client, monkeypatch
):
    keys = [PracticeFactory().pk for _ in range(2)]
    ends_after(monkeypatch, history, "record_deletion", 1)
    action = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}

    with pytest.raises(KilledError):
        superuser_client.post(list_url(Practice), action)

    assert Practice.objects.count() == 2
    assert not Version.objects.exists()


def test_step_cut_off_before_its_line_in_the_log_is_not_taken(superuser_client, monkeypatch):
    practice = PracticeFactory()
    url = reverse("admin:practices_practice_transition", args=[practice.pk, "archiveren"])
    ends_after(monkeypatch, LogEntry.objects, "log_actions", 0)

    with pytest.raises(KilledError):
        superuser_client.post(url, {"reason": "Bestaat niet meer", "_seen_state": practice.state})

    practice.refresh_from_db()
    assert practice.state == State.PUBLISHED
