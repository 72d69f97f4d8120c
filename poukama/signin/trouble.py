"""What the staff side answers when it cannot do what was asked: in its own look, with what was typed kept."""

import logging
from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from poukama.core.middleware import STAFF
from poukama.signin.language import language_of
from poukama.signin.rules import Verdict
from poukama.staff.page import show

logger = logging.getLogger(__name__)
NEXT = "next"
_AGAIN = "again"
# Where each is sent; whoever comes back from there comes to the page that was asked for.
WAYS = {
    Verdict.STRANGER: "signin:signin",
    Verdict.LOCKED: "signin:lock",
    Verdict.STEP_MISSING: "signin:second-step",
}
# What is never shown again, and never sent again by a page.
_SECRET = ("password", "code", "credential", "csrfmiddlewaretoken")


def return_to(request: HttpRequest) -> str:
    """The page of ours that somebody is to come back to; the first page if none is named."""
    asked = request.POST.get(NEXT) or request.GET.get(NEXT) or ""
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith(STAFF)
    return asked if ours else STAFF


def way(name: str, back: str) -> str:
    """The address of a page that leads back to another."""
    return reverse(name) if back == STAFF else f"{reverse(name)}?{urlencode({NEXT: back}, safe='/')}"


def wants_json(request: HttpRequest) -> bool:
    """Whether a script of ours asks, and not a page."""
    return request.content_type == "application/json" or request.headers.get("Accept", "") == "application/json"


def comes_from_elsewhere(request: HttpRequest) -> bool:
    """Whether a link of another site has brought somebody here, so that nobody can be known yet."""
    sent = request.headers.get("Sec-Fetch-Site"), request.headers.get("Sec-Fetch-Mode")
    return request.method == "GET" and sent == ("cross-site", "navigate") and _AGAIN not in request.GET


def once_more(request: HttpRequest) -> HttpResponse:
    """A page that does nothing but ask for the same page, as our own. Once: it says that it has."""
    address = request.get_full_path()
    address += ("&" if "?" in address else "?") + _AGAIN
    return render(request, "socialaccount/login_redirect.html", {"redirect_to": address})


def stopped(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    """The answer to a request that this session does not reach: the way in, and nothing typed is lost."""
    asked_by_page = request.method in ("GET", "HEAD")
    back = request.get_full_path() if asked_by_page else STAFF
    target = way(WAYS[verdict], back)
    if wants_json(request):
        words = _words(verdict)
        answer = {"kind": "signed_out", "why": verdict, "words": words, "way": reverse(WAYS[verdict])}
        return JsonResponse(answer, status=HTTPStatus.UNAUTHORIZED)
    if request.headers.get("HX-Request"):
        page = request.headers.get("HX-Current-URL", "")
        path = STAFF + page.partition(STAFF)[2]
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": way(WAYS[verdict], path)})
    if asked_by_page:
        return HttpResponseRedirect(target)
    return kept(request, title=_words(verdict), way_in=target, status=HTTPStatus.UNAUTHORIZED)


def _words(verdict: Verdict) -> str:
    if verdict is Verdict.LOCKED:
        return _("The screen is locked.")
    if verdict is Verdict.STEP_MISSING:
        return _("Set up a second step first.")
    return _("You are not signed in any more.")


@sensitive_post_parameters()
def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that does not prove which page it came from: most often somebody has signed in since it was opened."""
    if wants_json(request):
        words = _("This page was opened before the last sign-in.")
        return JsonResponse({"kind": "stale", "words": words, "token": get_token(request)}, status=HTTPStatus.FORBIDDEN)
    title = _("This page was opened before the last sign-in.")
    return kept(request, title=title, way_in="", status=HTTPStatus.FORBIDDEN)


def kept(request: HttpRequest, *, title: str, way_in: str, status: int, text: str = "") -> HttpResponse:
    """Say what has happened and give back what was typed: to send again, if it was a page of ours that sent it."""
    fields = _typed(request)
    # Another site's form is shown and not sent: nobody is led to press a button for it.
    ours = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    known = {"title": title, "text": text, "way_in": way_in, "fields": fields, "again": request.path if ours else ""}
    return show(request, "signin/kept.html", known, status=status)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form held, but for what is never shown again."""
    return [
        (name, text) for name, texts in request.POST.lists() if not name.lower().startswith(_SECRET) for text in texts
    ]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _failed(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _failed(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return _failed(request, HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """500. The fault is written down here, without the request that met it; a form gives back what was typed."""
    logger.error("a page of the staff side failed", exc_info=True)
    if getattr(request, "member", None) is None:
        # It failed before anybody was known.
        with translation.override(language_of(request)):
            return _sorry(request)
    return _sorry(request)


def _sorry(request: HttpRequest) -> HttpResponse:
    if not wants_json(request) and _typed(request):
        # Sent again it is one: each form carries its key.
        text = _("It has been written down. What you typed is below: send it again in a moment, or go on with paper.")
        return kept(
            request,
            title=_("Something failed at our end"),
            text=text,
            way_in="",
            status=HTTPStatus.INTERNAL_SERVER_ERROR,
        )
    return _failed(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def _failed(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    words = {
        HTTPStatus.BAD_REQUEST: (_("This could not be read"), _("Something in the request was not as it should be.")),
        HTTPStatus.FORBIDDEN: (_("This is not among your rights"), _("An administrator of your centre can give them.")),
        HTTPStatus.NOT_FOUND: (_("There is no such page"), _("It may have moved, or belong to another centre.")),
        HTTPStatus.INTERNAL_SERVER_ERROR: (
            _("Something failed at our end"),
            _("It has been written down. What was saved is saved; try again in a moment, or go on with paper."),
        ),
    }
    title, text = words[status]
    if wants_json(request):
        return JsonResponse({"kind": "failed", "words": title}, status=status)
    # Whoever is in stays in the house; whoever is not stands at the door.
    layout = "staff/base.html" if getattr(request, "centre", None) else "signin/door.html"
    known = {"title": title, "text": text, "number": int(status), "layout": layout}
    return show(request, "signin/trouble.html", known, status=status)
