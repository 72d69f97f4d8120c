"""Every URL of Poukama, by room."""

from django.urls import URLPattern, URLResolver, include, path

from poukama.helpline import shell

urlpatterns: list[URLPattern | URLResolver] = [
    path("s/sw.js", shell.worker, name="worker"),
    path("s/ilman-yhteytta", shell.offline, name="offline"),
    path("s/puhelin", include("poukama.helpline.urls")),
    path("s/", include("poukama.staff.urls")),
    path("", include("poukama.guide.urls")),
]

handler400 = "poukama.guide.views.bad_request"
handler403 = "poukama.guide.views.forbidden"
handler404 = "poukama.guide.views.not_found"
handler500 = "poukama.guide.views.server_error"
