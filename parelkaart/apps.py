"""The project's own app configurations."""

from importlib import import_module

from django.apps import AppConfig, apps
from django.contrib.admin.apps import SimpleAdminConfig
from django.utils.module_loading import module_has_submodule


class ParelkaartConfig(AppConfig):
    """Registers the system checks and holds the project's own static files."""

    name = "parelkaart"

    def ready(self) -> None:
        import_module("parelkaart.checks")


class BeheerConfig(SimpleAdminConfig):
    """The admin, without `leaflet.admin`.

    Stock autodiscovery imports every app's `admin` module. That of django-leaflet
    needs GDAL, which this project does not use (docs/adr/0003).
    """

    default_site = "parelkaart.admin_site.BeheerSite"

    def ready(self) -> None:
        super().ready()
        for app in apps.get_app_configs():
            if app.name != "leaflet" and module_has_submodule(app.module, "admin"):
                import_module(f"{app.name}.admin")
