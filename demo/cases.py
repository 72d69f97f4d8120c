"""How the demo's night goes on in the case of whoever came, all invented; never what happened.

Six consents, one of them not yet; a way to reach her; who is on the team, whose turn it is, and a note behind a wall.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from demo.night import Night, last_night
from poukama.cases import access, actions
from poukama.cases.consenting import Answered
from poukama.cases.inside import Entered
from poukama.cases.rules import Doing, Ref, Title, Turn, Wording
from poukama.cases.walls import Section
from poukama.centres.models import Centre
from poukama.clients import actions as clients
from poukama.clients.consents import Answer, Entry
from poukama.clients.held import asked_at
from poukama.clients.reach import Channel, Way
from poukama.clients.rules import Examiner, Wishes
from poukama.core.hours import Hours
from poukama.doors.held import policy_of
from poukama.gate.scope import within
from poukama.staff.access import standing
from poukama.staff.models import Member
from poukama.staff.rules import Role

_YES = ("examination", "mouth", "skin", "photographs", "storage")
_NOT_YET = "release"
_TEAM = {
    "laine": Role.DOCTOR,
    "pia": Role.PSYCHOLOGIST,
    "sini": Role.SOCIAL_WORKER,
    "hanna": Role.CHAPLAIN,
}
_WORDS = "Tapaaminen. Sovittiin uusi aika perjantaille."


@dataclass(frozen=True, slots=True)
class Going:
    """A case of the night, to be gone on with by the wall clock."""

    centre: Centre
    case: UUID
    night: Night

    def now(self, login: str, hour: str) -> dict[str, Any]:
        """Who acts, and when."""
        at = self.night.moment(hour, self.centre.zone)
        return {"by": standing(Member.objects.get(login=login), at).actor, "at": at}

    def enter(self, now: dict[str, Any]) -> Entered:
        """Into the case."""
        return access.enter(Ref(self.centre.pk, self.case), **now)

    def key(self, name: str) -> UUID:
        """The key of a step, the same each time."""
        return uuid5(self.case, name)


def go_on(centre: Centre, opened: Iterable[UUID], at: dt.datetime) -> None:
    """Go on with the cases that were opened in the last night that is over."""
    night = last_night(at, policy_of(centre).pack.zone)
    for case in opened:
        going = Going(centre, case, night)
        _as_she_wishes(going)
        _team(going)
        _consents(going)
        _tasks(going)
        _note(going)


def _as_she_wishes(going: Going) -> None:
    now = going.now("maija", "03:22")
    client = going.enter(now).case.client
    hours = Hours("Mo-Fr 14:00-15:00", going.centre.zone, going.centre.country)
    # A placeholder that nobody has.
    way = Way(going.key("way"), Channel.CALL, True, "040 000 0901", hours, now["at"], name_we_say="Maija")
    clients.tell_way(client, way=way, key=going.key("way told"), **now)
    clients.tell_wishes(client, wishes=Wishes(examiner=Examiner.WOMAN), key=going.key("wishes"), **now)


def _team(going: Going) -> None:
    now = going.now("maija", "03:25")
    for login, role in _TEAM.items():
        member = Member.objects.get(login=login)
        actions.join_team(going.enter(now), member=member, role=role, key=going.key(login), **now)


def _consents(going: Going) -> None:
    now = going.now("maija", "03:42")
    with within(going.centre.pk):
        asked = {each.code: each for each in asked_at(going.centre)}
    answers = []
    for code in (*_YES, _NOT_YET):
        each = asked[code]
        worded = each.in_language("sv")
        answer = Answer.NOT_NOW if code == _NOT_YET else Answer.YES
        answers.append(Answered(code, worded.name, Entry(each.act, answer, now["at"], each.wording(worded))))
    actions.answer(going.enter(now), answers=answers, key=going.key("consents"), **now)


def _tasks(going: Going) -> None:
    now = going.now("maija", "05:30")
    doings = (
        Doing(Title.STORAGE_DECISION, Turn(role=Role.SOCIAL_WORKER), due=now["at"] + dt.timedelta(days=2)),
        Doing(Title.STATEMENT, Turn(role=Role.DOCTOR), due=now["at"] + dt.timedelta(days=6)),
    )
    for doing in doings:
        actions.add_task(going.enter(now), doing=doing, key=going.key(doing.title), **now)


def _note(going: Going) -> None:
    now = going.now("pia", "07:30")
    wording = Wording(Section.PSYCHOLOGICAL, _WORDS, private=True)
    note = actions.begin_note(going.enter(now), wording=wording, key=going.key("note"), **now)
    actions.sign_note(going.enter(now), note=note, **now)
