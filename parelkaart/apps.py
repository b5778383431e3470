"""The project's own app configurations."""

from importlib import import_module

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.admin.apps import SimpleAdminConfig
from django.core.signals import request_finished
from django.db.backends.signals import connection_created
from django.utils.module_loading import module_has_submodule


class ParelkaartConfig(AppConfig):
    """Registers the system checks and holds the project's own static files."""

    name = "parelkaart"

    def ready(self) -> None:
        import_module("parelkaart.checks")
        import_module("parelkaart.accounts.checks")
        import_module("parelkaart.theme.checks")
        import_module("parelkaart.accounts.events")
        import_module("parelkaart.accounts.rights")
        request_finished.connect(import_module("parelkaart.logs.current").end)
        if settings.SLOW_QUERY_MS > 0:
            connection_created.connect(import_module("parelkaart.logs.slow_queries").watch)
        import_module("parelkaart.telemetry").start()


class BeheerConfig(SimpleAdminConfig):
    """The admin, without the `admin` modules of some packages.

    Stock autodiscovery imports every app's. That of django-leaflet needs GDAL, which this
    project does not use (docs/adr/0003). Those of django-allauth would show secrets and
    identities to be edited; what is needed is an action on users (accounts/administration).
    """

    silent = ("leaflet", "allauth")

    default_site = "parelkaart.admin_site.BeheerSite"

    def ready(self) -> None:
        super().ready()
        for app in apps.get_app_configs():
            silent = app.name.split(".")[0] in self.silent
            if not silent and module_has_submodule(app.module, "admin"):
                import_module(f"{app.name}.admin")
