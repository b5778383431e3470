from django.urls import path

from municipalities import views

urlpatterns = [
    path("gemeenten/", views.municipality_list, name="municipality_list"),
    path("gemeenten/<slug:slug>/", views.municipality_detail, name="municipality_detail"),
]
