"""Random acts of random people in one case: nothing told is lost, no wall is crossed, closed is closed."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from poukama.cases import access, actions
from poukama.cases.inside import Entered, NotLetIn
from poukama.cases.models import Entry, Fact
from poukama.cases.rules import CloseReason, EntryKind, Refusal, Refused, ReopenReason, Wording
from poukama.cases.told import ABOUT, Said, Telling, Topic
from poukama.cases.walls import KEEPS, REGISTERS, WALLS, Reach, Register, Section
from poukama.centres.models import Centre
from poukama.gate.scope import within
from poukama.staff.models import Member
from poukama.staff.rules import Role
from tests.cases.working import AT, HOUR, MINUTE, break_glass, into, make_case, make_colleague, now, opened
from tests.people import make_centre

PEOPLE = {
    "maija": Role.MIDWIFE,
    "niemi": Role.DOCTOR,
    "pia": Role.PSYCHOLOGIST,
    "sini": Role.SOCIAL_WORKER,
    "hanna": Role.CHAPLAIN,
}
people = st.sampled_from(sorted(PEOPLE))
words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
topics = st.sampled_from([Topic.NECK, Topic.HOUSING, Topic.SINCE_THEN, Topic.POLICE_REPORT, Topic.COMPANION])


def signed(role: Role, section: Section) -> Reach:
    """What the table says while no register may read another, worked out without the code that is tested."""
    said = WALLS[role][section]
    return said if REGISTERS[section] in (Register.COMMON, KEEPS.get(role)) else min(said, Reach.KNOWS)


class Night(RuleBasedStateMachine):
    """One case, five people, and a clock that goes on."""

    centre: Centre
    staff: dict[str, Member]

    @initialize()
    def begin(self) -> None:
        """Maija opens the case; nobody else is on its team."""
        self.at = AT
        self.closed = False
        self.told: dict[UUID, tuple[Topic, Said, str]] = {}
        self.lines: dict[UUID, Section] = {}
        self.glasses: dict[str, dt.datetime] = {}
        self.seated = {"maija"}
        self.case = make_case(self.staff["maija"], self.centre)

    @rule(minutes=st.integers(1, 50))
    def wait(self, minutes: int) -> None:
        """Time passes."""
        self.at += minutes * MINUTE

    @rule(who=people, topic=topics, said=st.sampled_from([Said.YES, Said.NO, Said.UNSAID]), text=words)
    def tell(self, who: str, topic: Topic, said: Said, text: str) -> None:
        """Somebody hears something, and keeps it if their walls let them."""
        key, telling = uuid4(), Telling(topic, said, words=text)
        needed = {Section.IDENTITY, ABOUT[topic].section}
        if self.attempt(who, needed, lambda inside, **by: actions.tell(inside, tellings=(telling,), key=key, **by)):
            self.told[key] = (topic, said, text)

    @rule(who=people, section=st.sampled_from(Section))
    def write(self, who: str, section: Section) -> None:
        """Somebody writes a line, and it stays if their walls let them."""
        key, wording = uuid4(), Wording(section, f"a line of {section}", asked=True)
        if self.attempt(who, {section}, lambda inside, **by: actions.write(inside, wording=wording, key=key, **by)):
            self.lines[key] = section

    @rule(who=people)
    def break_the_glass(self, who: str) -> None:
        """Somebody breaks the glass, whether the case is open or closed."""
        break_glass(self.case, self.staff[who], when=self.at)
        self.glasses[who] = self.at

    @precondition(lambda self: not self.closed)
    @rule(who=people)
    def join(self, who: str) -> None:
        """Maija takes somebody onto the team."""
        inside = into(self.case, self.staff["maija"], when=self.at)
        given = {"member": self.staff[who], "role": PEOPLE[who], "key": uuid4()}
        actions.join_team(inside, **self.acting("maija") | given)
        self.seated.add(who)

    @rule()
    def close(self) -> None:
        """Maija closes the case, or closes it again."""
        inside = into(self.case, self.staff["maija"], when=self.at)
        actions.close(inside, reason=CloseReason.ALL_DONE, **self.acting("maija"))
        self.closed = True

    @rule()
    def reopen(self) -> None:
        """Maija opens it again, or leaves it open."""
        inside = into(self.case, self.staff["maija"], when=self.at)
        actions.reopen(inside, reason=ReopenReason.SAMPLES, **self.acting("maija"))
        self.closed = False

    def attempt(self, who: str, needed: set[Section], act: Callable[..., object]) -> bool:
        """Whether something is done: it is, if and only if everything lets it be."""
        inside = self.entered(who)
        if inside is None:
            return False
        walled = any(signed(PEOPLE[who], section) < Reach.WRITES for section in needed)
        if not (self.closed or walled):
            act(inside, **self.acting(who))
            return True
        with pytest.raises(Refused, match=str(Refusal.CLOSED if self.closed else Refusal.WALL)):
            act(inside, **self.acting(who))
        return False

    def entered(self, who: str) -> Entered | None:
        """Somebody inside, if and only if they are on the team or broke the glass within the hour."""
        broken = self.glasses.get(who)
        if who in self.seated or (broken is not None and self.at < broken + HOUR):
            return into(self.case, self.staff[who], when=self.at)
        with pytest.raises(NotLetIn):
            into(self.case, self.staff[who], when=self.at)
        return None

    def acting(self, who: str) -> dict[str, Any]:
        """Somebody, now."""
        return now(self.staff[who], self.at)

    @invariant()
    def nothing_is_lost_and_nothing_is_there_that_was_refused(self) -> None:
        """All that was told and written, and no more, is in the case."""
        with within(self.centre.pk):
            facts = set(Fact.objects.filter(case=self.case).values_list("entry", flat=True))
            lines = set(Entry.objects.filter(case=self.case, kind=EntryKind.WRITTEN).values_list("pk", flat=True))
        assert (facts, lines) == (set(self.told), set(self.lines))

    @invariant()
    def nobody_reads_across_a_wall(self) -> None:
        """Each reads what their walls let them, all of it, word for word, and nothing else."""
        for who, role in PEOPLE.items():
            if self.entered(who) is None:
                continue
            found = opened(self.case, self.staff[who], when=self.at)
            picture = access.facts(found).picture
            read = {
                account.fact.entry: (topic, account.fact.telling.said, account.fact.telling.words)
                for topic, accounts in picture.items()
                for account in accounts
            }
            assert read == {
                key: told for key, told in self.told.items() if signed(role, ABOUT[told[0]].section) >= Reach.READS
            }
            lines = {line.id: line.words for line in access.timeline(found) if line.kind is EntryKind.WRITTEN}
            assert lines == {
                key: f"a line of {section}" if signed(role, section) >= Reach.READS else None
                for key, section in self.lines.items()
                if signed(role, section) >= Reach.KNOWS
            }


@pytest.mark.django_db
def test_whatever_is_done_in_whatever_order_nothing_is_lost_and_no_wall_is_crossed():
    Night.centre = make_centre()
    Night.staff = {login: make_colleague(role, Night.centre, login) for login, role in PEOPLE.items()}
    few = settings(max_examples=15, stateful_step_count=15, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Night, settings=few)
