"""A mail from two templates, one for its subject and one for its text."""

from __future__ import annotations

from pathlib import PurePosixPath
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from practices.events import log_event

# ValueError: an address that cannot be written in a mail, whatever the form thought of it.
FAILURES = (OSError, SMTPException, ValueError)


class NotSentError(Exception):
    pass


def send(template: str, to: str, context: dict[str, Any]) -> None:
    """`template` without `_subject.txt` and `_message.txt`. Raises NotSentError, and logs that."""
    context = {"site_name": settings.SITE_NAME} | context
    subject, body = (
        render_to_string(f"{template}_{part}.txt", context).strip()
        for part in ("subject", "message")
    )
    try:
        send_mail(" ".join(subject.split()), f"{body}\n", None, [to])
    except FAILURES as failure:
        name = PurePosixPath(template).name
        log_event("mail_failed", failed=True, mail=name, error=type(failure).__name__)
        raise NotSentError from failure
