"""Entry point for the web server: `granian --interface wsgi parelkaart.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parelkaart.settings")
application = get_wsgi_application()
