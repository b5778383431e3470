"""Who may do what with an entry: one table, asked by every part of the admin.

A redacteur works on the entries that belong to, or are carried out in, the own
municipalities. The eindredactie is who may publish; the beheerder is who may change
users. For both a group gives the permission (`groups.py`); a superuser has all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from municipalities.enums import MembershipRole
from municipalities.models import Membership, Municipality
from practices.enums import State, VersionAction
from practices.models import Adoption, Practice, Source, Suggestion, Version

PUBLISH_PERMISSION = "practices.publish_practice"
ADMINISTRATOR_PERMISSION = "auth.change_user"


class Role(Enum):
    EDITOR = "redacteur"
    CHIEF = "eindredacteur"
    ADMINISTRATOR = "beheerder"


class Action(StrEnum):
    VIEW = "view"
    ADD = "add"
    CHANGE = "change"
    DELETE = "delete"
    SUBMIT = "submit"
    PUBLISH = "publish"
    SEND_BACK = "send_back"
    ARCHIVE = "archive"
    REOPEN = "reopen"
    JUDGE = "judge"
    GIVE_AWAY = "give_away"
    ADOPT = "adopt"


ALWAYS = frozenset(State)
CONCEPT, REVIEW, PUBLIC, ARCHIVED = (
    frozenset({state})
    for state in (State.CONCEPT, State.IN_REVIEW, State.PUBLISHED, State.ARCHIVED)
)

# In which states of the entry. For the redacteur: of an own entry, but of another's to adopt.
RULES: dict[Action, dict[Role, frozenset[State]]] = {
    Action.VIEW: {Role.EDITOR: ALWAYS, Role.CHIEF: ALWAYS, Role.ADMINISTRATOR: ALWAYS},
    Action.ADD: {Role.EDITOR: ALWAYS, Role.CHIEF: ALWAYS},
    Action.CHANGE: {Role.EDITOR: ALWAYS, Role.CHIEF: ALWAYS},
    Action.DELETE: {Role.EDITOR: CONCEPT, Role.CHIEF: ALWAYS},
    Action.SUBMIT: {Role.EDITOR: CONCEPT, Role.CHIEF: CONCEPT},
    Action.PUBLISH: {Role.CHIEF: CONCEPT | REVIEW | ARCHIVED},
    Action.SEND_BACK: {Role.CHIEF: REVIEW},
    Action.ARCHIVE: {Role.EDITOR: PUBLIC, Role.CHIEF: PUBLIC},
    Action.REOPEN: {Role.EDITOR: REVIEW | ARCHIVED, Role.CHIEF: REVIEW | ARCHIVED | PUBLIC},
    Action.JUDGE: {Role.CHIEF: ALWAYS},
    Action.GIVE_AWAY: {Role.CHIEF: ALWAYS},
    Action.ADOPT: {Role.EDITOR: PUBLIC, Role.CHIEF: PUBLIC},
}


@dataclass(frozen=True)
class Actor:
    """`places` are keys of municipalities, with what they came from and went into."""

    roles: frozenset[Role] = frozenset()
    places: frozenset[int] = field(default_factory=frozenset)

    @property
    def is_chief(self) -> bool:
        return Role.CHIEF in self.roles


@dataclass(frozen=True)
class Entry:
    """What the rules look at."""

    state: State = State.CONCEPT
    was_public: bool = False
    places: frozenset[int] = field(default_factory=frozenset)


def allowed(actor: Actor, action: Action, entry: Entry | None = None) -> bool:
    """Without an entry: is there any entry with which the actor may do this?"""
    rules = RULES[action]
    if entry is None:
        return bool(actor.roles & rules.keys())
    for role in actor.roles & rules.keys():
        if entry.state not in rules[role]:
            continue
        if role != Role.EDITOR or _allowed_to_editor(actor, action, entry):
            return True
    return False


def _allowed_to_editor(actor: Actor, action: Action, entry: Entry) -> bool:
    """What once was public has readers and links: only the eindredactie takes it away."""
    if action == Action.ADOPT:
        return bool(actor.places - entry.places)
    if action == Action.DELETE and entry.was_public:
        return False
    return bool(actor.places & entry.places)


# --- from the database --------------------------------------------------------------


def actor_of(user: Any) -> Actor:
    """Kept with the user object, so once per request."""
    if not user.is_active or not user.is_staff:
        return Actor()
    if not hasattr(user, "_actor"):
        user._actor = _actor(user)
    return user._actor


def _actor(user: Any) -> Actor:
    if user.is_superuser:
        return Actor(frozenset(Role))
    roles = set()
    places = _places(user)
    if places:
        roles.add(Role.EDITOR)
    if user.has_perm(PUBLISH_PERMISSION):
        roles.add(Role.CHIEF)
    if user.has_perm(ADMINISTRATOR_PERMISSION):
        roles.add(Role.ADMINISTRATOR)
    return Actor(frozenset(roles), frozenset(places))


def _places(user: Any) -> set[int]:
    memberships = Membership.objects.filter(user=user, role=MembershipRole.EDITOR)
    own = set(memberships.values_list("municipality", flat=True))
    return places_around(own, mergers()) if own else own


def mergers() -> set[tuple[int, int]]:
    """Municipality and what it went into, by key. Costs a query."""
    merged = Municipality.objects.filter(successor__isnull=False)
    pairs = merged.values_list("pk", "successor")
    return {(before, after) for before, after in pairs if after}


def places_around(own: set[int], forward: set[tuple[int, int]]) -> set[int]:
    """The municipalities, what they came from and what they went into."""
    return _reachable(own, forward) | _reachable(own, _backward(forward))


def one_today(places: frozenset[int]) -> frozenset[int]:
    """With all that now is the same municipality: it does not adopt its own practice."""
    forward = mergers()
    return frozenset(_reachable(_reachable(set(places), forward), _backward(forward)))


def _backward(steps: set[tuple[int, int]]) -> set[tuple[int, int]]:
    return {(after, before) for before, after in steps}


def _reachable(start: set[int], steps: set[tuple[int, int]]) -> set[int]:
    reached, fresh = set(start), set(start)
    while fresh:
        fresh = {to for source, to in steps if source in fresh} - reached
        reached |= fresh
    return reached


def entry_of(practice: Practice) -> Entry:
    """As stored: an owner or a state in a form that is not saved yet gives no rights.

    Kept with the object, which is asked about many times while its page is made.
    """
    if not hasattr(practice, "_entry"):
        practice._entry = _entry(practice)  # type: ignore[attr-defined]
    return practice._entry  # type: ignore[attr-defined]


def _entry(practice: Practice) -> Entry:
    stored = Practice.objects.filter(pk=practice.pk)
    owner, state, since = stored.values_list("owner", "state", "published_on").get()
    links = practice.municipality_links.values_list("municipality", flat=True)
    places = frozenset({owner, *links} - {None})
    return Entry(State(state), since is not None, places)


def may(user: Any, action: Action, practice: Practice | None = None) -> bool:
    actor = actor_of(user)
    if practice is None or practice.pk is None:
        return allowed(actor, action)
    if actor.is_chief:
        # Without a query: where an entry is does not matter to the eindredactie.
        return allowed(actor, action, Entry(State(practice.state)))
    if not allowed(actor, action):
        return False
    entry = entry_of(practice)
    if action == Action.ADOPT:
        entry = replace(entry, places=one_today(entry.places))
    return allowed(actor, action, entry)


def adopters(user: Any, practice: Practice) -> QuerySet[Municipality]:
    """For which municipalities the user records that they adopt it: those of today, and
    merged ones that stand in the log already.
    """
    if not may(user, Action.ADOPT, practice):
        return Municipality.objects.none()
    actor = actor_of(user)
    places = Municipality.objects.exclude(pk__in=one_today(entry_of(practice).places))
    if not actor.is_chief:
        places = places.filter(pk__in=actor.places)
    logged = Adoption.objects.filter(practice=practice)
    return places.filter(Q(successor=None) | Q(pk__in=logged.values("municipality")))


def own(actor: Actor, prefix: str = "") -> Q:
    """The entries of the actor's own municipalities; `prefix` as in `practice__`."""
    links = Practice.objects.filter(municipality_links__municipality__in=actor.places)
    return Q(**{f"{prefix}owner__in": actor.places}) | Q(**{f"{prefix}pk__in": links.values("pk")})


def sees_everything(user: Any) -> bool:
    """By role, or because a group or a permission of his or her own says so."""
    wide = {Role.CHIEF, Role.ADMINISTRATOR}
    if actor_of(user).roles & wide:
        return True
    return any(user.has_perm(f"practices.{verb}_practice") for verb in ("view", "change"))


def visible(user: Any, rows: QuerySet, prefix: str = "") -> QuerySet:
    """Entries, or with a prefix what hangs on them, that the user may see in the admin."""
    return rows if sees_everything(user) else rows.filter(own(actor_of(user), prefix))


def may_preview(user: Any, practice: Practice) -> bool:
    if not user.is_active:
        return False
    return user.has_perm("practices.view_practice") or may(user, Action.VIEW, practice)


def linkable(user: Any, practices: QuerySet) -> QuerySet:
    """What the user may name in an entry: of others only what everybody can read."""
    if sees_everything(user):
        return practices
    return practices.filter(own(actor_of(user)) | Q(state=State.PUBLISHED))


# --- what readers send in -------------------------------------------------------------


def visible_suggestions(user: Any, suggestions: QuerySet) -> QuerySet:
    """Corrections of own entries, and practices proposed for the own municipalities."""
    if sees_everything(user):
        return suggestions
    actor = actor_of(user)
    proposed = Q(practice__isnull=True, municipality__in=actor.places)
    return suggestions.filter(own(actor, "practice__") | proposed)


def may_handle(user: Any, suggestion: Suggestion) -> bool:
    """Who may change the entry, answers what is sent in about it."""
    if suggestion.practice is not None:
        return may(user, Action.CHANGE, suggestion.practice)
    actor = actor_of(user)
    if Role.EDITOR in actor.roles and suggestion.municipality_id in actor.places:
        return True
    return actor.is_chief


# --- sources --------------------------------------------------------------------------


def may_change_source(user: Any, source: Source) -> bool:
    """A redacteur: when all entries that use it are own ones, or nothing does and it is new.

    Others get the permission from their group.
    """
    actor = actor_of(user)
    if Role.EDITOR not in actor.roles or source.pk is None:
        return False
    using = Practice.objects.filter(Q(references__source=source) | Q(claims__source=source))
    if not using.exists():
        made = Version.objects.filter(kind="practices.source", key=source.pk, by=user)
        return made.filter(action=VersionAction.ADDED).exists()
    mine = Practice.objects.filter(own(actor)).order_by()
    return not using.exclude(pk__in=mine.values("pk")).exists()
