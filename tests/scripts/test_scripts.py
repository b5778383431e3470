"""The small programs behind `make`."""

import ast
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


def run(script, *arguments):
    return subprocess.run(
        [sys.executable, SCRIPTS / script, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_free_port_is_accepted_and_left_free(taken_port):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    done = run("check_machine.py", port)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_taken_port_is_told_with_a_way_out(taken_port):
    done = run("check_machine.py", taken_port)

    assert done.returncode == 1
    assert f"Port {taken_port} of this machine cannot be used" in done.stderr
    assert "make run PORT=8001" in done.stderr


@pytest.mark.parametrize("port", ["", "http", "0", "65536", "-1", "80 81"])
def test_nonsense_is_not_a_port(port):
    done = run("check_machine.py", port)

    assert done.returncode == 1
    assert f"PORT is {port!r}, which is not a port number" in done.stderr


def test_too_old_python_is_told_what_to_do(tmp_path):
    program = (SCRIPTS / "check_machine.py").read_text().replace("(3, 11)", "(9, 1)")
    script = tmp_path / "check_machine.py"
    script.write_text(program)

    done = run(script)

    assert done.returncode == 1
    assert "Python 9.1 or newer is needed" in done.stderr
    assert "make run PYTHON=" in done.stderr


def test_an_old_python_can_read_the_check():
    """Python 3.6 stands for the oldest that a machine may still have."""
    ast.parse((SCRIPTS / "check_machine.py").read_text(), feature_version=(3, 6))


def test_secret_key_is_made_once_for_its_owner_only(tmp_path):
    file = tmp_path / "var" / "secret_key"

    run("secret_key.py", file)
    first = file.read_text()
    run("secret_key.py", file)

    assert file.read_text() == first
    assert len(first) >= 50
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
