"""The addresses of cases."""

from django.urls import path

from poukama.cases import looking, reviews, views

app_name = "cases"
urlpatterns = [
    path("lasit", reviews.glasses, name="glasses"),
    path("lasit/<uuid:glass>", reviews.review, name="review"),
    path("oikeudet/seinat", reviews.walls, name="walls"),
    path("loki", looking.trail, name="trail"),
    path("t/<uuid:record>/katsoneet", looking.own_list, name="looked"),
    path("t/<uuid:record>/tiimi", views.team, name="team"),
    path("t/<uuid:record>/lasi", views.glass, name="glass"),
]
