"""The link in the mail: signed, for one suggestion, good for a week."""

from __future__ import annotations

from django.core import signing
from django.db import transaction
from django.utils import timezone

from practices.enums import SuggestionState
from practices.models import Suggestion

DAYS = 7
_SALT = "practices.contributions.confirming"


class ExpiredError(Exception):
    pass


def token_for(suggestion: Suggestion) -> str:
    return signing.dumps(suggestion.pk, salt=_SALT)


def suggestion_of(token: str) -> Suggestion | None:
    """None: no such link, or the suggestion is not there any more."""
    try:
        pk = signing.loads(token, salt=_SALT, max_age=DAYS * 24 * 3600)
    except signing.SignatureExpired as expired:
        raise ExpiredError from expired
    except signing.BadSignature:
        return None
    return Suggestion.objects.select_related("practice", "municipality").filter(pk=pk).first()


@transaction.atomic
def confirm(pk: int) -> bool:
    """False: it was confirmed before. From here on editors see it."""
    waiting = Suggestion.objects.filter(pk=pk, state=SuggestionState.UNCONFIRMED)
    return bool(waiting.update(state=SuggestionState.NEW, confirmed_at=timezone.now()))
