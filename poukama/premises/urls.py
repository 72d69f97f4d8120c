"""The addresses of rooms, lots, skills and mishaps."""

from django.urls import path

from poukama.premises import views

app_name = "premises"
urlpatterns = [
    path("tilat", views.rooms, name="rooms"),
    path("tilat/erat", views.lots, name="lots"),
    path("tilat/erat/<uuid:lot>/pois", views.end_lot, name="end-lot"),
    path("tilat/osaaminen", views.skills, name="skills"),
    path("tilat/poikkeamat", views.mishaps, name="mishaps"),
    path("tilat/poikkeamat/<uuid:mishap>", views.mishap, name="mishap"),
]
