"""Where now? From what is known to a door, with its reason.

The ten rules stand in `RULES`, in the order in which they are asked; the first that answers decides. Each reads as a
sentence of the same number. There is no input for gender, and none for a police report.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from poukama.centres.rules import Line, NightRule, Origin, Pack, Place, PlaceKind
from poukama.core.clock import in_utc
from poukama.doors.known import Answer, Asker, Contradiction, Door, Known, Note, NotKnowable, Reason, Sign, Want
from poukama.protocols.approvals import in_force
from poukama.protocols.rules import Interval, Window, WindowKind

# The last minute of a limit is included: seconds do not count.
_LAST_MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Policy:
    """What a centre has decided: its pack and its protocols' windows."""

    pack: Pack
    windows: tuple[Window, ...] = ()
    longest_sample: Window | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        samples = [window for window in self.windows if window.kind is WindowKind.SAMPLE]
        object.__setattr__(self, "longest_sample", max(samples, key=lambda window: window.length, default=None))


@dataclass(frozen=True, slots=True)
class Route:
    """One door, the others that also apply, what to say besides, and why.

    `places` are where the door is; a door without a place of its own (the helpline, another centre, the emergency
    number) has none. `line` is the centre's line at this moment, and `phone` the number to call first. `opens_at` is
    the next opening of the full service, in the centre's zone; None while it is open.
    """

    door: Door
    also: tuple[Door, ...]
    notes: tuple[Note, ...]
    reason: Reason
    trace: tuple[str, ...]
    opens_at: dt.datetime | None
    places: tuple[Place, ...]
    line: Line
    phone: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a rule answers, and the origins of the values that the answer rests on."""

    door: Door
    reason: Reason
    also: tuple[Door, ...] = ()
    note: Note | None = None
    rests_on: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class Opening:
    """The full service at a moment: the sites open now; or else when the next one opens, in UTC, and which."""

    now: tuple[Place, ...]
    next_at: dt.datetime | None
    next: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is known, to which centre, with whom on call, at what moment. Its moments are all in UTC."""

    known: Known
    event: Interval
    policy: Policy
    pack: Pack
    on_call: frozenset[str]
    at: dt.datetime
    opening: Opening

    @property
    def youngest(self) -> int:
        """The minimum age for this asker, 0 where there is none."""
        ages = self.pack.ages
        if ages is None:
            return 0
        return ages.referred if self.known.asker is Asker.PROFESSIONAL else ages.alone

    @property
    def others(self) -> tuple[Door, ...]:
        """The helpline; and the children's door, for whoever may be under the minimum age."""
        if self.known.age.perhaps_under(self.youngest):
            return (Door.HELPLINE, Door.CHILDREN)
        return (Door.HELPLINE,)


# ── The ten rules ────────────────────────────────────────────────────────────────────────────────────────────


def danger(asked: Question) -> Decision | None:
    """1. Danger, or a sign that the pack lists under emergency: the emergency number."""
    if asked.known.in_danger is Answer.YES:
        return Decision(Door.EMERGENCY, Reason.DANGER, asked.others)
    emergency = asked.pack.emergency_signs
    if asked.known.signs & emergency.signs:
        return Decision(Door.EMERGENCY, Reason.EMERGENCY_SIGN, asked.others, rests_on=(emergency.origin,))
    return None


def too_young(asked: Question) -> Decision | None:
    """2. Surely under the minimum age: the children's clinics; or, only for want of a referral, the helpline."""
    ages, age = asked.pack.ages, asked.known.age
    if ages is None or not age.surely_under(asked.youngest):
        return None
    if age.surely_under(ages.referred):
        return Decision(Door.CHILDREN, Reason.UNDER_AGE, (Door.HELPLINE,), rests_on=(ages.origin,))
    return Decision(Door.HELPLINE, Reason.NEEDS_REFERRAL, (Door.CHILDREN,), Note.BY_REFERRAL, (ages.origin,))


def needs_a_doctor(asked: Question) -> Decision | None:
    """3. A sign that the pack lists under medical: the emergency clinic."""
    medical = asked.pack.medical_signs
    if asked.known.signs & medical.signs:
        return Decision(Door.MEDICAL_NOW, Reason.MEDICAL_SIGN, asked.others, rests_on=(medical.origin,))
    return None


def too_late(asked: Question) -> Decision | None:
    """4. The window is past, to the end of its last local date: the services for later."""
    window = asked.pack.window
    if window is None or _centre_window_holds(asked):
        return None
    return Decision(Door.LATER_SERVICES, Reason.WINDOW_PAST, asked.others, rests_on=(window.origin,))


def elsewhere(asked: Question) -> Decision | None:
    """5. Every place that counts is known and lies outside the area: another centre."""
    area = asked.pack.area
    if area is None:
        return None
    places = []
    if area.by_home:
        places.append(asked.known.lives)
    if area.by_event:
        places.append(asked.known.happened)
    if not places or any(place is None or area.holds(place) for place in places):
        return None
    return Decision(Door.OTHER_CENTRE, Reason.OUTSIDE_AREA, asked.others, rests_on=(area.origin,))


def perhaps_too_young(asked: Question) -> Decision | None:
    """6. Perhaps under the minimum age: the helpline; also the children's clinics and an adult's door."""
    ages = asked.pack.ages
    if ages is None or not asked.known.age.perhaps_under(asked.youngest):
        return None
    adult, _count = first_answer(FOR_ADULTS, asked)
    also = (Door.CHILDREN,) if adult.door is Door.HELPLINE else (Door.CHILDREN, adult.door)
    rests_on = (ages.origin, *adult.rests_on)
    return Decision(Door.HELPLINE, Reason.PERHAPS_UNDER_AGE, also, adult.note, rests_on)


def open_now(asked: Question) -> Decision | None:
    """7. Open now, or open at every hour: the centre."""
    if asked.opening.now:
        return Decision(Door.CENTRE_NOW, Reason.OPEN_NOW, rests_on=(asked.pack.hours_origin,))
    night = asked.pack.night
    if night.rule is NightRule.ALWAYS:
        return Decision(Door.CENTRE_NOW, Reason.OPEN_ALWAYS, rests_on=(night.origin,))
    return None


def talk_at_night(asked: Question) -> Decision | None:
    """8. Closed, and nothing but talk or information wanted: the helpline; also the next opening."""
    if asked.known.wanted <= _WORDS_ONLY:
        rests_on = (asked.pack.hours_origin, asked.pack.night.origin)
        return Decision(Door.HELPLINE, Reason.TALK_AT_NIGHT, (Door.CENTRE_NEXT,), rests_on=rests_on)
    return None


def acute_at_night(asked: Question) -> Decision | None:
    """9. Closed, acute, and the night rule lets this asker in: those on call, even if nobody seems to be."""
    night = asked.pack.night
    by_referral = night.rule is NightRule.REFERRED and asked.known.asker is Asker.PROFESSIONAL
    if not (night.rule is NightRule.ON_CALL or by_referral) or not _acute(asked):
        return None
    rests_on = (asked.pack.hours_origin, night.origin, night.acute_origin)
    if night.duties & asked.on_call:
        return Decision(Door.ON_CALL_NOW, Reason.ACUTE_AT_NIGHT, rests_on=rests_on)
    return Decision(Door.ON_CALL_NOW, Reason.ACUTE_AT_NIGHT, (Door.HELPLINE,), Note.NOBODY_ON_CALL, rests_on)


def next_opening(asked: Question) -> Decision:
    """10. Otherwise: the centre at its next opening; also the helpline."""
    night = asked.pack.night
    rests_on = (asked.pack.hours_origin, night.origin, night.acute_origin)
    return Decision(Door.CENTRE_NEXT, Reason.NEXT_OPENING, (Door.HELPLINE,), rests_on=rests_on)


Rule = Callable[[Question], Decision | None]
FOR_ADULTS: tuple[Rule, ...] = (open_now, talk_at_night, acute_at_night, next_opening)
RULES: tuple[Rule, ...] = (danger, too_young, needs_a_doctor, too_late, elsewhere, perhaps_too_young, *FOR_ADULTS)
_NAMES = tuple(rule.__name__ for rule in RULES)
_WORDS_ONLY = frozenset({Want.TALK, Want.INFORMATION})
_ACUTE_WANTS = frozenset({Want.CARE, Want.SAMPLES})


def first_answer(rules: tuple[Rule, ...], asked: Question) -> tuple[Decision, int]:
    """The decision of the first rule that has one, and how many rules were asked."""
    answers = ((rule(asked), count) for count, rule in enumerate(rules, start=1))
    return next((decision, count) for decision, count in answers if decision)


def route(known: Known, policy: Policy, *, on_call: frozenset[str], at: dt.datetime) -> Route:
    """The door for what is known, at this moment, with those duties on call.

    Raises NotKnowable when the event's times contradict each other or lie after `at`.
    """
    asked = _question(known, policy, on_call, in_utc(at))
    pack, opens_at = policy.pack, asked.opening.next_at
    decision, count = first_answer(RULES, asked)
    places = _places(decision.door, asked)
    line = pack.line_at(asked.at)
    also = decision.also
    if Sign.SUICIDAL in known.signs and decision.door is not Door.EMERGENCY:
        also = (*also, Door.EMERGENCY)
    return Route(
        door=decision.door,
        also=also,
        notes=_notes(decision, asked, (*places, line)),
        reason=decision.reason,
        trace=_NAMES[:count],
        opens_at=opens_at.astimezone(pack.zone) if opens_at else None,
        places=places,
        line=line,
        phone=_phone(decision, asked, places) or line.phone,
    )


# ── What the rules ask ───────────────────────────────────────────────────────────────────────────────────────


def _question(known: Known, policy: Policy, on_call: frozenset[str], at: dt.datetime) -> Question:
    """The question with all its moments in UTC: within one zone Python compares and subtracts what the wall shows."""
    earliest, latest = known.event.earliest, known.event.latest
    event = Interval(in_utc(earliest) if earliest else None, in_utc(latest) if latest else None)
    _check(event, at)
    return Question(known, event, policy, policy.pack, on_call, at, _opening(policy.pack, at))


def _check(event: Interval, at: dt.datetime) -> None:
    if event.earliest and event.latest and event.earliest > event.latest:
        raise NotKnowable(Contradiction.EARLIEST_AFTER_LATEST)
    if any(moment and moment > at for moment in (event.earliest, event.latest)):
        raise NotKnowable(Contradiction.AFTER_NOW)


def _opening(pack: Pack, at: dt.datetime) -> Opening:
    now, later = [], []
    for site in pack.of_kind(PlaceKind.CENTRE):
        if site.hours is None:
            continue
        if site.hours.open_at(at):
            now.append(site)
        elif moment := site.hours.next_change(at):
            later.append((in_utc(moment), site))
    if now or not later:
        return Opening(tuple(now), None, ())
    next_at = min(moment for moment, _site in later)
    return Opening((), next_at, tuple(site for moment, site in later if moment == next_at))


def _centre_window_holds(asked: Question) -> bool:
    """Whether the centre's window may still be open, counted from the latest possible time."""
    window, latest = asked.pack.window, asked.event.latest
    if window is None or latest is None:
        return True
    zone = asked.pack.zone
    return asked.at.astimezone(zone).date() <= window.last_date(latest.astimezone(zone).date())


def _acute(asked: Question) -> bool:
    """Whether it cannot wait for the next opening."""
    if asked.event.unknown:
        return bool(asked.known.wanted & _ACUTE_WANTS)
    within = asked.pack.night.acute_within
    if within is not None and asked.at - (asked.event.latest or asked.at) < within + _LAST_MINUTE:
        return True
    return any(_would_shut(window, asked) for window in asked.policy.windows if _in_force(window, asked))


def _in_force(window: Window, asked: Question) -> bool:
    return in_force(window, asked.at, asked.pack.zone)


def _would_shut(window: Window, asked: Question) -> bool:
    """Whether a window is possibly open now and could be shut at the next opening."""
    earliest, next_at = asked.event.earliest, asked.opening.next_at
    if not _possibly_open(window, asked):
        return False
    return earliest is None or next_at is None or earliest + window.length < next_at


def _possibly_open(window: Window, asked: Question) -> bool:
    """Whether the event may lie within the window's length."""
    return asked.at - (asked.event.latest or asked.at) <= window.length


# ── What an answer carries ───────────────────────────────────────────────────────────────────────────────────


def _places(door: Door, asked: Question) -> tuple[Place, ...]:
    pack = asked.pack
    if door in _KINDS:
        return pack.of_kind(_KINDS[door])
    if door is Door.CENTRE_NOW:
        return asked.opening.now or pack.of_kind(PlaceKind.CENTRE)
    if door is Door.CENTRE_NEXT:
        return asked.opening.next
    if door is Door.ON_CALL_NOW:
        by_way_of = pack.night.by_way_of
        return (pack.place(by_way_of),) if by_way_of else pack.of_kind(PlaceKind.CENTRE)
    return ()


_KINDS = {
    Door.CHILDREN: PlaceKind.CHILDREN,
    Door.MEDICAL_NOW: PlaceKind.EMERGENCY,
    Door.LATER_SERVICES: PlaceKind.LATER,
}


def _phone(decision: Decision, asked: Question, places: tuple[Place, ...]) -> str | None:
    """The door's own number, None where it has none that answers now."""
    if decision.door is Door.EMERGENCY:
        return asked.pack.emergency_phone
    if decision.door is Door.ON_CALL_NOW and decision.note:
        places = asked.pack.of_kind(PlaceKind.EMERGENCY)
    answering = (p.phone for p in places if p.phone and (p.hours is None or p.hours.open_at(asked.at)))
    return next(answering, None)


def _notes(decision: Decision, asked: Question, shown: tuple[Place | Line, ...]) -> tuple[Note, ...]:
    """What is said whatever the door; the last note tells that something in this answer is not approved."""
    pack, known = asked.pack, asked.known
    minor = pack.duty is not None and known.age.perhaps_under(pack.duty.under)
    call_first = known.infection is Answer.YES or decision.door in pack.call_first.doors
    applies = (
        (Note.STAY_ON_THE_LINE, Sign.SUICIDAL in known.signs),
        (Note.CALL_FIRST, call_first),
        (Note.UNDER_18_DUTY, minor),
        (Note.POLICE_OPTIONAL, pack.duty is not None and not minor),
        (Note.CLOSE_PERSON, known.asker is Asker.CLOSE_PERSON),
        (Note.PROFESSIONAL, known.asker is Asker.PROFESSIONAL),
        (Note.PRESERVE, _worth_preserving(asked)),
    )
    notes = [decision.note] if decision.note else []
    notes += [note for note, so in applies if so]
    if _rests_on_an_example(decision, asked, shown, notes):
        notes.append(Note.UNAPPROVED_PROTOCOL)
    return tuple(notes)


def _worth_preserving(asked: Question) -> bool:
    """Whether the event may lie within the longest sample window, or within the centre's where there is none."""
    samples = asked.policy.longest_sample
    return _possibly_open(samples, asked) if samples else _centre_window_holds(asked)


def _rests_on_an_example(
    decision: Decision, asked: Question, shown: tuple[Place | Line, ...], notes: list[Note]
) -> bool:
    """Whether a value that took part in the answer is an example, or an unapproved window did."""
    pack = asked.pack
    origins = [*decision.rests_on, *(each.origin for each in shown)]
    if decision.door is Door.EMERGENCY:
        origins.append(pack.country_origin)
    if pack.ages and Door.CHILDREN in decision.also:
        origins.append(pack.ages.origin)
    if decision.door in pack.call_first.doors and asked.known.infection is not Answer.YES:
        origins.append(pack.call_first.origin)
    if pack.duty:
        origins.append(pack.duty.origin)
    if any(origin.example for origin in origins):
        return True
    return Note.PRESERVE in notes and not _preserving_is_approved(asked)


def _preserving_is_approved(asked: Question) -> bool:
    samples, window = asked.policy.longest_sample, asked.pack.window
    if samples:
        return _in_force(samples, asked)
    return window is None or not window.origin.example
