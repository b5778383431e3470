"""`python -m tests.visit ADDRESS …`: the site's answers, in the environment that it is given.

For sites whose settings differ, which need a process of their own. Prints JSON: the address,
and the status and text that a visitor gets.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import django


def answer(client: Any, address: str) -> tuple[int, str]:
    response = client.get(address)
    content = b"".join(response) if response.streaming else response.content
    return response.status_code, content.decode()


def main(addresses: list[str]) -> None:
    django.setup()
    from django.test import Client

    client = Client()
    sys.stdout.write(json.dumps({address: answer(client, address) for address in addresses}))


if __name__ == "__main__":
    main(sys.argv[1:])
