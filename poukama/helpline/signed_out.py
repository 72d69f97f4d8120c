"""Whoever was signed out while writing: what they sent comes back to them, to be sent again after signing in."""

import functools
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _

from poukama.gate.gates import View
from poukama.helpline import asked, forms
from poukama.staff.page import show


def kept_when_signed_out(view: View) -> View:
    """Answer a form of somebody who is signed out with its own content, before the gate says no."""

    @functools.wraps(view)
    def kept(request: HttpRequest, *args: Any, **known: Any) -> HttpResponse:
        if request.method != "POST" or getattr(request, "member", None) is not None:
            return view(request, *args, **known)
        with translation.override(translation.get_language_from_request(request)):
            return _back(request)

    return kept


def _back(request: HttpRequest) -> HttpResponse:
    words = _("You have been signed out. Sign in, and send this again: nothing that you typed is lost.")
    if request.content_type == "application/json":
        return JsonResponse({"kind": "signed_out", "words": words}, status=401)
    typed = forms.typed_in(request.POST)
    written = [(name, asked.label_of(name), typed.pop(name)) for name in asked.LABELS if name in typed]
    hidden = {name: request.POST.getlist(name) for name in request.POST if name not in (*_OWN, *asked.LABELS)}
    known = {
        "words": words,
        "written": written,
        "hidden": [(n, each) for n, all_of in hidden.items() for each in all_of],
    }
    return show(request, "helpline/signed_out.html", known, status=401)


_OWN = ("csrfmiddlewaretoken",)
