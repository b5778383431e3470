"""All addresses of the site. Paths are Dutch: they are part of what visitors see."""

from django.contrib import admin
from django.urls import path

urlpatterns = [path("beheer/", admin.site.urls)]
