"""The public pages on a server: every page, the way out, and the pages for when something is wrong."""

import datetime as dt
import gzip
import logging
import re
from dataclasses import dataclass
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation.trans_real import parse_accept_lang_header

from poukama.centres.access import practice
from poukama.core import clock
from poukama.gate.gates import View, open_to_all
from poukama.guide import page
from poukama.guide.approved import approvals_known
from poukama.guide.installed import installed_at
from poukama.guide.links import OnServer
from poukama.guide.pages import LANGUAGES, Address, Page

logger = logging.getLogger(__name__)
_READING = ("GET", "HEAD")
# Named, and not refused by a quality of nought.
_TAKES_GZIP = re.compile(r"(?:^|,)\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[^,]*)?(?:,|$)", re.IGNORECASE)
# A plain file, read as it stands: nothing of what may have failed is needed for it.
LAST_RESORT = Path(__file__).parent / "templates" / "guide" / "last_resort.html"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as bytes, plain and compressed: it holds no secret, so compressing it tells nobody anything."""

    plain: bytes
    gzipped: bytes


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page is made for besides its address; it is kept for the minute."""

    minute: dt.datetime
    practice: bool
    stranger: bool


def reading(view: View) -> View:
    """These pages take nothing: whoever sends something gets 405, with the number."""

    @wraps(view)
    def answered(request: HttpRequest, **known: Any) -> HttpResponse:
        if request.method in _READING:
            return view(request, **known)
        response = _trouble(request, 405)
        response.headers["Allow"] = ", ".join(_READING)
        return response

    return answered


@open_to_all
@reading
def front(request: HttpRequest) -> HttpResponse:
    """The front door: the page of help in the first language that the browser asks for and the site has.

    Whoever asks for none of them gets the first, with a line in English.
    """
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    spoken = [language for code, _ in asked if (language := code.partition("-")[0]) in LANGUAGES]
    language = spoken[0] if spoken else LANGUAGES[0]
    response = _page(request, Address(Page.HELP, language), stranger=bool(asked) and not spoken)
    response.headers["Vary"] = "Accept-Encoding, Accept-Language"
    return response


@open_to_all
@reading
def show(request: HttpRequest, language: str, name: Page, centre: str = "") -> HttpResponse:
    """A page, in a language."""
    return _page(request, Address(name, language, centre))


@open_to_all
@reading
def leave(request: HttpRequest) -> HttpResponse:
    """The way out: on to a page that says nothing about whoever opens it, and no cookie of ours is kept.

    Public pages store nothing. What the desk has not been able to send yet lies in this origin's storage, and stays.
    """
    response = HttpResponse(status=303, headers={"Location": settings.WAY_OUT})
    response.headers["Clear-Site-Data"] = '"cookies"'
    return response


@open_to_all
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, with the number."""
    return _trouble(request, 400)


@open_to_all
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, with the number."""
    return _trouble(request, 403)


@open_to_all
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with the number."""
    return _trouble(request, 404)


@open_to_all
def server_error(request: HttpRequest) -> HttpResponse:
    """500, with the number. The fault is written down here, without the request that met it."""
    logger.error("a page failed", exc_info=True)
    return _trouble(request, 500)


def _page(request: HttpRequest, address: Address, *, stranger: bool = False) -> HttpResponse:
    minute = clock.now().replace(second=0, microsecond=0)
    shown = Shown(minute, practice(), stranger)
    return _answer(request, _rendered(address, settings.FRONT_PACK, settings.PACKS, shown), shown)


@lru_cache(maxsize=256)
def _rendered(address: Address, front: Path, packs: Path, shown: Shown) -> Rendered:
    installed = installed_at(front, packs, shown.practice)
    installed = installed.approved(approvals_known(installed.front.code))
    if address.centre and not installed.lists(address.centre):
        raise Http404
    text = page.html(
        address, installed, at=shown.minute, practice=shown.practice, links=OnServer(), stranger=shown.stranger
    )
    html = text.encode()
    return Rendered(html, gzip.compress(html, mtime=0))


def _answer(request: HttpRequest, rendered: Rendered, shown: Shown) -> HttpResponse:
    # One header: `request.headers` would be made of all of them first.
    gzipped = _TAKES_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")) is not None
    body = rendered.gzipped if gzipped else rendered.plain
    response = HttpResponse(body)
    response.headers["Content-Length"] = str(len(body))
    response.headers["Vary"] = "Accept-Encoding"
    if gzipped:
        response.headers["Content-Encoding"] = "gzip"
    return _unlisted(response, shown.practice)


def _trouble(request: HttpRequest, status: int) -> HttpResponse:
    """A page that keeps the number, or, if not even the pack can be read, the one number that holds everywhere."""
    first = request.path_info.strip("/").partition("/")[0]
    language = first if first in LANGUAGES else LANGUAGES[0]
    is_practice = False
    try:
        is_practice = practice()
        installed = installed_at(settings.FRONT_PACK, settings.PACKS, is_practice)
        html = page.trouble(language, status, installed, at=clock.now(), practice=is_practice, links=OnServer())
    except Exception:
        logger.exception("the page for %s could not be made", status)
        html = LAST_RESORT.read_text(encoding="utf-8")
    return _unlisted(HttpResponse(html, status=status), is_practice)


def _unlisted(response: HttpResponse, is_practice: bool) -> HttpResponse:
    """Nobody finds a practice version by searching."""
    if is_practice:
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
