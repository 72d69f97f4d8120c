"""The addresses of members and their rights."""

from django.urls import path

from poukama.staff import views

app_name = "staff"
urlpatterns = [path("", views.home, name="home")]
