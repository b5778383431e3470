from importlib import import_module
from multiprocessing.util import Finalize

from django.apps import AppConfig
from django.core.signals import request_finished
from django.db.models.signals import post_migrate


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = "Catalogus"

    def ready(self) -> None:
        import_module("practices.search.signals").connect()
        import_module("practices.search.checks")
        import_module("practices.old_addresses").connect()
        view_counts = import_module("practices.view_counts")
        request_finished.connect(view_counts.flush_if_due)
        # Not `atexit`: it is passed over in the processes that a server starts.
        Finalize(None, view_counts.flush_at_exit, exitpriority=0)
        groups = import_module("practices.editorial.groups")
        post_migrate.connect(groups.fill_groups, sender=self)
