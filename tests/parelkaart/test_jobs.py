import signal
import threading
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command, get_commands

from parelkaart import jobs
from parelkaart.jobs import JOBS, Job, Runner, remove_old_backups, seconds_until

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# Commands of Django that need no database, and take no time to speak of.
WORKS = Job("version")
FAILS = Job("no_such_command")


@pytest.fixture
def told():
    return []


@pytest.fixture
def runner(told):
    return Runner(tell=told.append)


def test_each_job_is_a_command():
    assert [job.command for job in JOBS if job.command not in get_commands()] == []


def test_job_that_fails_does_not_hold_up_the_next(runner, told, capfd):
    assert runner.once((FAILS, WORKS)) == ["no_such_command"]
    assert told == [
        "no_such_command: begonnen",
        "no_such_command: mislukt (status 1)",
        "version: begonnen",
        "version: klaar",
    ]


def test_job_without_its_settings_is_left_out_with_the_reason(runner, told, settings):
    settings.SITE_URL = settings.EMAIL_HOST = ""
    (reminders,) = [job for job in JOBS if job.command == "send_reminders"]

    assert runner.once((reminders,)) == []
    assert told == ["send_reminders: overgeslagen (SITE_URL, EMAIL_HOST)"]


def test_site_that_is_read_only_saves_nothing_at_night(runner, told, settings):
    settings.READ_ONLY = True

    assert runner.once((Job("clearsessions"), Job("version", saves=False))) == []
    assert told[0] == "clearsessions: overgeslagen (READ_ONLY)"
    assert told[-1] == "version: klaar"


def test_stopping_ends_what_runs_and_begins_nothing_more(runner, told):
    # It waits for its input for ever; the timer stands for the signal.
    threading.Timer(2, runner.stop).start()
    waits = Job("shell", arguments=lambda: ["-c", "import time; time.sleep(60)"])

    assert runner.once((waits, WORKS)) == ["shell"]
    assert told[-1] == f"shell: mislukt (status -{signal.SIGTERM.value})"


def test_stopping_ends_the_wait_for_the_night(runner):
    threading.Timer(0.1, runner.stop).start()

    runner.every_day(*_an_hour_from_now())


def _an_hour_from_now():
    now = datetime.now(AMSTERDAM)
    return (now.hour + 2) % 24, now.minute


def test_command_fails_with_the_names_of_what_failed(monkeypatch, capfd):
    monkeypatch.setattr(Runner, "once", lambda _: ["backup", "check_links"])
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    try:
        with pytest.raises(CommandError, match=r"Mislukt: backup, check_links\."):
            call_command("run_jobs")
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


@pytest.mark.parametrize(
    ("now", "hours"),
    [
        ((2026, 11, 26, 1, 15), 1),
        ((2026, 11, 26, 2, 15), 24),
        ((2026, 11, 26, 3, 15), 23),
        ((2026, 3, 28, 2, 15), 24),  # next night has no 02:15; then a quarter past three
        ((2026, 10, 24, 3, 15), 23),
    ],
)
def test_night_comes_at_its_time_of_the_clock(now, hours):
    moment = datetime(*now, tzinfo=AMSTERDAM)

    assert seconds_until(2, 15, moment) == hours * 3600


# --- backups --------------------------------------------------------------------------------


def test_old_backups_go_and_other_files_stay(settings, tmp_path, monkeypatch):
    settings.BACKUP_DIR, settings.BACKUP_KEEP_DAYS = str(tmp_path), 14
    monkeypatch.setattr(jobs.timezone, "localdate", lambda: date(2026, 11, 26))
    keep = ["parelkaart-2026-11-12.zip", "parelkaart-2026-11-26.zip", "before.zip"]
    for name in [*keep, "parelkaart-2026-11-11.zip", "parelkaart-2025-12-31.zip"]:
        (tmp_path / name).touch()

    remove_old_backups()

    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(keep)


def test_backup_of_today_is_made_once(runner, told, settings, tmp_path):
    settings.BACKUP_DIR = str(tmp_path)
    (backup,) = [job for job in JOBS if job.command == "backup"]
    jobs.backup_of(jobs.timezone.localdate()).touch()

    assert runner.once((backup,)) == []
    assert told == ["backup: overgeslagen (die van vandaag is er al)"]
