"""The addresses of the helpline's desk."""

from django.urls import path

from poukama.helpline import views

app_name = "helpline"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("/uusi", views.begin, name="begin"),
    path("/myohemmin", views.late, name="late"),
    path("/lomake", views.paper, name="paper"),
    path("/soitto/<uuid:record>", views.call_back_done, name="call-back-done"),
    path("/tulija/<uuid:record>", views.arrived, name="arrived"),
    path("/<uuid:record>", views.contact, name="contact"),
    path("/<uuid:record>/tuloste", views.printed, name="printed"),
    path("/<uuid:record>/tallenna", views.save, name="save"),
    path("/<uuid:record>/ovi", views.verb, {"verb": "door"}, name="door"),
    path("/<uuid:record>/takaisin", views.verb, {"verb": "call_back"}, name="call-back"),
    path("/<uuid:record>/kerrottu", views.verb, {"verb": "told"}, name="told"),
    path("/<uuid:record>/paata", views.verb, {"verb": "end"}, name="end"),
    path("/<uuid:record>/tyhja", views.verb, {"verb": "empty"}, name="empty"),
    path("/<uuid:record>/ota", views.verb, {"verb": "take"}, name="take"),
    path("/<uuid:record>/siirra", views.verb, {"verb": "pass"}, name="pass"),
]
