"""What happens to the catalogue and who did it, in the log `parelkaart.security`.

Never what somebody typed, only what it was about. The project adds the number of the request.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

from django.db import transaction

logger = logging.getLogger("parelkaart.security")


def log_event(event: str, user: Any = None, *, failed: bool = False, **facts: Any) -> None:
    """`failed`: somebody should look at it."""
    level = logging.WARNING if failed else logging.INFO
    logger.log(level, event, extra={"user": getattr(user, "pk", None), **facts})


def log_done(event: str, user: Any, **facts: Any) -> None:
    """Once the change is really there: not when its transaction fails after all."""
    transaction.on_commit(partial(log_event, event, user, **facts), robust=True)
