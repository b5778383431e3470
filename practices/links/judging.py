"""What a visit says about a link, together with the visits before it.

A page that is gone is believed the second day; anything else may be a bad moment, and only
counts as the end after a week.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from practices.enums import LinkState
from practices.links.visiting import GONE, NOT_THERE, Outcome, Result
from practices.models import LinkCheck

FAILURES = 3
PERIOD = timedelta(days=7)
_GONE_REASONS = {NOT_THERE.format(status=status) for status in GONE}


def judge(check: LinkCheck, outcome: Outcome, now: datetime) -> None:
    """Only in memory. What was dead stays dead until it works again."""
    if outcome.result in (Result.WORKS, Result.REFUSED):
        works = outcome.result == Result.WORKS
        check.state = LinkState.WORKS if works else LinkState.NOT_CHECKED
        check.failures, check.first_failed_at = 0, None
    else:
        check.failures += 1
        check.first_failed_at = check.first_failed_at or now
        check.state = LinkState.DEAD if _is_dead(check, outcome, now) else LinkState.FAILING
    check.reason = outcome.reason
    check.checked_at = now


def _is_dead(check: LinkCheck, outcome: Outcome, now: datetime) -> bool:
    """`check` still has the reason and the day of the visit before."""
    if check.state == LinkState.DEAD:
        return True
    if check.failures >= FAILURES and now - (check.first_failed_at or now) >= PERIOD:
        return True
    return (
        outcome.result == Result.GONE
        and check.failures > 1
        and check.reason in _GONE_REASONS
        and check.checked_at is not None
        and localdate(check.checked_at) < localdate(now)
    )
