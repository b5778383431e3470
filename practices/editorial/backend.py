"""What a redacteur may look up: the lists that an entry is described with."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend

from practices.editorial.permissions import Role, actor_of

TO_CHOOSE_FROM = frozenset(
    {
        *(
            f"practices.view_{model}"
            for model in (
                "theme",
                "targetgroup",
                "barrier",
                "instrument",
                "recommendation",
                "participationstep",
                "source",
            )
        ),
        "practices.add_source",
        "municipalities.view_municipality",
        "municipalities.view_region",
    }
)
APPS = frozenset({"practices", "municipalities"})


class EditorBackend(BaseBackend):
    """Entries themselves are not here: a right to those depends on the entry."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return obj is None and perm in TO_CHOOSE_FROM and _is_editor(user_obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return app_label in APPS and _is_editor(user_obj)


def _is_editor(user: Any) -> bool:
    return Role.EDITOR in actor_of(user).roles
