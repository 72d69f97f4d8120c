"""The addresses of notices."""

from django.urls import path

from poukama.legal import views

app_name = "legal"
urlpatterns = [
    path("t/<uuid:record>/ilmoitukset", views.notices, name="notices"),
    path("t/<uuid:record>/ilmoitukset/tehtavat", views.tasks, name="tasks"),
    path("t/<uuid:record>/ilmoitukset/<uuid:notice>", views.notice, name="notice"),
]
