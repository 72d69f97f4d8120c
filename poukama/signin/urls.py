"""The addresses at the door."""

from django.urls import path

from poukama.signin import locking, steps, views

app_name = "signin"
urlpatterns = [
    path("kirjaudu", views.signin, name="signin"),
    path("kirjaudu/koodi", views.code, name="code"),
    path("kirjaudu/avain", views.passkey, name="passkey"),
    path("kirjaudu/avain/kysymys", views.question, name="question"),
    path("kirjaudu/organisaatio", views.ask_organisation, name="organisation"),
    path("kirjaudu/organisaatio/paluu", views.organisation_back, name="organisation-back"),
    path("harjoitus", views.rehearse, name="rehearse"),
    path("ulos", views.leave, name="leave"),
    path("vaihda", views.change, name="change"),
    path("lukko", locking.lock, name="lock"),
    path("elossa", locking.alive, name="alive"),
    path("kollegalle", locking.for_colleague, name="for-colleague"),
    path("oma/vaiheet", steps.second_step, name="second-step"),
    path("oma/vaiheet/sovellus", steps.app, name="app"),
    path("oma/vaiheet/poista", steps.remove, name="remove"),
    path("oma/vaiheet/avain", steps.add_passkey, name="add-passkey"),
    path("oma/vaiheet/avain/kysymys", steps.passkey_question, name="passkey-question"),
    path("oma/vaiheet/paperi", steps.paper, name="paper"),
    path("oma/vaiheet/organisaatio", steps.link, name="link"),
    path("oma/salasana", steps.password, name="password"),
]
