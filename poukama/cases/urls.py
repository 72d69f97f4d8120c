"""The addresses of cases."""

from django.urls import path

from poukama.cases import doing, looking, reviews, views

app_name = "cases"
urlpatterns = [
    path("tapaukset", views.case_list, name="list"),
    path("tapaukset/haku", views.search, name="search"),
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
