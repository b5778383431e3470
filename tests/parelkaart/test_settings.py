"""The settings module is run anew for each test, with an environment of its own."""

import os
import runpy
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from environs import EnvError

SETTINGS = Path(__file__).resolve().parents[2] / "parelkaart" / "settings.py"
KEY = "k" * 50


@pytest.fixture
def read(monkeypatch):
    """The settings of a site that has only these variables."""

    def run(**variables):
        for name in list(os.environ):
            if name not in ("PATH", "HOME", "LANG"):
                monkeypatch.delenv(name)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(SETTINGS))

    return run


# --- the secret key -------------------------------------------------------------------


@pytest.mark.parametrize("given", [{}, {"SECRET_KEY": ""}])
def test_site_without_a_key_does_not_start(read, given):
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is missing"):
        read(**given)


def test_key_of_development_is_refused_outside_development(read):
    development = read(DEBUG="1")["SECRET_KEY"]

    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is missing"):
        read(SECRET_KEY=development)


def test_key_may_be_given_as_a_file(read, tmp_path):
    file = tmp_path / "key"
    file.write_text(KEY)

    assert read(SECRET_KEY_FILE=str(file))["SECRET_KEY"] == KEY


def test_file_that_does_not_exist_is_told(read, tmp_path):
    with pytest.raises(ValueError, match="SECRET_KEY_FILE must be a readable file path"):
        read(SECRET_KEY_FILE=str(tmp_path / "no-such-key"))


# --- the theme --------------------------------------------------------------------------


def test_theme_is_a_list_of_style_sheets(read):
    assert read(SECRET_KEY=KEY)["THEME_CSS"] == []
    assert read(SECRET_KEY=KEY, THEME_CSS="theme/a.css,theme/b.dark.css")["THEME_CSS"] == [
        "theme/a.css",
        "theme/b.dark.css",
    ]


def test_folder_of_themes_is_served_when_it_is_there(read, tmp_path):
    assert read(SECRET_KEY=KEY, VAR_DIR=str(tmp_path))["STATICFILES_DIRS"] == []

    (tmp_path / "theme").mkdir()

    expected = [("theme", str(tmp_path / "theme"))]
    assert read(SECRET_KEY=KEY, VAR_DIR=str(tmp_path))["STATICFILES_DIRS"] == expected


# --- values that make no sense ----------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("LOG_FORMAT_CONSOLE", "xml"),
        ("SLOW_QUERY_MS", "long"),
        ("IS_HTTPS", "2"),
        ("USE_X_FORWARDED_PROTO", "x"),
        ("DB_ENGINE", "mysql"),
        ("MAP_EXTENT", "5.55,fifty,6.25,51.79"),
    ],
)
def test_nonsense_is_refused_with_the_name_of_the_variable(read, name, value):
    with pytest.raises(EnvError, match=name):
        read(**({"SECRET_KEY": KEY} | {name: value}))


def test_pool_time_of_the_database_must_be_a_number(read):
    with pytest.raises(EnvError, match="DB_CONN_MAX_AGE"):
        read(SECRET_KEY=KEY, DB_ENGINE="postgresql", DB_CONN_MAX_AGE="a minute")


def test_map_extent_of_three_numbers_is_refused(read):
    with pytest.raises(ImproperlyConfigured, match="MAP_EXTENT takes four numbers"):
        read(SECRET_KEY=KEY, MAP_EXTENT="5.55,50.74,6.25")


def test_unknown_log_level_is_refused(read):
    with pytest.raises(EnvError, match="LOG_LEVEL"):
        read(SECRET_KEY=KEY, LOG_LEVEL="LOUD")


# --- what follows from the mode ---------------------------------------------------------


def names(settings, *wanted):
    return {name: settings.get(name) for name in wanted}


def test_without_variables_but_a_key_the_site_is_closed(read):
    assert names(
        read(SECRET_KEY=KEY),
        "DEBUG",
        "IS_HTTPS",
        "ALLOWED_HOSTS",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "SESSION_COOKIE_SECURE",
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_SECURE",
        "CSRF_COOKIE_NAME",
        "SECURE_PROXY_SSL_HEADER",
    ) == {
        "DEBUG": False,
        "IS_HTTPS": True,
        "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]"],
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 63_072_000,
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        # Believing this header without a proxy would let anybody claim to use https.
        "SECURE_PROXY_SSL_HEADER": None,
    }


def test_own_machine_without_https_works(read):
    assert names(
        read(SECRET_KEY=KEY, IS_HTTPS="0"),
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "SESSION_COOKIE_SECURE",
        "SESSION_COOKIE_NAME",
    ) == {
        "SECURE_SSL_REDIRECT": False,
        "SECURE_HSTS_SECONDS": 0,
        "SESSION_COOKIE_SECURE": False,
        "SESSION_COOKIE_NAME": None,
    }


@pytest.mark.parametrize(
    ("debug", "storage"),
    [
        ("0", "parelkaart.storage.SiteStorage"),
        ("1", "django.contrib.staticfiles.storage.StaticFilesStorage"),
    ],
)
def test_static_files_have_hashed_names_outside_development(read, debug, storage):
    settings = read(SECRET_KEY=KEY, DEBUG=debug)

    assert settings["STORAGES"]["staticfiles"]["BACKEND"] == storage


def test_everything_that_is_written_goes_below_var_dir(read, tmp_path):
    settings = read(SECRET_KEY=KEY, VAR_DIR=str(tmp_path))

    assert (
        settings["STATIC_ROOT"],
        settings["MEDIA_ROOT"],
        settings["DATABASES"]["default"]["NAME"],
    ) == (tmp_path / "static", tmp_path / "media", str(tmp_path / "parelkaart.sqlite3"))


def test_postgresql_is_read_from_the_environment(read):
    settings = read(
        SECRET_KEY=KEY,
        DB_ENGINE="postgresql",
        DB_NAME="parels",
        DB_USER="kaart",
        DB_PASSWORD="geheim",
        DB_HOST="db.example.org",
        DB_PORT="5433",
        DB_CONN_MAX_AGE="5",
    )

    assert settings["DATABASES"]["default"] == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "parels",
        "USER": "kaart",
        "PASSWORD": "geheim",
        "HOST": "db.example.org",
        "PORT": "5433",
        "CONN_MAX_AGE": 5,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 3,
            "options": "-c statement_timeout=0s -c default_transaction_read_only=off",
        },
    }


def test_web_process_shares_its_connections(read):
    database = read(SECRET_KEY=KEY, DB_ENGINE="postgresql", DB_POOL_ENABLED="1")["DATABASES"]

    # Django refuses a pool of connections that it keeps itself.
    assert database["default"]["CONN_MAX_AGE"] == 0
    assert database["default"]["OPTIONS"]["pool"] == {
        "min_size": 1,
        "max_size": 8,
        "timeout": 3,
        "reconnect_timeout": 3,
    }


def test_replica_is_read_and_nothing_else(read):
    databases = read(
        SECRET_KEY=KEY,
        DB_ENGINE="postgresql",
        DATABASE_REPLICA_URL="postgresql://lezer:geheim@db2.example.org:5433/parels?sslmode=require",
    )["DATABASES"]

    replica = databases["replica"]
    place = {name: replica[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert place == {
        "NAME": "parels",
        "USER": "lezer",
        "PASSWORD": "geheim",
        "HOST": "db2.example.org",
        "PORT": 5433,
    }
    assert replica["OPTIONS"]["sslmode"] == "require"
    assert "default_transaction_read_only=on" in replica["OPTIONS"]["options"]


def test_site_that_is_read_only_cannot_write(read):
    sqlite = read(SECRET_KEY=KEY, READ_ONLY="1")["DATABASES"]["default"]["OPTIONS"]
    postgres = read(SECRET_KEY=KEY, READ_ONLY="1", DB_ENGINE="postgresql")["DATABASES"]

    assert sqlite["init_command"] == "PRAGMA query_only=ON;"
    assert "default_transaction_read_only=on" in postgres["default"]["OPTIONS"]["options"]


# --- the map and the Content-Security-Policy ----------------------------------------------


@pytest.mark.parametrize(
    ("tiles", "images"),
    [
        ("https://tiles.example.org/{z}/{x}/{y}.png", ["https://tiles.example.org"]),
        ("https://{s}.tiles.example.org/{z}/{x}/{y}.png", ["https://*.tiles.example.org"]),
        ("", []),
    ],
)
def test_only_the_host_of_the_tiles_may_send_pictures(read, tiles, images):
    policy = read(SECRET_KEY=KEY, MAP_TILES_URL=tiles)["CONTENT_SECURITY_POLICY"]

    assert policy["DIRECTIVES"]["img-src"] == ["'self'", "data:", *images]


def test_rest_of_the_policy_is_strict(read):
    policy = read(SECRET_KEY=KEY)["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]

    assert {name: values for name, values in policy.items() if name != "img-src"} == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }


# --- the log ----------------------------------------------------------------------------


@pytest.mark.parametrize(("debug", "form", "access"), [("0", "json", True), ("1", "plain", False)])
def test_log_is_for_programs_unless_somebody_watches(read, debug, form, access):
    settings = read(SECRET_KEY=KEY, DEBUG=debug)

    assert settings["LOGGING"]["handlers"]["console"]["formatter"] == form
    assert settings["LOG_ACCESS"] is access


def test_events_of_security_are_with_the_rest_or_in_a_file_of_their_own(read):
    name = "parelkaart.security"
    together = read(SECRET_KEY=KEY)["LOGGING"]["loggers"][name]
    apart = read(SECRET_KEY=KEY, SECURITY_LOG="/var/log/x")["LOGGING"]["loggers"][name]

    assert together == {"level": "INFO"}
    assert apart == {"level": "INFO", "handlers": ["security"], "propagate": False}


@pytest.mark.parametrize(
    ("variables", "traced"),
    [
        ({}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318/"}, True),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318/", "OTEL_SDK_DISABLED": "true"}, False),
    ],
)
def test_requests_are_traced_by_setting_only(read, variables, traced):
    second = read(SECRET_KEY=KEY, **variables)["MIDDLEWARE"][1]

    assert (second == "parelkaart.telemetry.tracing.traced") is traced
