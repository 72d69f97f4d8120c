"""The addresses of the public pages: every page in every language, the front door and the way out."""

from django.urls import URLPattern, path

from poukama.guide import views
from poukama.guide.pages import LANGUAGES, SLUGS, Address, Page

urlpatterns: list[URLPattern] = [
    path("", views.front, name="front"),
    path("poistu", views.leave, name="leave"),
]
for language in LANGUAGES:
    centres = Address(Page.CENTRES, language).path
    urlpatterns += [
        path(Address(page, language).path, views.show, {"language": language, "name": page}, name=f"{page}-{language}")
        for page in SLUGS
    ]
    urlpatterns.append(
        path(
            f"{centres}/<slug:centre>",
            views.show,
            {"language": language, "name": Page.CENTRE},
            name=f"{Page.CENTRE}-{language}",
        )
    )
