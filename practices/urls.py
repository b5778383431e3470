from django.urls import path

from practices import (
    contribution_views,
    download_views,
    linked_data_views,
    map_views,
    overview_views,
    reminder_views,
    search_views,
    take_along_views,
    views,
    white_spot_views,
)

urlpatterns = [
    path("praktijken/", views.practice_list, name="practice_list"),
    path("praktijken.geojson", map_views.practice_geojson, name="practice_geojson"),
    path("praktijken-pins.geojson", map_views.practice_pins, name="practice_pins"),
    path(
        "gemeentegrenzen.geojson", map_views.municipality_boundaries, name="municipality_boundaries"
    ),
    path("praktijken.csv", download_views.practice_csv, name="practice_csv"),
    path("praktijken.ods", download_views.practice_ods, name="practice_ods"),
    path("praktijken.xlsx", download_views.practice_xlsx, name="practice_xlsx"),
    path("praktijken.json", download_views.practice_json, name="practice_json"),
    path("praktijken-plaatsen.geojson", download_views.practice_places, name="practice_places"),
    path("catalogus.zip", download_views.whole_catalogue, name="whole_catalogue"),
    path("praktijken.atom", views.practice_feed, name="practice_feed"),
    path("catalogus.ttl", linked_data_views.catalogue_turtle, name="catalogue_turtle"),
    path("catalogus.jsonld", linked_data_views.catalogue_json_ld, name="catalogue_json_ld"),
    path(
        "praktijken/<slug:slug>/gegevens.jsonld",
        linked_data_views.practice_json_ld,
        name="practice_json_ld",
    ),
    path("praktijken/<slug:slug>/", views.practice_detail, name="practice_detail"),
    path(
        "praktijken/<slug:slug>/meld-een-fout/",
        contribution_views.send_correction,
        name="send_correction",
    ),
    path("praktijk-voorstellen/", contribution_views.send_proposal, name="send_proposal"),
    path("voorstel-verstuurd/", contribution_views.contribution_sent, name="contribution_sent"),
    path(
        "voorstel-bevestigen/<str:token>/",
        contribution_views.confirm_contribution,
        name="confirm_contribution",
    ),
    path(
        "praktijken/<slug:slug>/factsheet.pdf",
        take_along_views.factsheet,
        name="factsheet",
    ),
    path("selectie/", take_along_views.selection, name="selection"),
    path("vergelijken/", take_along_views.comparison, name="comparison"),
    path("notitie/", take_along_views.note, name="note"),
    path("notitie.pdf", take_along_views.note_pdf, name="note_pdf"),
    path("notitie.odt", take_along_views.note_odt, name="note_odt"),
    path("notitie.docx", take_along_views.note_docx, name="note_docx"),
    path("herinnering/<str:token>/", reminder_views.reminder, name="reminder"),
    path(
        "herinneringen-uit/<str:token>/",
        reminder_views.reminder_preference,
        name="reminder_preference",
    ),
    path(
        "herinneringen-uit/<str:token>/direct/",
        reminder_views.reminder_one_click,
        name="reminder_one_click",
    ),
    path("suggesties/", search_views.suggestions, name="suggestions"),
    path("gezocht/", search_views.wanted_list, name="wanted_list"),
    path("witte-vlekken/", white_spot_views.white_spot_table, name="white_spots"),
    path("cijfers/", overview_views.overview_page, name="overview"),
    path("knelpunten/", views.barrier_list, name="barrier_list"),
    path("kaart/", map_views.practice_map, name="practice_map"),
    path("embed/kaart/", map_views.map_embed, name="map_embed"),
]
