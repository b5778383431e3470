import pytest

from parelkaart.accounts import checks

OIDC = {"OIDC_ISSUER": "https://id.example.org/realms/x", "OIDC_CLIENT_ID": "parelkaart"}


def found(check, settings, values):
    for name, value in values.items():
        setattr(settings, name, value)
    return [message.id for message in check()]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        (OIDC, []),
        (OIDC | {"OIDC_CLIENT_ID": ""}, ["parelkaart.E020"]),
        (OIDC | {"OIDC_ISSUER": ""}, ["parelkaart.E020"]),
        (OIDC | {"OIDC_ISSUER": "http://id.example.org"}, ["parelkaart.E021"]),
        (OIDC | {"OIDC_ISSUER": "http://localhost:8080/realms/x"}, []),
        (OIDC | {"OIDC_ISSUER": "http://localhost.example.org"}, ["parelkaart.E021"]),
    ],
)
def test_provider_is_whole_and_safe(settings, values, expected):
    assert found(checks.check_provider, settings, values) == expected


@pytest.mark.parametrize(
    ("minutes", "hours", "expected"),
    [
        (60, 12, []),
        (60, 1, []),
        (61, 1, ["parelkaart.E022"]),
        (0, 1, ["parelkaart.E022"]),
        (-5, 1, ["parelkaart.E022"]),
    ],
)
def test_limits_of_sessions_make_sense(settings, minutes, hours, expected):
    values = {"SESSION_IDLE_MINUTES": minutes, "SESSION_MAX_HOURS": hours}

    assert found(checks.check_session_limits, settings, values) == expected


@pytest.mark.parametrize(
    ("https", "host", "expected"),
    [(True, "", ["parelkaart.W020"]), (True, "mail", []), (False, "", [])],
)
def test_site_on_https_has_a_mail_server(settings, https, host, expected):
    assert found(checks.check_mail, settings, {"IS_HTTPS": https, "EMAIL_HOST": host}) == expected
