from django.urls import path

from practices import search_views, views

urlpatterns = [
    path("praktijken/", views.practice_list, name="practice_list"),
    path("praktijken.geojson", views.practice_geojson, name="practice_geojson"),
    path("praktijken.csv", views.practice_csv, name="practice_csv"),
    path("praktijken/<slug:slug>/", views.practice_detail, name="practice_detail"),
    path("suggesties/", search_views.suggestions, name="suggestions"),
    path("gezocht/", search_views.wanted_list, name="wanted_list"),
    path("knelpunten/", views.barrier_list, name="barrier_list"),
    path("kaart/", views.practice_map, name="practice_map"),
]
