"""The desk's pages. Each works without a script: one form, and a button for each thing that can be done."""

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from poukama.cases.inside import NotLetIn
from poukama.centres.access import practice
from poukama.core import clock
from poukama.gate.gates import actor_of, needs
from poukama.gate.rules import Actor, Permission
from poukama.helpline import access, actions, arrival, forms, listed, opening, page, reading, sheet, suggested
from poukama.helpline.answers import Fault, hour_of
from poukama.helpline.arrival import Reception
from poukama.helpline.arriving import InCase
from poukama.helpline.forms import Sent
from poukama.helpline.page import OnPage, Trouble
from poukama.helpline.papers import from_paper
from poukama.helpline.rules import Option, Ref, Refusal, Refused, next_time
from poukama.helpline.shown import Desk
from poukama.helpline.steps import ENDS, Chosen, looked_for, press, receive
from poukama.staff import moments
from poukama.staff.access import who_may
from poukama.staff.page import show


def _centre(request: HttpRequest, permission: Permission = Permission.CONTACT_KEEP) -> Any:
    """The centre whose desk this is: the chosen one if its calls may be taken, else the first where they may."""
    now: Any = request
    for centre in (now.centre, *now.centres):
        if centre and now.actor.may(permission, centre=centre.centre_id):
            return centre
    raise PermissionDenied


def _found(request: HttpRequest, record: UUID) -> Ref:
    now: Any = request
    return access.find(record, now.centres, by=now.actor)


def _reader() -> str:
    return get_language() or "en"


def _to(name: str, *parts: object) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": reverse(f"helpline:{name}", args=parts)})


def _to_case(case: UUID) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": page.case_address(case)})


# ── Between calls ────────────────────────────────────────────────────────────────────────────────────────────


@needs(Permission.CONTACT_READ)
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """S03: begin a contact; what is promised, who comes, who is on call, and the list of the night."""
    by, at, centre = actor_of(request), clock.now(), _centre(request, Permission.CONTACT_READ)
    now = access.desk(centre, by=by, at=at)
    night = access.night(centre, covers=now.covers, by=by, at=at)
    known = listed.context(night, now, reader=_reader(), at=at)
    return show(
        request, "helpline/desk.html", {**known, "writes": _may_write(request, centre.centre_id), "fresh": uuid4()}
    )


def _may_write(request: HttpRequest, centre: int) -> bool:
    return actor_of(request).may(Permission.CONTACT_KEEP, centre=centre)


@needs(Permission.CONTACT_KEEP)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """A contact begins under the key that the page made; sent again it is the same contact."""
    centre, post = _centre(request), request.POST
    record = forms.uuid_of(post.get("contact")) or uuid4()
    began, channel = forms.moment_of(post.get("began")), forms.channel_of(post.get("channel"))
    row = actions.begin(centre, record=record, channel=channel, began=began, by=actor_of(request), at=clock.now())
    return _to("contact", row.pk)


# ── One contact ──────────────────────────────────────────────────────────────────────────────────────────────


@needs(Permission.CONTACT_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, record: UUID) -> HttpResponse:
    """S04 for whoever writes it, a page to read for the others; sent, the whole form is saved and its button done."""
    ref = _found(request, record)
    if request.method == "POST":
        return _sent(request, ref)
    return _shown(request, ref, OnPage())


def _shown(request: HttpRequest, ref: Ref, on: OnPage) -> HttpResponse:
    by, at, reader = actor_of(request), clock.now(), _reader()
    try:
        opened = access.contact(ref, by=by, at=at)
    except InCase as elsewhere:
        return _to_case(elsewhere.case)
    now = access.desk(ref, by=by, at=at)
    writes = _may_write(request, ref.centre_id)
    status = on.trouble.status if on.trouble else 200
    if not opened.mine and not on.typed:
        known = reading.context(opened, now, reader=reader, at=at)
        return show(request, "helpline/read.html", {**known, "writes": writes, "trouble": on.trouble}, status=status)
    zone = now.policy.pack.zone
    docked = [{"id": key, "began": moments.hour(began, zone)} for key, began in access.beside(ref, by=by)]
    member = opening.member_of(by)
    colleagues = [each for each in who_may(Permission.CONTACT_KEEP, ref, at) if each.pk != member]
    known = page.context(opened, now, on, reader=reader, at=at)
    return show(request, "helpline/contact.html", {**known, "docked": docked, "colleagues": colleagues}, status=status)


def _sent(request: HttpRequest, ref: Ref) -> HttpResponse:
    """The whole form: what was typed is kept first, then the button is done. Nothing typed is lost, whatever fails."""
    by, at = actor_of(request), clock.now()
    pack = access.desk(ref, by=by, at=at).policy.pack
    sent = forms.whole(request.POST, pack)
    try:
        if sent.verb == "take":
            _take_over(ref, sent, by=by, at=at)
            return _to("contact", ref.id)
        trouble = _keep(ref, sent, by=by, at=at)
        if trouble is None:
            press(ref, sent.pressed(request.POST), pack, by=by, at=at)
            return _onward(request, ref, sent)
    except Refused as refused:
        trouble = page.refusal(refused)
    return _shown(request, ref, OnPage(sent.typed, sent.changes.answers, trouble))


def _keep(ref: Ref, sent: Sent, *, by: Actor, at: dt.datetime) -> Trouble | None:
    """Save the whole form; what was wrong, if anything was."""
    row = actions.save(ref, changes=sent.changes, writer=sent.writer, number=sent.number, by=by, at=at)
    if row.saved_at != at and not forms.same(sent.changes, access.contact(ref, by=by, at=at)):
        return page.older()
    faults = {**sent.faults, **dict.fromkeys(row.refused, Fault.ONLY_IF_SAFE)}
    return page.faulty(faults) if faults else None


def _take_over(ref: Ref, sent: Sent, *, by: Actor, at: dt.datetime) -> None:
    """Take the pen; what this page had typed meanwhile goes behind what stands."""
    actions.take_pen(ref, writer=sent.writer, key=sent.key_of(), by=by, at=at)
    if sent.typed:
        changes = forms.merged(sent.changes, access.contact(ref, by=by, at=at))
        actions.save(ref, changes=changes, writer=sent.writer, number=1, by=by, at=at)


def _onward(request: HttpRequest, ref: Ref, sent: Sent) -> HttpResponse:
    """Where a button leads."""
    match sent.verb, forms.uuid_of(sent.about):
        case "end" | "empty" | "pass", _:
            return _to("desk")
        case "print", _:
            return _to("printed", ref.id)
        case "go", UUID() as other:
            return _to("contact", other)
        case "second", _:
            centre = _centre(request)
            row = actions.begin(centre, record=sent.key_of(), by=actor_of(request), at=clock.now())
            return _to("contact", row.pk)
        case _:
            return _to("contact", ref.id)


@needs(Permission.CONTACT_READ)
@require_GET
def printed(request: HttpRequest, record: UUID) -> HttpResponse:
    """A contact on paper."""
    ref, by, at = _found(request, record), actor_of(request), clock.now()
    try:
        opened = access.contact(ref, by=by, at=at)
    except InCase as elsewhere:
        return _to_case(elsewhere.case)
    known = reading.context(opened, access.desk(ref, by=by, at=at), reader=_reader(), at=at)
    return show(request, "helpline/printed.html", known)


# ── What a script sends ──────────────────────────────────────────────────────────────────────────────────────


@needs(Permission.CONTACT_KEEP)
@require_POST
def save(request: HttpRequest, record: UUID) -> HttpResponse:
    """The fields that changed since the last save; sent again they change nothing."""
    ref, by, at = _found(request, record), actor_of(request), clock.now()
    now = access.desk(ref, by=by, at=at)
    try:
        sent = forms.saved(request.body, now.policy.pack)
    except ValueError:
        return JsonResponse({"kind": "unreadable", "words": _("This could not be read.")}, status=400)
    try:
        row = actions.save(ref, changes=sent.changes, writer=sent.writer, number=sent.number, by=by, at=at)
    except Refused as refused:
        kind = "pen" if refused.refusal in (Refusal.PEN, Refusal.OTHER_WINDOW) else str(refused.refusal)
        return JsonResponse({"kind": kind, "words": page.refusal(refused).title}, status=409)
    faults = {**sent.faults, **dict.fromkeys(row.refused, Fault.ONLY_IF_SAFE)}
    saved_at = moments.hour(row.saved_at or at, now.policy.pack.zone)
    told: dict[str, Any] = {"number": row.number, "saved": saved_at}
    if sent.changes.answers:
        told |= _regions(request, row, now, at)
    if faults:
        told["errors"] = page.faulty(faults).errors
    return JsonResponse(told, status=422 if faults else 200)


def _regions(request: HttpRequest, row: Any, now: Desk, at: dt.datetime) -> dict[str, str]:
    """What of the page follows from the answers: the suggestion, and the sentences."""
    answers, reader = opening.answers_of(row), _reader()
    taken = Option(row.taken) if row.taken else None
    known = suggested.context(row.began_at, answers, taken, now, reader, at)
    spoken = page.spoken(answers, now, reader, row.began_at, at)
    known |= {"practice": practice(), "country": now.policy.pack.country}
    return {
        "html": render_to_string("helpline/parts/suggestion.html", known),
        "phrases": render_to_string("helpline/parts/sentences.html", spoken),
        "duty": render_to_string("helpline/parts/duty.html", spoken),
    }


@needs(Permission.CONTACT_KEEP)
@require_POST
def verb(request: HttpRequest, record: UUID, verb: str) -> HttpResponse:
    """One thing done by itself, under the key that came with it."""
    ref, by, at = _found(request, record), actor_of(request), clock.now()
    pack = access.desk(ref, by=by, at=at).policy.pack
    try:
        press(ref, forms.alone(verb, request.POST, pack), pack, by=by, at=at)
    except Refused as refused:
        return _shown(request, ref, OnPage(trouble=page.refusal(refused)))
    return _to("desk") if verb in ENDS else _to("contact", ref.id)


# ── What was promised ────────────────────────────────────────────────────────────────────────────────────────


@needs(Permission.CONTACT_KEEP)
@require_POST
def call_back_done(request: HttpRequest, record: UUID) -> HttpResponse:
    """What came of a promised call; without an answer it may be promised again."""
    ref, by, at = _found(request, record), actor_of(request), clock.now()
    reached = forms.reached_of(request.POST.get("reached"))
    wall = hour_of(request.POST.get("again"))
    again = next_time(wall, at, access.desk(ref, by=by, at=at).policy.pack.zone) if wall else None
    actions.call_back_done(ref, reached=reached, again=again, by=by, at=at)
    return _to("desk")


@needs(Permission.CONTACT_KEEP)
@require_POST
def arrived(request: HttpRequest, record: UUID) -> HttpResponse:
    """Whoever was expected has come, or does not."""
    ref, state = _found(request, record), forms.arrival_of(request.POST.get("state"))
    actions.arrived(ref, state=state, by=actor_of(request), at=clock.now())
    return _to("desk")


# ── Whoever has come ─────────────────────────────────────────────────────────────────────────────────────────


@needs(Permission.CONTACT_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def arrive(request: HttpRequest) -> HttpResponse:
    """S06: who has come, with what they told before; searched for first, and then a case is opened, or theirs is."""
    record = forms.uuid_of(request.POST.get("contact") or request.GET.get("yhteydenotto"))
    ref = _found(request, record) if record else None
    centre = _centre_of(request, ref) if ref else _centre(request)
    try:
        return _arrival_sent(request, ref, centre) if request.method == "POST" else _arriving(request, ref, centre)
    except NotLetIn as shut:
        return redirect("cases:glass", shut.ref.id)


def _centre_of(request: HttpRequest, ref: Ref) -> Any:
    now: Any = request
    return next(centre for centre in now.centres if centre.centre_id == ref.centre_id)


def _arriving(request: HttpRequest, ref: Ref | None, centre: Any) -> HttpResponse:
    """The page before anybody writes in it; a number that was told is looked for already."""
    by, at, reader = actor_of(request), clock.now(), _reader()
    desk = access.desk(centre, by=by, at=at)
    try:
        heard = access.contact(ref, by=by, at=at) if ref else None
    except InCase as elsewhere:
        return _to_case(elsewhere.case)
    now = arrival.asked_for(heard, desk.policy.pack, reader=reader, at=at)
    if heard and heard.words.phone:
        now = replace(now, hits=looked_for(centre, heard.words.phone, by=by, at=at) or None)
    return _show_arrival(request, centre, desk, now)


def _arrival_sent(request: HttpRequest, ref: Ref | None, centre: Any) -> HttpResponse:
    """A search, or the arrival itself. Whatever fails, all that was typed stands on the page."""
    by, at, reader = actor_of(request), clock.now(), _reader()
    desk = access.desk(centre, by=by, at=at)
    now = arrival.sent(request.POST, desk.policy.pack, reader=reader)
    verb, _colon, about = request.POST.get("do", "").partition(":")
    if verb == "search":
        now = replace(now, hits=looked_for(centre, now.sought, by=by, at=at))
    elif case := receive(now, Chosen(verb, forms.uuid_of(about), ref, centre, desk.policy.pack), by=by, at=at):
        return _to_case(case)
    try:
        now = replace(now, heard=access.contact(ref, by=by, at=at) if ref else None)
    except InCase as elsewhere:
        now = replace(now, standing=elsewhere.case)
    return _show_arrival(request, centre, desk, now)


def _show_arrival(request: HttpRequest, centre: Any, desk: Desk, now: Reception) -> HttpResponse:
    """The page, with the list in which whoever came may be while nothing says who they are."""
    by, at = actor_of(request), clock.now()
    night = access.night(centre, covers=desk.covers, by=by, at=at) if now.heard is None else None
    known = arrival.context(now, desk, night, reader=_reader(), at=at)
    return show(request, "helpline/arrive.html", known, status=422 if now.form.errors else 200)


# ── Paper ────────────────────────────────────────────────────────────────────────────────────────────────────


@needs(Permission.CONTACT_READ)
@require_GET
def paper(request: HttpRequest) -> HttpResponse:
    """The blank form, one A4, in one of three languages. A browser keeps it for bad days, so it names no member."""
    centre = _centre(request, Permission.CONTACT_READ)
    now = access.desk(centre, by=actor_of(request), at=clock.now())
    language = sheet.language_of(request.GET.get("kieli"), _reader())
    return show(request, "helpline/paper.html", {**sheet.context(now, language, clock.now()), "member": None})


@needs(Permission.CONTACT_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def late(request: HttpRequest) -> HttpResponse:
    """A contact from paper, entered afterwards and marked so."""
    centre, by, at = _centre(request), actor_of(request), clock.now()
    now = access.desk(centre, by=by, at=at)
    if request.method != "POST":
        return show(request, "helpline/late.html", sheet.late(now, None, None, reader=_reader(), at=at))
    sent = from_paper(request.POST, now.policy.pack)
    trouble = page.unread(sent.errors)
    if sent.paper:
        try:
            row = actions.enter_late(centre, record=sent.record, paper=sent.paper, by=by, at=at)
            return _to("contact", row.pk)
        except Refused as refused:
            trouble = page.refusal(refused)
    known = sheet.late(now, sent, trouble, reader=_reader(), at=at)
    return show(request, "helpline/late.html", known, status=422)
