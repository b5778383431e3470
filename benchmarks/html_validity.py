"""`python -m benchmarks.html_validity` (`make validate-html`): the W3C's checker on every page.

The Nu Html Checker (npm `vnu-jar`) reads every type of public page in every state, from the
same list as the tests (tests/page_types.py). Needs Java, and npm the first time. Prints what it
finds, warnings too, and fails on anything.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests import environment

VAR_DIR = environment.prepare()

# After the environment: from here on Django knows its settings.
import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from benchmarks.node import installed  # noqa: E402
from tests.parelkaart.test_every_page import made  # noqa: E402

PACKAGE = "vnu-jar@26.9.27"


def main() -> int:
    jar = installed(PACKAGE, "vnu-jar/build/dist/vnu.jar")
    pages = _pages()
    complaints = _check(jar, pages)
    for complaint in complaints:
        print(complaint)
    print(f"{PACKAGE}: {len(complaints)} complaints about {len(pages)} pages")
    return 1 if complaints else 0


def _pages() -> dict[str, str]:
    setup_test_environment(debug=False)
    connection.creation.create_test_db(verbosity=0)
    try:
        return made(Client())
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
        environment.discard(VAR_DIR)


def _check(jar: Path, pages: dict[str, str]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (name, html) in enumerate(pages.items()):
            file = Path(folder, f"{number}.html")
            file.write_text(html, encoding="utf-8")
            names[file.name] = name
        command = ["java", "-jar", str(jar), "--format", "json", *map(str, Path(folder).iterdir())]
        report = subprocess.run(command, check=False, capture_output=True, text=True).stderr
    return [
        f"{names[message['url'].rsplit('/')[-1]]}: {message['message']}"
        for message in json.loads(report)["messages"]
    ]


if __name__ == "__main__":
    if not shutil.which("java"):
        raise SystemExit("SKIPPED: Java is not installed here.")
    raise SystemExit(main())
