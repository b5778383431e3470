"""What a site does at night, and how: each job in a process of its own, one after the other."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

BACKUP = "parelkaart-{:%Y-%m-%d}.zip"
NAME_OF_A_BACKUP = "parelkaart-????-??-??.zip"


@dataclass(frozen=True)
class Job:
    """A management command; `lacks` tells why it cannot run on this site, if so."""

    command: str
    lacks: Callable[[], str] = lambda: ""
    arguments: Callable[[], list[str]] = list
    saves: bool = True
    afterwards: Callable[[], None] = lambda: None


def _without(*names: str) -> Callable[[], str]:
    return lambda: ", ".join(name for name in names if not getattr(settings, name))


def backup_of(day: date) -> Path:
    return Path(settings.BACKUP_DIR) / BACKUP.format(day)


def remove_old_backups() -> None:
    """By the day in their name; called after a new one succeeded, so one always remains."""
    oldest = backup_of(timezone.localdate() - timedelta(days=settings.BACKUP_KEEP_DAYS))
    for file in Path(settings.BACKUP_DIR).glob(NAME_OF_A_BACKUP):
        if file.name < oldest.name:
            file.unlink()


def _no_backup_today() -> str:
    if lacks := _without("BACKUP_DIR")():
        return lacks
    return "die van vandaag is er al" if backup_of(timezone.localdate()).exists() else ""


JOBS = (
    Job("tidy_suggestions"),
    Job("tidy_photos"),
    Job("clearsessions"),
    Job(
        "backup",
        _no_backup_today,
        lambda: [str(backup_of(timezone.localdate()))],
        saves=False,
        afterwards=remove_old_backups,
    ),
    Job("build_mirror", _without("MIRROR_DIR", "SITE_URL"), saves=False),
    Job("check_links", _without("SITE_URL")),
    Job("send_reminders", _without("SITE_URL", "EMAIL_HOST")),
)


@dataclass
class Runner:
    """Runs the jobs; `stop` may come at any moment, as from a signal."""

    tell: Callable[[str], Any]
    _stopping: threading.Event = field(default_factory=threading.Event)
    _running: subprocess.Popen[bytes] | None = None

    def stop(self, *_: Any) -> None:
        """What runs is ended too: each job is all or nothing, and may run again."""
        self._stopping.set()
        if self._running:
            self._running.terminate()

    def once(self, jobs: tuple[Job, ...] = JOBS) -> list[str]:
        """The commands that failed. One that fails does not hold up the others."""
        failed = []
        for job in jobs:
            if self._stopping.is_set():
                break
            if not self._run(job):
                failed.append(job.command)
        return failed

    def every_day(self, hour: int, minute: int) -> None:
        """Until `stop`. What failed is in the log, and is tried the next night."""
        while not self._stopping.is_set():
            wait = seconds_until(hour, minute, timezone.localtime())
            if not self._stopping.wait(wait):
                self.once()

    def _run(self, job: Job) -> bool:
        reason = "READ_ONLY" if job.saves and settings.READ_ONLY else job.lacks()
        if reason:
            self.tell(f"{job.command}: overgeslagen ({reason})")
            return True
        self.tell(f"{job.command}: begonnen")
        manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
        self._running = subprocess.Popen([*manage, job.command, *job.arguments()])  # noqa: S603 - our own commands
        if self._stopping.is_set():  # while it was being started
            self._running.terminate()
        status = self._running.wait()
        self._running = None
        if status == 0:
            job.afterwards()
        self.tell(f"{job.command}: {'klaar' if status == 0 else f'mislukt (status {status})'}")
        return status == 0


def seconds_until(hour: int, minute: int, now: datetime) -> float:
    """Until that time of the clock comes next; in seconds that pass, also when the clock jumps."""
    then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if then <= now:
        then += timedelta(days=1)
    return then.timestamp() - now.timestamp()
