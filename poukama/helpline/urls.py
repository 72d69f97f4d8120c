"""The addresses of the helpline's desk."""

from django.urls import path

from poukama.helpline import views

app_name = "helpline"
urlpatterns = [
    path("puhelin", views.desk, name="desk"),
    path("tapaukset/uusi", views.arrive, name="arrive"),
    path("puhelin/uusi", views.begin, name="begin"),
    path("puhelin/myohemmin", views.late, name="late"),
    path("puhelin/lomake", views.paper, name="paper"),
    path("puhelin/soitto/<uuid:record>", views.call_back_done, name="call-back-done"),
    path("puhelin/tulija/<uuid:record>", views.arrived, name="arrived"),
    path("puhelin/<uuid:record>", views.contact, name="contact"),
    path("puhelin/<uuid:record>/tuloste", views.printed, name="printed"),
    path("puhelin/<uuid:record>/tallenna", views.save, name="save"),
    path("puhelin/<uuid:record>/ovi", views.verb, {"verb": "door"}, name="door"),
    path("puhelin/<uuid:record>/takaisin", views.verb, {"verb": "call_back"}, name="call-back"),
    path("puhelin/<uuid:record>/kerrottu", views.verb, {"verb": "told"}, name="told"),
    path("puhelin/<uuid:record>/paata", views.verb, {"verb": "end"}, name="end"),
    path("puhelin/<uuid:record>/tyhja", views.verb, {"verb": "empty"}, name="empty"),
    path("puhelin/<uuid:record>/ota", views.verb, {"verb": "take"}, name="take"),
    path("puhelin/<uuid:record>/siirra", views.verb, {"verb": "pass"}, name="pass"),
]
