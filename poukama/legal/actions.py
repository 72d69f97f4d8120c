"""What is done with notices: begun, written, the client told, a ground named, and sent.

Each verb takes the case as somebody is inside it and asks the wall. A step that is refused raises `rules.Refused`, or
`cases.rules.Refused` for the case itself; one that rests on nothing raises `consents.NoGround`.
"""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from poukama.cases import actions as cases
from poukama.cases import inside, writing
from poukama.cases.inside import Entered, put, text_of
from poukama.cases.models import Case, Task
from poukama.cases.rules import NOTICES, EntryKind
from poukama.cases.walls import Section
from poukama.clients import access as ledgers
from poukama.clients import actions as clients
from poukama.clients.consents import LegalGround
from poukama.core.texts import clean, one_line
from poukama.gate.gates import AlreadyDone, action
from poukama.gate.rules import Actor, Permission
from poukama.legal.models import Notice
from poukama.legal.rules import Ground, Refusal, Refused, Sending, Telling, Written, act_for


@action("notice.begun", Permission.CASE_WRITE)
def begin(entered: Entered, /, *, recipient: str, key: UUID, by: Actor, at: dt.datetime) -> Notice:
    """Begin a notice to somebody."""
    writing.only_once(Notice, entered, key)
    case = writing.take(entered, Section.LEGAL, by, at)
    row = Notice(id=key, recipient=recipient, author_id=inside.member_of(by), begun_at=at)
    return writing.add(row, case, whom="", words="", proof="")


@action("notice.written", Permission.CASE_WRITE)
def write(entered: Entered, /, *, notice: Notice, written: Written, by: Actor, at: dt.datetime) -> Notice:
    """Keep a notice as it is now written. Raises Refused if it was saved since it was read, or is sent."""
    case, row = _draft(entered, notice, by, at)
    same = (text_of(row, case, "whom"), text_of(row, case)) == (one_line(written.whom), clean(written.words))
    if same and row.saves:
        raise AlreadyDone(row)
    if row.saves != written.seen:
        raise Refused(Refusal.ELSEWHERE)
    put(row, case, whom=one_line(written.whom), words=clean(written.words))
    row.saves += 1
    row.save(update_fields=["whom", "words", "saves"])
    return row


@action("notice.grounded", Permission.GROUND_NAME)
def name_ground(
    entered: Entered, /, *, notice: Notice, ground: Ground, key: UUID, by: Actor, at: dt.datetime
) -> Notice:
    """Name the legal ground on which a notice goes without the client's yes, and answer for it. Raises NotSound."""
    case, row = _draft(entered, notice, by, at)
    telling = ground.telling
    named = LegalGround(
        key=key,
        act=act_for(row.recipient),
        law=one_line(ground.law),
        reason=clean(ground.reason),
        approver=by.key,
        named_at=at,
        ends=ground.ends,
        told_at=telling.at if telling else None,
        untold=clean(ground.untold),
    )
    entry = clients.name_ground(case.client, ground=named, key=key, by=by, at=at)
    return _told(row, entry, telling, at)


@action("notice.told", Permission.GROUND_NAME)
def tell_client(
    entered: Entered, /, *, notice: Notice, telling: Telling, key: UUID, by: Actor, at: dt.datetime
) -> Notice:
    """Write down that the client was told of the ground that a notice rests on. Raises Refused where there is none."""
    case, row = _draft(entered, notice, by, at)
    act = act_for(row.recipient)
    grounds = ledgers.ledger(case.client, by=by, at=at).grounds
    mine = [ground for ground in grounds if ground.act.covers(act)]
    if not mine:
        raise Refused(Refusal.NO_GROUND)
    entry = clients.tell_of_ground(case.client, ground=mine[-1], told_at=telling.at, key=key, by=by, at=at)
    return _told(row, entry, telling, at)


@action("notice.sent", Permission.DISCLOSE)
def send(entered: Entered, /, *, notice: Notice, sending: Sending, by: Actor, at: dt.datetime) -> Notice:
    """Write down that a notice has gone. Sent twice, the first holds. Raises NoGround for one that rests on nothing.

    What it rests on must have been there when it went: a client who was told afterwards was not told first.
    """
    writing.held(entered)
    if (standing := Notice.objects.get(pk=notice.pk, case=entered.case)).sent_at:
        raise AlreadyDone(standing)
    case, row = _draft(entered, notice, by, at)
    whom = text_of(row, case, "whom")
    if not whom or not text_of(row, case).strip():
        raise Refused(Refusal.NOT_WRITTEN)
    act = act_for(row.recipient)
    ground = ledgers.rests_on(case.client, act, moment=sending.at, by=by, at=at)
    row.disclosure = clients.disclose(case.client, act=act, what=whom, key=row.pk, by=by, at=at)
    row.law = ground.law if isinstance(ground, LegalGround) else ""
    row.sent_at, row.sent_by_id, row.means = sending.at, inside.member_of(by), sending.means
    put(row, case, proof=one_line(sending.proof))
    row.save(update_fields=["disclosure", "law", "sent_at", "sent_by", "means", "proof"])
    told_of: dict[str, Any] = {"at": sending.at, "section": Section.LEGAL, "reason": act.recipient}
    writing.enter_line(case, EntryKind.NOTICE, by, at, id=uuid4(), **told_of)
    _finish_tasks(entered, row, by, at)
    return row


def _told(row: Notice, entry: Any, telling: Telling | None, at: dt.datetime) -> Notice:
    if entry.at != at:
        # The form was sent before: its entry stands.
        raise AlreadyDone(row)
    if telling is not None:
        row.told_at, row.told_how = telling.at, telling.how
        row.save(update_fields=["told_at", "told_how"])
    return row


def _finish_tasks(entered: Entered, row: Notice, by: Actor, at: dt.datetime) -> None:
    """What waited for this notice is done."""
    title = NOTICES.get(act_for(row.recipient).recipient)
    for task in Task.objects.filter(case=entered.case, title=title, done_at=None) if title else ():
        cases.finish_task(entered, task=task, by=by, at=at)


def _draft(entered: Entered, notice: Notice, by: Actor, at: dt.datetime) -> tuple[Case, Notice]:
    case = writing.take(entered, Section.LEGAL, by, at)
    row = Notice.objects.get(pk=notice.pk, case=case)
    if row.sent_at:
        raise Refused(Refusal.SENT)
    return case, row
