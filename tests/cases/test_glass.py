"""Breaking the glass: an hour, for a reason, seen by others and by the client."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from poukama.audit import trail
from poukama.cases import access, actions
from poukama.cases.inside import NotLetIn
from poukama.cases.need import GlassReason, Verdict, Way
from poukama.cases.rules import CloseReason, Refusal
from poukama.cases.walls import Reach, Section
from poukama.gate.scope import within
from poukama.staff.rules import Role
from tests.cases.working import (
    AT,
    HOUR,
    MINUTE,
    NECK,
    break_glass,
    by,
    events,
    into,
    make_case,
    make_colleague,
    now,
    opened,
    ref,
    refused,
)
from tests.factories import at


@pytest.fixture
def ilona(centre):
    """A midwife who is neither on the team nor on duty."""
    return make_colleague(Role.MIDWIFE, centre, "ilona")


@pytest.fixture
def officer(centre):
    """The privacy officer."""
    return make_colleague(Role.PRIVACY_OFFICER, centre, "petra")


def test_whoever_is_neither_on_the_team_nor_on_duty_is_not_let_in_and_that_is_a_line(case, ilona, centre):
    with pytest.raises(NotLetIn) as why:
        opened(case, ilona)
    assert why.value.ref == ref(case)
    assert events(centre)[-1] == "case.refused"


def test_a_broken_glass_lets_in_for_an_hour_and_ends_by_itself(case, ilona):
    break_glass(case, ilona)
    entered = opened(case, ilona)
    assert (entered.way, entered.until) == (Way.BREAK_GLASS, AT + HOUR)
    assert opened(case, ilona, when=AT + 59 * MINUTE).until == AT + HOUR
    with pytest.raises(NotLetIn):
        opened(case, ilona, when=AT + HOUR)


def test_nothing_is_written_after_the_hour_by_whoever_is_still_inside(case, ilona):
    break_glass(case, ilona)
    entered = into(case, ilona)
    actions.tell(entered, tellings=(NECK,), key=uuid4(), by=by(ilona), at=AT + 59 * MINUTE)
    with refused(Refusal.NOT_LET_IN):
        actions.tell(entered, tellings=(NECK,), key=uuid4(), by=by(ilona), at=AT + HOUR)


def test_the_walls_stand_when_the_glass_is_broken(case, centre):
    niemi = make_colleague(Role.DOCTOR, centre)
    break_glass(case, niemi)
    assert into(case, niemi).reach[Section.PSYCHOLOGICAL] is Reach.KNOWS


def test_the_glass_is_broken_for_a_reason_in_words_and_once(case, ilona):
    with refused(Refusal.NO_WORDS):
        break_glass(case, ilona, words=" ")
    key = uuid4()
    given = now(ilona) | {"reason": GlassReason.OTHER, "words": "why", "key": key}
    assert actions.break_glass(ref(case), **given) == actions.break_glass(ref(case), **given)
    assert events(case.centre).count("glass.broken") == 1


def test_a_closed_case_is_read_through_a_broken_glass_and_not_written(case, ilona, maija):
    actions.close(into(case, maija), reason=CloseReason.ALL_DONE, by=by(maija), at=AT)
    break_glass(case, ilona)
    assert access.timeline(opened(case, ilona))
    with refused(Refusal.CLOSED):
        actions.tell(into(case, ilona), tellings=(NECK,), key=uuid4(), by=by(ilona), at=AT)


def test_who_broke_the_glass_when_and_why_is_shown_with_the_case(case, ilona, maija):
    break_glass(case, ilona, words="she rang")
    (glass,) = access.glasses(opened(case, maija))
    assert (glass.name, glass.words, glass.broken_at, glass.verdict) == ("Ilona", "she rang", AT, None)


def test_it_waits_for_review_until_the_end_of_the_next_day(case, ilona, officer, centre):
    break_glass(case, ilona)
    (glass,) = access.review_queue(centre, by=by(officer), at=AT)
    assert glass.review_by == at("2026-11-26T00:00")
    row = access.glass(centre, glass.id, by=by(officer))
    for _ in range(2):
        actions.review(row, verdict=Verdict.NEEDED, words="right", by=by(officer), at=AT + HOUR)
    assert access.review_queue(centre, by=by(officer), at=AT) == ()
    assert events(centre).count("glass.reviewed") == 1


def test_nobody_reviews_their_own(case, centre, kaisa):
    other = make_case(make_colleague(Role.MIDWIFE, centre, "kerttu"), centre)
    row = break_glass(other, kaisa)
    with refused(Refusal.ONESELF):
        actions.review(row, verdict=Verdict.NEEDED, by=by(kaisa), at=AT)


def test_who_has_no_part_in_reviewing_sees_no_queue(case, ilona, centre):
    with pytest.raises(PermissionDenied):
        access.review_queue(centre, by=by(ilona), at=AT)
    with pytest.raises(PermissionDenied):
        access.glass(centre, uuid4(), by=by(ilona))


def test_a_glass_that_is_not_there_is_not_found(case, officer, centre):
    with pytest.raises(Http404):
        access.glass(centre, uuid4(), by=by(officer))


# ── Curiosity ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_surname_and_a_colleagues_file_are_each_a_line(centre, maija):
    laine = make_colleague(Role.MIDWIFE, centre, "laine", name="Pia Laine")
    case = make_case(maija, centre, called="Aino Laine")
    break_glass(case, laine)
    opened(case, laine)
    assert {"curious.same_surname", "curious.no_duty"} <= set(events(centre))
    assert "curious.colleague" not in events(centre)
    make_colleague(Role.DOCTOR, centre, "aino", name="Aino Laine")
    opened(case, laine)
    assert "curious.colleague" in events(centre)


def test_a_broken_glass_keeps_what_is_worth_a_second_look(centre, maija, officer):
    laine = make_colleague(Role.MIDWIFE, centre, "laine", name="Pia Laine")
    case = make_case(maija, centre, called="Aino Laine")
    break_glass(case, laine)
    (glass,) = access.review_queue(centre, by=by(officer), at=AT)
    assert (glass.same_surname, glass.colleague) == (True, False)


def test_whoever_joins_a_team_is_looked_at_twice_then_and_not_at_every_opening(centre, maija):
    laine = make_colleague(Role.DOCTOR, centre, "laine", name="Pia Laine")
    case = make_case(maija, centre, called="Aino Laine")
    actions.join_team(into(case, maija), member=laine, role=Role.DOCTOR, key=uuid4(), **now(maija))
    opened(case, laine)
    assert events(centre).count("curious.same_surname") == 1


def test_a_member_without_a_name_is_compared_with_nobody(centre, case):
    nameless = make_colleague(Role.DOCTOR, centre, "nameless", name="")
    break_glass(case, nameless)
    assert "curious.same_surname" not in events(centre)


def test_whoever_is_on_the_team_with_another_name_is_no_alert(case, maija, centre):
    opened(case, maija)
    assert [event for event in events(centre) if event.startswith("curious.")] == []


def test_no_line_of_the_trail_holds_a_name_or_a_word(case, ilona, centre):
    break_glass(case, ilona, words="canary")
    opened(case, ilona)
    with within(centre.pk):
        told = " ".join(f"{line.event} {line.target}" for line in trail.lines(centre.pk))
    assert "canary" not in told
    assert "Aino" not in told
