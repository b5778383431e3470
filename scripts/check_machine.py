"""Says in plain words what is missing before `make` starts: `check_machine.py [PORT]`.

Runs with whatever Python the machine has, so it is written for very old ones too.
"""

import socket
import sys

OLDEST = (3, 11)


def fail(message):
    sys.stderr.write("\n" + message + "\n\n")
    sys.exit(1)


def check_python():
    if sys.version_info[:2] < OLDEST:
        fail(
            "Python %d.%d or newer is needed; %s is Python %d.%d.\n"
            "Install a newer one and name it: make run PYTHON=python3.12"
            % (OLDEST + (sys.executable,) + tuple(sys.version_info[:2]))
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        fail(
            "This Python cannot make a virtual environment.\n"
            "On Debian and Ubuntu: sudo apt install python3-venv"
        )


def check_port(text):
    if not text.isdigit() or not 0 < int(text) < 65536:
        fail("PORT is %r, which is not a port number (1 to 65535)." % text)
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # As servers do: a connection that closed a moment ago does not count.
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        server.bind(("127.0.0.1", int(text)))
    except (OSError, socket.error) as error:
        fail(
            "Port %s of this machine cannot be used (%s).\n"
            "Stop the program that has it, or choose another: make run PORT=8001" % (text, error)
        )
    finally:
        server.close()


if __name__ == "__main__":
    check_python()
    for port in sys.argv[1:]:
        check_port(port)
