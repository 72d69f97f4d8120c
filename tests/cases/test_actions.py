"""What is done in a case: kept once, by whoever may, and nothing of it lost."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from poukama.cases import access, actions
from poukama.cases.models import Case, Entry, Fact, Visit
from poukama.cases.rules import (
    CloseReason,
    Doing,
    EntryKind,
    Kind,
    Leaving,
    Refusal,
    ReopenReason,
    Source,
    State,
    Title,
    Turn,
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
    begin_note,
    by,
    events,
    into,
    make_case,
    make_colleague,
    opened,
    refused,
    tell,
    timed,
)
from tests.factories import at
from tests.people import make_centre

EVENING = Interval(at("2026-11-23T20:00"), at("2026-11-23T23:00"))


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


def test_a_talk_with_the_chaplain_leaves_no_content_unless_the_client_asks(case, hanna):
    with refused(Refusal.UNASKED):
        write(case, hanna, section=Section.PASTORAL)
    write(case, hanna, section=Section.PASTORAL, words="")
    write(case, hanna, section=Section.PASTORAL, asked=True)
    shown = [line.words for line in access.timeline(opened(case, hanna)) if line.kind is EntryKind.WRITTEN]
    assert sorted(map(str, shown)) == ["", WORDS]


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
    note = begin_note(case, maija)
    actions.sign_note(inside, note=note, **acting)
    task = actions.add_task(inside, doing=Doing(Title.STORAGE_DECISION, Turn(Role.MIDWIFE)), key=uuid4(), **acting)
    actions.finish_task(inside, task=task, **acting)
    actions.depart(inside, visit=visit, leaving=Leaving(), **acting)
    actions.close(inside, reason=CloseReason.ALL_DONE, **acting)
    assert Topic.POLICE_REPORT not in access.facts(opened(case, maija)).picture
    with within(case.centre_id):
        assert (Entry.objects.count(), Fact.objects.count(), Visit.objects.count()) == (7, 2, 1)
