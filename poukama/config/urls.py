"""Every URL of Poukama, by room."""

from django.urls import URLPattern, URLResolver, include, path

from poukama.helpline import shell

urlpatterns: list[URLPattern | URLResolver] = [
    path("s/sw.js", shell.worker, name="worker"),
    path("s/ilman-yhteytta", shell.offline, name="offline"),
    path("s/", include("poukama.helpline.urls")),
    path("s/", include("poukama.signin.urls")),
    path("s/", include("poukama.staff.urls")),
    path("s/", include("poukama.protocols.urls")),
    path("s/", include("poukama.roster.urls")),
    path("s/", include("poukama.premises.urls")),
    path("s/", include("poukama.cases.urls")),
    path("s/", include("poukama.care.urls")),
    path("s/", include("poukama.legal.urls")),
    path("s/", include("poukama.board.urls")),
    path("", include("poukama.guide.urls")),
]

handler400 = "poukama.config.errors.bad_request"
handler403 = "poukama.config.errors.forbidden"
handler404 = "poukama.config.errors.not_found"
handler500 = "poukama.config.errors.server_error"
