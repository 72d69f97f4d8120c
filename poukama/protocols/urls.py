"""The addresses of the page of protocols."""

from django.urls import path

from poukama.protocols import views

app_name = "protocols"
urlpatterns = [
    path("asetukset/protokollat", views.every, name="list"),
    path("asetukset/protokollat/<slug:kind>/<slug:code>", views.one, name="one"),
]
