"""The addresses around signing in: Dutch, and only those that the site uses.

The names are those of django-allauth, which looks them up. There is none for signing up,
and none for managing e-mail addresses: that is done by the beheerder.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.urls import include, path, re_path

from parelkaart.accounts import views

SIGN_IN = [
    path("", account.login, name="account_login"),
    path("tweede-stap/", mfa.authenticate, name="mfa_authenticate"),
    path("passkey/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("inactief/", account.account_inactive, name="account_inactive"),
    path("met/<slug:provider_id>/", oidc.login, name="openid_connect_login"),
    path("met/<slug:provider_id>/terug/", oidc.callback, name="openid_connect_callback"),
    path("geannuleerd/", social.login_cancelled, name="socialaccount_login_cancelled"),
]
PASSWORD = [
    path("wijzigen/", account.password_change, name="account_change_password"),
    path("geen/", views.no_password, name="account_set_password"),
    path("vergeten/", account.password_reset, name="account_reset_password"),
    path("vergeten/verstuurd/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "nieuw/klaar/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
SECOND_STEP = [
    path("", mfa.index, name="mfa_index"),
    path("app/", app.activate_totp, name="mfa_activate_totp"),
    path("app/uitzetten/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("herstelcodes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("herstelcodes/nieuw/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("sleutels/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("sleutels/toevoegen/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("sleutels/<int:pk>/naam/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("sleutels/<int:pk>/verwijderen/", keys.remove_webauthn, name="mfa_remove_webauthn"),
]
ACCOUNT = [
    path("", views.home, name="account_home"),
    path("bevestigen/", account.reauthenticate, name="account_reauthenticate"),
    path("bevestigen/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("bevestigen/sleutel/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("herinneringen/", views.reminders, name="account_reminders"),
    path("koppeling/", social.connections, name="socialaccount_connections"),
    path("wachtwoord/", include(PASSWORD)),
    path("tweede-stap/", include(SECOND_STEP)),
]
urlpatterns = [
    path("inloggen/", include(SIGN_IN)),
    path("uitloggen/", account.logout, name="account_logout"),
    path("account/", include(ACCOUNT)),
    # In front of the admin's own: these know nothing of a second step or of limits.
    path("beheer/login/", views.admin_login),
    path("beheer/logout/", account.logout),
    path("beheer/password_change/", account.password_change),
]
