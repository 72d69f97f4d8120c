"""The addresses of the board."""

from django.urls import path

from poukama.board import views

app_name = "board"
urlpatterns = [
    path("tanaan", views.today, name="today"),
    path("tanaan/seina", views.wall, name="wall"),
    path("t/<uuid:record>", views.case, name="case"),
]
