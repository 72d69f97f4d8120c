"""Lists and searches: the least of each, a line for each look, a page at a time."""

from uuid import uuid4

import pytest

from poukama.cases import access, actions
from poukama.cases.inside import NotLetIn, let_in
from poukama.cases.models import Case
from poukama.cases.rules import CloseReason, Doing, Listing, Title, Turn
from poukama.core import vault
from poukama.gate.scope import within
from poukama.staff.rules import Role
from tests.cases.working import (
    AT,
    HOUR,
    MINUTE,
    break_glass,
    by,
    counted,
    events,
    into,
    make_case,
    make_colleague,
    now,
    tell,
)


def rows(centre, member, listing=Listing.OPEN, **known):
    return access.case_list(centre, by=by(member), at=AT, listing=listing, **known).rows


def test_a_list_names_only_those_who_are_let_in(case, centre):
    ilona = make_colleague(Role.MIDWIFE, centre, "ilona")
    (row,) = rows(centre, ilona)
    assert (row.called, row.let_in) == ("", False)
    assert row.code
    (row,) = rows(centre, ilona, on_duty=True)
    assert (row.called, row.let_in) == ("Aino", True)
    break_glass(case, ilona)
    (row,) = rows(centre, ilona)
    assert row.called == "Aino"


def test_each_list_has_its_cases(case, centre, maija, kaisa):
    other = make_case(make_colleague(Role.MIDWIFE, centre, "ilona"), centre)
    done = make_case(maija, centre)
    given = now(maija)
    actions.close(into(done, maija), reason=CloseReason.ALL_DONE, **given)
    doing = Doing(Title.PLAN, Turn(Role.MIDWIFE_COORDINATOR))
    actions.add_task(into(case, maija), doing=doing, key=uuid4(), **given)
    actions.arrive(into(case, maija), key=uuid4(), **given)
    listed = {listing: {row.id for row in rows(centre, maija, listing)} for listing in Listing}
    assert listed == {
        Listing.OPEN: {case.pk, other.pk},
        Listing.MINE: {case.pk},
        Listing.WAITING: set(),
        Listing.CLOSED: {done.pk},
    }
    assert [row.id for row in rows(centre, kaisa, Listing.WAITING)] == [case.pk]
    assert {row.id: row.here for row in rows(centre, maija)} == {case.pk: True, other.pk: False}


def test_a_list_is_read_page_by_page_and_each_case_comes_once(centre, maija, monkeypatch):
    monkeypatch.setattr(access, "PAGE", 2)
    made = [make_case(maija, centre, when=AT + (number // 2) * MINUTE).pk for number in range(5)]
    seen, after = [], None
    while True:
        page = access.case_list(centre, by=by(maija), at=AT + HOUR, after=after)
        seen += [row.id for row in page.rows]
        if (after := page.after) is None:
            break
    assert sorted(seen) == sorted(made)
    assert len(set(seen)) == 5


def test_the_filter_of_the_list_and_the_door_agree_on_who_is_let_in(centre, maija):
    ilona = make_colleague(Role.MIDWIFE, centre, "ilona")
    cases = [make_case(maija, centre) for _ in range(4)]
    given = now(maija)
    actions.join_team(into(cases[0], maija), member=ilona, role=Role.MIDWIFE, key=uuid4(), **given)
    seat = actions.join_team(into(cases[1], maija), member=ilona, role=Role.MIDWIFE, key=uuid4(), **given)
    actions.leave_team(into(cases[1], maija), seat=seat, by=by(maija), at=AT + MINUTE)
    break_glass(cases[2], ilona)
    for when in (AT - MINUTE, AT, AT + MINUTE, AT + HOUR - MINUTE, AT + HOUR, AT + 2 * HOUR):
        with within(centre.pk):
            listed = set(Case.objects.filter(let_in(ilona.pk, when)).values_list("pk", flat=True))
        mine = access.case_list(centre, **now(ilona, when), listing=Listing.MINE).rows
        assert listed == {row.id for row in mine} == {case.pk for case in cases if _enters(case, ilona, when)}


def _enters(case, member, when):
    try:
        return into(case, member, when=when)
    except NotLetIn:
        return None


def test_a_search_finds_by_name_and_by_code_and_shows_the_least(case, centre, maija):
    ilona = make_colleague(Role.MIDWIFE, centre, "ilona")
    (row,) = rows(centre, maija)
    for text in ("aino", "Ain", row.code, row.code.replace("-", " ").lower()):
        (found,) = access.search(centre, text, by=by(maija), at=AT).rows
        assert (found.id, found.called) == (case.pk, "Aino")
        (found,) = access.search(centre, text, by=by(ilona), at=AT).rows
        assert (found.id, found.code, found.called) == (case.pk, row.code, "")
    assert access.search(centre, "nobody", by=by(maija), at=AT).rows == ()


def test_a_search_is_one_line_however_much_it_finds(case, centre, maija):
    make_case(maija, centre)
    before = len(events(centre))
    access.search(centre, "aino", by=by(maija), at=AT)
    assert events(centre)[before:] == ["clients.searched"]


def test_a_case_whose_key_is_destroyed_is_not_read_and_the_others_are(case, centre, maija):
    other = make_case(maija, centre, called="Bo")
    vault.destroy_key(centre.pk, case.client_id)
    assert {row.id: row.called for row in rows(centre, maija)} == {case.pk: "", other.pk: "Bo"}
    with pytest.raises(vault.Unreadable):
        tell(case, maija)
    tell(other, maija)


def test_a_list_takes_as_many_queries_for_many_as_for_one(case, centre, maija):
    actor = by(maija)
    one = counted(lambda: access.case_list(centre, by=actor, at=AT))
    for _ in range(9):
        make_case(maija, centre)
    assert counted(lambda: access.case_list(centre, by=actor, at=AT)) == one <= 9
