"""The addresses of cases."""

from django.urls import path

from poukama.cases import asking, doing, joining, looking, person, reviews, telling, views

app_name = "cases"
urlpatterns = [
    path("tapaukset", views.case_list, name="list"),
    path("tapaukset/haku", views.search, name="search"),
    path("t/<uuid:record>/kerrottu", telling.told, name="told"),
    path("t/<uuid:record>/kerrottu/henkilo", person.who, name="who"),
    path("t/<uuid:record>/kerrottu/osoite", person.whereabouts, name="whereabouts"),
    path("t/<uuid:record>/kerrottu/yhteys", person.way, name="way"),
    path("t/<uuid:record>/kerrottu/yhteys/<uuid:way>", person.way, name="way"),
    path("t/<uuid:record>/kerrottu/yhteys/<uuid:way>/sulje", person.close_way, name="close-way"),
    path("t/<uuid:record>/kerrottu/toiveet", person.wishes, name="wishes"),
    path("t/<uuid:record>/kerrottu/huoltajat", person.guardians, name="guardians"),
    path("t/<uuid:record>/kerrottu/laheinen", person.close_person, name="close-person"),
    path("t/<uuid:record>/kerrottu/laheinen/<uuid:person>", person.close_person, name="close-person"),
    path("t/<uuid:record>/kerrottu/suhde", person.relation, name="relation"),
    path("t/<uuid:record>/kerrottu/suljettu", person.shut_out, name="shut-out"),
    path("t/<uuid:record>/kerrottu/yhdista", joining.join, name="join-records"),
    path("t/<uuid:record>/kerrottu/erota", joining.part, name="part-records"),
    path("t/<uuid:record>/tiimi/rekisterit", joining.cross, name="cross"),
    path("t/<uuid:record>/suostumus", asking.consents, name="consents"),
    path("t/<uuid:record>/suostumus/tuloste", asking.copy, name="consents-copy"),
    path("t/<uuid:record>/suostumus/<slug:code>", asking.consent, name="consent"),
    path("t/<uuid:record>/suostumus/<slug:code>/luovuta", asking.hand_over, name="hand-over"),
    path("lasit", reviews.glasses, name="glasses"),
    path("lasit/<uuid:glass>", reviews.review, name="review"),
    path("oikeudet/seinat", reviews.walls, name="walls"),
    path("loki", looking.trail, name="trail"),
    path("t/<uuid:record>/katsoneet", looking.own_list, name="looked"),
    path("t/<uuid:record>/tiimi", views.team, name="team"),
    path("t/<uuid:record>/lasi", views.glass, name="glass"),
    path("t/<uuid:record>/merkinta", doing.entry, name="entry"),
    path("t/<uuid:record>/merkinta/<uuid:entry>/korjaus", doing.correct, name="correct"),
    path("t/<uuid:record>/tehtava", doing.task, name="task"),
    path("t/<uuid:record>/tehtava/<uuid:task>/tehty", doing.task_done, name="task-done"),
    path("t/<uuid:record>/saapui", doing.arrive, name="arrive"),
    path("t/<uuid:record>/kaynti/<uuid:visit>/lasna", doing.present, name="present"),
    path("t/<uuid:record>/kaynti/<uuid:visit>/lahti", doing.leave, name="leave"),
    path("t/<uuid:record>/tiimiin", doing.join, name="join"),
    path("t/<uuid:record>/tiimista/<uuid:seat>", doing.part, name="part"),
    path("t/<uuid:record>/tiimiin/muu", views.put_on_team, name="put-on-team"),
    path("t/<uuid:record>/sulje", doing.close, name="close"),
    path("t/<uuid:record>/avaa", doing.reopen, name="reopen"),
]
