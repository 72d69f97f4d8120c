"""Every URL of Poukama, by room."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("s/", include("poukama.signin.urls")),
    path("s/", include("poukama.staff.urls")),
    path("", include("poukama.guide.urls")),
]

handler400 = "poukama.config.errors.bad_request"
handler403 = "poukama.config.errors.forbidden"
handler404 = "poukama.config.errors.not_found"
handler500 = "poukama.config.errors.server_error"
