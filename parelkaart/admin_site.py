"""The admin site at /beheer/."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class BeheerSite(AdminSite):
    site_title = "Beheer parelkaart"
    site_header = "Beheer van de parelkaart"
    index_title = _("Site administration")
    empty_value_display = "–"
