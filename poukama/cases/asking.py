"""Consents (S10): every act that the centre asks about, with what the client says to it, what rests on it, what left.

Many answers are given at once; each may be changed at any time, and a change says at once what it stops.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from poukama.cases import actions
from poukama.cases.consenting import Answered
from poukama.cases.ledger import LedgerPage
from poukama.cases.need import Purpose
from poukama.cases.page import Here, in_case, show_case
from poukama.cases.picture import said_in
from poukama.cases.rules import Refused
from poukama.cases.walls import Reach, Section
from poukama.cases.words import REFUSAL
from poukama.clients import access as clients
from poukama.clients import actions as client_actions
from poukama.clients import words
from poukama.clients.asked import Asked
from poukama.clients.consent_forms import AnswerForm, DisclosureForm, LedgerForm
from poukama.clients.consents import NoGround, NotSound, Unsound
from poukama.clients.held import asked_at
from poukama.core import documents
from poukama.doors.held import policy_of
from poukama.gate.rules import Permission
from poukama.staff import moments
from poukama.staff.forms import Plain
from poukama.staff.page import show


def _ledger(here: Here) -> LedgerPage:
    """The ledger of whoever the case is about. Raises PermissionDenied where the wall lets it not be read."""
    here.must(Reach.READS, Section.LEGAL)
    of, asked = here.case.client, asked_at(here.case)
    language = clients.head(of, **here.now).identity.language
    return LedgerPage(clients.ledger(of, acts=[each.act for each in asked], **here.now), asked, language, here)


def _writes(here: Here) -> bool:
    """Whether answers are taken down: also in a closed case, since a client can change them at any time."""
    may = here.by.may(Permission.CONSENT_WRITE, centre=here.case.centre_id)
    return may and here.reach(Section.LEGAL) >= Reach.WRITES


def _asked(page: LedgerPage, code: str) -> Asked:
    """What the centre asks under a code. Raises Http404."""
    for each in page.asked:
        if each.code == code:
            return each
    raise Http404


def _kept(form: Plain, here: Here, answers: list[Answered]) -> bool:
    """Whether the answers were kept, all of them; if not, the form says why, and none was."""
    try:
        actions.answer(here.entered, answers=answers, key=form.cleaned_data["key"], **here.now)
    except Refused as refused:
        form.add_error(None, str(REFUSAL[refused.refusal]))
    except NotSound as refused:
        beside = {Unsound.OVER: "ends", Unsound.CANNOT_DECIDE: "capacity"}
        form.add_error(beside.get(refused.unsound), str(words.UNSOUND[refused.unsound]))
    else:
        return True
    return False


def _back(here: Here, name: str, *code: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse(name, args=[here.ref.id, *code])}?tallennettu", status=303)


@in_case(Permission.CASE_READ)
@require_http_methods(["GET", "POST"])
def consents(request: HttpRequest, here: Here) -> HttpResponse:
    """All acts in one table, answered in one go."""
    if request.method == "POST":
        here.must(Reach.WRITES, Section.LEGAL)
    page = _ledger(here)
    form = LedgerForm(page.asked, page.standing(), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        answers = [
            Answered(each.code, page.name(each), form.entry(each.act, answer, each.wording(page.worded(each)), here.at))
            for each, answer in form.answered()
        ]
        if _kept(form, here, answers):
            return _back(here, "cases:consents")
    rows = [
        page.row(each) | {"field": form.row(each), "was": form.as_opened(form.name_of(each))} for each in page.asked
    ]
    shown = {"form": form, "rows": rows, "others": page.others(), "writes": _writes(here)}
    shown |= {"saved": "tallennettu" in request.GET, "wording": rows[0]["wording"] if rows else None}
    return show_case(request, here, "cases/consents.html", shown, status=422 if form.is_bound else 200)


# ── One act ──────────────────────────────────────────────────────────────────────────────────────────────────


@in_case(Permission.CASE_READ)
@require_http_methods(["GET", "POST"])
def consent(request: HttpRequest, here: Here, code: str) -> HttpResponse:
    """One act: the words that are read, its history, an answer with an end or words, and what is handed over."""
    if request.method == "POST":
        here.must(Reach.WRITES, Section.LEGAL)
    page = _ledger(here)
    each = _asked(page, code)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        entry = form.entry(each.act, each.wording(page.worded(each)), here.zone, here.at)
        if _kept(form, here, [Answered(each.code, page.name(each), entry)]):
            return _back(here, "cases:consent", code)
    return _one(request, here, page, each, form, DisclosureForm())


@in_case(Permission.DISCLOSE)
@require_POST
def hand_over(request: HttpRequest, here: Here, code: str) -> HttpResponse:
    """Write down that something is handed over now, on the consent or the legal ground that opens it. No other way."""
    here.must(Reach.WRITES, Section.LEGAL)
    page = _ledger(here)
    each, form = _asked(page, code), DisclosureForm(request.POST)
    if form.is_valid():
        what, key = form.cleaned_data["what"], form.cleaned_data["key"]
        try:
            client_actions.disclose(here.case.client, act=each.act, what=what, key=key, **here.now)
        except NoGround as none:
            form.add_error(None, str(words.REFUSALS[none.refusal]))
        else:
            return _back(here, "cases:consent", code)
    return _one(request, here, page, each, AnswerForm(), form)


def _one(
    request: HttpRequest, here: Here, page: LedgerPage, each: Asked, form: AnswerForm, leaving: DisclosureForm
) -> HttpResponse:
    shown: dict[str, Any] = {
        "row": page.row(each),
        "history": page.history(each.act),
        "form": form,
        "leaving": leaving,
        "writes": _writes(here),
        "discloses": here.by.may(Permission.DISCLOSE, centre=here.case.centre_id)
        and here.reach(Section.LEGAL) >= Reach.WRITES,
        "saved": "tallennettu" in request.GET,
    }
    status = 422 if form.is_bound or leaving.is_bound else 200
    return show_case(request, here, "cases/consent.html", shown, status=status)


# ── For the client to take away ──────────────────────────────────────────────────────────────────────────────


@in_case(Permission.CASE_READ, Purpose.CLIENT_ASKED)
@require_GET
def copy(request: HttpRequest, here: Here) -> HttpResponse:
    """The client's own copy, in their language: what was asked and said. The centre is named on it only if asked to."""
    here.must(Reach.READS, Section.LEGAL)
    known = _copied(request, here)
    return show(request, "cases/consents_copy.html", known | {"case": here.case})


@in_case(Permission.CASE_READ, Purpose.CLIENT_ASKED)
@require_GET
def copy_paper(request: HttpRequest, here: Here) -> HttpResponse:
    """The same as a document."""
    here.must(Reach.READS, Section.LEGAL)
    known = _copied(request, here)
    with override(known["spoken"]):
        told = copy_on_paper(known)
        title = _("What we asked you, and what you said")
        made = documents.pdf("cases/consents_copy.typ", told, title=title, language=known["spoken"])
    return documents.response(made, "answers")


def _copied(request: HttpRequest, here: Here) -> dict[str, Any]:
    of, asked = here.case.client, asked_at(here.case)
    head = clients.head(of, **here.now)
    spoken = (
        asked[0].in_language(head.identity.language, get_language() or "").language if asked else get_language() or "en"
    )
    with override(spoken):
        page = LedgerPage(clients.copy_of_ledger(of, **here.now), asked, spoken, here)
        pack = policy_of(here.case).pack
        named = "keskus" in request.GET
        return {
            "rows": [row for each in asked if (row := page.row(each))["entry"]],
            "others": [row for row in page.others() if row["entry"]],
            "spoken": spoken,
            "day": moments.dated(here.at, here.zone),
            "named": named,
            "centre_name": said_in(pack).get("centre.name") if named else "",
            "code": head.code,
            "back": reverse("cases:consents", args=[here.ref.id]),
        }


def copy_on_paper(known: dict[str, Any]) -> dict[str, Any]:
    """The client's own copy as its document takes it, in the language that is chosen now."""
    return {
        "below": " · ".join(filter(None, (known["day"], known["centre_name"], known["code"]))),
        "intro": _("You can change any of these at any time, and need not say why."),
        "heads": [_("What is asked"), _("Answer")],
        "rows": [
            {"name": row["name"], "asks": row.get("asks", ""), **_answer_on_paper(row["entry"])}
            for row in (*known["rows"], *known["others"])
        ],
        "nothing": _("Nothing has been asked yet."),
        "signing": [_("Date"), _("Signature, if you want to sign")],
    }


def _answer_on_paper(entry: dict[str, Any]) -> dict[str, str]:
    over = _("has ended") if entry["over"] else ""
    until = _("until %(day)s") % {"day": entry["ends"]} if entry["ends"] else ""
    through = (
        f"{pgettext('consent', 'interpreter')} {entry['interpreter_name']}".strip() if entry["interpreter"] else ""
    )
    return {
        "answer": ", ".join(filter(None, (str(entry["answer"]), over))),
        "how": " · ".join(filter(None, (entry["day"], until, through))),
        "words": f"”{entry['own_words']}”" if entry["own_words"] else "",
    }
