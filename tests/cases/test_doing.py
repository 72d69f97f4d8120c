"""What is done in a case by its pages: once however often it is sent, refused in words, and never across a wall."""

from uuid import UUID, uuid4

import pytest
from django.test import Client

from poukama.cases import access, actions
from poukama.cases.models import Case, Entry, Presence, Task, TeamMember, Visit
from poukama.cases.rules import CloseReason, Doing, Title, Turn
from poukama.cases.walls import Section
from poukama.gate.scope import within
from poukama.staff.rules import Role
from tests.cases.working import AT, break_glass, into, make_case, make_colleague, now, on_call, opened
from tests.people import make_centre, sign_in

pytestmark = pytest.mark.usefixtures("plain_static")
WORDS = "juttelimme hetken"


@pytest.fixture(autouse=True)
def at_night(monkeypatch):
    """The clock of every page stands at twenty past three."""
    monkeypatch.setattr("poukama.core.clock.now", lambda: AT)


def send(member, case: Case, path: str, /, **given):
    return sign_in(Client(), member).post(f"/s/t/{case.pk}/{path}", {"key": uuid4(), **given})


def show(member, case: Case, path: str):
    return sign_in(Client(), member).get(f"/s/t/{case.pk}/{path}")


def rows(kind, case: Case):
    with within(case.centre_id):
        return list(kind.objects.filter(case=case))


def done(answer, case: Case) -> bool:
    return (answer.status_code, answer.headers.get("Location")) == (302, f"/s/t/{case.pk}")


# ── The timeline ─────────────────────────────────────────────────────────────────────────────────────────────


def test_an_entry_is_written_into_its_section_once_however_often_it_is_sent(case, maija):
    key = uuid4()
    for _ in range(2):
        assert done(send(maija, case, "merkinta", key=key, section="health", words=WORDS), case)
    lines = [line for line in access.timeline(opened(case, maija)) if line.words == WORDS]
    assert [(line.id, line.section) for line in lines] == [(key, Section.HEALTH)]


def test_an_entry_without_words_says_so_and_keeps_what_was_chosen(case, maija):
    answer = send(maija, case, "merkinta", section="health", words=" ")
    assert answer.status_code == 422
    assert "checked" in answer.text
    assert 'class="error"' in answer.text


def test_only_the_sections_that_one_writes_are_offered_and_another_is_forbidden(case, maija):
    assert 'value="psychological"' not in show(maija, case, "merkinta").text
    assert send(maija, case, "merkinta", section="psychological", words=WORDS).status_code == 403
    assert send(maija, case, "merkinta", section="odd", words=WORDS).status_code == 422


def test_the_chaplain_writes_words_only_if_the_client_asked(case, hanna):
    answer = send(hanna, case, "merkinta", section="pastoral", words=WORDS)
    assert (answer.status_code, WORDS in answer.text) == (422, True)
    assert done(send(hanna, case, "merkinta", section="pastoral", words=WORDS, asked="on"), case)
    assert done(send(hanna, case, "merkinta", section="pastoral"), case)


def test_a_correction_stands_in_the_section_of_what_it_corrects(case, maija):
    key = uuid4()
    send(maija, case, "merkinta", key=key, section="health", words=WORDS)
    assert show(maija, case, f"merkinta/{key}/korjaus").status_code == 200
    assert send(maija, case, f"merkinta/{key}/korjaus", words="").status_code == 422
    assert done(send(maija, case, f"merkinta/{key}/korjaus", words="kaksi hetkeä"), case)
    lines = access.timeline(opened(case, maija))
    assert [(line.corrects, line.section) for line in lines if line.words == "kaksi hetkeä"] == [(key, Section.HEALTH)]


def test_an_entry_behind_a_wall_is_not_corrected(case, maija, hanna):
    key = uuid4()
    send(hanna, case, "merkinta", key=key, section="pastoral", words=WORDS, asked="on")
    assert send(maija, case, f"merkinta/{key}/korjaus", words=WORDS).status_code == 403


# ── Tasks ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_task_has_whose_turn_it_is_and_is_late_after_its_day(case, maija):
    given = {"title": "plan", "section": "identity"}
    assert done(send(maija, case, "tehtava", turn="doctor", due="2026-11-24", **given), case)
    assert done(send(maija, case, "tehtava", turn="me", **given), case)
    tasks = access.tasks(opened(case, maija))
    assert [task.turn for task in tasks] == [Role.DOCTOR, "Maija"]
    assert tasks[0].due is not None
    assert tasks[0].due.astimezone(AT.tzinfo).isoformat().startswith("2026-11-25T00:00")


def test_something_else_needs_words_and_a_task_across_a_wall_is_forbidden(case, maija, hanna):
    given = {"section": "identity", "turn": "me"}
    assert send(maija, case, "tehtava", title="other", **given).status_code == 422
    assert done(send(maija, case, "tehtava", title="other", words="avain palautetaan", **given), case)
    assert send(maija, case, "tehtava", title="stop_and_recall", **given).status_code == 422
    assert send(hanna, case, "tehtava", title="plan", **given).status_code == 403
    assert 'value="plan"' not in show(hanna, case, "tehtava").text


def test_a_task_is_done_once_and_one_behind_a_wall_is_forbidden(case, maija, hanna):
    doing = Doing(Title.PLAN, Turn(Role.MIDWIFE))
    task = actions.add_task(into(case, maija), doing=doing, key=uuid4(), **now(maija))
    assert send(hanna, case, f"tehtava/{task.pk}/tehty").status_code == 403
    assert show(maija, case, f"tehtava/{task.pk}/tehty").status_code == 200
    for _ in range(2):
        assert done(send(maija, case, f"tehtava/{task.pk}/tehty"), case)
    assert [row.done_by_id for row in rows(Task, case)] == [maija.pk]


# ── Visits ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_visit_goes_from_arrival_by_way_of_who_is_there_to_departure(case, maija, hanna):
    assert "huone" in show(maija, case, "saapui").text.lower()
    assert send(maija, case, "saapui", room="cellar").status_code == 422
    assert done(send(maija, case, "saapui", room="2"), case)
    assert send(maija, case, "saapui").status_code == 422
    (visit,) = rows(Visit, case)
    there = f"kaynti/{visit.pk}/lasna"
    assert "Hanna" in show(maija, case, there).text
    assert send(maija, case, there, who="staff").status_code == 422
    assert send(maija, case, there, who="staff", member="999999").status_code == 422
    assert done(send(maija, case, there, who="staff", member=hanna.pk), case)
    assert done(send(maija, case, there, who="companion", words="sisko"), case)
    assert len(rows(Presence, case)) == 2
    assert show(maija, case, f"kaynti/{visit.pk}/lahti").status_code == 200
    for _ in range(2):
        assert done(send(maija, case, f"kaynti/{visit.pk}/lahti", whereto="friend"), case)
    (visit,) = rows(Visit, case)
    assert (visit.room, visit.whereto, visit.departed_at) == ("2", "friend", AT)


def test_whoever_may_only_read_who_the_client_is_writes_no_visit(case, hanna):
    assert send(hanna, case, "saapui").status_code == 403


# ── The team, closing, opening again ─────────────────────────────────────────────────────────────────────────


def seat_of(member, role: Role) -> str:
    return f"{member.pk}:{role}"


def test_whoever_is_on_duty_joins_the_team_and_whoever_broke_the_glass_does_not(case, centre, kaisa):
    ilona = make_colleague(Role.MIDWIFE, centre, "ilona")
    break_glass(case, ilona)
    seat = seat_of(ilona, Role.MIDWIFE)
    assert send(ilona, case, "tiimiin", seat=seat).status_code == 422
    on_call(centre, ilona, kaisa)
    assert "Ilona, kätilö" in show(ilona, case, "tiimiin").text
    assert send(ilona, case, "tiimiin", seat=seat_of(ilona, Role.DOCTOR)).status_code == 422
    assert done(send(ilona, case, "tiimiin", seat=seat), case)
    assert ilona.pk in [row.member_id for row in rows(TeamMember, case)]


def test_a_colleague_is_put_on_the_team_once_and_taken_off_it(case, centre, maija):
    laine = make_colleague(Role.DOCTOR, centre, "laine")
    for _ in range(2):
        assert done(send(maija, case, "tiimiin", seat=seat_of(laine, Role.DOCTOR)), case)
    (seat,) = [row for row in rows(TeamMember, case) if row.member_id == laine.pk]
    assert f"/tiimista/{seat.pk}" in show(maija, case, "tiimi").text
    for _ in range(2):
        assert done(send(maija, case, f"tiimista/{seat.pk}"), case)
    assert show(laine, case, "tiimi").status_code == 302


def test_the_coordinator_puts_a_colleague_on_a_team_without_being_let_in(case, centre, kaisa, maija):
    ilona = make_colleague(Role.MIDWIFE, centre, "ilona")
    assert f"/s/t/{case.pk}/tiimiin/muu" in show(kaisa, case, "lasi").text
    assert "Kaisa" not in show(kaisa, case, "tiimiin/muu").text.partition("<form")[2]
    assert send(kaisa, case, "tiimiin/muu").status_code == 422
    assert send(kaisa, case, "tiimiin/muu", seat=seat_of(ilona, Role.MIDWIFE)).status_code == 302
    assert show(ilona, case, "tiimi").status_code == 200
    assert show(kaisa, case, "tiimi").status_code == 302
    assert show(maija, case, "tiimiin/muu").status_code == 403
    actions.close(into(case, maija), reason=CloseReason.ALL_DONE, **now(maija))
    refused = send(kaisa, case, "tiimiin/muu", seat=seat_of(ilona, Role.MIDWIFE))
    assert (refused.status_code, "päätetty" in refused.text) == (422, True)


def test_a_case_is_closed_with_a_reason_refuses_everything_in_words_and_is_opened_again(case, maija):
    assert show(maija, case, "sulje").status_code == 200
    assert send(maija, case, "sulje").status_code == 422
    assert done(send(maija, case, "sulje", reason="all_done"), case)
    assert "Asiakkuus on päätetty" in show(maija, case, "merkinta").text
    refused = send(maija, case, "merkinta", section="health", words=WORDS)
    assert (refused.status_code, WORDS in refused.text) == (422, True)
    assert "Asiakkuus on päätetty" in refused.text
    assert show(maija, case, "avaa").status_code == 200
    assert done(send(maija, case, "avaa", reason="samples"), case)
    assert done(send(maija, case, "merkinta", section="health", words=WORDS), case)


def test_a_case_is_not_closed_while_the_client_is_here(case, maija):
    send(maija, case, "saapui")
    assert send(maija, case, "sulje", reason="all_done").status_code == 422


def test_only_midwives_close_a_case(case, hanna):
    assert send(hanna, case, "sulje", reason="all_done").status_code == 403


# ── From outside ─────────────────────────────────────────────────────────────────────────────────────────────

PATHS = ("merkinta", "tehtava", "saapui", "tiimiin", "sulje", "avaa")


@pytest.mark.parametrize("path", PATHS)
def test_whoever_is_not_let_in_is_led_to_the_glass_and_nothing_is_written(case, centre, path):
    ilona = make_colleague(Role.MIDWIFE, centre, "ilona")
    before = len(rows(Entry, case))
    answer = send(ilona, case, path, section="health", words=WORDS, reason="all_done", role="midwife", turn="me")
    assert answer.headers["Location"] == f"/s/t/{case.pk}/lasi"
    assert len(rows(Entry, case)) == before


@pytest.mark.parametrize("path", PATHS)
def test_a_case_of_another_centre_is_not_there(case, path):
    oona = make_colleague(Role.MIDWIFE, make_centre("laakso"), "oona")
    assert send(oona, case, path).status_code == show(oona, case, path).status_code == 404


def test_a_row_of_another_case_is_not_there(case, centre, maija):
    other = make_case(maija, centre)
    actions.arrive(into(other, maija), key=other.pk, **now(maija))
    doing = Doing(Title.PLAN, Turn(Role.MIDWIFE))
    task: UUID = actions.add_task(into(other, maija), doing=doing, key=uuid4(), **now(maija)).pk
    for path in (f"kaynti/{other.pk}/lasna", f"kaynti/{other.pk}/lahti", f"tehtava/{task}/tehty"):
        assert send(maija, case, path, who="companion", whereto="home").status_code == 404


def test_a_closed_case_takes_no_task_done(case, maija):
    doing = Doing(Title.PLAN, Turn(Role.MIDWIFE))
    task = actions.add_task(into(case, maija), doing=doing, key=uuid4(), **now(maija))
    actions.close(into(case, maija), reason=CloseReason.ALL_DONE, **now(maija))
    assert send(maija, case, f"tehtava/{task.pk}/tehty").status_code == 422


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_task_by_a_day_at_the_end_of_all_days_is_refused_beside_the_field(case, maija, day):
    answer = send(maija, case, "tehtava", title="plan", section="health", turn="doctor", due=day, words="kissa")
    assert answer.status_code == 422
    assert "kissa" in answer.text
    assert "due_error" in answer.text
