"""The addresses of cases."""

from django.urls import path

from poukama.cases import views

app_name = "cases"
urlpatterns = [
    path("t/<uuid:record>/tiimi", views.team, name="team"),
    path("t/<uuid:record>/lasi", views.glass, name="glass"),
]
