"""The only settings module.

Every value that differs between installations is read from the environment, once,
through a typed reader that names the variable when its value makes no sense. A
variable `NAME` may also be given as `NAME_FILE`, the path of a file that holds it.
All variables are listed in docs/operations.md.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import FileAwareEnv, validate

env = FileAwareEnv()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
# Of who runs the site: templates and static files that go before ours of the same name.
OWN_DIR = VAR_DIR / "site"

# --- Mode and secrets ---------------------------------------------------------

DEBUG = env.bool("DEBUG", False)
IS_HTTPS = env.bool("IS_HTTPS", not DEBUG)

INSECURE_SECRET_KEY = "django-insecure-only-for-development"  # noqa: S105 - refused below
SECRET_KEY = env.str("SECRET_KEY", INSECURE_SECRET_KEY if DEBUG else "")
if not DEBUG and SECRET_KEY in ("", INSECURE_SECRET_KEY):
    raise ImproperlyConfigured(
        "SECRET_KEY is missing. Set SECRET_KEY (or SECRET_KEY_FILE) to at least 50 random "
        "characters, or DEBUG=1 for development on your own machine."
    )

# Keys of before: what they signed or sealed can still be read.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

# --- Applications -------------------------------------------------------------

INSTALLED_APPS = [
    "parelkaart.apps.ParelkaartConfig",
    "municipalities",
    "practices",
    "parelkaart.apps.BeheerConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django_filters",
    "django_htmx",
    "leaflet",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "parelkaart.logs.middleware.request_log",
    "practices.api.middleware.api_answers",
    "parelkaart.health.health_at_any_address",
    # Before what answers by itself: a redirect to https, a static file, a page of the copy.
    "parelkaart.middleware.protective_headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "parelkaart.databases.middleware.databases",
    "parelkaart.caching.PublicPages",
    "parelkaart.limits.Limits",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "parelkaart.accounts.middleware.sign_in_guard",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "parelkaart.urls"
WSGI_APPLICATION = "parelkaart.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [OWN_DIR / "templates", BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "parelkaart.context_processors.site",
            ],
        },
    },
]

# --- Database -----------------------------------------------------------------

# A copy to read from, and a site that only shows what it has (docs/adr/0036).
DATABASE_REPLICA_URL = env.str("DATABASE_REPLICA_URL", "")
READ_ONLY = env.bool("READ_ONLY", False)
# Made by `build_mirror`; shown when no database answers.
MIRROR_DIR = env.str("MIRROR_DIR", "")

DB_ENGINE = env.str("DB_ENGINE", "sqlite", validate=validate.OneOf(["sqlite", "postgresql"]))
# The web process sets other defaults for these two (wsgi.py).
DB_POOL_ENABLED = env.bool("DB_POOL_ENABLED", False)
DB_STATEMENT_TIMEOUT = env.int("DB_STATEMENT_TIMEOUT", 0)  # seconds; 0: none
# A thread that finds no connection in this time tells that the database does not answer.
DB_POOL_TIMEOUT = env.int("DB_POOL_TIMEOUT", 3)
DB_POOL = {
    "min_size": env.int("DB_POOL_MIN_SIZE", 1),
    "max_size": env.int("DB_POOL_MAX_SIZE", 8),
    "timeout": DB_POOL_TIMEOUT,
    # Tried again by the next request, and not ever more seldom in the background.
    "reconnect_timeout": DB_POOL_TIMEOUT,
}
DB_CONN_MAX_AGE = env.int("DB_CONN_MAX_AGE", 60)


def postgresql(place: dict[str, Any], *, read_only: bool) -> dict[str, Any]:
    """A database for Django. Without a pool each thread keeps its own connection."""
    session = {
        "statement_timeout": f"{DB_STATEMENT_TIMEOUT}s",
        "default_transaction_read_only": "on" if read_only else "off",
    }
    options: dict[str, Any] = {
        **place.get("OPTIONS", {}),
        "connect_timeout": DB_POOL_TIMEOUT,
        "options": " ".join(f"-c {name}={value}" for name, value in session.items()),
    }
    if DB_POOL_ENABLED:
        options["pool"] = DB_POOL
    return place | {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 0 if DB_POOL_ENABLED else DB_CONN_MAX_AGE,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


DATABASES: dict[str, dict[str, Any]] = {}
if DB_ENGINE == "postgresql":
    DATABASES["default"] = postgresql(
        {
            "NAME": env.str("DB_NAME", "parelkaart"),
            "USER": env.str("DB_USER", "parelkaart"),
            "PASSWORD": env.str("DB_PASSWORD", ""),
            "HOST": env.str("DB_HOST", "localhost"),
            "PORT": env.str("DB_PORT", "5432"),
        },
        read_only=READ_ONLY,
    )
else:
    SQLITE_FILE = env.str("DB_NAME", str(VAR_DIR / "parelkaart.sqlite3"))
    DATABASES["default"] = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": SQLITE_FILE,
        "OPTIONS": {
            # Readers never wait for the writer, and a transaction that will write
            # takes its lock at once instead of failing half-way. What was confirmed to an editor
            # survives a power cut too: each commit waits for the disk.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }
    if READ_ONLY:
        DATABASES["default"]["OPTIONS"] = {"init_command": "PRAGMA query_only=ON;", "timeout": 20}
if DATABASE_REPLICA_URL:
    DATABASES["replica"] = postgresql(
        {**dj_database_url.parse(DATABASE_REPLICA_URL)}, read_only=True
    )
DATABASE_ROUTERS = ["parelkaart.databases.routing.ReplicaRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared, so that every process counts the same failed attempts: in Redis where there is one.
CACHE_DEFAULT = env.str("CACHE_DEFAULT", "")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_DEFAULT,
        "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2},
    }
    if CACHE_DEFAULT
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "parelkaart_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000, "CULL_FREQUENCY": 4},
    }
}

# --- People -------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    # Not for signing in: it tells what a redacteur may look up.
    "practices.editorial.backend.EditorBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_home"
LOGOUT_REDIRECT_URL = "home"

REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", IS_HTTPS)
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", 60)
SESSION_MAX_HOURS = env.int("SESSION_MAX_HOURS", 12)
SESSION_COOKIE_AGE = SESSION_MAX_HOURS * 3600
# Attempts are counted by address; behind a proxy, that of the visitor is in a header.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("NUM_PROXIES", 0)

# django-allauth (docs/adr/0012). What is not here is as it comes, rate limits included.
ACCOUNT_ADAPTER = "parelkaart.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "parelkaart.accounts.forms.LoginForm",
    "reauthenticate": "parelkaart.accounts.forms.ReauthenticateForm",
    "change_password": "parelkaart.accounts.forms.ChangePasswordForm",
    "reset_password": "parelkaart.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "parelkaart.accounts.forms.ResetPasswordKeyForm",
}
MFA_ADAPTER = "parelkaart.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
# The clock of a phone may differ by half a minute; a code still counts once (forms.py).
MFA_TOTP_TOLERANCE = 1
# The beheerder gave the address.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
MFA_FORMS = {
    "authenticate": "parelkaart.accounts.forms.AuthenticateForm",
    "reauthenticate": "parelkaart.accounts.forms.ReauthenticateWithCodeForm",
    "activate_totp": "parelkaart.accounts.forms.ActivateAppForm",
    "add_webauthn": "parelkaart.accounts.forms.AddKeyForm",
    "edit_webauthn": "parelkaart.accounts.forms.RenameKeyForm",
}
SOCIALACCOUNT_ADAPTER = "parelkaart.accounts.adapters.SocialAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_EMAIL_REQUIRED = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
# A link, not a form: browsers hold `form-action` against the redirect to the provider.
SOCIALACCOUNT_LOGIN_ON_GET = True

# An OpenID Connect provider, such as Entra ID or Keycloak. Empty means: none.
OIDC_ISSUER = env.str("OIDC_ISSUER", "").rstrip("/")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", "")
OIDC_NAME = env.str("OIDC_NAME", "je organisatie")
OIDC_APP = {
    "provider_id": "oidc",
    "name": OIDC_NAME,
    "client_id": OIDC_CLIENT_ID,
    "secret": OIDC_CLIENT_SECRET,
    "settings": {"server_url": OIDC_ISSUER, "uid_field": "sub"},
}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [OIDC_APP] if OIDC_ISSUER else []}
}

# --- Mail ---------------------------------------------------------------------

# Without a server, mail is written to the log: enough on your own machine.
EMAIL_HOST = env.str("EMAIL_HOST", "")
EMAIL_PORT = env.int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "parelkaart@localhost")

# --- Language and time --------------------------------------------------------

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# --- Files --------------------------------------------------------------------

STATIC_URL = "/static/"
# Elsewhere in a container: there it is a part of the image, and VAR_DIR a volume.
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(VAR_DIR / "static")))
# A theme with its fonts.
THEME_DIR = VAR_DIR / "theme"
STATICFILES_DIRS: list[str | tuple[str, str]] = [
    *([("theme", str(THEME_DIR))] if THEME_DIR.is_dir() else []),
    *([str(OWN_DIR / "static")] if (OWN_DIR / "static").is_dir() else []),
]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "parelkaart.storage.UploadStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "parelkaart.storage.SiteStorage"
        )
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
# The daily backup of `run_jobs`; empty means: none.
BACKUP_DIR = env.str("BACKUP_DIR", "")
BACKUP_KEEP_DAYS = env.int("BACKUP_KEEP_DAYS", 14)

# --- The site -----------------------------------------------------------------

# For what runs without a request; in a request its own address counts.
SITE_URL = env.str("SITE_URL", "").rstrip("/")
SITE_NAME = env.str("SITE_NAME", "Parelkaart Limburg")
SITE_REGION = env.str("SITE_REGION", "Limburg")
SITE_CONTACT_EMAIL = env.str("SITE_CONTACT_EMAIL", "")
SITE_ORGANISATION = env.str("SITE_ORGANISATION", "")
# How registers name it, for example https://identifier.overheid.nl/tooi/id/provincie/pv31.
SITE_ORGANISATION_URI = env.str("SITE_ORGANISATION_URI", "")
# Who hears of a weakness: a mailto: or https: address; without it, SITE_CONTACT_EMAIL.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", "")
SECURITY_POLICY_URL = env.str("SECURITY_POLICY_URL", "")
ACCESSIBILITY_REGISTER_URL = env.str("ACCESSIBILITY_REGISTER_URL", "")
ACCESSIBILITY_REPORT_URL = env.str("ACCESSIBILITY_REPORT_URL", "")
# Style sheets with tokens of NL Design System, as names of static files (docs/operations.md).
THEME_CSS: list[str] = env.list("THEME_CSS", [])
# What `load_catalogue` loads, and under which licence it and what editors write may be used.
CATALOGUE_DIR = Path(env.str("CATALOGUE_DIR", str(BASE_DIR / "fixtures")))
CONTENT_LICENCE = env.str(
    "CONTENT_LICENCE", "CC-BY-4.0", validate=validate.OneOf(["CC-BY-4.0", "CC0-1.0"])
)
PRACTICES_PER_PAGE = 20
REMINDER_LINK_DAYS = env.int("REMINDER_LINK_DAYS", 45)

# --- Map ----------------------------------------------------------------------

# An empty MAP_TILES_URL means: no background, and not one request to another host.
MAP_TILES_URL = env.str(
    "MAP_TILES_URL",
    "https://service.pdok.nl/kadaster/brt-achtergrondkaart/wmts/v2_0/grijs/EPSG:3857/{z}/{x}/{y}.png",
)
MAP_TILES_ATTRIBUTION = env.str("MAP_TILES_ATTRIBUTION", "Kaartgegevens: Kadaster (CC BY 4.0)")
MAP_EXTENT = tuple(
    env.list("MAP_EXTENT", [5.55, 50.74, 6.25, 51.79], subcast=float)
)  # west, south, east, north in degrees (WGS84)
if len(MAP_EXTENT) != 4:
    raise ImproperlyConfigured("MAP_EXTENT takes four numbers: west,south,east,north.")
# Sites that may show /embed/kaart/ in a frame, for example https://www.venlo.nl.
EMBED_ALLOWED_ORIGINS: list[str] = env.list("EMBED_ALLOWED_ORIGINS", [])
LEAFLET_CONFIG = {
    "SPATIAL_EXTENT": MAP_EXTENT,
    "TILES": [],
    # Its icon is broken in django-leaflet 0.34, and our map has a button of its own.
    "RESET_VIEW": False,
}


def origin(url: str) -> str:
    """Scheme and host of a tile URL; Leaflet's {s} placeholder becomes a wildcard."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".replace("{s}", "*")


# --- Security -----------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *([origin(MAP_TILES_URL)] if MAP_TILES_URL else [])],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = IS_HTTPS
# Whoever watches over the process asks it directly, without the proxy that adds https.
SECURE_REDIRECT_EXEMPT = [r"^_healthz/(livez/|readyz/)?$"]
SECURE_HSTS_SECONDS = 63_072_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
USE_X_FORWARDED_HOST = env.bool("USE_X_FORWARDED_HOST", False)
if env.bool("USE_X_FORWARDED_PROTO", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
if IS_HTTPS:
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"

# How often one visitor may do something in a minute; 0: as often as they like (docs/adr/0033).
NOT_BELOW_ZERO = validate.Range(min=0)
RATE_LIMITS = {
    "search": env.int("RATE_LIMIT_SEARCH", 120, validate=NOT_BELOW_ZERO),
    "suggestions": env.int("RATE_LIMIT_SUGGESTIONS", 300, validate=NOT_BELOW_ZERO),
    "api": env.int("RATE_LIMIT_API", 300, validate=NOT_BELOW_ZERO),
    "downloads": env.int("RATE_LIMIT_DOWNLOADS", 30, validate=NOT_BELOW_ZERO),
    "documents": env.int("RATE_LIMIT_DOCUMENTS", 30, validate=NOT_BELOW_ZERO),
    "post": env.int("RATE_LIMIT_POST", 60, validate=NOT_BELOW_ZERO),
}

# --- Logging ------------------------------------------------------------------

LOG_LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
LOG_LEVEL = env.str("LOG_LEVEL", "INFO", validate=validate.OneOf(LOG_LEVELS))
LOG_FORMAT_CONSOLE = env.str(
    "LOG_FORMAT_CONSOLE", "plain" if DEBUG else "json", validate=validate.OneOf(["json", "plain"])
)
# A line for each request; the development server has its own.
LOG_ACCESS = env.bool("LOG_ACCESS", not DEBUG)
# What readers search for may be about themselves.
LOG_QUERY_STRING = env.bool("LOG_QUERY_STRING", False)
SECURITY_LOG = env.str("SECURITY_LOG", "")
SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", 500)
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "parelkaart.logs.formats.JsonFormatter"},
        "plain": {"()": "parelkaart.logs.formats.PlainFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT_CONSOLE}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    # Who came in is always worth knowing, also where LOG_LEVEL asks for problems only.
    "loggers": {
        "parelkaart.security": {"level": "INFO"},
        # Without the handlers that it comes with: each line once.
        "django": {"level": LOG_LEVEL},
        # Tells of each step of each document.
        "weasyprint": {"level": "WARNING"},
    },
}
if SECURITY_LOG:
    LOGGING["handlers"]["security"] = {
        # Opens the file again when a rotation took it away.
        "class": "logging.handlers.WatchedFileHandler",
        "filename": SECURITY_LOG,
        "encoding": "utf-8",
        "delay": True,
        "formatter": "json",
    }
    LOGGING["loggers"]["parelkaart.security"] |= {"handlers": ["security"], "propagate": False}

# Errors to Sentry and traces to a collector (requirements-observability.txt); empty means: none.
ENVIRONMENT = env.str("ENVIRONMENT", "")
SENTRY_DSN = env.str("SENTRY_DSN", "")
OTEL_EXPORTER_OTLP_ENDPOINT = env.str("OTEL_EXPORTER_OTLP_ENDPOINT", "").rstrip("/")
TRACING = bool(OTEL_EXPORTER_OTLP_ENDPOINT) and not env.bool("OTEL_SDK_DISABLED", False)
if TRACING:
    MIDDLEWARE.insert(1, "parelkaart.telemetry.tracing.traced")
