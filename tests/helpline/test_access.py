"""What the desk shows, to whom, and that every look leaves a line."""

import datetime as dt
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404

from poukama.audit.rules import verify
from poukama.centres.access import read_trail
from poukama.core import vault
from poukama.doors.known import Door
from poukama.gate.rules import NOBODY, OPERATOR
from poukama.helpline import access, actions
from poukama.helpline.answers import Words
from poukama.helpline.rules import Measures, Option, Outcome, Paper, Ref
from poukama.roster.rules import Duty
from poukama.staff.rules import Role
from tests.factories import at
from tests.helpline.night import MINUTE, NIGHT, SAFE, Desk, actor, changes
from tests.people import make_member

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def night(desk, **known):
    covers = access.desk(desk.centre, by=desk.by, at=NIGHT).covers
    return access.night(desk.centre, **{"covers": covers, "by": desk.by, "at": NIGHT, **known})


def ended(desk, began, **known):
    """A contact that began then and ended a minute later."""
    ref = desk.begin(began, **known)
    actions.end(ref, key=uuid4(), by=desk.by, at=began + MINUTE)
    return ref


# ── The list ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_list_holds_the_last_day_newest_first_and_whatever_is_still_in_progress(desk):
    old = desk.begin(NIGHT - 30 * HOUR)
    gone = ended(desk, NIGHT - 25 * HOUR)
    first, second = ended(desk, NIGHT - 24 * HOUR), ended(desk, NIGHT - HOUR)
    found = night(desk)
    assert [each.ref for each in found.in_progress] == [old]
    assert [each.ref for each in found.ended] == [second, first]
    assert gone not in [each.ref for each in found.ended]


def test_a_night_has_two_dates_and_the_list_says_what_is_of_this_shift(desk):
    before, evening = ended(desk, at("2026-11-23T21:30")), ended(desk, at("2026-11-23T23:50"))
    assert [each.this_shift for each in night(desk).ended] == [False, False]
    desk.put_on_call(Duty.MIDWIFE, "2026-11-23T22:00", "2026-11-24T08:00")
    assert [(each.ref, each.this_shift) for each in night(desk).ended] == [(evening, True), (before, False)]


def test_the_whole_of_a_shift_that_is_longer_than_a_day_is_shown(desk):
    desk.put_on_call(Duty.MIDWIFE, "2026-11-22T22:00", "2026-11-24T22:00")
    early = ended(desk, at("2026-11-22T23:30"))
    found = night(desk)
    assert found.since == at("2026-11-22T22:00")
    assert [(each.ref, each.this_shift) for each in found.ended] == [(early, True)]


def test_the_list_shows_who_writes_and_the_name_but_no_note(desk):
    ref = desk.begin()
    desk.save(ref, note="Muistiinpano", called_name="Aino", language="sv", age="18-", when="hours_6")
    (mine,) = night(desk).in_progress
    assert (mine.writes, mine.mine, mine.called_name, mine.language) == ("Maija", True, "Aino", "sv")
    assert (mine.suggested, mine.taken, mine.outcome) == (Door.ON_CALL_NOW, None, Outcome.NONE)
    assert "Muistiinpano" not in repr(night(desk))
    (hers,) = night(desk, by=desk.colleague).in_progress
    assert (hers.writes, hers.mine) == ("Maija", False)


def test_calls_are_listed_by_their_time(desk):
    refs = {}
    for due in (NIGHT + 2 * HOUR, None, NIGHT + HOUR):
        refs[due] = desk.begin()
        desk.do(actions.call_back, refs[due], changes=SAFE, due=due)
    assert [call.contact for call in night(desk).call_backs] == [
        refs[None],
        refs[NIGHT + HOUR],
        refs[NIGHT + 2 * HOUR],
    ]


def test_the_list_costs_the_same_however_many_there_are(desk, django_assert_num_queries):
    def fill():
        ref = desk.begin()
        desk.do(actions.call_back, ref, changes=SAFE)
        desk.do(actions.take_door, ref, option=Option.COME_NOW)
        desk.do(actions.tell, ref, duty="doctor")
        ended(desk, NIGHT - HOUR)

    fill()
    with django_assert_num_queries(13):
        access.night(desk.centre, by=desk.by, at=NIGHT)
    for _ in range(5):
        fill()
    with django_assert_num_queries(13):
        access.night(desk.centre, by=desk.by, at=NIGHT)


def test_a_contact_costs_the_same_however_much_hangs_on_it(desk, django_assert_num_queries):
    ref = desk.begin()
    with django_assert_num_queries(9):
        desk.read(ref)
    desk.do(actions.call_back, ref, changes=SAFE)
    for option in (Option.COME_NOW, Option.INFORMATION, Option.COME_NOW):
        desk.do(actions.take_door, ref, option=option)
        desk.do(actions.tell, ref, duty="doctor")
    with django_assert_num_queries(9):
        assert len(desk.read(ref).told) == 3


def test_a_save_costs_the_same_however_many_there_were(desk, django_assert_num_queries):
    ref = desk.begin()
    for number in (1, 2, 3):
        with django_assert_num_queries(6):
            desk.save(ref, number, note="x" * number)


# ── Who may look ─────────────────────────────────────────────────────────────────────────────────────────────


def test_every_look_is_a_line_of_a_chain_that_holds(desk):
    ref = desk.begin()
    night(desk)
    desk.read(ref)
    access.measures(desk.centre, since=NIGHT - HOUR, until=NIGHT, by=desk.colleague, at=NIGHT)
    lines = read_trail(desk.centre, by=OPERATOR, at=NIGHT)
    assert [(line.event, line.target.partition(":")[0], line.actor) for line in lines[-4:]] == [
        ("contact.begun", "helpline.contact", desk.by.key),
        ("contacts.listed", "centres.centre", desk.by.key),
        ("contact.read", "helpline.contact", desk.by.key),
        ("measures.read", "centres.centre", desk.colleague.key),
    ]
    assert verify(lines) is None


READS = {
    "night": lambda desk, ref, by: access.night(desk.centre, by=by, at=NIGHT),
    "contact": lambda desk, ref, by: access.contact(ref, by=by, at=NIGHT),
    "desk": lambda desk, ref, by: access.desk(desk.centre, by=by, at=NIGHT),
    "measures": lambda desk, ref, by: access.measures(desk.centre, since=NIGHT, until=NIGHT, by=by, at=NIGHT),
}


@pytest.mark.parametrize("read", READS)
def test_another_centres_desk_does_not_exist(desk, read):
    other = Desk("laakso", "2")
    for by in (NOBODY, other.colleague):
        with pytest.raises(Http404):
            READS[read](desk, desk.begin(), by)


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.DOCTOR, {"night", "contact", "desk"}),
        (Role.MANAGER, {"measures"}),
        (Role.NATIONAL_STATISTICIAN, {"measures"}),
        (Role.PSYCHOLOGIST, set()),
        (Role.SOCIAL_WORKER, set()),
        (Role.ADMINISTRATOR, set()),
        (Role.PRIVACY_OFFICER, set()),
    ],
)
def test_a_role_reads_what_it_needs(desk, role, allowed):
    ref = desk.begin()
    by = actor(make_member(role, centre=desk.centre, login="other"))
    for read, look in READS.items():
        if read in allowed:
            look(desk, ref, by)
        else:
            with pytest.raises(PermissionDenied):
                look(desk, ref, by)


def test_a_contact_of_another_centre_is_not_found_under_ones_own(desk):
    other = Desk("laakso", "2")
    with pytest.raises(Http404):
        desk.read(Ref(desk.centre.pk, other.begin().id))


def test_a_contact_is_found_among_the_centres_of_whoever_asks(desk):
    other = Desk("laakso", "2")
    ref, theirs = desk.begin(), other.begin()
    centres = (desk.centre, other.centre)
    assert access.find(ref.id, centres, by=desk.by) == ref
    both = actor(make_member(Role.MIDWIFE, centre=desk.centre, login="kaksi"))
    both = type(both)(both.key, {**both.rights, other.centre.pk: both.rights[desk.centre.pk]})
    assert [access.find(each.id, centres, by=both) for each in (ref, theirs)] == [ref, theirs]
    for record, by in ((uuid4(), both), (ref.id, NOBODY)):
        with pytest.raises(Http404):
            access.find(record, centres, by=by)


def test_promised_calls_and_arrivals_are_found_too(desk):
    other = Desk("laakso", "2")
    both = type(desk.by)(desk.by.key, {**desk.by.rights, other.centre.pk: desk.by.rights[desk.centre.pk]})
    ref = desk.begin()
    desk.do(actions.call_back, ref, changes=SAFE)
    desk.do(actions.take_door, ref, option=Option.COME_NOW)
    kept = desk.read(ref)
    for each in (kept.call_backs[0].ref, kept.arrivals[0].ref):
        assert access.find(each.id, (other.centre, desk.centre), by=both) == each


def test_a_screen_stays_open_longer_while_its_owner_writes(desk):
    assert not access.writing(desk.by, (desk.centre,))
    ref = desk.begin()
    assert access.writing(desk.by, (desk.centre,))
    for by in (desk.colleague, NOBODY):
        assert not access.writing(by, (desk.centre,))
    desk.do(actions.end, ref)
    assert not access.writing(desk.by, (desk.centre,))


def test_what_holds_at_a_desk_is_its_pack_and_who_is_on_call(desk):
    assert access.desk(desk.centre, by=desk.by, at=NIGHT).on_call == frozenset()
    laine = make_member(Role.DOCTOR, centre=desk.centre, login="laine", phone="+358500000003")
    desk.put_on_call(Duty.DOCTOR, "2026-11-23T22:00", "2026-11-24T08:00", laine)
    holds = access.desk(desk.centre, by=desk.by, at=NIGHT)
    assert holds.policy.pack.code == "satama"
    assert [(each.duty, each.name, each.phone) for each in holds.covers] == [("doctor", "Laine", "+358500000003")]
    assert holds.on_call == {"doctor"}
    assert access.desk(desk.centre, by=desk.by, at=NIGHT + 6 * HOUR).on_call == frozenset()


def test_whoever_only_needs_the_pack_does_not_ask_who_is_on_call(desk, django_assert_num_queries):
    access.desk(desk.centre, by=desk.by, at=NIGHT)
    with django_assert_num_queries(2):
        assert access.desk(desk.centre, by=desk.by, at=NIGHT).policy.pack.code == "satama"


# ── A key that is gone ───────────────────────────────────────────────────────────────────────────────────────


def test_a_contact_whose_key_is_destroyed_stays_in_the_list_and_says_that_it_cannot_be_read(desk):
    gone, other = desk.begin(), desk.begin()
    for ref in (gone, other):
        desk.save(ref, note="sanat", called_name="Aino")
    vault.destroy_key(desk.centre.pk, gone.id)
    assert {each.ref: each.called_name for each in night(desk).in_progress} == {gone: "", other: "Aino"}
    opened = desk.read(gone)
    assert (opened.unreadable, opened.words) == (True, Words())
    assert not desk.read(other).unreadable


def test_each_contact_has_a_key_of_its_own_outside_the_database(desk):
    refs = [desk.begin() for _ in range(2)]
    keys = [path.stem for path in Path(settings.KEYS, str(desk.centre.pk)).rglob("*.key")]
    assert {ref.id.hex for ref in refs} <= set(keys)


# ── Measures ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_measures_are_counts_without_content(desk):
    for moment, language in ((at("2026-11-23T23:30"), "sv"), (at("2026-11-24T02:10"), "fi")):
        ref = desk.begin(moment)
        actions.save(ref, changes=changes(language=language), writer=uuid4(), number=1, by=desk.by, at=moment)
        actions.end(ref, key=uuid4(), by=desk.by, at=moment + 10 * MINUTE)
    actions.hang_up(desk.begin(NIGHT), key=uuid4(), by=desk.by, at=NIGHT + MINUTE)
    paper = Paper(at("2026-11-24T02:00"), at("2026-11-24T02:01"), changes(), answered=False)
    actions.enter_late(desk.centre, record=uuid4(), paper=paper, by=desk.by, at=NIGHT)
    desk.begin(at("2026-11-24T02:12"))
    found = access.measures(
        desk.centre, since=at("2026-11-23T20:00"), until=at("2026-11-24T06:00"), by=desk.colleague, at=NIGHT + HOUR
    )
    assert found == Measures(
        offered=4,
        answered=3,
        silent=1,
        length=20 * MINUTE,
        hours={2: 3, 23: 1},
        languages={"fi": 1, "sv": 1, "": 2},
        outcomes={Outcome.NONE: 2, Outcome.EMPTY: 1, Outcome.UNANSWERED: 1},
    )


def test_a_period_holds_its_beginning_and_not_its_end(desk):
    ended(desk, NIGHT)
    for since, until, offered in ((NIGHT, NIGHT + HOUR, 1), (NIGHT - HOUR, NIGHT, 0)):
        found = access.measures(desk.centre, since=since, until=until, by=desk.colleague, at=NIGHT + HOUR)
        assert found.offered == offered


def test_a_period_without_contacts_is_all_noughts(desk):
    found = access.measures(desk.centre, since=NIGHT, until=NIGHT + HOUR, by=desk.colleague, at=NIGHT)
    assert found == Measures(0, 0, 0, dt.timedelta(), {}, {}, {})
