"""The mails about what a reader sent.

The mail to confirm goes to an address that somebody typed, perhaps of somebody else: nothing
else that was typed is in it, or the site could be used to send a text to anybody.
"""

from __future__ import annotations

import json
import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from practices.models import Suggestion

logger = logging.getLogger("parelkaart.security")
# ValueError: an address that cannot be written in a mail, whatever the form thought of it.
FAILURES = (OSError, SMTPException, ValueError)


class NotSentError(Exception):
    pass


def ask_to_confirm(suggestion: Suggestion, url: str, days: int) -> None:
    _send("confirm", suggestion.sender_email, {"suggestion": suggestion, "url": url, "days": days})


def tell_editors(suggestion: Suggestion, url: str) -> None:
    """Without an address for it, the queue in the admin has to do. Never stops the sender."""
    if settings.SITE_CONTACT_EMAIL:
        try:
            _send("received", settings.SITE_CONTACT_EMAIL, {"suggestion": suggestion, "url": url})
        except NotSentError:
            return


def answer(suggestion: Suggestion, url: str) -> None:
    """`url` is the page of the practice, or empty as long as that is not public."""
    _send("answer", suggestion.sender_email, {"suggestion": suggestion, "url": url})


def _send(name: str, to: str, context: dict[str, object]) -> None:
    context = {"site_name": settings.SITE_NAME} | context
    subject, body = (
        render_to_string(f"practices/contributions/mail/{name}_{part}.txt", context).strip()
        for part in ("subject", "message")
    )
    try:
        send_mail(" ".join(subject.split()), f"{body}\n", None, [to])
    except FAILURES as failure:
        line = {"event": "mail_failed", "mail": name, "error": type(failure).__name__}
        logger.warning(json.dumps(line))
        raise NotSentError from failure
