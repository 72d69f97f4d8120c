"""Where now? From what is known to a door, with its reason.

The ten rules stand in `RULES`, in the order in which they are asked; the first that answers decides. Each reads as a
sentence of the same number. There is no input for gender, and none for a police report.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from poukama.centres.rules import Line, NightRule, Origin, Pack, Place, PlaceKind
from poukama.doors.known import (
    Answer,
    Asker,
    Contradiction,
    Door,
    Known,
    Note,
    NotKnowable,
    Reason,
    Sign,
    Want,
)
from poukama.protocols.rules import Interval, Window, WindowKind


@dataclass(frozen=True, slots=True)
class Policy:
    """What a centre has decided: its pack and its protocols' windows."""

    pack: Pack
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """One door, the others that also apply, what to say besides, and why.

    `places` are where the door is; a door without a place of its own (the helpline, another centre, the emergency
    number) has none. `line` is the centre's line at this moment, and `phone` the number to call first.
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


@dataclass(slots=True)
class Question:
    """What is known, to which centre, with whom on call, at what moment; and whether the centre is open then."""

    known: Known
    policy: Policy
    on_call: frozenset[str]
    at: dt.datetime
    open: bool
    opens_at: dt.datetime | None

    @property
    def pack(self) -> Pack:
        return self.policy.pack

    @property
    def youngest(self) -> int:
        """The minimum age for this asker, 0 where there is none."""
        ages = self.pack.ages
        if ages is None:
            return 0
        return ages.referred if self.known.asker is Asker.PROFESSIONAL else ages.alone

    @property
    def perhaps_children(self) -> tuple[Door, ...]:
        """The children's door, for whoever may be under the minimum age."""
        return (Door.CHILDREN,) if self.known.age.perhaps_under(self.youngest) else ()


# ── The ten rules ────────────────────────────────────────────────────────────────────────────────────────────


def danger(asked: Question) -> Decision | None:
    """1. Danger, or a sign that the pack lists under emergency: the emergency number."""
    also = (Door.HELPLINE, *asked.perhaps_children)
    if asked.known.in_danger is Answer.YES:
        return Decision(Door.EMERGENCY, Reason.DANGER, also)
    if asked.known.signs & asked.pack.emergency_signs.signs:
        return Decision(Door.EMERGENCY, Reason.EMERGENCY_SIGN, also, rests_on=(asked.pack.emergency_signs.origin,))
    return None


def too_young(asked: Question) -> Decision | None:
    """2. Surely under the minimum age: the children's clinics; or, only for want of a referral, the helpline."""
    ages, age = asked.pack.ages, asked.known.age
    if ages is None or not age.surely_under(asked.youngest):
        return None
    if age.surely_under(ages.referred):
        return Decision(Door.CHILDREN, Reason.UNDER_AGE, (Door.HELPLINE,), rests_on=(ages.origin,))
    return Decision(Door.HELPLINE, Reason.NEEDS_REFERRAL, (Door.CHILDREN,), Note.BY_REFERRAL, rests_on=(ages.origin,))


def needs_a_doctor(asked: Question) -> Decision | None:
    """3. A sign that the pack lists under medical: the emergency clinic."""
    medical = asked.pack.medical_signs
    if asked.known.signs & medical.signs:
        also = (Door.HELPLINE, *asked.perhaps_children)
        return Decision(Door.MEDICAL_NOW, Reason.MEDICAL_SIGN, also, rests_on=(medical.origin,))
    return None


def too_late(asked: Question) -> Decision | None:
    """4. The window is past, to the end of its last local date: the services for later."""
    window = asked.pack.window
    if window is None or _window_holds(asked):
        return None
    also = (Door.HELPLINE, *asked.perhaps_children)
    return Decision(Door.LATER_SERVICES, Reason.WINDOW_PAST, also, rests_on=(window.origin,))


def elsewhere(asked: Question) -> Decision | None:
    """5. Every place that counts is known and lies outside the area: another centre."""
    area = asked.pack.area
    if area is None:
        return None
    counted = [asked.known.lives] * area.by_home + [asked.known.happened] * area.by_event
    if any(place is None or area.holds(place) for place in counted):
        return None
    also = (Door.HELPLINE, *asked.perhaps_children)
    return Decision(Door.OTHER_CENTRE, Reason.OUTSIDE_AREA, also, rests_on=(area.origin,))


def perhaps_too_young(asked: Question) -> Decision | None:
    """6. Perhaps under the minimum age: the helpline; also the children's clinics and an adult's door."""
    ages = asked.pack.ages
    if ages is None or not asked.known.age.perhaps_under(asked.youngest):
        return None
    adult = first_answer(FOR_ADULTS, asked)[0]
    return Decision(
        Door.HELPLINE,
        Reason.PERHAPS_UNDER_AGE,
        tuple(door for door in (Door.CHILDREN, adult.door) if door is not Door.HELPLINE),
        adult.note,
        rests_on=(ages.origin, *adult.rests_on),
    )


def open_now(asked: Question) -> Decision | None:
    """7. Open now, or open at every hour: the centre."""
    if asked.open:
        return Decision(Door.CENTRE_NOW, Reason.OPEN_NOW, rests_on=(asked.pack.hours_origin,))
    if asked.pack.night.rule is NightRule.ALWAYS:
        return Decision(Door.CENTRE_NOW, Reason.OPEN_ALWAYS, rests_on=(asked.pack.night.origin,))
    return None


def talk_at_night(asked: Question) -> Decision | None:
    """8. Closed, and nothing but talk or information wanted: the helpline; also the next opening."""
    if asked.known.wants and asked.known.wants <= {Want.TALK, Want.INFORMATION}:
        rests_on = (asked.pack.hours_origin,)
        return Decision(Door.HELPLINE, Reason.TALK_AT_NIGHT, (Door.CENTRE_NEXT,), rests_on=rests_on)
    return None


def acute_at_night(asked: Question) -> Decision | None:
    """9. Closed, acute, and the night rule lets this asker in: those on call, even if nobody seems to be."""
    night = asked.pack.night
    by_referral = night.rule is NightRule.REFERRED and asked.known.asker is Asker.PROFESSIONAL
    if not (night.rule is NightRule.ON_CALL or by_referral) or not _acute(asked):
        return None
    nobody = Note.NOBODY_ON_CALL if not night.duties & asked.on_call else None
    rests_on = (asked.pack.hours_origin, night.origin, night.acute_origin)
    return Decision(Door.ON_CALL_NOW, Reason.ACUTE_AT_NIGHT, note=nobody, rests_on=rests_on)


def next_opening(asked: Question) -> Decision:
    """10. Otherwise: the centre at its next opening; also the helpline."""
    night = asked.pack.night
    rests_on = (asked.pack.hours_origin, night.origin, night.acute_origin)
    return Decision(Door.CENTRE_NEXT, Reason.NEXT_OPENING, (Door.HELPLINE,), rests_on=rests_on)


Rule = Callable[[Question], Decision | None]
FOR_ADULTS: tuple[Rule, ...] = (open_now, talk_at_night, acute_at_night, next_opening)
RULES: tuple[Rule, ...] = (
    danger,
    too_young,
    needs_a_doctor,
    too_late,
    elsewhere,
    perhaps_too_young,
    *FOR_ADULTS,
)


def first_answer(rules: tuple[Rule, ...], asked: Question) -> tuple[Decision, tuple[str, ...]]:
    """The decision of the first rule that has one, and the names of the rules asked, the deciding one last."""
    trace: list[str] = []
    for rule in rules:
        trace.append(rule.__name__)
        decision = rule(asked)
        if decision is not None:
            return decision, tuple(trace)
    raise AssertionError("the last rule always answers")


def route(known: Known, policy: Policy, *, on_call: frozenset[str], at: dt.datetime) -> Route:
    """The door for what is known, at this moment, with those duties on call.

    Raises NotKnowable when the event's times contradict each other or lie after `at`.
    """
    _check(known.event, at)
    pack = policy.pack
    opens_at = pack.next_opening(at)
    asked = Question(known, policy, on_call, at, opens_at is None, opens_at)
    decision, trace = first_answer(RULES, asked)
    places = _places(decision.door, asked)
    line = pack.line_at(at)
    also = decision.also
    if Sign.SUICIDAL in known.signs and decision.door is not Door.EMERGENCY:
        also = (*also, Door.EMERGENCY)
    return Route(
        door=decision.door,
        also=also,
        notes=_notes(decision, asked),
        reason=decision.reason,
        trace=trace,
        opens_at=opens_at,
        places=places,
        line=line,
        phone=_phone(decision, asked, places) or line.phone,
    )


# ── What the rules ask ───────────────────────────────────────────────────────────────────────────────────────


def _check(event: Interval, at: dt.datetime) -> None:
    if event.earliest and event.latest and event.earliest > event.latest:
        raise NotKnowable(Contradiction.EARLIEST_AFTER_LATEST)
    if any(moment and moment > at for moment in (event.earliest, event.latest)):
        raise NotKnowable(Contradiction.AFTER_NOW)


def _window_holds(asked: Question) -> bool:
    """Whether the centre's window may still be open, counted from the latest possible time."""
    window, latest = asked.pack.window, asked.known.event.latest
    if window is None or latest is None:
        return True
    zone = asked.pack.zone
    return asked.at.astimezone(zone).date() <= window.last_date(latest.astimezone(zone).date())


def _acute(asked: Question) -> bool:
    """Whether it cannot wait for the next opening."""
    event, night = asked.known.event, asked.pack.night
    if event.unknown:
        return not asked.known.wants or bool(asked.known.wants & {Want.CARE, Want.SAMPLES})
    since_latest = asked.at - (event.latest or asked.at)
    # The last minute is included: seconds do not count.
    if night.acute_within is not None and since_latest < night.acute_within + dt.timedelta(minutes=1):
        return True
    return any(_would_shut(window, asked) for window in asked.policy.windows if window.approved)


def _would_shut(window: Window, asked: Question) -> bool:
    """Whether a window is possibly open now and could be shut at the next opening."""
    event = asked.known.event
    possibly_open = asked.at <= (event.latest or asked.at) + window.length
    if asked.opens_at is None or not possibly_open:
        return possibly_open
    return event.earliest is None or event.earliest + window.length < asked.opens_at


# ── What an answer carries ───────────────────────────────────────────────────────────────────────────────────


def _places(door: Door, asked: Question) -> tuple[Place, ...]:
    pack = asked.pack
    if door in _KINDS:
        return pack.of_kind(_KINDS[door])
    sites = pack.of_kind(PlaceKind.CENTRE)
    if door is Door.CENTRE_NOW:
        return tuple(s for s in sites if s.hours and s.hours.open_at(asked.at)) or sites
    if door is Door.CENTRE_NEXT:
        return tuple(s for s in sites if s.hours and s.hours.next_opening(asked.at) == asked.opens_at)
    if door is Door.ON_CALL_NOW:
        return (pack.place(pack.night.by_way_of),) if pack.night.by_way_of else sites
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


def _notes(decision: Decision, asked: Question) -> tuple[Note, ...]:
    """What is said whatever the door; the last note tells that something in this answer is not approved."""
    pack, known = asked.pack, asked.known
    notes = [decision.note] if decision.note else []
    rests_on = list(decision.rests_on)
    if Sign.SUICIDAL in known.signs:
        notes.append(Note.STAY_ON_THE_LINE)
    if decision.door in pack.call_first.doors:
        notes.append(Note.CALL_FIRST)
        rests_on.append(pack.call_first.origin)
    elif known.infection is Answer.YES:
        notes.append(Note.CALL_FIRST)
    if pack.duty:
        minor = known.age.perhaps_under(pack.duty.under)
        notes.append(Note.UNDER_18_DUTY if minor else Note.POLICE_OPTIONAL)
        rests_on.append(pack.duty.origin)
    if known.asker in _ASKER_NOTES:
        notes.append(_ASKER_NOTES[known.asker])
    samples = _longest_sample_window(asked.policy.windows)
    if _worth_preserving(samples, asked):
        notes.append(Note.PRESERVE)
    unapproved = samples is not None and Note.PRESERVE in notes and not samples.approved
    if unapproved or any(origin.example for origin in rests_on):
        notes.append(Note.UNAPPROVED_PROTOCOL)
    return tuple(notes)


_ASKER_NOTES = {Asker.CLOSE_PERSON: Note.CLOSE_PERSON, Asker.PROFESSIONAL: Note.PROFESSIONAL}


def _longest_sample_window(windows: tuple[Window, ...]) -> Window | None:
    samples = (window for window in windows if window.kind is WindowKind.SAMPLE)
    return max(samples, key=lambda window: window.length, default=None)


def _worth_preserving(samples: Window | None, asked: Question) -> bool:
    """Whether the event may lie within the longest sample window, or within the centre's where there is none."""
    if samples is None:
        return _window_holds(asked)
    latest = asked.known.event.latest
    return latest is None or asked.at <= latest + samples.length
