"""What the pages of notices show."""

from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from poukama.cases import access as cases
from poukama.cases.page import Here
from poukama.centres.rules import Pack
from poukama.clients import access as clients
from poukama.clients.consents import Act, Left, LegalGround, NoGround, Refusal
from poukama.clients.duties import DutyTask, Step
from poukama.clients.models import Client
from poukama.clients.shown import Ledger
from poukama.clients.words import PURPOSES, RECIPIENTS, REFUSALS, STEPS
from poukama.doors.held import policy_of
from poukama.legal import access
from poukama.legal.access import NoticeShown
from poukama.legal.rules import RECIPIENTS as TO
from poukama.legal.rules import act_for
from poukama.legal.words import HOW, MEANS, recipient_name
from poukama.staff import moments

# The shape of what comes next for a recipient.
_SHAPES = {Step.ASK_AGE: "todo", Step.TELL_CLIENT: "todo", Step.SEND: "now", Step.SENT: "done"}


@dataclass(frozen=True, slots=True)
class Found:
    """What stands about notices in one case: the centre's pack, the duties, the ledger, the notices."""

    pack: Pack
    client: Client
    duties: tuple[DutyTask, ...]
    ledger: Ledger
    notices: tuple[NoticeShown, ...]


def found(here: Here) -> Found:
    """Read all of it, of a case that was opened."""
    case = here.case
    pack = policy_of(case).pack
    client = case.client
    notices = access.notices(here.opened)
    duties = clients.duty_tasks(client, pack.duty, by=here.by, at=here.at)
    return Found(pack, client, duties, clients.ledger(client, by=here.by, at=here.at), notices)


def context(here: Here, known: Found) -> dict[str, Any]:
    """The page of all notices."""
    zone = here.zone
    names = access.approvers(here.opened, frozenset(ground.approver for ground in known.ledger.grounds))
    visits = cases.visits(here.opened)
    over = bool(visits) and all(visit.departed_at for visit in visits)
    return {
        "duty": _duty(known),
        "duties": [_task(each, over=over) for each in known.duties],
        "notices": [notice_line(each, here) for each in known.notices],
        "grounds": [_ground(each, names, zone) for each in known.ledger.grounds],
        "left": [_left(each, known.ledger, zone) for each in reversed(known.ledger.left)],
    }


def recipients(known: Found) -> list[tuple[str, str]]:
    """Whom a notice may be for: those whom the duty names first, also those whom we have no word for."""
    named = [*(each.name for each in known.duties), *TO]
    return [(name, recipient_name(name)) for name in dict.fromkeys(map(str, named))]


def _duty(known: Found) -> dict[str, Any] | None:
    """The centre's setting in words: under which age, by which law, and whether anybody has approved it."""
    duty = known.pack.duty
    if duty is None:
        return None
    source = known.pack.sources.get(duty.origin.source)
    return {
        "under": duty.under,
        "law": source.title if source else duty.origin.source,
        "example": duty.origin.example,
        "recipients": [recipient_name(name) for name in duty.recipients],
    }


def law_of(known: Found, recipient: str) -> str:
    """The law that makes it a duty to inform somebody; empty where it is none."""
    duty: Any = _duty(known)
    return duty["law"] if any(each.name == recipient for each in known.duties) and duty else ""


def _task(task: DutyTask, *, over: bool) -> dict[str, Any]:
    """Whom to inform, and what comes next; amber once the visit is over and nothing has gone."""
    late = over and task.step in (Step.TELL_CLIENT, Step.SEND)
    shape = "wait" if late else _SHAPES[task.step]
    return {"name": task.name, "word": recipient_name(task.name), "step": STEPS[task.step], "shape": shape}


def notice_line(notice: NoticeShown, here: Here) -> dict[str, Any]:
    """A notice in words, to be read and not to be written on."""
    zone, notice = here.zone, masked(notice, here)
    return {
        "id": notice.id,
        "recipient": recipient_name(notice.recipient),
        "whom": notice.whom,
        "words": notice.words,
        "name": notice.name,
        "begun": moments.day_and_hour(notice.begun_at, zone),
        "told": told_words(notice, zone),
        "sent": moments.day_and_hour(notice.sent_at, zone) if notice.sent_at else "",
        "sent_by": notice.sent_by,
        "means": MEANS[notice.means] if notice.means else "",
        "proof": notice.proof,
        "law": notice.law,
    }


def masked(notice: NoticeShown, here: Here) -> NoticeShown:
    """A notice in which nobody reads where a protected client is."""
    hide = here.opened.hide
    return replace(notice, whom=hide(notice.whom), words=hide(notice.words), proof=hide(notice.proof))


def told_words(notice: NoticeShown, zone: ZoneInfo) -> str:
    """When and how the client was told, or nothing."""
    if notice.told_at is None or notice.told_how is None:
        return ""
    return f"{moments.day_and_hour(notice.told_at, zone)}, {HOW[notice.told_how]}"


def _ground(ground: LegalGround, names: dict[str, str], zone: ZoneInfo) -> dict[str, Any]:
    return {
        "act": _act(ground.act),
        "law": ground.law,
        "reason": ground.reason,
        "approver": names.get(ground.approver, ""),
        "named": moments.day_and_hour(ground.named_at, zone),
        "ends": moments.day_and_hour(ground.ends, zone),
        "told": moments.day_and_hour(ground.told_at, zone) if ground.told_at else "",
        "untold": ground.untold,
    }


def _left(left: Left, ledger: Ledger, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "act": _act(left.act),
        "whom": left.what,
        "at": moments.day_and_hour(left.at, zone),
        "rests": _rests(left, ledger, zone),
    }


def _rests(left: Left, ledger: Ledger, zone: ZoneInfo) -> str:
    """What something that left rested on."""
    said = next((entry for entry in ledger.entries if entry.number == left.consent), None)
    if said is not None:
        return _("the client's yes of %(day)s") % {"day": moments.day_and_hour(said.said_at, zone)}
    law = next((ground.law for ground in ledger.grounds if ground.key == left.ground), "")
    return law or _("a legal ground that has ended")


def _act(act: Act) -> str:
    return f"{PURPOSES[act.purpose]}: {RECIPIENTS[act.recipient]}"


@dataclass(frozen=True, slots=True)
class Rests:
    """What a notice rests on now: the day of the client's yes, or a law; or why it rests on nothing.

    `tell` is whether a ground is there of which the client has not been told.
    """

    consent: str = ""
    law: str = ""
    why_not: str = ""
    tell: bool = False


def rests(here: Here, known: Found, recipient: str) -> Rests:
    """What a notice to somebody would rest on if it went now."""
    try:
        ground = clients.rests_on(known.client, act_for(recipient), moment=here.at, by=here.by, at=here.at)
    except NoGround as none:
        return Rests(why_not=str(REFUSALS[none.refusal]), tell=none.refusal is Refusal.NOT_TOLD)
    if isinstance(ground, LegalGround):
        return Rests(law=ground.law)
    return Rests(consent=moments.day_and_hour(ground.said_at, here.zone))
