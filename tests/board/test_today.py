"""The board of today: what is most important first, four columns, codes only, and light however long the lists."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from poukama.cases import actions
from poukama.cases.rules import Doing, Title, Turn
from poukama.helpline import actions as helpline
from poukama.helpline.rules import Option
from poukama.premises.rules import Outcome, Verb
from poukama.roster.actions import add_shift
from poukama.roster.rules import Duty, Span
from poukama.staff.rules import Role
from tests.board.night import HEALTH, MORNING, OWN, SOCIAL, STORY, THERAPY, code_of
from tests.cases.working import AT, HOUR, break_glass, by, into, make_case, make_colleague, now
from tests.helpline.night import Desk
from tests.people import make_centre, sign_in
from tests.premises.writing import room_line, write_room

pytestmark = pytest.mark.usefixtures("plain_static")
DAY = 24 * HOUR
BOARD, WALL = "/s/tanaan", "/s/tanaan/seina"


@pytest.fixture(autouse=True)
def in_the_morning(at_night, monkeypatch):
    """The clock of every page stands at ten past eight."""
    monkeypatch.setattr("poukama.core.clock.now", lambda: MORNING)


def read(member, address=BOARD) -> str:
    answer = sign_in(Client(), member).get(address)
    assert answer.status_code == 200
    page: str = answer.text
    return page


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def part(page: str, name: str) -> str:
    """The words of one section of the page."""
    return plain(page.partition(f'aria-labelledby="{name}">')[2].partition("</section>")[0])


def cover(centre, planner, member, duty, begins, ends) -> None:
    span = Span(begins, ends)
    add_shift(centre, key=uuid4(), duty=duty, member=member, span=span, by=by(planner, MORNING), at=MORNING)


def test_whoever_came_at_night_stands_on_the_next_mornings_board(made, staff):
    page = read(staff.kaisa)
    code = code_of(made.case, staff.kaisa)
    assert f"{code} Tuli yöllä, ti 24.11. klo 03.20. Jotain on vielä kesken." in part(page, "first")
    assert f"{code} huone 1 alkaen klo 03.20, läheinen" in part(page, "here")
    assert f"{code} tänään Mukaan annettava suunnitelma, kätilö" in part(page, "ours")
    assert f"{code} pe 27.11. klo 10.00 Seuranta, Pia Peltola" in part(page, "week")


def test_it_holds_no_name_and_no_word_of_a_case(made, staff):
    for address in (BOARD, WALL):
        page = read(staff.kaisa, address)
        assert [word for word in ("Aino", STORY, HEALTH, OWN, THERAPY, SOCIAL) if word in page] == []


def test_a_gap_stands_first_and_leads_to_where_it_is_filled(centre, staff):
    page = read(staff.kaisa)
    assert part(page, "first").index("Ei päivystäjää: Kätilö") < 400
    assert "/s/paivystys/vuoro?tehtava=midwife" in page
    assert "/s/paivystys?viikko=2026-W48" in read(staff.maija)


def test_a_gap_of_next_week_is_not_there_and_who_is_on_call_is(centre, staff):
    for duty, member in ((Duty.MIDWIFE, staff.maija), (Duty.DOCTOR, staff.laine)):
        cover(centre, staff.kaisa, member, duty, MORNING - HOUR, MORNING + 7 * DAY)
    page = read(staff.kaisa)
    assert "Ei mitään, mitä nämä säännöt nostaisivat." in part(page, "first")
    assert "Kätilö Maija Marttila" in plain(page)
    assert "Lääkäri Leena Laine" in plain(page)


def test_a_late_task_and_an_emergency_opening_stand_first_by_their_rules(made, staff, centre):
    doing = Doing(Title.STATEMENT, Turn(Role.DOCTOR), due=AT + HOUR)
    other = make_case(staff.maija, centre)
    actions.add_task(into(other, staff.maija), doing=doing, key=uuid4(), **now(staff.maija))
    third = make_case(staff.maija, centre)
    break_glass(third, make_colleague(Role.MIDWIFE, centre, "ilona"))
    first = part(read(staff.kaisa), "first")
    assert f"{code_of(other, staff.kaisa)} Lausunto, määräpäivä klo 04.20 lääkäri" in first
    assert f"{code_of(third, staff.kaisa)} Hätäavaus, katsottava viimeistään ke 25.11." in first
    assert "Hätäavaus" not in read(staff.maija)


def test_only_five_stand_first_and_the_others_are_counted(staff, centre):
    for _ in range(7):
        doing = Doing(Title.STATEMENT, Turn(Role.DOCTOR), due=AT)
        actions.add_task(
            into(make_case(staff.maija, centre), staff.maija), doing=doing, key=uuid4(), **now(staff.maija)
        )
    page = read(staff.kaisa)
    assert page.partition('<ol class="first">')[2].partition("</ol>")[0].count("<li") == 5
    assert "ja 3 muuta palstoissa" in page


def test_a_column_shows_the_first_of_many_and_counts_them(staff, centre):
    for _ in range(10):
        doing = Doing(Title.INTERPRETER, Turn(Role.MIDWIFE))
        actions.add_task(
            into(make_case(staff.maija, centre), staff.maija), doing=doing, key=uuid4(), **now(staff.maija)
        )
    ours = part(read(staff.kaisa), "ours")
    assert "Odottaa meitä 10" in ours
    assert ours.endswith("ja 2 muuta")


def test_a_list_that_is_cut_has_a_plus(staff, centre, made, monkeypatch):
    monkeypatch.setattr("poukama.cases.today.MOST", 1)
    doing = Doing(Title.INTERPRETER, Turn(Role.MIDWIFE))
    actions.add_task(into(made.case, staff.maija), doing=doing, key=uuid4(), **now(staff.maija))
    assert "Odottaa meitä 1+" in part(read(staff.kaisa), "ours")


@pytest.mark.django_db
def test_whoever_is_on_the_way_stands_there_by_time_and_language_for_the_desk_alone():
    desk = Desk()
    ref = desk.begin()
    desk.save(ref, called_name="Aino", language="sv", interpreter=True)
    desk.do(helpline.take_door, ref, option=Option.COME_NOW)
    sini = make_colleague(Role.SOCIAL_WORKER, desk.centre)
    coming = part(read(desk.maija), "coming")
    assert coming.startswith("Tulossa 1 klo 02.1")
    assert coming.endswith("ruotsi tulkki")
    assert "Aino" not in read(desk.maija)
    assert "Tulossa 0" in part(read(sini), "coming")


def test_each_role_sees_what_its_walls_let_through(made, staff):
    assert "Mukaan annettava suunnitelma" in read(staff.sini)
    hannas = read(staff.hanna)
    assert "Mukaan annettava suunnitelma" not in hannas
    assert "ei näy roolissasi" not in hannas
    assert part(hannas, "coming").endswith("Tulossa 0 Ketään ei ole tulossa.")


def test_an_empty_day_says_so_and_every_room_is_free(centre, staff):
    page = read(staff.kaisa)
    assert part(page, "here") == "Täällä nyt 0 Ei ketään täällä. vapaa huone 1 vapaa huone 2 vapaa huone 3"
    assert "Mitään ei odota." in part(page, "ours")


def test_the_wall_has_codes_and_counts_and_leads_nowhere_else(made, staff):
    page = read(staff.kaisa, WALL)
    assert code_of(made.case, staff.kaisa) in page
    assert "/s/t/" not in page
    assert "Pia" not in page


def test_a_room_that_is_to_be_cleaned_or_is_locked_says_so_to_whoever_may_read_the_log(centre, staff):
    for room, verb in (("1", Verb.LEFT), ("2", Verb.LOCKED)):
        write_room(centre, staff.maija, room_line(verb, room=room, at=AT), at=AT)
    write_room(centre, staff.maija, room_line(Verb.CLEANED, Outcome.PASSED, room="3", at=AT), at=AT)
    assert part(read(staff.kaisa), "here").endswith("puhdistettava huone 1 lukittu huone 2 vapaa huone 3")
    assert part(read(staff.pia), "here").endswith("vapaa huone 1 vapaa huone 2 vapaa huone 3")


def test_another_centres_day_is_another(made):
    oona = make_colleague(Role.MIDWIFE_COORDINATOR, make_centre("laakso"), "oona")
    assert "/s/t/" not in read(oona)


def test_whoever_reads_no_cases_has_no_board(centre, staff):
    mirka = make_colleague(Role.MANAGER, centre, "mirka")
    for address in (BOARD, WALL):
        assert sign_in(Client(), mirka).get(address).status_code == 403


def test_it_takes_as_many_queries_with_thirty_cases_as_with_three(staff, centre):
    browser, counts = sign_in(Client(), staff.kaisa), []
    browser.get(BOARD)
    for number in (3, 27):
        for _ in range(number):
            write_room(centre, staff.maija, room_line(at=AT), at=AT)
            case = make_case(staff.maija, centre)
            actions.arrive(into(case, staff.maija), room="1", key=uuid4(), **now(staff.maija))
            for title in (Title.PLAN, Title.FOLLOW_UP):
                doing = Doing(title, Turn(Role.MIDWIFE), due=AT)
                actions.add_task(into(case, staff.maija), doing=doing, key=uuid4(), **now(staff.maija))
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(BOARD)
        counts.append(len(queries))
        assert len(page.content) < 60_000
    assert counts[0] == counts[1]
