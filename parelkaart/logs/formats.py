"""A line of the log: JSON for programs, or words for a person who watches.

What is logged as `logger.info("published", extra={"practice": 7})` keeps its parts.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter as PlainJsonFormatter

from parelkaart.logs import current
from parelkaart.logs.paths import without_keys

# Objects that Django hands along with its own lines.
OBJECTS = {"request", "server_time"}
NAMES = {"exc_info": "exception", "stack_info": "stack"}


class JsonFormatter(PlainJsonFormatter):
    """One line of ASCII for each record, its traceback included."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__([], reserved_attrs=[*RESERVED_ATTRS, *OBJECTS], rename_fields=NAMES)

    def add_fields(
        self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        moment = datetime.fromtimestamp(record.created, UTC)
        log_data["timestamp"] = moment.isoformat(timespec="milliseconds")
        log_data["level"] = record.levelname
        log_data["logger"] = record.name
        log_data["event"] = record.getMessage()
        if number := current.request_id():
            log_data["request_id"] = number
        super().add_fields(log_data, record, message_dict)

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """What a message or a traceback quotes may be an address with a key."""
        return {
            name: without_keys(value) if isinstance(value, str) else value
            for name, value in log_data.items()
        }


class PlainFormatter(logging.Formatter):
    """In local time, for on a screen."""

    def format(self, record: logging.LogRecord) -> str:
        return without_keys(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - its name in Python
        facts = [
            f"{name}={json.dumps(value, default=str)}"
            for name, value in vars(record).items()
            if name not in RESERVED_ATTRS and name not in OBJECTS
        ]
        parts = [self.formatTime(record), record.levelname, record.name, record.getMessage()]
        return " ".join([*parts, *facts])
