"""What is done in a case: kept once, by whoever may, and nothing of it lost."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from poukama.cases import access, actions
from poukama.cases.inside import NotLetIn
from poukama.cases.models import Case, Entry, Fact, TeamMember, Visit
from poukama.cases.rules import (
    Allowed,
    CloseReason,
    Doing,
    EntryKind,
    Ground,
    Kind,
    Leaving,
    Present,
    Refusal,
    Refused,
    ReopenReason,
    Source,
    State,
    There,
    Title,
    Turn,
    Whereto,
    Wording,
)
from poukama.cases.told import NotTellable, Said, Telling, Topic, standing
from poukama.cases.walls import Section
from poukama.gate.scope import within
from poukama.protocols.rules import Interval
from poukama.staff.rules import Role
from tests.cases.working import (
    AT,
    HOUR,
    MINUTE,
    NECK,
    WORDS,
    break_glass,
    by,
    events,
    into,
    make_case,
    make_colleague,
    now,
    opened,
    tell,
    timed,
)
from tests.factories import at
from tests.people import make_centre

EVENING = Interval(at("2026-11-23T20:00"), at("2026-11-23T23:00"))


def refused(refusal):
    return pytest.raises(Refused, match=rf"^{refusal}$")


@pytest.fixture
def acting(maija):
    """Maija, now."""
    return now(maija)


# ── Opening and closing ──────────────────────────────────────────────────────────────────────────────────────


def test_a_case_is_opened_with_nothing_but_a_name_to_call_somebody_by(centre, maija):
    case = make_case(maija, centre, called="  Aino ")
    (row,) = access.case_list(centre, by=by(maija), at=AT).rows
    assert (row.id, row.called, row.state, row.kind) == (case.pk, "Aino", State.OPEN, Kind.OWN)
    assert len(row.code) == 7


def test_a_case_is_opened_without_even_a_name(centre, maija):
    make_case(maija, centre, called="")
    (row,) = access.case_list(centre, by=by(maija), at=AT).rows
    assert row.called == ""


def test_a_form_sent_again_opens_one_case(centre, maija):
    key = uuid4()
    first, again = (make_case(maija, centre, key=key, called=name) for name in ("Aino", "Aino M"))
    assert first == again
    assert [row.called for row in access.case_list(centre, by=by(maija), at=AT).rows] == ["Aino"]
    assert events(centre).count("case.opened") == 1


def test_somebody_helped_for_another_place_has_a_case_of_its_kind(centre, maija):
    case = make_case(maija, centre, kind=Kind.FOR_ANOTHER, asked_by="children")
    assert (case.kind, case.asked_by) == (Kind.FOR_ANOTHER, "children")


def test_whoever_opens_a_case_is_on_its_team_in_the_post_they_hold(case, maija):
    assert [(seat.name, seat.role) for seat in access.team(opened(case, maija))] == [("Maija", Role.MIDWIFE)]


def test_nobody_opens_a_case_in_a_post_that_they_do_not_hold(centre, maija):
    with refused(Refusal.NO_POST):
        make_case(maija, centre, role=Role.DOCTOR)
    assert access.case_list(centre, by=by(maija), at=AT).rows == ()


def test_a_role_that_works_on_no_case_opens_none(centre):
    keeper = make_colleague(Role.SAMPLE_KEEPER, centre)
    with pytest.raises(PermissionDenied):
        make_case(keeper, centre, role=Role.SAMPLE_KEEPER)


def test_a_closed_case_takes_nothing_until_it_is_opened_again_for_a_reason(case, maija, acting):
    actions.close(into(case, maija), reason=CloseReason.ALL_DONE, words="well", **acting)
    with refused(Refusal.CLOSED):
        tell(case, maija)
    again = actions.reopen(into(case, maija), reason=ReopenReason.CLIENT_CAME_BACK, **acting)
    assert again.state is State.OPEN
    tell(case, maija)
    lines = [(line.kind, line.reason) for line in access.timeline(opened(case, maija))]
    assert (EntryKind.CLOSED, "all_done") in lines
    assert (EntryKind.REOPENED, "client_came_back") in lines


def test_closing_and_opening_again_twice_are_once(case, maija, acting):
    for _ in range(2):
        actions.close(into(case, maija), reason=CloseReason.ALL_DONE, **acting)
    for _ in range(2):
        actions.reopen(into(case, maija), reason=ReopenReason.SAMPLES, **acting)
    said = events(case.centre)
    assert (said.count("case.closed"), said.count("case.reopened")) == (1, 1)


def test_a_doctor_closes_no_case(case, centre, maija, acting):
    doctor = make_colleague(Role.DOCTOR, centre)
    actions.join_team(into(case, maija), member=doctor, role=Role.DOCTOR, key=uuid4(), **acting)
    with pytest.raises(PermissionDenied):
        actions.close(into(case, doctor), reason=CloseReason.ALL_DONE, by=by(doctor), at=AT)


# ── What was told ────────────────────────────────────────────────────────────────────────────────────────────


def test_what_was_told_says_who_heard_it_when_and_in_which_contact(case, maija, centre, acting):
    niemi, contact = make_colleague(Role.DOCTOR, centre), uuid4()
    source = Source(heard_by=niemi.pk, heard_at=AT - HOUR, contact=contact)
    tell(case, maija, Telling(Topic.NECK, words=WORDS, own_words=True), source=source)
    (fact,) = standing(access.facts(opened(case, maija)).picture, Topic.NECK)
    assert (fact.heard_by, fact.heard_at, fact.contact) == (niemi.pk, AT - HOUR, contact)
    assert fact.telling == Telling(Topic.NECK, words=WORDS, own_words=True)


def test_a_telling_sent_again_is_one_telling(case, maija):
    key = uuid4()
    first, again = (tell(case, maija, NECK, key=key) for _ in range(2))
    assert first == again
    assert len(access.facts(opened(case, maija)).picture[Topic.NECK]) == 1


def test_a_key_of_another_case_is_nobodys(case, centre, maija):
    key = uuid4()
    tell(case, maija, key=key)
    with pytest.raises(Http404):
        tell(make_case(maija, centre), maija, key=key)


def test_a_correction_is_a_new_fact_and_both_are_shown(case, maija, acting):
    tell(case, maija, NECK)
    (fact,) = standing(access.facts(opened(case, maija)).picture, Topic.NECK)
    later = {**acting, "at": AT + MINUTE}
    actions.correct(into(case, maija), fact=fact, telling=Telling(Topic.NECK, Said.YES), key=uuid4(), **later)
    picture = access.facts(opened(case, maija)).picture
    assert [account.stands for account in picture[Topic.NECK]] == [False, True]
    assert events(case.centre).count("fact.corrected") == 1


@pytest.mark.parametrize("telling", [Telling(Topic.PLACE, Said.UNSAID), NECK])
def test_a_correction_is_of_the_same_topic_in_the_same_case(case, centre, maija, acting, telling):
    tell(case, maija, NECK)
    (fact,) = standing(access.facts(opened(case, maija)).picture, Topic.NECK)
    where = case if telling.topic is not Topic.NECK else make_case(maija, centre)
    with refused(Refusal.OTHER_TOPIC):
        actions.correct(into(where, maija), fact=fact, telling=telling, key=uuid4(), **acting)


def test_the_clocks_go_by_every_account_of_the_time(case, maija):
    tell(case, maija, timed(EVENING))
    late = Interval(at("2026-11-23T22:00"), at("2026-11-24T01:00"))
    tell(case, maija, timed(late))
    with within(case.centre_id):
        row = Case.objects.get(pk=case.pk)
    assert (row.event_earliest, row.event_latest) == (EVENING.earliest, late.latest)


def test_what_cannot_be_kept_is_refused_whole(case, maija):
    with pytest.raises(NotTellable):
        tell(case, maija, NECK, Telling(Topic.PLACE))
    with refused(Refusal.NO_WORDS):
        actions.tell(into(case, maija), tellings=(), key=uuid4(), by=by(maija), at=AT)
    with refused(Refusal.TIMES):
        tell(case, maija, source=Source(heard_at=AT + HOUR))
    assert access.facts(opened(case, maija)).picture == {}


def test_a_wall_refuses_the_whole_telling(case, maija, acting):
    # Housing stands in the register of social welfare.
    with refused(Refusal.WALL):
        tell(case, maija, NECK, Telling(Topic.HOUSING, Said.UNSAID))
    assert access.facts(opened(case, maija)).picture == {}


# ── The timeline ─────────────────────────────────────────────────────────────────────────────────────────────


def write(case, member, section=Section.HEALTH, words=WORDS, **known):
    given = {"key": uuid4(), "by": by(member), "at": AT, **known}
    asked = given.pop("asked", False)
    return actions.write(into(case, member), wording=Wording(section, words, asked=asked), **given)


def test_a_written_line_is_kept_in_its_section_and_corrected_under_it(case, maija):
    line = write(case, maija, words="eight stitches")
    write(case, maija, words="seven stitches", corrects=line)
    shown = [each for each in access.timeline(opened(case, maija)) if each.kind is EntryKind.WRITTEN]
    assert {(each.words, each.corrects) for each in shown} == {("eight stitches", None), ("seven stitches", line.pk)}


def test_a_contact_is_attached_with_when_it_was_and_without_words_if_it_had_none(case, maija):
    contact = uuid4()
    write(case, maija, words="", source=Source(contact=contact, heard_at=AT - HOUR))
    (line,) = [each for each in access.timeline(opened(case, maija)) if each.kind is EntryKind.CONTACT]
    assert (line.contact, line.at, line.written_at) == (contact, AT - HOUR, AT)


def test_a_line_that_cannot_be_is_refused(case, centre, maija):
    line = write(case, maija)
    with refused(Refusal.NO_WORDS):
        write(case, maija, words=" ")
    with refused(Refusal.WALL):
        write(case, maija, section=Section.SOCIAL)
    with refused(Refusal.OTHER_TOPIC):
        write(case, maija, section=Section.STORY, corrects=line)
    with refused(Refusal.OTHER_TOPIC):
        write(make_case(maija, centre), maija, corrects=line)


@pytest.fixture
def hanna(case, centre, maija, acting):
    """The chaplain, on the team."""
    hanna = make_colleague(Role.CHAPLAIN, centre, "hanna")
    actions.join_team(into(case, maija), member=hanna, role=Role.CHAPLAIN, key=uuid4(), **acting)
    return hanna


def test_a_talk_with_the_chaplain_leaves_no_content_unless_the_client_asks(case, hanna):
    with refused(Refusal.UNASKED):
        write(case, hanna, section=Section.PASTORAL)
    write(case, hanna, section=Section.PASTORAL, words="")
    write(case, hanna, section=Section.PASTORAL, asked=True)
    shown = [line.words for line in access.timeline(opened(case, hanna)) if line.kind is EntryKind.WRITTEN]
    assert sorted(map(str, shown)) == ["", WORDS]


# ── Visits ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_visit_has_its_room_those_who_are_there_and_where_the_client_goes(case, maija, acting):
    inside = into(case, maija)
    visit = actions.arrive(inside, key=uuid4(), room="1", arrived_at=AT - HOUR, **acting)
    for there in (There(Present.COMPANION, words="sister"), There(Present.STAFF, member=maija.pk)):
        actions.be_there(inside, visit=visit, there=there, key=uuid4(), **acting)
    leaving = Leaving(Whereto.FRIEND, "the two of them")
    actions.depart(inside, visit=visit, leaving=leaving, **acting)
    (shown,) = access.visits(opened(case, maija))
    assert (shown.room, shown.arrived_at, shown.departed_at) == ("1", AT - HOUR, AT)
    assert (shown.whereto, shown.words) == (Whereto.FRIEND, "the two of them")
    assert {there.words for there in shown.there} == {"sister", "Maija"}
    kinds = [line.kind for line in access.timeline(opened(case, maija))]
    assert kinds.index(EntryKind.ARRIVED) < kinds.index(EntryKind.DEPARTED)


def test_somebody_who_is_here_does_not_arrive_and_who_left_leaves_no_more(case, maija, acting):
    inside, key = into(case, maija), uuid4()
    visit = actions.arrive(inside, key=key, **acting)
    assert actions.arrive(inside, key=key, **acting) == visit
    with refused(Refusal.HERE_ALREADY):
        actions.arrive(inside, key=uuid4(), **acting)
    actions.depart(inside, visit=visit, leaving=Leaving(), **acting)
    again = actions.depart(inside, visit=visit, leaving=Leaving(Whereto.HOME), **acting)
    assert again.whereto == Whereto.NOT_ASKED
    actions.arrive(inside, key=uuid4(), **acting)


def test_a_visit_keeps_to_the_order_of_time(case, maija, acting):
    inside = into(case, maija)
    with refused(Refusal.TIMES):
        actions.arrive(inside, key=uuid4(), arrived_at=AT + HOUR, **acting)
    visit = actions.arrive(inside, key=uuid4(), **acting)
    with refused(Refusal.TIMES):
        actions.depart(inside, visit=visit, leaving=Leaving(at=AT - HOUR), **acting)


# ── Tasks ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_task_is_somebodys_turn_until_it_is_done(case, maija, acting):
    inside, key = into(case, maija), uuid4()
    doing = Doing(Title.LABORATORY, Turn(Role.DOCTOR), due=AT + HOUR)
    task = actions.add_task(inside, doing=doing, key=key, **acting)
    assert actions.add_task(inside, doing=doing, key=key, **acting) == task
    actions.add_task(inside, doing=Doing(Title.PLAN, Turn(member=maija.pk)), key=uuid4(), **acting)
    assert [shown.turn for shown in access.tasks(opened(case, maija))] == [Role.DOCTOR, "Maija"]
    for _ in range(2):
        actions.finish_task(inside, task=task, **acting)
    assert [shown.title for shown in access.tasks(opened(case, maija))] == [Title.PLAN]
    (done,) = access.tasks(opened(case, maija), done=True)
    assert (done.title, done.done_by, done.late) == (Title.LABORATORY, "Maija", False)
    assert events(case.centre).count("task.done") == 1


def test_a_task_in_words_is_sealed_and_shown(case, maija, acting):
    doing = Doing(Title.OTHER, Turn(Role.MIDWIFE), WORDS, section=Section.HEALTH)
    actions.add_task(into(case, maija), doing=doing, key=uuid4(), **acting)
    (shown,) = access.tasks(opened(case, maija))
    assert shown.words == WORDS


def test_a_task_beyond_a_wall_is_neither_added_nor_done(case, centre, maija, hanna, acting):
    doing = Doing(Title.LABORATORY, Turn(Role.DOCTOR))
    with refused(Refusal.WALL):
        actions.add_task(into(case, hanna), doing=doing, key=uuid4(), by=by(hanna), at=AT)
    task = actions.add_task(into(case, maija), doing=doing, key=uuid4(), **acting)
    with refused(Refusal.WALL):
        actions.finish_task(into(case, hanna), task=task, by=by(hanna), at=AT)


# ── Notes ────────────────────────────────────────────────────────────────────────────────────────────────────


def begin(case, member, section=Section.HEALTH, words=WORDS, **known):
    wording = Wording(section, words, **known)
    return actions.begin_note(into(case, member), wording=wording, key=uuid4(), by=by(member), at=AT)


def test_a_note_is_a_draft_then_signed_then_added_to(case, maija, acting):
    inside = into(case, maija)
    note = begin(case, maija, words="dra")
    actions.save_note(inside, note=note, words="draft", **acting)
    for _ in range(2):
        actions.sign_note(inside, note=note, **acting)
    key = uuid4()
    for _ in range(2):
        actions.add_addendum(inside, note=note, words="and one more thing", key=key, **acting)
    (shown,) = access.notes(opened(case, maija))
    assert (shown.words, shown.signed_at) == ("draft", AT)
    assert [added.words for added in shown.addenda] == ["and one more thing"]
    kinds = [line.kind for line in access.timeline(opened(case, maija))]
    assert (kinds.count(EntryKind.NOTE), kinds.count(EntryKind.ADDENDUM)) == (1, 1)


def test_a_signed_note_is_not_written_again_and_a_draft_not_added_to(case, maija, acting):
    inside, note = into(case, maija), begin(case, maija)
    with refused(Refusal.NOT_SIGNED):
        actions.add_addendum(inside, note=note, words="more", key=uuid4(), **acting)
    actions.sign_note(inside, note=note, **acting)
    with refused(Refusal.SIGNED):
        actions.save_note(inside, note=note, words="other", **acting)
    with refused(Refusal.NO_WORDS):
        actions.add_addendum(inside, note=note, words=" ", key=uuid4(), **acting)


def test_a_note_is_its_authors(case, centre, maija, acting):
    ilona = make_colleague(Role.MIDWIFE, centre, "ilona")
    actions.join_team(into(case, maija), member=ilona, role=Role.MIDWIFE, key=uuid4(), **acting)
    note = begin(case, maija, private=True)
    inside, hers = into(case, ilona), now(ilona)
    for refusal in (
        lambda: actions.save_note(inside, note=note, words="x", **hers),
        lambda: actions.sign_note(inside, note=note, **hers),
    ):
        with refused(Refusal.NOT_YOURS):
            refusal()
    actions.sign_note(into(case, maija), note=note, **acting)
    with refused(Refusal.NOT_YOURS):
        actions.add_addendum(inside, note=note, words="more", key=uuid4(), **hers)
    shared = begin(case, maija)
    actions.sign_note(into(case, maija), note=shared, **acting)
    actions.add_addendum(inside, note=shared, words="more", key=uuid4(), **hers)


def test_a_note_begun_twice_is_one(case, maija, acting):
    key = uuid4()
    for words in ("one", "two"):
        actions.begin_note(into(case, maija), wording=Wording(Section.HEALTH, words), key=key, **acting)
    assert [shown.words for shown in access.notes(opened(case, maija))] == ["one"]


def test_a_note_behind_a_wall_is_not_begun(case, maija, hanna):
    with refused(Refusal.WALL):
        begin(case, maija, section=Section.PSYCHOLOGICAL)
    with refused(Refusal.UNASKED):
        begin(case, hanna, section=Section.PASTORAL)
    begin(case, hanna, section=Section.PASTORAL, asked=True)


# ── The team, and the registers ──────────────────────────────────────────────────────────────────────────────


def test_the_coordinator_puts_somebody_on_a_team_that_she_is_not_on_and_never_herself(case, centre, kaisa):
    niemi = make_colleague(Role.DOCTOR, centre)
    hers = now(kaisa)
    subject = access.find(case.pk, [centre], by=by(kaisa))
    key = uuid4()
    seats = [actions.assign(subject, member=niemi, role=Role.DOCTOR, key=key, **hers) for _ in range(2)]
    assert seats[0] == seats[1]
    with refused(Refusal.ONESELF):
        actions.assign(subject, member=kaisa, role=Role.MIDWIFE_COORDINATOR, key=uuid4(), **hers)
    with refused(Refusal.NO_POST):
        actions.assign(subject, member=niemi, role=Role.CHAPLAIN, key=uuid4(), **hers)
    assert into(case, niemi).member == niemi.pk


def test_nobody_is_put_on_the_team_of_a_closed_case(case, centre, maija, kaisa, acting):
    niemi = make_colleague(Role.DOCTOR, centre)
    actions.close(into(case, maija), reason=CloseReason.ALL_DONE, **acting)
    with refused(Refusal.CLOSED):
        subject = access.find(case.pk, [centre], by=by(kaisa))
        actions.assign(subject, member=niemi, role=Role.DOCTOR, key=uuid4(), by=by(kaisa), at=AT)


def test_whoever_leaves_the_team_is_let_in_no_more(case, centre, maija, acting):
    niemi = make_colleague(Role.DOCTOR, centre)
    seat = actions.join_team(into(case, maija), member=niemi, role=Role.DOCTOR, key=uuid4(), **acting)
    entered = into(case, niemi)
    for _ in range(2):
        actions.leave_team(into(case, maija), seat=seat, **acting)
    with pytest.raises(NotLetIn):
        into(case, niemi, when=AT + MINUTE)
    with within(case.centre_id):
        assert TeamMember.objects.filter(case=case, until=None).count() == 1
    assert entered.member == niemi.pk
    assert events(case.centre).count("team.left") == 1


def test_whoever_is_on_duty_may_stay_and_whoever_broke_the_glass_may_not(case, centre):
    ilona = make_colleague(Role.MIDWIFE, centre, "ilona")
    hers = now(ilona) | {"member": ilona, "role": Role.MIDWIFE}
    break_glass(case, ilona)
    with refused(Refusal.ONESELF):
        actions.join_team(into(case, ilona), key=uuid4(), **hers)
    actions.join_team(into(case, ilona, on_duty=True), key=uuid4(), **hers)
    assert into(case, ilona).way == "team"


def test_the_registers_read_each_other_only_on_a_ground_that_is_named(case, maija, acting):
    inside, key = into(case, maija), uuid4()
    with refused(Refusal.NO_GROUND):
        actions.let_registers_read(inside, crossing=Allowed(True, Ground.LAW), key=uuid4(), **acting)
    law = Allowed(True, Ground.LAW, "a law, and why", told_at=AT)
    for _ in range(2):
        actions.let_registers_read(inside, crossing=law, key=key, **acting)
    assert events(case.centre).count("registers.crossed") == 1


# ── Who acts ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_nobody_acts_through_the_door_that_was_opened_for_another(case, centre, maija):
    ilona = make_colleague(Role.MIDWIFE, centre, "ilona")
    with pytest.raises(PermissionDenied):
        actions.tell(into(case, maija), tellings=(NECK,), key=uuid4(), by=by(ilona), at=AT)
    with pytest.raises(PermissionDenied):
        actions.close(into(case, maija), reason=CloseReason.ALL_DONE, by=by(ilona), at=AT)


def test_somebody_of_another_centre_does_nothing_here(case, maija):
    other = make_colleague(Role.MIDWIFE, make_centre("helsinki"), "elsa")
    with pytest.raises(Http404):
        actions.tell(into(case, maija), tellings=(NECK,), key=uuid4(), by=by(other), at=AT)


def test_two_people_in_one_case_at_once_lose_nothing_of_each_other(case, centre, maija, acting):
    niemi = make_colleague(Role.DOCTOR, centre)
    actions.join_team(into(case, maija), member=niemi, role=Role.DOCTOR, key=uuid4(), **acting)
    one, other = into(case, maija), into(case, niemi)
    actions.tell(one, tellings=(NECK,), key=uuid4(), **acting)
    actions.tell(other, tellings=(Telling(Topic.NECK, Said.YES),), key=uuid4(), by=by(niemi), at=AT)
    assert len(standing(access.facts(opened(case, maija)).picture, Topic.NECK)) == 2


def test_every_step_is_done_without_a_police_report_ever_being_asked_for(case, maija, acting):
    inside = into(case, maija)
    tell(case, maija, timed(EVENING), NECK)
    visit = actions.arrive(inside, key=uuid4(), **acting)
    note = begin(case, maija)
    actions.sign_note(inside, note=note, **acting)
    task = actions.add_task(inside, doing=Doing(Title.STORAGE_DECISION, Turn(Role.MIDWIFE)), key=uuid4(), **acting)
    actions.finish_task(inside, task=task, **acting)
    actions.depart(inside, visit=visit, leaving=Leaving(), **acting)
    actions.close(inside, reason=CloseReason.ALL_DONE, **acting)
    assert Topic.POLICE_REPORT not in access.facts(opened(case, maija)).picture
    with within(case.centre_id):
        assert (Entry.objects.count(), Fact.objects.count(), Visit.objects.count()) == (7, 2, 1)
