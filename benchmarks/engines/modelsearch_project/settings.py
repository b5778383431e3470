"""The least that django-modelsearch needs."""

import os

SECRET_KEY = "only-for-benchmarks"  # noqa: S105 - no secrets here
INSTALLED_APPS = [
    "benchmarks.engines.modelsearch_project",
    "modelsearch",
    "django.contrib.contenttypes",
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": os.environ["DB_HOST"],
        "PORT": os.environ["DB_PORT"],
        "NAME": os.environ["DB_NAME"],
        "USER": os.environ["DB_USER"],
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MODELSEARCH_BACKENDS = {
    "default": {"BACKEND": "modelsearch.backends.database", "SEARCH_CONFIG": "dutch"}
}
