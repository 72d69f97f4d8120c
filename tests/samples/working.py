"""Samples at work, as the actions make them: a case whose client says yes, a kit, a list, items taken and sealed."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from poukama.cases.models import Case
from poukama.clients import access as clients
from poukama.clients.actions import answer
from poukama.clients.consents import Act, Answer, Purpose, Recipient
from poukama.gate.scope import within
from poukama.protocols.held import sampling_at
from poukama.protocols.sampling import Protocol
from poukama.samples import actions, custody, custody_actions, rules
from poukama.samples.codes import Series, code
from poukama.samples.custody import Kind, Step
from poukama.samples.models import CustodyEntry, Kit, Sample, Seal
from poukama.samples.rules import KitSaid, Taking
from poukama.staff.models import Member
from tests.cases.working import AT, into, now
from tests.clients.saying import make_entry

# Taken first of everything, and of one site one item.
STEPS = ("urine.first", "mouth.swabs", "skin.place")
SCOPES = ("urine", "mouth", "skin")
KIT = KitSaid("LOT-4471", "K-0001")


def say(case: Case, member: Member, act: Act, said: Answer = Answer.YES, when: dt.datetime = AT) -> None:
    """What the client says to an act."""
    client = clients.client(case.centre, case.client_id, by=now(member)["by"])
    entry = make_entry(act=act, answer=said, said_at=when)
    answer(client, entry=entry, key=uuid4(), **now(member, when))


def of(scope: str) -> Act:
    """Taking the samples of a group."""
    return Act(Purpose.SAMPLES, Recipient.CENTRE, scope)


STORING = Act(Purpose.STORAGE, Recipient.CENTRE)


def say_yes(case: Case, member: Member) -> None:
    """The client says yes to the groups here, and to storing."""
    for scope in SCOPES:
        say(case, member, of(scope))
    say(case, member, STORING)


def open_kit(case: Case, member: Member, said: KitSaid = KIT, when: dt.datetime = AT, **known: Any) -> Kit:
    """A kit opened for a case."""
    given = {"key": uuid4(), **now(member, when), **known}
    return actions.use_kit(into(case, member, when=when), kit=said, **given)


def list_samples(case: Case, member: Member, *steps: str, labelled: bool = True, **known: Any) -> list[Sample]:
    """The items of these steps on a case's list, with their labels printed, in the protocol's order."""
    inside = into(case, member)
    actions.list_samples(inside, steps=steps or STEPS, **{"key": uuid4(), **now(member), **known})
    rows = samples(case)
    if labelled:
        actions.label(inside, samples=[row.pk for row in rows], **now(member))
    return samples(case)


def samples(case: Case) -> list[Sample]:
    """A case's samples as they stand."""
    with within(case.centre_id):
        return list(Sample.objects.filter(case=case).order_by("position", "place", "item"))


def take(case: Case, member: Member, sample: Sample, kit: Kit, when: dt.datetime = AT, **known: Any) -> Sample:
    """An item taken."""
    given = {"key": known.pop("key", uuid4()), **now(member, when)}
    return actions.take(into(case, member, when=when), sample=sample, kit=kit, taking=Taking(**known), **given)


def make_sample(case: Case, member: Member, when: dt.datetime = AT) -> Sample:
    """The first item of a case, taken."""
    say_yes(case, member)
    first, *_ = list_samples(case, member)
    return take(case, member, first, open_kit(case, member, KitSaid("LOT-4471")), when)


def seal_number(number: int = 3121) -> str:
    """The number on a seal."""
    return code(Series.SEAL, number)


def seal(case: Case, member: Member, sample: Sample, number: int = 3121, when: dt.datetime = AT, **known: Any) -> Seal:
    """A seal put on."""
    given = {"key": uuid4(), **now(member, when), **known}
    return custody_actions.seal(into(case, member, when=when), sample=sample, number=seal_number(number), **given)


def enter(case: Case, member: Member, sample: Sample, kind: Kind, when: dt.datetime = AT, **known: Any) -> CustodyEntry:
    """A step of custody."""
    given = {"key": known.pop("key", uuid4()), **now(member, when)}
    return custody_actions.enter(into(case, member, when=when), sample=sample, step=Step(kind, **known), **given)


def entries(sample: Sample) -> list[CustodyEntry]:
    """A sample's custody, in order."""
    with within(sample.centre_id):
        return list(CustodyEntry.objects.filter(sample=sample).order_by("number"))


def protocol_of(case: Case) -> Protocol:
    """The protocol of a case's centre."""
    found = sampling_at(case.centre)
    assert found is not None
    return found


def refused(refusal: rules.Refusal) -> Any:
    """A step is refused in what follows, for this reason."""
    return pytest.raises(rules.Refused, match=rf"^{refusal}$")


def impossible(refusal: custody.Refusal) -> Any:
    """A step of custody is refused in what follows, for this reason."""
    return pytest.raises(custody.Refused, match=rf"^{refusal}$")
