"""Entry point for the web server: `granian --interface wsgi parelkaart.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parelkaart.settings")
# Threads of a web process share connections, and no reader may keep the database busy for
# long. Commands, such as a migration, have one connection and all the time they need.
os.environ.setdefault("DB_POOL_ENABLED", "1")
os.environ.setdefault("DB_STATEMENT_TIMEOUT", "30")
application = get_wsgi_application()
