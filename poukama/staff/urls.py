"""The addresses of members, their rights, and their way in."""

from django.urls import path

from poukama.staff import coming, views

app_name = "staff"
urlpatterns = [
    path("", views.home, name="home"),
    path("oma", views.own, name="own"),
    path("keskus", views.choose_centre, name="choose-centre"),
    path("oikeudet", views.rights, name="rights"),
    path("tulo", coming.come_in, name="come-in"),
    path("tulo/salasana", coming.choose_password, name="choose-password"),
    path("tyontekijat", views.members, name="members"),
    path("tyontekijat/uusi", views.invite, name="invite"),
    path("tyontekijat/muualta", views.take_from_elsewhere, name="elsewhere"),
    path("tyontekijat/<int:pk>", views.member, name="member"),
    path("tyontekijat/<int:pk>/tehtava", views.give_post, name="give-post"),
    path("tyontekijat/<int:pk>/tehtava/<int:post>", views.end_post, name="end-post"),
    path("tyontekijat/<int:pk>/sulje", views.close, name="close"),
    path("tyontekijat/<int:pk>/koodi", views.make_code, name="make-code"),
    path("tyontekijat/<int:pk>/nollaus", views.ask_reset, name="ask-reset"),
    path("tyontekijat/<int:pk>/nollaus/<int:way>", views.confirm_reset, name="confirm-reset"),
    path("tyontekijat/<int:pk>/peru/<int:way>", views.end_way_in, name="end-way-in"),
]
