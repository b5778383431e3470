"""All addresses of the site. Paths are Dutch: they are part of what visitors see."""

from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.decorators.http import require_safe

from parelkaart import health, views
from parelkaart.components.views import components
from parelkaart.discovery import open_search, robots_txt
from parelkaart.media import media
from parelkaart.security_txt import security_txt
from parelkaart.share import views as share
from practices.sitemaps import SITEMAPS

urlpatterns = [
    path("", views.home, name="home"),
    path("praktijken/<slug:slug>/beeld.png", share.practice_picture, name="practice_picture"),
    path("beeld.png", share.site_picture, name="site_picture"),
    path("site.webmanifest", share.manifest, name="manifest"),
    path("", include("practices.urls")),
    path("", include("practices.api.urls")),
    path("", include("municipalities.urls")),
    path("componenten/", components, name="components"),
    path("over/", views.about, name="about"),
    path("privacy/", views.privacy, name="privacy"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("sitemap.xml", require_safe(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", robots_txt, name="robots_txt"),
    path("opensearch.xml", open_search, name="open_search"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("media/<path:path>", media, name="media"),
    path("_healthz/", health.everything, name="health"),
    path("_healthz/livez/", health.alive, name="health_alive"),
    path("_healthz/readyz/", health.ready, name="health_ready"),
    path("", include("parelkaart.accounts.urls")),
    path("beheer/", admin.site.urls),
]
handler500 = "parelkaart.views.server_error"
handler404 = "parelkaart.views.not_found"
handler429 = "parelkaart.accounts.views.too_many_requests"
