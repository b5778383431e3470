"""A site with the catalogue and something in every table: `python -m tests.servers.filling`."""

import django

django.setup()

from datetime import UTC, date, datetime  # noqa: E402

from allauth.account.models import EmailAddress, EmailConfirmation  # noqa: E402
from allauth.mfa.models import Authenticator  # noqa: E402
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken  # noqa: E402
from django.contrib.admin.models import CHANGE, LogEntry  # noqa: E402
from django.contrib.auth.models import Group, Permission  # noqa: E402
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.management import call_command  # noqa: E402

from municipalities.models import Municipality  # noqa: E402
from parelkaart.accounts import sealing  # noqa: E402
from practices.editorial import history  # noqa: E402
from practices.enums import State, VersionAction  # noqa: E402
from practices.models import (  # noqa: E402
    AdoptionStep,
    DigestPreference,
    LinkCheck,
    MissedQuery,
    OldTermSlug,
    Practice,
    PrivacyOverride,
    StateChange,
    SynonymGroup,
    Theme,
    ViewCount,
    WithdrawnSlug,
)
from tests.factories import (  # noqa: E402
    AdoptionFactory,
    ContactFactory,
    MembershipFactory,
    OldMunicipalitySlugFactory,
    OldSlugFactory,
    PhotoFactory,
    ReminderFactory,
    SuggestionFactory,
    UserFactory,
    WantedQuestionFactory,
)

# What a text can hold without being wrong.
TEXT = "Regel één\r\nregel “twee” \\n \t ☕ 🧶 ﬁ 'x' \"y\" %s; DROP TABLE --"
WHEN = datetime(2019, 3, 31, 1, 30, 0, 123456, tzinfo=UTC)


def people() -> None:
    user = MembershipFactory(user__first_name="Zoë", user__last_login=WHEN).user
    user.groups.add(Group.objects.get(name="Eindredactie"))
    user.user_permissions.add(Permission.objects.get(codename="view_practice"))
    UserFactory(superuser=True)
    address = EmailAddress.objects.create(user=user, email=user.email, verified=True)
    EmailConfirmation.objects.create(email_address=address, key="k", sent=WHEN)
    Authenticator.objects.create(
        user=user, type="totp", data={"secret": sealing.seal("geheim"), "b": [1, 2.5, None, True]}
    )
    app = SocialApp.objects.create(provider="oidc", name="x", client_id="y", settings={"z": {}})
    account = SocialAccount.objects.create(user=user, provider="oidc", uid="1", extra_data={"ï": 1})
    SocialToken.objects.create(app=app, account=account, token="t", expires_at=WHEN)
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(Practice),
        object_id="1",
        object_repr=TEXT,
        action_flag=CHANGE,
    )
    DigestPreference.objects.create(user=user, wants_digests=False)


def entries() -> None:
    user = UserFactory(staff=True)
    first, second = Practice.objects.order_by("pk")[:2]
    for practice in (first, second):
        history.found(practice)
        practice.background = TEXT
        practice.confirmed_by = user
        practice.save()
        history.record(practice, VersionAction.CHANGED, user, TEXT)
    photo = PhotoFactory(practice=first, alt=TEXT[:100])
    PhotoFactory(practice=second, image__width=1000, image__height=700)
    history.record(first, VersionAction.CHANGED, user)
    assert photo.files
    StateChange.objects.create(
        practice=first, by=user, from_state=State.CONCEPT, to_state=State.PUBLISHED
    )
    PrivacyOverride.objects.create(practice=first, by=user, kinds="bsn", marks=["ab", "cd"])
    adoption = AdoptionFactory(practice=first, municipality=Municipality.objects.first())
    AdoptionStep.objects.create(adoption=adoption, by=user, state="gestart", reason=TEXT)
    ContactFactory(practice=first)
    OldSlugFactory(practice=first)
    ReminderFactory(practice=first)
    ViewCount.objects.create(practice=first, month=date(2026, 11, 1), count=12)


def the_rest() -> None:
    Municipality.objects.filter(slug="venlo").update(
        boundary={"type": "Polygon", "coordinates": [[[6.1, 51.36953], [6.0, 51.0], [6, 51]]]}
    )
    OldMunicipalitySlugFactory(municipality=Municipality.objects.first())
    OldTermSlug.objects.create(kind="practices.theme", key=Theme.objects.first().pk, slug="oud")
    WithdrawnSlug.objects.create(slug="weg")
    SuggestionFactory(text=TEXT)
    WantedQuestionFactory()
    MissedQuery.objects.create(text="zoekterm", last_seen=date(2026, 1, 1))
    LinkCheck.objects.create(url="https://example.org/ï", checked_at=WHEN)
    # The highest key was given to a row that is gone.
    SynonymGroup.objects.create(words="een\ntwee").delete()


if __name__ == "__main__":
    call_command("load_catalogue")
    people()
    entries()
    the_rest()
