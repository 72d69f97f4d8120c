"""Random steps of two colleagues with one sample, legal and not: the database holds one whole chain, and one holder.

What may happen is worked out here without the code that is tested: from who has it, whether it is sealed, and where.
"""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from poukama.centres.models import Centre
from poukama.gate.gates import AlreadyDone
from poukama.gate.rules import Actor
from poukama.gate.scope import within
from poukama.samples import custody, proof, writing
from poukama.samples.custody import Confirmed, Kind, Outside, SealSeen, Step, Why
from poukama.samples.models import CustodyEntry, Holding
from poukama.staff.models import Member
from poukama.staff.rules import Role, key_of
from tests.cases.working import AT, MINUTE, by, make_case, make_colleague
from tests.people import make_centre
from tests.samples.working import entries, make_sample, seal_number

people = st.sampled_from(["maija", "niemi"])
reasons = st.sampled_from(["", Why.NOT_KNOWN])
seen = st.sampled_from([SealSeen.NOT_LOOKED, SealSeen.WHOLE, SealSeen.BROKEN])
HERE = {Kind.HANDED, Kind.RELEASED, Kind.STORED}


class Custody(RuleBasedStateMachine):
    """One sample, two colleagues, the police and the store."""

    centre: Centre
    staff: dict[str, Member]

    @initialize()
    def begin(self) -> None:
        """Maija takes a sample."""
        self.at, self.count = AT, 1
        case = make_case(self.staff["maija"], self.centre)
        self.sample = make_sample(case, self.staff["maija"])
        self.holder, self.seal, self.missing = self.key("maija"), "", False
        self.seals = 0

    def key(self, who: str) -> str:
        """A colleague as custody names them."""
        return key_of(self.staff[who].pk)

    def attempt(self, step: Step, *, possible: bool, irregular: bool = False, who: str = "maija") -> bool:
        """A step: it is kept if and only if it is possible, and has its reason if it is irregular."""
        self.at += MINUTE
        key = uuid4()
        kept = possible and not self.over and (bool(step.reason) or not irregular)
        actor = by(self.staff[who], self.at)
        if kept:
            self.enter(step, key, actor)
            self.enter_again(step, key, actor)
            self.count += 1
        else:
            with pytest.raises(custody.Refused):
                self.enter(step, key, actor)
        return kept

    @property
    def over(self) -> bool:
        """Whether nothing can happen any more."""
        return self.holder in ("destroyed", "client")

    @property
    def here(self) -> bool:
        """Whether it is at the centre and in its place."""
        return self.holder not in {"police", "laboratory", "client", "destroyed"} and not self.missing

    def enter(self, step: Step, key: Any, actor: Actor) -> CustodyEntry:
        """The one way to an entry."""
        with within(self.sample.centre_id):
            return writing.enter(writing.hold(self.sample), step, key=key, by=actor, at=self.at)

    def enter_again(self, step: Step, key: Any, actor: Actor) -> None:
        """The same form once more: its entry stands, and no other."""
        with pytest.raises(AlreadyDone):
            self.enter(step, key, actor)

    @rule(number=st.booleans())
    def put_seal_on(self, number: bool) -> None:
        """A seal is put on, or none is."""
        self.seals += 1
        mark = seal_number(self.seals) if number else ""
        if self.attempt(Step(Kind.SEALED, seal=mark), possible=self.here and number and not self.seal):
            self.seal = mark

    @rule(reason=reasons)
    def open_it(self, reason: str) -> None:
        """The seal is broken."""
        step = Step(Kind.OPENED, seal="", reason=reason)
        if self.attempt(step, possible=self.here and bool(self.seal), irregular=True):
            self.seal = ""

    @rule(reason=reasons, place=st.sampled_from(["", "J2"]), storage=st.sampled_from(["dry", "fridge"]), whole=seen)
    def store(self, reason: str, place: str, storage: str, whole: SealSeen) -> None:
        """It is put in the store."""
        step = Step(Kind.STORED, receiver="store", place=place, storage=storage, seal_seen=whole, reason=reason)
        odd = not self.seal or storage != self.sample.storage or whole is SealSeen.BROKEN
        if self.attempt(step, possible=self.here and bool(place), irregular=odd):
            self.holder = "store"

    @rule(who=people)
    def fetch(self, who: str) -> None:
        """It is fetched from the store."""
        step = Step(Kind.FETCHED, receiver=self.key(who))
        if self.attempt(step, possible=self.here and self.holder == "store"):
            self.holder = self.key(who)

    @rule(who=people, confirmed=st.sampled_from(Confirmed), reason=reasons)
    def hand(self, who: str, confirmed: Confirmed, reason: str) -> None:
        """It is handed to a colleague."""
        step = Step(Kind.HANDED, receiver=self.key(who), confirmed=confirmed, reason=reason)
        possible = self.here and self.holder != self.key(who) and bool(confirmed)
        if self.attempt(step, possible=possible, irregular=not self.seal):
            self.holder = self.key(who)

    @rule(to=st.sampled_from(Outside), confirmed=st.booleans(), ground=st.booleans(), reason=reasons)
    def release(self, to: Outside, confirmed: bool, ground: bool, reason: str) -> None:
        """It is handed to somebody outside."""
        both, rests_on = Confirmed.SIGNED if confirmed else Confirmed.NOT, "consent:9" if ground else ""
        step = Step(Kind.RELEASED, receiver=to, confirmed=both, rests_on=rests_on, reason=reason)
        if self.attempt(step, possible=self.here and confirmed and ground, irregular=not self.seal):
            self.holder = to

    @rule(who=people, reason=reasons)
    def come_back(self, who: str, reason: str) -> None:
        """It comes back from outside."""
        step = Step(Kind.RETURNED, receiver=self.key(who), confirmed=Confirmed.SIGNED, reason=reason)
        outside = self.holder in ("police", "laboratory")
        if self.attempt(step, possible=outside, irregular=not self.seal):
            self.holder = self.key(who)

    @rule()
    def miss(self) -> None:
        """It is not where it should be."""
        if self.attempt(Step(Kind.MISSING), possible=self.here):
            self.missing = True

    @rule(reason=reasons)
    def find(self, reason: str) -> None:
        """It is found, and that is explained."""
        if self.attempt(Step(Kind.FOUND, reason=reason), possible=self.missing, irregular=True):
            self.missing = False

    @rule(witness=people, ground=st.booleans(), reason=reasons)
    def destroy(self, witness: str, ground: bool, reason: str) -> None:
        """It is destroyed, by two and for a reason."""
        rests_on = "consent:9" if ground else ""
        step = Step(Kind.DESTROYED, receiver="destroyed", witness=self.key(witness), rests_on=rests_on, reason=reason)
        if self.attempt(step, possible=self.here and ground and witness == "niemi", irregular=True):
            self.holder = "destroyed"

    @rule()
    def write_over_what_came_between(self) -> None:
        """Somebody who saw an older entry enters nothing."""
        self.attempt(Step(Kind.PACKED, seen=self.count + 1), possible=False)

    @invariant()
    def the_chain_is_whole_and_says_who_has_it(self) -> None:
        """Each entry holds, none is missing or doubled, and where it stands is what the entries come to."""
        if not hasattr(self, "sample"):
            return
        rows = entries(self.sample)
        told = [(writing.entry_of(row, self.sample.code), bytes(row.previous), bytes(row.hash)) for row in rows]
        last = custody.replayed(entry for entry, _, _ in told)
        assert list(proof.faults(told)) == []
        assert last is not None
        assert (last.number, last.receiver, last.seal) == (self.count, self.holder, self.seal)
        with within(self.sample.centre_id):
            held = Holding.objects.get(sample=self.sample)
        assert (held.number, held.holder, held.seal, held.place) == (self.count, self.holder, self.seal, last.place)
        assert (held.standing, held.kind, bytes(held.head)) == (custody.standing(last), last.kind, told[-1][2])
        assert (held.standing == "missing") == self.missing


@pytest.mark.django_db
def test_whatever_is_done_with_a_sample_one_has_it_and_the_chain_is_whole():
    Custody.centre = make_centre("helsinki")
    Custody.staff = {
        "maija": make_colleague(Role.MIDWIFE, Custody.centre, "maija"),
        "niemi": make_colleague(Role.DOCTOR, Custody.centre, "niemi"),
    }
    few = settings(max_examples=25, stateful_step_count=25, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Custody, settings=few)
