"""The groups that make somebody eindredacteur or beheerder.

Filled after every `migrate`, so that a new kind of object comes with its permissions.
Permissions are only added: what a beheerder gives a group besides these stays.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions

CHIEFS = "Eindredactie"
ADMINISTRATORS = "Beheer"

ALL = ("view", "add", "change", "delete")
VIEW = ("view",)
_ENTRY = (
    "practice", "practicemunicipality", "claim", "reference", "relation", "adoption", "photo",
    "contact",
)  # fmt: skip
_VOCABULARIES = (
    "theme", "targetgroup", "barrier", "instrument", "recommendation", "participationstep",
)  # fmt: skip
_PLACES = ("municipality", "oldmunicipalityslug", "region", "welfarefigure")
_SEARCH = ("synonymgroup", "missedquery", "wantedquestion")


def _names(app: str, models: tuple[str, ...], verbs: tuple[str, ...]) -> set[tuple[str, str]]:
    return {(app, f"{verb}_{model}") for model in models for verb in verbs}


PERMISSIONS: dict[str, set[tuple[str, str]]] = {
    CHIEFS: {
        ("practices", "publish_practice"),
        *_names("practices", (*_ENTRY, *_SEARCH, "source", "suggestion"), ALL),
        *_names("practices", (*_VOCABULARIES, "linkcheck"), VIEW),
        *_names("municipalities", _PLACES, VIEW),
    },
    ADMINISTRATORS: {
        *_names("practices", (*_VOCABULARIES, *_SEARCH), ALL),
        *_names("practices", (*_ENTRY, "source", "suggestion", "linkcheck"), VIEW),
        *_names("municipalities", (*_PLACES, "membership"), ALL),
        *_names("auth", ("user",), ALL),
        *_names("auth", ("group",), VIEW),
    },
}


def fill_groups(using: str = "default", **kwargs: Any) -> None:
    """A receiver of `post_migrate`; other apps may get their permissions only later."""
    for label in ("auth", "municipalities", "practices"):
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    group_model, permission_model = apps.get_model("auth.Group"), apps.get_model("auth.Permission")
    known = {
        (app, codename): pk
        for pk, app, codename in permission_model.objects.using(using).values_list(
            "pk", "content_type__app_label", "codename"
        )
    }
    for name, wanted in PERMISSIONS.items():
        group, _ = group_model.objects.using(using).get_or_create(name=name)
        group.permissions.add(*(known[permission] for permission in wanted))
