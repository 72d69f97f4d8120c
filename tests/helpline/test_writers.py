"""A contact has one writer, and its draft goes with the pen."""

from uuid import uuid4

import pytest

from poukama.helpline import actions
from poukama.helpline.rules import Option, Refusal, Refused
from poukama.staff.rules import Role
from tests.helpline.night import MINUTE, NIGHT, OTHER_WINDOW, SAFE, WINDOW, Desk, changes
from tests.people import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk()


def refusal(verb, desk, ref, **known):
    with pytest.raises(Refused) as refused:
        desk.do(verb, ref, **known)
    return refused.value.refusal, refused.value.who


def written(window=WINDOW, number=1, **fields):
    return {"changes": changes(**fields), "writer": window, "number": number}


def test_a_colleague_who_does_not_hold_the_pen_is_told_who_does(desk):
    ref = desk.begin()
    desk.save(ref, note="hers")
    assert refusal(actions.save, desk, ref, by=desk.colleague, **written(OTHER_WINDOW, note="mine")) == (
        Refusal.PEN,
        "Maija",
    )
    assert desk.read(ref).words.note == "hers"


@pytest.mark.parametrize(
    ("verb", "known"),
    [
        (actions.take_door, {"option": Option.COME_NOW}),
        (actions.call_back, {"changes": SAFE}),
        (actions.end, {}),
        (actions.hang_up, {}),
    ],
)
def test_nobody_else_takes_a_door_promises_a_call_or_ends(desk, verb, known):
    ref = desk.begin()
    assert refusal(verb, desk, ref, by=desk.colleague, **known) == (Refusal.PEN, "Maija")
    assert desk.read(ref).ended_at is None


def test_ones_own_other_window_does_not_write_beside_the_first(desk):
    ref = desk.begin()
    desk.save(ref, note="first")
    assert refusal(actions.save, desk, ref, **written(OTHER_WINDOW, 5, note="second"))[0] is Refusal.OTHER_WINDOW
    assert desk.read(ref).words.note == "first"


def test_whoever_takes_the_pen_goes_on_with_the_draft_and_the_first_is_told(desk):
    ref = desk.begin()
    desk.save(ref, 7, note="hers")
    desk.do(actions.take_pen, ref, writer=OTHER_WINDOW, by=desk.colleague)
    taken = desk.read(ref, by=desk.colleague)
    assert (taken.mine, taken.words.note, taken.number, taken.writes) == (True, "hers", 0, "Ilona")
    desk.do(actions.save, ref, by=desk.colleague, **written(OTHER_WINDOW, 1, note="hers and mine"))
    assert refusal(actions.save, desk, ref, **written(WINDOW, 8, note="lost?")) == (Refusal.PEN, "Ilona")
    assert desk.read(ref).words.note == "hers and mine"
    assert ("contact.pen_taken", 1) in desk.lines()


def test_the_pen_may_be_taken_from_ones_own_other_window(desk):
    ref = desk.begin()
    desk.save(ref, note="first")
    desk.do(actions.take_pen, ref, writer=OTHER_WINDOW)
    desk.do(actions.save, ref, **written(OTHER_WINDOW, 1, note="second"))
    assert refusal(actions.save, desk, ref, **written(WINDOW, 2, note="first again"))[0] is Refusal.OTHER_WINDOW
    assert desk.read(ref).words.note == "second"


def test_a_pen_that_is_passed_on_is_the_colleagues_and_any_window_of_hers_may_begin(desk):
    ref = desk.begin()
    desk.save(ref, note="draft")
    desk.do(actions.pass_on, ref, to=desk.ilona)
    passed = desk.read(ref, by=desk.colleague)
    assert (passed.mine, passed.writer, passed.number, passed.words.note) == (True, None, 0, "draft")
    desk.do(actions.save, ref, by=desk.colleague, **written(OTHER_WINDOW, 1, note="goes on"))
    desk.do(actions.end, ref, by=desk.colleague)
    assert desk.lines()[1:] == [("contact.passed_on", 1), ("contact.read", None), ("contact.ended", 2)]


def test_the_pen_is_passed_only_by_whoever_holds_it_and_only_to_somebody_who_may_write(desk):
    ref = desk.begin()
    laine = make_member(Role.DOCTOR, centre=desk.centre, login="laine")
    assert refusal(actions.pass_on, desk, ref, to=laine)[0] is Refusal.NOT_HERE
    assert refusal(actions.pass_on, desk, ref, to=desk.ilona, by=desk.colleague) == (Refusal.PEN, "Maija")
    assert desk.read(ref).mine


@pytest.mark.parametrize(
    ("verb", "known"),
    [
        (actions.save, written(number=9, note="too late")),
        (actions.take_pen, {}),
        (actions.take_door, {"option": Option.COME_NOW}),
        (actions.end, {}),
        (actions.hang_up, {}),
    ],
)
def test_nobody_writes_after_the_end(desk, verb, known):
    ref = desk.begin()
    desk.save(ref, note="whole")
    desk.do(actions.end, ref)
    assert refusal(verb, desk, ref, **known)[0] is Refusal.ENDED
    assert desk.read(ref).words.note == "whole"


def test_the_last_save_repeated_after_the_end_is_harmless(desk):
    ref = desk.begin()
    desk.save(ref, 3, note="whole")
    desk.do(actions.end, ref)
    assert desk.save(ref, 3, note="whole").number == 3


def test_a_refused_step_leaves_its_key_free(desk):
    ref, key = desk.begin(), uuid4()
    assert refusal(actions.end, desk, ref, by=desk.colleague, key=key)[0] is Refusal.PEN
    desk.do(actions.end, ref, key=key)
    assert desk.read(ref).ended_at == NIGHT + MINUTE
