"""No address ends in a slash; with one it is not there (docs/adr/0026)."""

from django.urls import include, path

from practices.api import operations, views  # noqa: F401 - operations register themselves
from practices.api.app import api

_made, _app, _namespace = api.urls
# Without the root of django-ninja, which only exists to be reversed.
_patterns = [pattern for pattern in _made if getattr(pattern, "name", "") != "api-root"]

urlpatterns = [
    path("api/v1/openapi.json", views.description, name="api_description"),
    path("api/v1/", include((_patterns, _app), namespace=_namespace)),
    path("open-data/", views.open_data, name="open_data"),
]
