"""The mails about what a reader sent.

The mail to confirm goes to an address that somebody typed, perhaps of somebody else: nothing
else that was typed is in it, or the site could be used to send a text to anybody.
"""

from __future__ import annotations

from contextlib import suppress

from django.conf import settings

from practices.mails import NotSentError, send
from practices.models import Suggestion

FOLDER = "practices/contributions/mail"


def ask_to_confirm(suggestion: Suggestion, url: str, days: int) -> None:
    send(
        f"{FOLDER}/confirm",
        suggestion.sender_email,
        {"suggestion": suggestion, "url": url, "days": days},
    )


def tell_editors(suggestion: Suggestion, url: str) -> None:
    """Without an address for it, the queue in the admin has to do. Never stops the sender."""
    if settings.SITE_CONTACT_EMAIL:
        with suppress(NotSentError):
            context = {"suggestion": suggestion, "url": url}
            send(f"{FOLDER}/received", settings.SITE_CONTACT_EMAIL, context)


def answer(suggestion: Suggestion, url: str) -> None:
    """`url` is the page of the practice, or empty as long as that is not public."""
    send(f"{FOLDER}/answer", suggestion.sender_email, {"suggestion": suggestion, "url": url})
