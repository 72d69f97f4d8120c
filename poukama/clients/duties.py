"""Duties towards the authorities about somebody under age: who must be told, why, and that the client hears it first.

The age limit, the recipients and the law are the centre's setting. An age that is not known may be under the limit.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from poukama.centres.rules import Duty
from poukama.clients.consents import Act, Left, LegalGround, Purpose, Recipient, in_force_at, told_first
from poukama.doors.known import Age


class Step(StrEnum):
    """What comes next for one recipient."""

    ASK_AGE = "ask_age"
    TELL_CLIENT = "tell_client"
    SEND = "send"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class DutyTask:
    """One recipient to inform about one client: by which law, under what age, and what comes next.

    `name` is what the pack calls them: for somebody whom we have no word for, that is all there is. `example` is
    whether nobody has approved the setting yet. `since` is when the age was said.
    """

    recipient: Recipient
    name: str
    under: int
    law: str
    example: bool
    since: dt.datetime
    step: Step

    @property
    def act(self) -> Act:
        """What the sending is, for the ledger."""
        return notice_to(self.name)


def notice_to(name: str) -> Act:
    """Informing an authority, by its word, or by what the pack calls one that we have no word for.

    >>> notice_to("police").scope, notice_to("Harbour Office").scope
    ('', 'harbour_office')
    """
    recipient = recipient_of(name)
    code = "_".join(re.findall(r"[a-z0-9]+", name.lower())) or name.encode().hex()
    scope = "" if recipient == name else code
    return Act(Purpose.NOTICE, recipient, scope)


def recipient_of(name: str) -> Recipient:
    """The word for an authority; "somebody else" for one that we have none for."""
    return Recipient(name) if name in set(Recipient) else Recipient.OTHER


def date_at(at: dt.datetime, zone: ZoneInfo) -> dt.date:
    """The date that the calendar on the centre's wall shows: an age turns at its midnight."""
    return at.astimezone(zone).date()


def unknown_recipients(duty: Duty | None) -> tuple[str, ...]:
    """The recipients of a pack's duty that we have no word for."""
    return tuple(name for name in (duty.recipients if duty else ()) if name not in set(Recipient))


def tasks_for(
    age: Age,
    duty: Duty | None,
    *,
    since: dt.datetime,
    grounds: Iterable[LegalGround],
    left: Iterable[Left],
    at: dt.datetime,
) -> tuple[DutyTask, ...]:
    """The tasks that an age makes, one for each recipient; none from the duty's age on.

    While the age may be on either side of the limit, what comes next is to ask it.
    """
    if duty is None or not age.perhaps_under(duty.under):
        return ()
    grounds, left = tuple(grounds), tuple(left)
    return tuple(
        DutyTask(
            recipient=recipient_of(name),
            name=name,
            under=duty.under,
            law=duty.origin.source,
            example=duty.origin.example,
            since=since,
            step=_step(notice_to(name), age.surely_under(duty.under), grounds, left, at),
        )
        for name in duty.recipients
    )


def _step(act: Act, surely: bool, grounds: tuple[LegalGround, ...], left: tuple[Left, ...], at: dt.datetime) -> Step:
    if any(act.covers(each.act) and each.at <= at for each in left):
        return Step.SENT
    if any(ground.act.covers(act) and told_first(ground, at) for ground in in_force_at(grounds, at)):
        return Step.SEND
    return Step.TELL_CLIENT if surely else Step.ASK_AGE
