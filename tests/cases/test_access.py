"""Reading cases: nothing of another centre, nothing behind a wall, nothing without a line, and not more than a page."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404

from poukama.cases import access, actions
from poukama.cases.inside import NotLetIn
from poukama.cases.models import Case
from poukama.cases.need import Purpose, Way
from poukama.cases.rules import Allowed, Doing, EntryKind, Ground, Ref, Title, Turn, Wording
from poukama.cases.told import Said, Telling, Topic
from poukama.cases.walls import STATEMENT_WRITERS, Reach, Section, Standpoint, view
from poukama.clients.actions import shut_out
from poukama.gate.rules import OPERATOR, Actor, Permission
from poukama.gate.scope import within
from poukama.staff.actions import give_post
from poukama.staff.rules import Role
from tests.cases.working import (
    AT,
    HOUR,
    MINUTE,
    NECK,
    WORDS,
    break_glass,
    by,
    counted,
    events,
    into,
    make_colleague,
    now,
    opened,
    ref,
    tell,
)
from tests.people import make_centre

TEAM = {
    Role.DOCTOR: "niemi",
    Role.PSYCHOLOGIST: "pia",
    Role.SOCIAL_WORKER: "sini",
    Role.CHAPLAIN: "hanna",
    Role.MIDWIFE_COORDINATOR: "kerttu",
}
# Who writes a note of each section.
WRITERS = {
    Section.IDENTITY: Role.MIDWIFE,
    Section.STORY: Role.MIDWIFE,
    Section.HEALTH: Role.DOCTOR,
    Section.FORENSIC: Role.DOCTOR,
    Section.PSYCHOLOGICAL: Role.PSYCHOLOGIST,
    Section.SOCIAL: Role.SOCIAL_WORKER,
    Section.PASTORAL: Role.CHAPLAIN,
    Section.LEGAL: Role.MIDWIFE,
    Section.STATISTICS: Role.MIDWIFE,
}


@pytest.fixture
def team(case, centre, maija):
    """Everybody who works on cases, on the team of this one."""
    found = {Role.MIDWIFE: maija}
    for role, login in TEAM.items():
        found[role] = make_colleague(role, centre, login)
        actions.join_team(into(case, maija), member=found[role], role=role, key=uuid4(), by=by(maija), at=AT)
    return found


@pytest.fixture
def written(case, team):
    """A signed note, a line and a task in every section."""
    for section, role in WRITERS.items():
        writer, given = team[role], now(team[role])
        inside, wording = into(case, writer), Wording(section, f"{WORDS} {section}", asked=True)
        note = actions.begin_note(inside, wording=wording, key=uuid4(), **given)
        actions.sign_note(inside, note=note, **given)
        actions.write(inside, wording=wording, key=uuid4(), **given)
        if section is not Section.PASTORAL:
            doing = Doing(Title.OTHER, Turn(role), f"{WORDS} {section}", section=section)
            actions.add_task(inside, doing=doing, key=uuid4(), **given)
    return case


def join_registers(case, member):
    crossing = Allowed(True, Ground.CONSENT)
    actions.let_registers_read(into(case, member), crossing=crossing, key=uuid4(), by=by(member), at=AT)


# ── Walls, cell by cell, through every way of reading ────────────────────────────────────────────────────────


@pytest.mark.parametrize("joined", [False, True])
@pytest.mark.parametrize("role", [Role.MIDWIFE, *TEAM])
def test_each_role_sees_of_each_section_what_its_walls_say(written, team, role, joined):
    if joined:
        join_registers(written, team[Role.MIDWIFE])
    reaches = view(Standpoint(frozenset({role}), joined=joined))
    found = opened(written, team[role])
    lines = [line for line in access.timeline(found) if line.kind is EntryKind.WRITTEN]
    for shown in (access.notes(found), lines, access.tasks(found)):
        by_section = {each.section: each.words for each in shown}
        for section in set(Section) - ({Section.PASTORAL} if shown and shown == access.tasks(found) else set()):
            assert (section in by_section) is (reaches[section] >= Reach.KNOWS), section
            words = f"{WORDS} {section}" if reaches[section] >= Reach.READS else None
            assert by_section.get(section) == words, section


@pytest.mark.parametrize("role", STATEMENT_WRITERS)
def test_whoever_has_ever_been_the_doctor_of_a_case_reads_no_therapy_even_as_its_psychologist(
    written, centre, team, role
):
    doctor = team[role]
    give_post(centre, member=doctor, role=Role.PSYCHOLOGIST, by=OPERATOR, at=AT - HOUR)
    maija = team[Role.MIDWIFE]
    (seat,) = [each for each in access.team(opened(written, maija)) if each.member == doctor.pk]
    given = now(maija)
    actions.leave_team(into(written, maija), seat=access.seat(into(written, maija), seat.id), **given)
    actions.join_team(into(written, maija), member=doctor, role=Role.PSYCHOLOGIST, key=uuid4(), **given)
    assert opened(written, doctor, when=AT + MINUTE).reach[Section.PSYCHOLOGICAL] is Reach.KNOWS


def test_a_private_note_is_read_by_nobody_else_and_a_draft_not_even_seen(case, team):
    pia, given = team[Role.PSYCHOLOGIST], now(team[Role.PSYCHOLOGIST])
    inside = into(case, pia)
    note = actions.begin_note(inside, wording=Wording(Section.HEALTH, WORDS, private=True), key=uuid4(), **given)
    assert access.notes(opened(case, team[Role.MIDWIFE])) == ()
    assert [shown.words for shown in access.notes(opened(case, pia))] == [WORDS]
    actions.sign_note(inside, note=note, **given)
    actions.add_addendum(inside, note=note, words="more", key=uuid4(), **given)
    for role in (Role.MIDWIFE, Role.MIDWIFE_COORDINATOR, Role.DOCTOR):
        (shown,) = access.notes(opened(case, team[role]))
        assert (shown.words, shown.addenda, shown.private, shown.mine) == (None, (), True, False)


def test_what_is_told_behind_a_wall_is_not_shown_and_that_there_is_something_is(case, team):
    sini, maija = team[Role.SOCIAL_WORKER], team[Role.MIDWIFE]
    tell(case, sini, Telling(Topic.HOUSING, Said.UNSAID))
    tell(case, maija, NECK)
    hanna = team[Role.CHAPLAIN]
    seen = {member: access.facts(opened(case, member)) for member in (maija, sini, hanna)}
    assert {member: set(each.picture) for member, each in seen.items()} == {
        maija: {Topic.NECK},
        sini: {Topic.HOUSING},
        hanna: set(),
    }
    assert [set(seen[member].hidden) for member in (maija, sini, hanna)] == [{Section.SOCIAL}, {Section.HEALTH}, set()]


def test_a_line_says_only_of_those_topics_that_may_be_read_that_they_were_told(case, team):
    maija = team[Role.MIDWIFE]
    tell(case, maija, NECK, Telling(Topic.COMPANION, codes=frozenset({"sibling"})))
    topics = {
        role: [line.topics for line in access.timeline(opened(case, team[role])) if line.kind is EntryKind.TOLD]
        for role in (Role.MIDWIFE, Role.SOCIAL_WORKER)
    }
    assert topics == {
        Role.MIDWIFE: [(Topic.COMPANION, Topic.NECK)],
        Role.SOCIAL_WORKER: [(Topic.COMPANION,)],
    }


def test_visits_are_shown_to_whoever_may_know_who_it_is_about(case, team, centre):
    maija = team[Role.MIDWIFE]
    actions.arrive(into(case, maija), key=uuid4(), by=by(maija), at=AT)
    assert len(access.visits(opened(case, team[Role.CHAPLAIN]))) == 1
    entered = opened(case, maija)
    walled = replace(entered, reach=dict.fromkeys(Section, Reach.NOTHING))
    assert access.visits(walled) == ()


# ── One case ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_case_is_opened_for_a_purpose_and_that_is_a_line(case, maija, centre):
    access.open_case(ref(case), purpose=Purpose.CLIENT_ASKED, by=by(maija), at=AT)
    assert events(centre)[-1] == "case.read_for_client_asked"


def test_a_whole_page_is_what_its_parts_are_and_one_line(written, team, centre):
    maija = team[Role.MIDWIFE]
    found, before = opened(written, maija), events(centre)
    page = access.case_page(ref(written), purpose=Purpose.CARE, **now(maija))
    assert events(centre)[len(before) :] == ["case.read_for_care"]
    assert (page.opened, page.told, page.timeline) == (found, access.facts(found), access.timeline(found))
    assert (page.tasks, page.visits) == (access.tasks(found), access.visits(found))
    assert page.team == access.team(found)


def test_whoever_is_not_let_in_gets_no_page_and_that_is_a_line(case, centre):
    ilona = make_colleague(Role.MIDWIFE, centre, "ilona")
    with pytest.raises(NotLetIn):
        access.case_page(ref(case), purpose=Purpose.CARE, **now(ilona))
    assert events(centre)[-1] == "case.refused"


def test_whoever_is_on_duty_is_let_in(case, centre):
    ilona = make_colleague(Role.MIDWIFE, centre, "ilona")
    assert opened(case, ilona, on_duty=True).way is Way.DUTY


def test_to_go_in_to_act_leaves_no_line_since_nothing_is_read(case, maija, centre):
    before = events(centre)
    into(case, maija)
    access.find(case.pk, [centre], by=by(maija))
    assert events(centre) == before


def test_another_centres_case_is_the_same_as_none(case, centre):
    there = make_centre("helsinki")
    elsa = make_colleague(Role.MIDWIFE, there, "elsa")
    for read in (
        lambda: access.find(case.pk, [there, centre], by=by(elsa)),
        lambda: opened(case, elsa),
        lambda: access.case_list(centre, by=by(elsa), at=AT),
        lambda: access.search(centre, "Aino", by=by(elsa), at=AT),
        lambda: access.open_case(Ref(there.pk, case.pk), purpose=Purpose.CARE, by=by(elsa), at=AT),
        lambda: access.open_case(Ref(there.pk, uuid4()), purpose=Purpose.CARE, by=by(elsa), at=AT),
    ):
        with pytest.raises(Http404):
            read()
    assert access.case_list(there, by=by(elsa), at=AT).rows == ()


def test_who_works_on_no_case_reads_none(case, centre):
    keeper = make_colleague(Role.SAMPLE_KEEPER, centre)
    with pytest.raises(PermissionDenied):
        opened(case, keeper)
    with pytest.raises(PermissionDenied):
        access.case_list(centre, by=by(keeper), at=AT)


def test_whoever_is_no_member_goes_nowhere(case, centre):
    machine = Actor("operator", everywhere=frozenset({Permission.CASE_READ}))
    with pytest.raises(PermissionDenied):
        access.open_case(ref(case), purpose=Purpose.CARE, by=machine, at=AT)


def test_for_a_member_whom_the_client_shut_out_the_case_does_not_exist(case, team, centre):
    doctor, maija = team[Role.DOCTOR], team[Role.MIDWIFE]
    with within(centre.pk):
        client = Case.objects.get(pk=case.pk).client
    shut_out(client, member=doctor, by=by(maija), at=AT)
    for read in (
        lambda: access.find(case.pk, [centre], by=by(doctor)),
        lambda: opened(case, doctor),
        lambda: break_glass(case, doctor),
    ):
        with pytest.raises(Http404):
            read()
    assert access.case_list(centre, by=by(doctor), at=AT).rows == ()


def test_a_right_that_was_taken_away_is_gone_at_once(case, team, centre):
    sini = team[Role.SOCIAL_WORKER]
    actor = by(sini)
    with connection.cursor() as cursor:
        cursor.execute("update staff_post set ends = %s where member_id = %s", [AT, sini.pk])
    found = access.open_case(ref(case), purpose=Purpose.CARE, by=actor, at=AT)
    assert set(found.reach.values()) == {Reach.NOTHING}


@pytest.mark.parametrize("kind", ["entry", "visit", "task", "note", "seat"])
def test_a_row_of_another_case_is_not_found_in_this_one(case, maija, centre, kind):
    with pytest.raises(Http404):
        getattr(access, kind)(into(case, maija), uuid4())


def test_rows_to_act_on_are_found_in_their_case(case, maija):
    given = now(maija)
    inside = into(case, maija)
    visit = actions.arrive(inside, key=uuid4(), **given)
    task = actions.add_task(inside, doing=Doing(Title.PLAN, Turn(Role.MIDWIFE)), key=uuid4(), **given)
    note = actions.begin_note(inside, wording=Wording(Section.HEALTH), key=uuid4(), **given)
    line = tell(case, maija)
    assert access.visit(inside, visit.pk) == visit
    assert access.task(inside, task.pk) == task
    assert access.note(inside, note.pk) == note
    assert access.entry(inside, line.pk) == line


def test_a_case_takes_as_many_queries_full_as_empty(case, team):
    maija = team[Role.MIDWIFE]
    actor = by(maija)

    def read():
        access.case_page(ref(case), purpose=Purpose.CARE, by=actor, at=AT)

    empty = counted(read)
    inside, given = into(case, maija), now(maija)
    for _ in range(5):
        tell(case, maija)
        note = actions.begin_note(inside, wording=Wording(Section.HEALTH, WORDS), key=uuid4(), **given)
        actions.sign_note(inside, note=note, **given)
        actions.add_task(inside, doing=Doing(Title.PLAN, Turn(Role.MIDWIFE)), key=uuid4(), **given)
    assert counted(read) == empty <= 12
