"""What is done with samples inside a case: a kit opened, samples listed, labelled, taken or not.

Each verb takes the case as somebody is inside it and asks the forensic wall. `rules.Refused` says why
a step is refused, `cases.rules.Refused` when the case itself is. Taking a sample asks the client's ledger for that
moment, so a withdrawal holds at once.
"""

import datetime as dt
from collections.abc import Collection
from uuid import UUID, uuid5

from django.db import connection
from django.http import Http404

from poukama.cases import inside
from poukama.cases import writing as case_writing
from poukama.cases.inside import Entered
from poukama.cases.models import Case
from poukama.centres.models import Centre
from poukama.gate.gates import AlreadyDone, action
from poukama.gate.rules import Actor, Permission
from poukama.protocols.approvals import version_of
from poukama.protocols.held import sampling_at
from poukama.protocols.sampling import Irregular, Protocol, can_be_added
from poukama.samples import codes, rules, writing
from poukama.samples.custody import Kind, Step
from poukama.samples.models import GloveChange, Kit, Reserve, Sample
from poukama.samples.rules import Deviation, KitSaid, Planned, Reason, Refusal, Refused, State, Taking
from poukama.staff.rules import key_of

_WRITE = Permission.CASE_WRITE

# ── Kits, the list and its numbers ───────────────────────────────────────────────────────────────────────────


@action("kit.opened", _WRITE)
def use_kit(
    entered: Entered, /, *, kit: KitSaid, reason: Reason | None = None, key: UUID, by: Actor, at: dt.datetime
) -> Kit:
    """Open a kit for this case. Raises Refused for one used elsewhere or past its day, as the protocol says."""
    case_writing.only_once(Kit, entered, key)
    case = writing.take(entered, by, at)
    lot, number = codes.plain(kit.lot), codes.plain(kit.number)
    if not lot:
        raise Refused(Refusal.NO_LOT)
    used = bool(number) and Kit.objects.filter(centre_id=case.centre_id, number=number).exists()
    odd = [Irregular.USED_KIT] * used
    odd += [Irregular.EXPIRED_LOT] * rules.expired(kit.expires, at.astimezone(case.centre.zone).date())
    kept = [rules.answered(each, _protocol(case).irregular, reason) for each in odd]
    row = Kit(id=key, lot=lot, number=number, expires=kit.expires, again=used)
    row.used_at, row.used_by_id = at, inside.member_of(by)
    case_writing.add(row, case)
    for each in kept:
        writing.deviate(case, each, reason or Reason.NOT_KNOWN, by, at, of=row)
    return row


@action("samples.listed", _WRITE)
def list_samples(
    entered: Entered, /, *, steps: Collection[str], place: int = 1, key: UUID, by: Actor, at: dt.datetime
) -> Case:
    """Put the items of these steps of the protocol on the case's list, each with a number of its own.

    What is on it already stays as it is; another `place` of a step that repeats is another set of items.
    """
    case = writing.take(entered, by, at)
    protocol = _protocol(case)
    known = set(Sample.objects.filter(case=case).values_list("group", "site", "place"))
    planned = [
        item
        for position, step in enumerate(can_be_added(protocol, ()), 1)
        if step.key in steps and (step.group.code, step.site.code, place) not in known
        for item in rules.items_at(step, position, place)
    ]
    if not planned:
        raise AlreadyDone(case)
    early = {group.code for group in protocol.groups if group.early}
    numbers = _next_codes(case, len(planned))
    for code, item in zip(numbers, planned, strict=True):
        row = _sample(item, code, version_of(protocol), early=item.group in early)
        row.id, row.made_at = uuid5(key, f"{item.group}.{item.site}.{item.place}.{item.item}"), at
        case_writing.add(row, case)
    return case


@action("samples.labelled", _WRITE)
def label(entered: Entered, /, *, samples: Collection[UUID], by: Actor, at: dt.datetime) -> Case:
    """Say that the labels of these are printed, all of them before a swab is taken. Printed again, the first holds."""
    case = writing.take(entered, by, at)
    Sample.objects.filter(case=case, pk__in=samples, acted_at=None, labelled_at=None).update(labelled_at=at)
    return case


@action("reserve.made", _WRITE)
def make_reserve(centre: Centre, /, *, count: int, key: UUID, by: Actor, at: dt.datetime) -> Centre:
    """Take numbers of the reserve series, to be handed out on paper for when no label can be printed."""
    _lock_series(centre.pk)
    if Reserve.objects.filter(pk=uuid5(key, "1")).exists():
        raise AlreadyDone(centre)
    last = Reserve.objects.filter(centre=centre).order_by("-code").values_list("code", flat=True).first()
    for place, code in enumerate(writing.next_numbers(codes.Series.RESERVE, last, count), 1):
        made = {"made_at": at, "made_by_id": inside.member_of(by)}
        Reserve.objects.create(id=uuid5(key, str(place)), centre=centre, code=code, **made)
    return centre


@action("reserve.used", _WRITE)
def use_reserve(entered: Entered, /, *, sample: Sample, code: str, by: Actor, at: dt.datetime) -> Sample:
    """Give a sample that is not taken yet a number from the reserve, written on it by hand. Used once."""
    writing.take(entered, by, at)
    row = writing.held(entered, sample, by, at)
    read = codes.read(code)
    if read is None or read[0] is not codes.Series.RESERVE:
        raise Refused(Refusal.NOT_A_CODE)
    if row.code == read[1]:
        raise AlreadyDone(row)
    if row.acted_at is not None:
        raise Refused(Refusal.TAKEN)
    if not Reserve.objects.filter(centre_id=row.centre_id, code=read[1]).exists():
        raise Refused(Refusal.NOT_RESERVED)
    if Sample.objects.filter(centre_id=row.centre_id, code=read[1]).exists():
        raise Refused(Refusal.CODE_USED)
    row.code, row.labelled_at = read[1], at
    row.save(update_fields=["code", "labelled_at"])
    return row


# ── What becomes of each ─────────────────────────────────────────────────────────────────────────────────────


@action("sample.taken", _WRITE)
def take(
    entered: Entered, /, *, sample: Sample, kit: Kit, taking: Taking, key: UUID, by: Actor, at: dt.datetime
) -> Sample:
    """A sample was taken: its custody begins with whoever took it. Taken twice, the first holds.

    Raises Refused without the client's yes to its group at that moment, and without a reason where it is out of order
    or was taken before it had a label.
    """
    case = writing.take(entered, by, at)
    row = writing.held(entered, sample, by, at)
    if row.acted_at is not None:
        raise AlreadyDone(row)
    moment, member = taking.at or at, taking.taken_by or inside.member_of(by)
    if moment > at:
        raise Refused(Refusal.TIMES)
    case_writing.must_work_here(member, case, moment)
    ground = writing.rests_on(case, writing.act_of(row.scope), moment, by, at)
    odd = _odd(row, moment)
    if odd and taking.reason is None:
        raise Refused(Refusal.NO_REASON)
    row.state, row.kit_id = State.TAKEN, Kit.objects.get(pk=kit.pk, case=case).pk
    row.order = Sample.objects.filter(case=case, state=State.TAKEN).count() + 1
    row.acted_at, row.entered_at, row.taken_by_id, row.window = moment, at, member, taking.window
    row.save()
    for each in odd:
        writing.deviate(case, each, taking.reason or Reason.NOT_KNOWN, by, at, of=row)
    step = Step(Kind.TAKEN, moment, receiver=key_of(member), place=taking.place, rests_on=ground)
    writing.enter(row, step, key=key, by=by, at=at)
    return row


@action("sample.decided", _WRITE)
def decide(entered: Entered, /, *, sample: Sample, state: State, by: Actor, at: dt.datetime) -> Sample:
    """A sample is not wanted, not yet, or not relevant; no reason is asked. Raises Refused for one that is taken."""
    writing.take(entered, by, at)
    row = writing.held(entered, sample, by, at)
    if row.acted_at is not None or state is State.TAKEN:
        raise Refused(Refusal.TAKEN)
    if row.state == state:
        raise AlreadyDone(row)
    row.state = state
    row.save(update_fields=["state"])
    return row


@action("gloves.changed", _WRITE)
def change_gloves(
    entered: Entered, /, *, group: str, moment: dt.datetime | None = None, key: UUID, by: Actor, at: dt.datetime
) -> GloveChange:
    """Gloves were changed before a group."""
    case_writing.only_once(GloveChange, entered, key)
    case = writing.take(entered, by, at)
    row = GloveChange(id=key, group=group, at=moment or at, written_at=at, member_id=inside.member_of(by))
    return case_writing.add(row, case)


# ── Inside ───────────────────────────────────────────────────────────────────────────────────────────────────


def _protocol(case: Case) -> Protocol:
    found = sampling_at(case)
    if found is None:
        raise Http404
    return found


def _sample(item: Planned, code: str, version: str, *, early: bool) -> Sample:
    return Sample(
        code=code,
        protocol=version,
        group=item.group,
        site=item.site,
        scope=item.scope,
        position=item.position,
        place=item.place,
        item=item.item,
        early=early,
        kind=item.kind,
        wet=item.wet,
        storage=item.storage,
        container=item.container,
    )


def _odd(row: Sample, moment: dt.datetime) -> list[Deviation]:
    """What is out of order with taking a sample now."""
    rows = Sample.objects.filter(case_id=row.case_id).values_list("pk", "position", "early", "state")
    late = rules.out_of_order(row.pk, (rules.Standing(pk, at, early, State(state)) for pk, at, early, state in rows))
    unlabelled = row.labelled_at is None or row.labelled_at > moment
    return [Deviation.ORDER] * late + [Deviation.NO_LABEL_BEFORE] * unlabelled


def _next_codes(case: Case, count: int) -> list[str]:
    _lock_series(case.centre_id)
    rows = Sample.objects.filter(centre_id=case.centre_id, code__startswith=codes.Series.SAMPLE)
    last = rows.order_by("-code").values_list("code", flat=True).first()
    return writing.next_numbers(codes.Series.SAMPLE, last, count)


def _lock_series(centre: int) -> None:
    """Let nobody else take numbers of a centre until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('sample numbers ' || %s, 0))", [str(centre)])
