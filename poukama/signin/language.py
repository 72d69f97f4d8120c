"""The language of the pages that are shown before anybody is known: chosen by a link, or as the browser asks."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation.trans_real import parse_accept_lang_header

COOKIE = "kieli"
LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)


def language_of(request: HttpRequest) -> str:
    """The language chosen on this machine, else the first that the browser asks for and we have, else Finnish."""
    chosen = request.GET.get(COOKIE) or request.COOKIES.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    spoken = (language for code, _ in asked if (language := code.partition("-")[0]) in LANGUAGES)
    return next(spoken, LANGUAGES[0])


def remember_language(request: HttpRequest, response: HttpResponse) -> None:
    """Keep the language that a link chose: on the staff side, on this machine."""
    if (chosen := request.GET.get(COOKIE)) in LANGUAGES:
        response.set_cookie(
            COOKIE, chosen, max_age=31_536_000, path="/s/", httponly=True, samesite="Strict", secure=request.is_secure()
        )
