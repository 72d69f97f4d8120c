"""Every way out of a case, in every role: what stands behind a wall leaves by none of them.

Each word of the case is known by its section. An address that names something unknown fails the sweep before it can be
left out, as in the sweep over centres.
"""

import dataclasses
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from poukama.cases import access, actions
from poukama.cases.rules import Ref, Wording
from poukama.cases.told import Telling, Topic
from poukama.cases.walls import WALLS, Reach, Section, Standpoint, reach
from poukama.core import clock
from poukama.gate.rules import Permission
from poukama.staff.access import standing
from poukama.staff.models import Member
from poukama.staff.rules import HOLDERS, Role
from tests.cases.working import make_colleague
from tests.config.records import Records, addresses, told_by
from tests.people import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]
MARK = "zqfarbay"
INSIDE = tuple(role for role in Role if role in HOLDERS[Permission.CASE_READ])
# Who may write into a section, first of those who may.
WRITER = {section: next(role for role in INSIDE if WALLS[role][section] is Reach.WRITES) for section in Section}


@dataclasses.dataclass
class Inside:
    """The case of a centre with its team, and each word that was told, by its section."""

    records: Records
    team: dict[Role, Member]
    words: dict[str, Section]

    def shown_to(self, role: Role) -> dict[str, set[Section]]:
        """The sections that each address lets out to somebody in a role, by what stands in its answer."""
        found: dict[str, set[Section]] = {}
        for address in addresses():
            browser = sign_in(Client(), self.team[role])
            answer = browser.get(reverse(address.name, kwargs=self.records.named(address)))
            text = told_by(answer) + str(answer.headers)
            found.setdefault(address.name, set()).update(
                section for word, section in self.words.items() if word in text
            )
        return {name: sections for name, sections in found.items() if sections}


@pytest.fixture
def inside() -> Inside:
    records = Records(MARK)
    case, at = records.case, clock.now()
    midwife = records.midwife
    team = {role: make_colleague(role, records.centre, f"in-{number}") for number, role in enumerate(INSIDE)}
    words: dict[str, Section] = {}
    for role, member in team.items():
        now: dict[str, Any] = {"by": standing(midwife, at).actor, "at": at}
        entered = access.enter(Ref(records.centre.pk, case.pk), **now)
        actions.join_team(entered, member=member, role=role, key=uuid4(), **now)
    for section in Section:
        now = {"by": standing(team[WRITER[section]], at).actor, "at": at}
        entered = access.enter(Ref(records.centre.pk, case.pk), **now)
        entry, note = f"{MARK}{section}entry", f"{MARK}{section}note"
        actions.write(entered, wording=Wording(section, entry, asked=True), key=uuid4(), **now)
        begun = actions.begin_note(entered, wording=Wording(section, note, asked=True), key=uuid4(), **now)
        actions.sign_note(entered, note=begun, **now)
        words |= {entry: section, note: section}
    now = {"by": standing(team[Role.SOCIAL_WORKER], at).actor, "at": at}
    told = Telling(Topic.HOUSING, words=f"{MARK}housing")
    actions.tell(access.enter(Ref(records.centre.pk, case.pk), **now), tellings=(told,), key=uuid4(), **now)
    words[f"{MARK}housing"] = Section.SOCIAL
    words |= {word: section for word, section in records.sections.items()}
    return Inside(records, team, words)


def allowed(role: Role) -> set[Section]:
    return {section for section in Section if reach(section, Standpoint(frozenset({role}))) >= Reach.READS}


@pytest.mark.parametrize("role", INSIDE)
def test_nothing_from_behind_a_wall_leaves_by_any_address(inside, role):
    found = inside.shown_to(role)
    beyond = {name: sections - allowed(role) for name, sections in found.items() if sections - allowed(role)}
    assert beyond == {}
    # The sweep sees what there is: whatever a role may read stands on some page.
    assert set().union(*found.values()) >= allowed(role) - {Section.STATISTICS}
