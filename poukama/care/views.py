"""S16: notes of those who help somebody through. Without a script, a form and a button for each thing."""

import json
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from poukama.care import shown
from poukama.care.forms import AddendumForm, BeginForm, DraftForm
from poukama.care.rules import SECTIONS, own
from poukama.cases import access, actions
from poukama.cases.page import Here, in_case, opened_again, show_case
from poukama.cases.rules import Refusal, Refused
from poukama.cases.shown import NoteShown
from poukama.cases.walls import SILENT
from poukama.cases.words import REFUSAL, SECTION
from poukama.gate.rules import Permission
from poukama.staff import moments

# What is no slip of the hand: the page offered none of it.
_NEVER = (Refusal.WALL, Refusal.NOT_YOURS)


@in_case(Permission.CASE_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def support(request: HttpRequest, here: Here) -> HttpResponse:
    """Every note that whoever is here knows of; and one is begun."""
    writable = tuple(section for section in SECTIONS if here.writes(section))
    form = BeginForm(
        request.POST if request.method == "POST" else None, writable=writable, initial={"section": own(writable)}
    )
    if request.method == "POST" and form.is_valid():
        wording, key = form.wording(), form.cleaned_data["key"]
        note = _done(form, lambda: actions.begin_note(here.entered, wording=wording, key=key, **here.now))
        if note is not None:
            return redirect("care:draft", here.ref.id, note.pk)
    return _support(request, here, form=form)


def _support(
    request: HttpRequest, here: Here, *, form: BeginForm | None = None, refused: dict[UUID, AddendumForm] | None = None
) -> HttpResponse:
    wrong = bool(refused) or (form is not None and form.is_bound)
    here = opened_again(here)
    writable = tuple(section for section in SECTIONS if here.writes(section))
    known = {
        "groups": shown.groups(here, access.notes(here.opened), refused or {}),
        "form": form or BeginForm(writable=writable, initial={"section": own(writable)}),
        "writable": writable,
        "one": SECTION[writable[0]] if len(writable) == 1 else "",
        "wrong": next(iter(refused.values())) if refused else None,
    }
    return show_case(request, here, "care/support.html", known, status=422 if wrong else 200)


# ── A draft ──────────────────────────────────────────────────────────────────────────────────────────────────


@in_case(Permission.CASE_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, here: Here, note: UUID) -> HttpResponse:
    """A draft of one's own, to write and to sign. A note that is signed is on the page of support."""
    if request.method != "POST":
        return _draft(request, here, note)
    row, form = access.note(here.entered, note), DraftForm(request.POST)
    signs = request.POST.get("do") == "sign"
    if form.is_valid() and _done(form, lambda: _kept(here, row, form, signs=signs)) is not None:
        return redirect("care:support", here.ref.id) if signs else redirect("care:draft", here.ref.id, note)
    return _draft(request, here, note, form)


def _kept(here: Here, row: Any, form: DraftForm, *, signs: bool) -> Any:
    """Save what was typed and, by its button, sign it. A note that is signed already stays as it is."""
    if signs and row.signed_at:
        return row
    kept = actions.save_note(here.entered, note=row, draft=form.draft(), **here.now)
    return actions.sign_note(here.entered, note=row, **here.now) if signs else kept


def _draft(request: HttpRequest, here: Here, record: UUID, form: DraftForm | None = None) -> HttpResponse:
    here = opened_again(here)
    note = _own_draft(here, record)
    if note is None:
        if form is None:
            return redirect("care:support", here.ref.id)
        # Signed meanwhile: what was typed since is not lost.
        known = {"words": form["words"].value() or "", "said": REFUSAL[Refusal.SIGNED]}
        return show_case(request, here, "care/late.html", known, status=409)
    typed = form["words"].value() or "" if form else note.words
    fresh = DraftForm(initial={"words": typed, "number": 1, "seen": note.saves})
    known = {
        "note": note,
        "section": SECTION[note.section],
        "silent": note.section in SILENT and not note.asked,
        "form": fresh,
        "wrong": form,
        "theirs": note.words if form and typed != note.words else None,
        "elsewhere": REFUSAL[Refusal.ELSEWHERE],
        "saved": moments.hour(note.saved_at, here.zone) if note.saves or note.words else "",
    }
    return show_case(request, here, "care/draft.html", known, status=_status(form))


def _own_draft(here: Here, record: UUID) -> NoteShown | None:
    """One's own draft; None for a note that is signed. Raises Http404 for what is nobody's or another's draft."""
    found = next((each for each in access.notes(here.opened) if each.id == record), None)
    if found is None:
        raise Http404
    if found.signed_at is None and found.words is None:
        # Begun in a role that one does not hold here any more.
        raise PermissionDenied
    return found if found.signed_at is None else None


def _status(form: DraftForm | None) -> int:
    if form is None:
        return 200
    return 409 if form.is_valid() or form.non_field_errors() else 422


@in_case(Permission.CASE_WRITE)
@require_POST
def save(request: HttpRequest, here: Here, note: UUID) -> HttpResponse:
    """What a page's script sends as it is typed."""
    row, form = access.note(here.entered, note), DraftForm(_sent(request))
    if not form.is_valid():
        return JsonResponse({"kind": "unreadable", "words": _("This could not be saved as it is.")}, status=422)
    try:
        kept = actions.save_note(here.entered, note=row, draft=form.draft(), **here.now)
    except Refused as refused:
        return _not_saved(here, note, refused.refusal)
    return JsonResponse({"number": kept.number, "seen": kept.saves, "saved": moments.hour(kept.saved_at, here.zone)})


def _sent(request: HttpRequest) -> dict[str, Any]:
    try:
        sent = json.loads(request.body)
    except ValueError:
        return {}
    return sent if isinstance(sent, dict) else {}


def _not_saved(here: Here, note: UUID, refusal: Refusal) -> HttpResponse:
    """Why a draft was not saved; where another window saved it, with its words: they are the writer's own."""
    if refusal in _NEVER:
        raise PermissionDenied
    told: dict[str, Any] = {"kind": refusal, "words": str(REFUSAL[refusal])}
    if refusal is Refusal.ELSEWHERE:
        there = _own_draft(opened_again(here), note)
        told |= {"theirs": there.words, "seen": there.saves} if there else {}
    return JsonResponse(told, status=409)


# ── A signed note ────────────────────────────────────────────────────────────────────────────────────────────


@in_case(Permission.CASE_WRITE)
@require_POST
def add(request: HttpRequest, here: Here, note: UUID) -> HttpResponse:
    """Add to a signed note."""
    row, form = access.note(here.entered, note), AddendumForm(request.POST, auto_id=f"{note.hex}_%s")
    if form.is_valid():
        words, key = form.cleaned_data["words"], form.cleaned_data["key"]
        added = _done(form, lambda: actions.add_addendum(here.entered, note=row, words=words, key=key, **here.now))
        if added is not None:
            return redirect("care:support", here.ref.id)
    return _support(request, here, refused={note: form})


def _done(form: Form, step: Any) -> Any:
    """Do a step; None, with the reason on the form, if it is refused. What no page offers is not among one's rights."""
    try:
        return step()
    except Refused as refused:
        if refused.refusal in _NEVER:
            raise PermissionDenied from None
        beside = "words" if refused.refusal is Refusal.NO_WORDS and "words" in form.fields else None
        form.add_error(beside, str(REFUSAL[refused.refusal]))
        return None
