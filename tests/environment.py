"""The environment of the tests: the same on every machine, whatever the shell exports.

Only the database (DB_…) may be chosen from outside: the suite runs on both.
Imported before Django reads its settings.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

# One test, or one measurement, asks what many visitors would.
LIMITS_OFF = {
    "RATE_LIMIT_SEARCH": "0",
    "RATE_LIMIT_SUGGESTIONS": "0",
    "RATE_LIMIT_API": "0",
    "RATE_LIMIT_DOWNLOADS": "0",
    "RATE_LIMIT_DOCUMENTS": "0",
    "RATE_LIMIT_POST": "0",
}
SITE_VARIABLES = (
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "IS_HTTPS",
    "USE_X_FORWARDED_PROTO",
    "USE_X_FORWARDED_HOST",
    "STATIC_ROOT",
    "BACKUP_DIR",
    "BACKUP_KEEP_DAYS",
    "DATABASE_REPLICA_URL",
    "DB_POOL_ENABLED",
    "DB_POOL_MIN_SIZE",
    "DB_POOL_MAX_SIZE",
    "DB_POOL_TIMEOUT",
    "DB_STATEMENT_TIMEOUT",
    "CACHE_DEFAULT",
    "READ_ONLY",
    "MIRROR_DIR",
    "SITE_URL",
    "REMINDER_LINK_DAYS",
    "SITE_NAME",
    "THEME_CSS",
    "SITE_REGION",
    "SITE_CONTACT_EMAIL",
    "CATALOGUE_DIR",
    "CONTENT_LICENCE",
    "SITE_ORGANISATION",
    "SITE_ORGANISATION_URI",
    "SECURITY_CONTACT",
    "SECURITY_POLICY_URL",
    "ACCESSIBILITY_REGISTER_URL",
    "ACCESSIBILITY_REPORT_URL",
    "MAP_TILES_URL",
    "MAP_TILES_ATTRIBUTION",
    "MAP_EXTENT",
    "EMBED_ALLOWED_ORIGINS",
    "LOG_LEVEL",
    "LOG_FORMAT_CONSOLE",
    "LOG_ACCESS",
    "LOG_QUERY_STRING",
    "SECURITY_LOG",
    "SLOW_QUERY_MS",
    *LIMITS_OFF,
    "ENVIRONMENT",
    "SENTRY_DSN",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "OTEL_SDK_DISABLED",
    "SECRET_KEY_FALLBACKS",
    "REQUIRE_SECOND_FACTOR",
    "SESSION_IDLE_MINUTES",
    "SESSION_MAX_HOURS",
    "NUM_PROXIES",
    "OIDC_ISSUER",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "OIDC_NAME",
    "EMAIL_HOST",
    "EMAIL_PORT",
    "EMAIL_HOST_USER",
    "EMAIL_HOST_PASSWORD",
    "EMAIL_USE_TLS",
    "DEFAULT_FROM_EMAIL",
)


def prepare() -> Path:
    """Set the variables; returns a new VAR_DIR, to be removed with `discard`."""
    for name in SITE_VARIABLES:
        os.environ.pop(name, None)
        os.environ.pop(f"{name}_FILE", None)
    var = Path(tempfile.mkdtemp(prefix="parelkaart-tests-"))
    # WhiteNoise warns about a folder of static files that does not exist.
    (var / "static").mkdir()
    (var / "media").mkdir()
    os.environ["VAR_DIR"] = str(var)
    # Gives plain static files and a key for tests; the test runner itself turns the
    # debug mode off again.
    os.environ["DEBUG"] = "1"
    os.environ.update(LIMITS_OFF)
    # A busy machine must not add lines to the log of a test.
    os.environ["SLOW_QUERY_MS"] = "0"
    os.environ["DJANGO_SETTINGS_MODULE"] = "parelkaart.settings"
    return var


def discard(var: Path) -> None:
    shutil.rmtree(var, ignore_errors=True)
