"""The addresses of cases."""

from django.urls import path

from poukama.cases import asking, person, telling, views

app_name = "cases"
urlpatterns = [
    path("t/<uuid:record>/kerrottu", telling.told, name="told"),
    path("t/<uuid:record>/kerrottu/henkilo", person.who, name="who"),
    path("t/<uuid:record>/kerrottu/osoite", person.whereabouts, name="whereabouts"),
    path("t/<uuid:record>/kerrottu/yhteys", person.way, name="way"),
    path("t/<uuid:record>/kerrottu/yhteys/<uuid:way>", person.way, name="way"),
    path("t/<uuid:record>/kerrottu/yhteys/<uuid:way>/sulje", person.close_way, name="close_way"),
    path("t/<uuid:record>/kerrottu/toiveet", person.wishes, name="wishes"),
    path("t/<uuid:record>/kerrottu/huoltajat", person.guardians, name="guardians"),
    path("t/<uuid:record>/kerrottu/laheinen", person.close_person, name="close_person"),
    path("t/<uuid:record>/kerrottu/laheinen/<uuid:person>", person.close_person, name="close_person"),
    path("t/<uuid:record>/kerrottu/suhde", person.relation, name="relation"),
    path("t/<uuid:record>/kerrottu/suljettu", person.shut_out, name="shut_out"),
    path("t/<uuid:record>/suostumus", asking.consents, name="consents"),
    path("t/<uuid:record>/suostumus/tuloste", asking.copy, name="consents_copy"),
    path("t/<uuid:record>/suostumus/<slug:code>", asking.consent, name="consent"),
    path("t/<uuid:record>/suostumus/<slug:code>/luovuta", asking.hand_over, name="hand_over"),
    path("t/<uuid:record>/tiimi", views.team, name="team"),
    path("t/<uuid:record>/lasi", views.glass, name="glass"),
]
