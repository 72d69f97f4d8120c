"""S18: notices to authorities. The duty is explained, the client is told first, and what went is written down."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from poukama.cases import access as cases
from poukama.cases import actions as verbs
from poukama.cases import rules
from poukama.cases.page import Here, in_case, opened_again, show_case
from poukama.cases.rules import Turn, for_duties, key_of_task
from poukama.cases.walls import Reach, Section
from poukama.cases.words import REFUSAL as CASE_REFUSAL
from poukama.centres.rules import TextState
from poukama.clients import actions as clients
from poukama.clients.consents import NoGround, NotSound, Wording
from poukama.clients.words import REFUSALS, UNSOUND
from poukama.gate.rules import Permission
from poukama.legal import access, actions, shown
from poukama.legal.forms import AnswerForm, BeginForm, GroundForm, SendForm, ToldForm, WriteForm, today
from poukama.legal.rules import Refused, act_for
from poukama.legal.words import REFUSAL, recipient_name

# What the client is asked here is an example of ours, until somebody has read it.
_WORDING, _VERSION = "notice", "1"
# What a duty's tasks come of, so that they are made once.
_CAME_OF = "duty"


@in_case(Permission.CASE_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest, here: Here) -> HttpResponse:
    """The duty by age, the notices, the grounds in force, and what has left; and a notice is begun."""
    here.must(Reach.WRITES if request.method == "POST" else Reach.READS, Section.LEGAL)
    entered, here = here.entered, opened_again(here)
    known = shown.found(here)
    form = BeginForm(request.POST if request.method == "POST" else None, recipients=shown.recipients(known))
    if request.method == "POST" and form.is_valid():
        recipient, key = form.cleaned_data["recipient"], form.cleaned_data["key"]
        row = _done(form, lambda: actions.begin(entered, recipient=recipient, key=key, **here.now))
        if row is not None:
            return redirect("legal:notice", here.ref.id, row.pk)
    waiting = {task.title for task in cases.tasks(here.opened)}
    missing = [doing for doing in _doings(here, known) if doing.title not in waiting]
    page = {"form": form, "writes": here.writes(Section.LEGAL), "tasks_missing": bool(missing)}
    status = 422 if form.is_bound else 200
    return show_case(request, here, "legal/notices.html", {**shown.context(here, known), **page}, status=status)


@in_case(Permission.CASE_WRITE)
@require_POST
def tasks(request: HttpRequest, here: Here) -> HttpResponse:
    """Make the tasks of the duty, one's own turn: pressed twice they are made once."""
    here.must(Reach.WRITES, Section.LEGAL)
    entered, here = here.entered, opened_again(here)
    for doing in _doings(here, shown.found(here)):
        key = key_of_task(here.ref.id, doing, _CAME_OF)
        try:
            verbs.add_task(entered, doing=doing, key=key, **here.now)
        except rules.Refused:
            # Closed meanwhile: the page says so.
            break
    return redirect("legal:notices", here.ref.id)


def _doings(here: Here, known: shown.Found) -> tuple[rules.Doing, ...]:
    return for_duties(known.duties, Turn(member=here.entered.member))


# ── One notice ───────────────────────────────────────────────────────────────────────────────────────────────


@in_case(Permission.CASE_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, here: Here, notice: UUID) -> HttpResponse:
    """A notice: written, told of, and sent. One form, so that a button never loses what stands in another field."""
    here.must(Reach.WRITES if request.method == "POST" else Reach.READS, Section.LEGAL)
    if request.method != "POST":
        return _notice(request, here, notice)
    row, write = access.notice(here.entered, notice), WriteForm(request.POST)
    if not write.is_valid():
        return _notice(request, here, notice, write=write)
    written = write.written()
    if _done(write, lambda: actions.write(here.entered, notice=row, written=written, **here.now)) is None:
        return _notice(request, here, notice, write=write)
    do = request.POST.get("do", "")
    form = _step_form(do, request, here)
    if form is None:
        return redirect("legal:notice", here.ref.id, notice)
    if form.is_valid() and _done(form, lambda: _step(do, here, row, form)) is not None:
        return redirect("legal:notices" if do == "send" else "legal:notice", here.ref.id, *_also(do, notice))
    return _notice(request, here, notice, step={do: form})


def _also(do: str, notice: UUID) -> tuple[UUID, ...]:
    return () if do == "send" else (notice,)


def _step_form(do: str, request: HttpRequest, here: Here) -> Any:
    """The form of a button; None for the one that only saves."""
    moment: dict[str, Any] = {"zone": here.zone, "at": here.at}
    made: Mapping[str, Callable[[], Form]] = {
        "answer": lambda: AnswerForm(request.POST),
        "ground": lambda: GroundForm(request.POST, **moment),
        "told": lambda: ToldForm(request.POST, **moment),
        "send": lambda: SendForm(request.POST, **moment),
    }
    return made[do]() if do in made else None


def _step(do: str, here: Here, row: Any, form: Any) -> Any:
    """Do what a button says."""
    entered, key, now = here.entered, form.cleaned_data["key"], here.now
    match do:
        case "ground":
            return actions.name_ground(entered, notice=row, ground=form.ground(), key=key, **now)
        case "told":
            return actions.tell_client(entered, notice=row, telling=form.telling, key=key, **now)
        case "send":
            return actions.send(entered, notice=row, sending=form.sending, **now)
        case _:
            wording = Wording(_WORDING, _VERSION, get_language() or "en", TextState.DRAFT)
            entry = form.entry(act_for(row.recipient), wording, here.at)
            return clients.answer(here.case.client, entry=entry, key=key, **now)


def _notice(
    request: HttpRequest, here: Here, record: UUID, *, write: Any = None, step: Mapping[str, Any] | None = None
) -> HttpResponse:
    here = opened_again(here)
    found = access.notice(here.entered, record)
    known = shown.found(here)
    row = next(each for each in known.notices if each.id == found.pk)
    if row.sent_at is not None:
        page = {"line": shown.notice_line(row, here), "late": write}
        return show_case(request, here, "legal/sent.html", page, status=409 if write else 200)
    if not here.writes(Section.LEGAL):
        row = shown.masked(row, here)
    typed = {name: write[name].value() for name in ("whom", "words")} if write else {}
    kept = {"whom": row.whom, "words": row.words, "seen": row.saves}
    moment: dict[str, Any] = {"zone": here.zone, "at": here.at}
    step = step or {}
    law = shown.law_of(known, row.recipient)
    fresh = today(here.zone, here.at)
    page = {
        "notice": row,
        "recipient": recipient_name(row.recipient),
        "writes": here.writes(Section.LEGAL),
        "rests": shown.rests(here, known, row.recipient),
        "written": bool(row.whom and row.words.strip()),
        "law": law,
        "form": WriteForm(initial={**kept, **typed}),
        "wrong": write or next(iter(step.values()), None),
        "theirs": row if write and not write.errors.get("words") and _differs(typed, row) else None,
        "answer": step.get("answer") or AnswerForm(),
        "ground": step.get("ground") or GroundForm(initial=fresh | {"law": law, "told": "told"}, **moment),
        "told": step.get("told") or ToldForm(initial=fresh, **moment),
        "send": step.get("send") or SendForm(initial=fresh, **moment),
        "told_words": shown.told_words(row, here.zone),
    }
    return show_case(request, here, "legal/notice.html", page, status=422 if write or step else 200)


def _differs(typed: Mapping[str, Any], row: access.NoticeShown) -> bool:
    return (typed["whom"], typed["words"]) != (row.whom, row.words)


def _done(form: Form, step: Callable[[], Any]) -> Any:
    """Do a step; None, with the reason on the form, if it is refused or rests on nothing."""
    try:
        return step()
    except rules.Refused as refused:
        if refused.refusal is rules.Refusal.WALL:
            raise PermissionDenied from None
        form.add_error(None, str(CASE_REFUSAL[refused.refusal]))
    except Refused as refused:
        form.add_error(None, str(REFUSAL[refused.refusal]))
    except NoGround as none:
        form.add_error(None, str(REFUSALS[none.refusal]))
    except NotSound as unsound:
        form.add_error(None, str(UNSOUND[unsound.unsound]))
    return None
