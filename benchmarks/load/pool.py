"""`python -m benchmarks.load.pool`: what there is to ask for in the configured database, in JSON.

Also makes the editor who saves during the test, and a session of that editor.
"""

from __future__ import annotations

import json
import sys
from random import Random

import django

SHOWN = 5000
EDITED = 50
EDITOR = "load-test"


def main() -> None:
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - needs Django set up
    from django.contrib.auth.models import User  # noqa: PLC0415 - the same
    from django.test import Client  # noqa: PLC0415 - the same

    from municipalities.models import Municipality  # noqa: PLC0415 - the same
    from practices.enums import Evidence  # noqa: PLC0415 - the same
    from practices.models import Practice, Theme  # noqa: PLC0415 - the same

    generated = Practice.objects.published().filter(slug__startswith="gen-")
    slugs = list(generated.order_by("slug").values_list("slug", flat=True))
    chosen = Random(1).sample(slugs, min(SHOWN, len(slugs)))
    # Those with a higher level lack the results that the form asks for.
    edited = generated.filter(evidence_level=Evidence.MENTIONED).order_by("slug")[:EDITED]
    editor, _ = User.objects.update_or_create(
        username=EDITOR, defaults={"is_staff": True, "is_superuser": True}
    )
    client = Client()
    client.force_login(editor, "allauth.account.auth_backends.AuthenticationBackend")
    found = {
        "practices": chosen,
        "municipalities": _slugs(Municipality.objects.filter(practices__isnull=False)),
        "themes": _slugs(Theme.objects.filter(practices__isnull=False)),
        "edited": list(edited.values_list("pk", flat=True)),
        "session": client.cookies[settings.SESSION_COOKIE_NAME].value,
    }
    sys.stdout.write(json.dumps(found))


def _slugs(rows: object) -> list[str]:
    return list(rows.order_by("slug").values_list("slug", flat=True).distinct())  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
