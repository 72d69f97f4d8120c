"""Where a protected client is leaves by no address, in no text: only the page that is there to show it does."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from poukama.cases import access, actions
from poukama.cases.models import Case
from poukama.cases.need import GlassReason
from poukama.cases.rules import Doing, Leaving, Present, Ref, There, Title, Turn, Wording
from poukama.cases.told import Telling, Topic
from poukama.cases.walls import Section
from poukama.clients import actions as clients
from poukama.clients import rules
from poukama.clients.reach import Channel
from poukama.core import clock
from poukama.gate.rules import Permission
from poukama.legal import actions as legal
from poukama.legal.rules import Ground, Means, Sending, Written
from poukama.staff.access import standing
from poukama.staff.models import Member
from poukama.staff.rules import HOLDERS, Role
from tests.cases.working import make_colleague
from tests.clients.saying import make_entry, make_way
from tests.config.records import Records, addresses
from tests.people import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]
MARK = "zqfarbay"
# As the records have it; nobody reads a word of it.
HOME = f"{MARK}addressäö"
INSIDE = tuple(role for role in Role if role in HOLDERS[Permission.CASE_READ])
SHOWN_TO = HOLDERS[Permission.WHEREABOUTS_READ]
# What is there to show it, or to change a text that holds it, for those who may see it.
SHOWS = {"cases:whereabouts", "cases:wishes", "cases:close-person", "cases:relation", "cases:way"}


@pytest.fixture
def records() -> Records:
    return Records(MARK)


def inside(case: Case, member: Member) -> tuple[Any, dict[str, Any]]:
    now: dict[str, Any] = {"by": standing(member, at := clock.now()).actor, "at": at}
    return access.enter(Ref(case.centre_id, case.pk), **now), now


def tell_it_everywhere(case: Case, midwife: Member, colleague: Member) -> Any:
    """Say where the client lives in every text that a case has; the notice that was sent."""
    entered, now = inside(case, midwife)
    told = (Telling(Topic.ACCOUNT, words=f"near {HOME}"), Telling(Topic.NECK, words=HOME))
    actions.tell(entered, tellings=told, key=uuid4(), **now)
    actions.write(entered, wording=Wording(Section.HEALTH, HOME), key=uuid4(), **now)
    doing = Doing(Title.OTHER, Turn(member=midwife.pk), HOME, section=Section.HEALTH)
    actions.add_task(entered, doing=doing, key=uuid4(), **now)
    note = actions.begin_note(entered, wording=Wording(Section.HEALTH, HOME), key=uuid4(), **now)
    actions.sign_note(entered, note=note, **now)
    actions.add_addendum(entered, note=note, words=HOME, key=uuid4(), **now)
    visit = access.visits(access.open_case(Ref(case.centre_id, case.pk), purpose="care", **now))[0]  # type: ignore[arg-type]
    row = access.visit(entered, visit.id)
    actions.be_there(entered, visit=row, there=There(Present.COMPANION, words=HOME), key=uuid4(), **now)
    actions.depart(entered, visit=row, leaving=Leaving(words=HOME), **now)
    say_it(case, now)
    far = standing(colleague, now["at"]).actor
    given: dict[str, Any] = {"reason": GlassReason.CLIENT_HERE, "words": HOME, "key": uuid4()}
    actions.break_glass(Ref(case.centre_id, case.pk), by=far, at=now["at"], **given)
    return sent(entered, now)


def say_it(case: Case, now: dict[str, Any]) -> None:
    of, at = case.client, now["at"]
    wishes = {name: HOME for name in ("examiner_words", "support_words", "avoid", "breaks", "other")}
    clients.tell_wishes(of, wishes=rules.Wishes(**wishes), **now)  # type: ignore[arg-type]
    words = {"name": HOME, "number": HOME, "knows": HOME, "support_words": HOME}
    clients.tell_close_person(of, person=rules.ClosePerson(uuid4(), rules.Closeness.FRIEND, **words), **now)  # type: ignore[arg-type]
    clients.tell_relation(of, told=rules.Told(rules.Relation.STRANGER, HOME), **now)
    said = {"who_answers": HOME, "name_we_say": HOME, "code_word": HOME}
    letter = make_way(key=uuid4(), channel=Channel.LETTER, address=HOME, said_at=at, **said)
    clients.tell_way(of, way=letter, **now)
    spoken = replace(make_entry(), said_at=at, own_words=HOME, interpreter=True, interpreter_name=HOME)
    clients.answer(of, entry=spoken, **now)


def sent(entered: Any, now: dict[str, Any]) -> Any:
    notice = legal.begin(entered, recipient="child_welfare", key=uuid4(), **now)
    legal.write(entered, notice=notice, written=Written(HOME, HOME, 0), **now)
    ground = Ground("a law", HOME, now["at"].replace(year=2099), None, HOME)
    legal.name_ground(entered, notice=notice, ground=ground, key=uuid4(), **now)
    return legal.send(entered, notice=notice, sending=Sending(Means.PHONE, now["at"], HOME), **now)


@pytest.fixture
def team(records) -> dict[Role, Member]:
    """Somebody in each role, on the team; and where the client lives, in every text of theirs."""
    team = {role: make_colleague(role, records.centre, f"in-{number}") for number, role in enumerate(INSIDE)}
    for role, member in team.items():
        entered, now = inside(records.case, records.midwife)
        actions.join_team(entered, member=member, role=role, key=uuid4(), **now)
    notice = tell_it_everywhere(records.case, records.midwife, records.doctor)
    # The page of the notice that was sent, and not of the draft that its writer has open.
    records.names["legal:notice"] = notice.pk
    return team


@pytest.mark.parametrize("role", [*INSIDE, Role.PRIVACY_OFFICER])
def test_where_a_protected_client_is_stands_on_no_page_but_its_own(records, team, role):
    member = team.get(role) or make_colleague(role, records.centre, "officer")
    shown = set()
    for address in addresses():
        answer = sign_in(Client(), member).get(reverse(address.name, kwargs=records.named(address)))
        if HOME in answer.content.decode() + str(answer.headers):
            shown.add(address.name)
    assert shown <= (SHOWS if role in SHOWN_TO else set())
    if role in SHOWN_TO:
        assert "cases:whereabouts" in shown
