from importlib import import_module

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = "Catalogus"

    def ready(self) -> None:
        import_module("practices.search.signals").connect()
        import_module("practices.search.checks")
