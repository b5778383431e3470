"""How long somebody stays signed in. Django's own sessions only have an age."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.utils import timezone

STARTED = "sign_in.started"
SEEN = "sign_in.seen"
# An editor who clicks around costs one write to the database per minute.
SECONDS_BETWEEN_WRITES = 60


def now() -> float:
    return timezone.now().timestamp()


def begin(session: SessionBase) -> None:
    session[STARTED] = session[SEEN] = now()


def reason_to_end(session: SessionBase) -> str:
    """`idle`, `age`, or nothing. A session without times is older than this module: it ends."""
    if SESSION_KEY not in session:
        return ""
    if now() - session.get(STARTED, 0) >= settings.SESSION_MAX_HOURS * 3600:
        return "age"
    if now() - session.get(SEEN, 0) >= settings.SESSION_IDLE_MINUTES * 60:
        return "idle"
    return ""


def touch(session: SessionBase) -> None:
    if SESSION_KEY in session and now() - session[SEEN] >= SECONDS_BETWEEN_WRITES:
        session[SEEN] = now()


def end_all(user: User, but: str | None = None) -> int:
    """Sign somebody out everywhere, `but` in this session; returns the number that ended.

    Sessions do not say whose they are, so each one is read. Only editors have one.
    """
    own = [
        session.pk
        for session in Session.objects.filter(expire_date__gt=timezone.now())
        if session.pk != but and session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(pk__in=own).delete()
    return len(own)
