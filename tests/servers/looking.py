"""All that a site has, as JSON: `python -m tests.servers.looking`.

By Django's own serializers, which know nothing of backups.
"""

import json
from io import StringIO

import django

django.setup()

from django.core.management import call_command  # noqa: E402

# Made anew, or of the moment.
LEFT_OUT = [
    "sessions",
    "practices.searchterm",
    "practices.posting",
    "practices.wordform",
    "practices.titlepart",
    "practices.indexedpractice",
    "practices.catalogueversion",
]


def said(*arguments: object, **options: object) -> object:
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return json.loads(out.getvalue())


def rows() -> list[dict]:
    """Every object of every kind, in order of kind and key."""
    objects = said("dumpdata", use_base_manager=True, exclude=LEFT_OUT)
    for found in objects:
        for name, value in found["fields"].items():
            # Members of a relation come in any order.
            if isinstance(value, list) and all(isinstance(key, int) for key in value):
                found["fields"][name] = sorted(value)
    return sorted(objects, key=lambda found: (found["model"], found["pk"]))


if __name__ == "__main__":
    everything = {"rows": rows(), "found": said("search", "schulden", json=True)}
    call_command("check", databases=["default"], fail_level="WARNING", stdout=StringIO())
    print(json.dumps(everything))  # noqa: T201
