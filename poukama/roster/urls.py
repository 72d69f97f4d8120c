"""The addresses of the on-call week and of what changes it."""

from django.urls import path

from poukama.roster import views

app_name = "roster"
urlpatterns = [
    path("paivystys", views.week, name="week"),
    path("paivystys/vuoro", views.add, name="add"),
    path("paivystys/vuoro/<int:pk>", views.shift, name="shift"),
    path("paivystys/vuoro/<int:pk>/jako", views.split, name="split"),
    path("paivystys/vuoro/<int:pk>/poisto", views.remove, name="remove"),
    path("paivystys/kopio", views.copy, name="copy"),
    path("paivystys/poissa", views.absences, name="absences"),
    path("paivystys/poissa/<int:pk>/paluu", views.back, name="back"),
]
