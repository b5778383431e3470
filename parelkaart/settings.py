"""The only settings module.

Every value that differs between installations is read from the environment, once,
through a typed reader that names the variable when its value makes no sense. A
variable `NAME` may also be given as `NAME_FILE`, the path of a file that holds it.
All variables are listed in docs/operations.md.
"""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import FileAwareEnv, validate

env = FileAwareEnv()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))

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
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "parelkaart.middleware.permissions_policy",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "parelkaart.urls"
WSGI_APPLICATION = "parelkaart.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
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

DB_ENGINE = env.str("DB_ENGINE", "sqlite", validate=validate.OneOf(["sqlite", "postgresql"]))
if DB_ENGINE == "postgresql":
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": env.str("DB_NAME", "parelkaart"),
            "USER": env.str("DB_USER", "parelkaart"),
            "PASSWORD": env.str("DB_PASSWORD", ""),
            "HOST": env.str("DB_HOST", "localhost"),
            "PORT": env.str("DB_PORT", "5432"),
            "CONN_MAX_AGE": env.int("DB_CONN_MAX_AGE", 60),
            "CONN_HEALTH_CHECKS": True,
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": env.str("DB_NAME", str(VAR_DIR / "parelkaart.sqlite3")),
            "OPTIONS": {
                # Readers never wait for the writer, and a transaction that will write
                # takes its lock at once instead of failing half-way.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
            },
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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

# --- Language and time --------------------------------------------------------

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# --- Files --------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

# --- The site -----------------------------------------------------------------

SITE_NAME = env.str("SITE_NAME", "Parelkaart Limburg")
SITE_REGION = env.str("SITE_REGION", "Limburg")
SITE_CONTACT_EMAIL = env.str("SITE_CONTACT_EMAIL", "")
SITE_ORGANISATION = env.str("SITE_ORGANISATION", "")
ACCESSIBILITY_REGISTER_URL = env.str("ACCESSIBILITY_REGISTER_URL", "")
CATALOGUE_DIR = BASE_DIR / "fixtures"
PRACTICES_PER_PAGE = 20

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
SECURE_REDIRECT_EXEMPT = [r"^_healthz/$"]
SECURE_HSTS_SECONDS = 63_072_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
if env.bool("USE_X_FORWARDED_PROTO", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
if IS_HTTPS:
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"

# --- Logging ------------------------------------------------------------------

LOG_LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
LOG_LEVEL = env.str("LOG_LEVEL", "INFO", validate=validate.OneOf(LOG_LEVELS))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
