"""`make audit` looks for weaknesses in the packages, and `make test` for those in our code."""

import json
import subprocess

import pytest

from scripts import audit

CLEAN = {"name": "django", "version": "5.2.19", "vulns": []}
WEAK = {
    "name": "pillow",
    "version": "9.0",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["9.1"]}, {"id": "PYSEC-2", "fix_versions": []}],
}
UNKNOWN = {"name": "lxml", "skip_reason": "Dependency not found on PyPI"}


@pytest.fixture
def pip_audit(monkeypatch):
    """What pip-audit answers."""

    def answer(stdout, stderr=""):
        done = subprocess.CompletedProcess([], 0, stdout, stderr)
        monkeypatch.setattr(audit, "_run", lambda _: done)

    return answer


def test_weak_package_fails_and_is_named(pip_audit, capsys):
    pip_audit(json.dumps({"dependencies": [CLEAN, WEAK]}))

    assert audit.packages() is False
    assert capsys.readouterr().out.splitlines() == [
        "pillow 9.0: PYSEC-1, mended in 9.1",
        "pillow 9.0: PYSEC-2, mended in no version yet",
    ]


def test_packages_that_could_not_be_looked_up_are_told_and_no_failure(pip_audit, capsys):
    pip_audit(json.dumps({"dependencies": [CLEAN, UNKNOWN]}))

    assert audit.packages() is True
    assert "1 NOT looked up" in capsys.readouterr().out


def test_no_answer_at_all_is_told_and_no_failure(pip_audit, capsys):
    pip_audit("", "Traceback\nConnectionError: no route to host")

    assert audit.packages() is True
    assert "NOT looked up" in capsys.readouterr().out


def test_weak_code_fails_and_is_shown(tmp_path, monkeypatch, capsys):
    weak = tmp_path / "weak.py"
    weak.write_text("import pickle\n\n\ndef read(data):\n    return pickle.loads(data)\n")
    command = [word for word in audit.BANDIT if word not in audit.CODE]
    monkeypatch.setattr(audit, "BANDIT", [*command, str(weak)])

    assert audit.main("code") == 1
    assert "B301" in capsys.readouterr().out
