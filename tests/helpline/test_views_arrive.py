"""S06 without a script: somebody has come, is looked for, and is received."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from poukama.audit import trail
from poukama.cases.models import Visit
from poukama.clients.actions import shut_out
from poukama.clients.models import Client as ClientRow
from poukama.gate.scope import within
from poukama.helpline import actions
from poukama.helpline.rules import Option, Ref
from poukama.roster.rules import Duty
from poukama.staff.rules import Role
from tests.helpline.arrivals import CAME, REACHED, client_of, on_the_way, read, receive
from tests.helpline.arriving_browser import ARRIVE, asked, cases_of, form_of, only, press
from tests.helpline.browser import DESK, first, stop_clock
from tests.helpline.night import Desk
from tests.people import make_member, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]
TEAM = re.compile(r"/s/t/([0-9a-f-]{36})")


@pytest.fixture
def desk(monkeypatch) -> Desk:
    stop_clock(monkeypatch, CAME)
    return Desk()


@pytest.fixture
def maija(desk) -> Client:
    return sign_in(Client(), desk.maija)


# ── From the desk ────────────────────────────────────────────────────────────────────────────────────────────


def test_whoever_is_expected_leads_to_the_page_of_their_arrival(desk, maija):
    contact = on_the_way(desk)
    html = maija.get(DESK).content.decode()
    assert f'href="{ARRIVE}?yhteydenotto={contact.id}">On tullut</a>' in html


def test_what_was_told_is_shown_and_stands_in_the_form(desk, maija):
    html = asked(maija, on_the_way(desk, **REACHED))
    told = html[html.index('class="told"') : html.index("</section>")]
    for word in ("Aino", "ruotsi", "3–6 h sitten", "18+", "hoito", "Sisko ajaa.", "050 000 0009", "Kirjasto"):
        assert word in told
    assert "Sama" not in told
    form = form_of(html)
    assert (form["called"], form["language"], form["way-address"]) == (["Aino"], ["sv"], ["050 000 0009"])
    assert (form["way-begins"], form["way-ends"], form["opens_way"]) == (["18.00"], ["20.00"], ["on"])


def test_what_was_not_asked_is_not_shown_as_told(desk, maija):
    html = asked(maija, on_the_way(desk, neck="not_asked"))
    assert "kaulalle" not in html


def test_one_press_opens_the_case_and_leads_to_it(desk, maija):
    contact = on_the_way(desk, **REACHED)
    answer = press(maija, contact, company=["sibling"], room="1")
    assert answer.status_code == 303
    case = only(desk)
    assert answer["Location"] == f"/s/t/{case.pk}"
    person = client_of(desk, case)
    assert (person.head.identity.called, person.head.ways[0].hours.expression) == (
        "Aino",
        "Mo,Tu,We,Th,Fr,Sa,Su 18:00-20:00",
    )
    assert read(desk, case).visits[0].room == "1"


def test_a_press_sent_three_times_is_one_case_and_leads_to_it_each_time(desk, maija):
    contact = on_the_way(desk)
    form = {**form_of(asked(maija, contact)), "do": "open"}
    assert {maija.post(ARRIVE, form)["Location"] for _ in range(3)} == {f"/s/t/{only(desk).pk}"}


def test_whoever_came_is_here_since_the_page_was_opened(desk, maija, monkeypatch):
    form = form_of(asked(maija))
    stop_clock(monkeypatch, CAME.replace(minute=24))
    maija.post(ARRIVE, {**form, "do": "open"})
    with within(desk.centre.pk):
        assert Visit.objects.get().arrived_at == CAME


def test_somebody_who_wants_no_case_has_come_all_the_same(desk, maija):
    html = asked(maija, on_the_way(desk))
    answer = maija.post(first(rf'action="({DESK}/tulija/[^"]+)"', html), {"state": "met"})
    assert answer.status_code == 303
    assert "Ketään ei ole tulossa." in maija.get(DESK).content.decode()
    assert cases_of(desk) == []


def test_an_attached_contact_leads_to_its_case_from_every_page_of_its_own(desk, maija):
    contact = on_the_way(desk)
    case = receive(desk, contact)
    for address in (f"{ARRIVE}?yhteydenotto={contact.id}", f"{DESK}/{contact.id}", f"{DESK}/{contact.id}/tuloste"):
        answer = maija.get(address)
        assert (answer.status_code, answer["Location"]) == (303, f"/s/t/{case.pk}"), address
    html = maija.get(DESK).content.decode()
    assert "Aino" not in html
    assert f'href="/s/t/{case.pk}">{client_of(desk, case).head.code}</a>' in html


def test_for_whom_there_is_no_such_client_the_desk_names_no_case(desk, maija):
    case = receive(desk, on_the_way(desk))
    with within(desk.centre.pk):
        client = ClientRow.objects.get(pk=case.client_id)
    shut_out(client, member=desk.ilona, by=desk.by, at=CAME)
    html = sign_in(Client(), desk.ilona).get(DESK).content.decode()
    assert "asiakkuudessa" in html
    assert str(case.pk) not in html


def test_a_promised_call_of_an_attached_contact_says_where_the_number_is(desk, maija):
    ref = desk.begin()
    desk.save(ref, **REACHED)
    desk.do(actions.take_door, ref, option=Option.CALL_BACK)
    desk.do(actions.end, ref)
    receive(desk, ref)
    html = maija.get(DESK).content.decode()
    assert "Numero on asiakkuudessa." in html
    assert "050 000 0009" not in html


# ── From nothing ─────────────────────────────────────────────────────────────────────────────────────────────


def test_whoever_comes_from_nothing_needs_no_name(desk, maija):
    assert press(maija).status_code == 303
    assert client_of(desk, only(desk)).head.identity.called == ""


def test_a_called_name_is_enough(desk, maija):
    assert press(maija, called=" Vieno ").status_code == 303
    assert client_of(desk, only(desk)).head.identity.called == "Vieno"


def test_an_earlier_contact_is_chosen_by_its_place_in_the_list(desk, maija):
    contact = on_the_way(desk)
    desk.begin()
    html = asked(maija)
    assert html.count("?yhteydenotto=") == 1
    assert f'href="{ARRIVE}?yhteydenotto={contact.id}">Puhelu klo 02.14</a>' in html
    assert "Sisko" not in html


def test_another_place_that_asks_is_chosen_by_its_name(desk, maija):
    assert "Satamasairaalan päivystys" in asked(maija)
    press(maija, asked_by="children")
    assert only(desk).asked_by == "children"


def test_another_place_may_have_no_name_in_the_pack(desk, maija):
    press(maija, asked_by="elsewhere")
    assert (only(desk).kind, only(desk).asked_by) == ("for_another", "")


# ── Looked for first ─────────────────────────────────────────────────────────────────────────────────────────


def searched(desk: Desk) -> int:
    with within(desk.centre.pk):
        return [line.event for line in trail.lines(desk.centre.pk)].count("clients.searched")


def test_a_search_says_the_least_and_keeps_what_was_typed(desk, maija):
    case = receive(desk, called="Vieno")
    answer = press(maija, do="search", sought="vieno", called="Vieno", company=["friend"], room="2")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert client_of(desk, case).head.code in html
    assert "Ei kukaan näistä: avaa uusi asiakkuus" in html
    form = form_of(html)
    assert (form["called"], form["company"], form["room"]) == (["Vieno"], ["friend"], ["2"])
    assert searched(desk) == 1
    assert len(cases_of(desk)) == 1


def test_a_search_without_words_of_its_own_is_for_the_called_name(desk, maija):
    receive(desk, called="Vieno")
    assert "Ei kukaan näistä" in press(maija, do="search", called="Vieno").content.decode()


def test_nobody_found_is_said_and_a_case_can_be_opened(desk, maija):
    html = press(maija, do="search", sought="Vieno").content.decode()
    assert "Ei osumia." in html
    assert "Avaa asiakkuus" in html


def test_a_case_that_is_not_open_to_the_reader_is_a_code_and_the_way_to_the_glass(desk, maija):
    case = receive(desk, called="Vieno", by=desk.colleague)
    html = press(maija, do="search", sought="Vieno").content.decode()
    hit = html[html.index('role="status">') :][:700]
    assert f'href="/s/t/{case.pk}/lasi"' in hit
    assert "Vieno" not in hit
    assert 'value="here:' not in html
    answer = press(maija, do=f"here:{case.pk}")
    assert (answer.status_code, answer["Location"]) == (302, f"/s/t/{case.pk}/lasi")


def test_whoever_is_on_duty_finds_it_open(desk, maija):
    receive(desk, called="Vieno", by=desk.colleague)
    desk.put_on_call(Duty.MIDWIFE, "2026-11-24T02:00", "2026-11-24T08:00")
    assert "/lasi" not in press(maija, do="search", sought="Vieno").content.decode()


def test_a_number_that_was_told_is_looked_for_when_the_page_opens_and_a_name_is_not(desk, maija):
    press(maija, on_the_way(desk, **REACHED))
    asked(maija, on_the_way(desk))
    assert searched(desk) == 1
    html = asked(maija, on_the_way(desk, **REACHED))
    assert client_of(desk, only(desk)).head.code in html
    assert searched(desk) == 2


def test_what_was_told_goes_into_the_case_that_was_found(desk, maija):
    case, contact = receive(desk), on_the_way(desk)
    answer = press(maija, contact, do=f"attach:{case.pk}")
    assert answer["Location"] == f"/s/t/{case.pk}"
    assert len(read(desk, case).visits) == 1
    assert len(cases_of(desk)) == 1


def test_whoever_is_in_the_case_that_was_found_is_not_received_a_second_time(desk, maija):
    case, contact = receive(desk), on_the_way(desk)
    answer = press(maija, contact, do=f"here:{case.pk}", called="Vieno")
    assert answer.status_code == 422
    assert "Asiakas on jo täällä" in answer.content.decode()
    assert form_of(answer.content.decode())["called"] == ["Vieno"]


# ── Who may ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_another_centres_contact_and_case_are_not_there(desk, maija):
    laakso = Desk("laakso", "2")
    contact, case = on_the_way(laakso), receive(laakso)
    assert maija.get(ARRIVE, {"yhteydenotto": contact.id}).status_code == 404
    assert maija.get(ARRIVE, {"yhteydenotto": uuid4()}).status_code == 404
    form = form_of(asked(maija))
    for changes in ({"contact": contact.id}, {"do": f"here:{case.pk}"}, {"contact": uuid4()}):
        assert maija.post(ARRIVE, {**form, "do": "open", **changes}).status_code == 404, changes
    assert cases_of(desk) == []


def test_only_the_desk_receives(desk):
    laine = make_member(Role.DOCTOR, centre=desk.centre, login="laine")
    assert sign_in(Client(), laine).get(ARRIVE).status_code == 403


def test_the_page_costs_the_same_however_much_there_is(desk, maija):
    def queries(contact: Ref | None = None) -> int:
        with CaptureQueriesContext(connection) as asked_of:
            asked(maija, contact)
        return len(asked_of)

    contact = on_the_way(desk)
    receive(desk, on_the_way(desk))
    queries()
    told, nothing = queries(contact), queries()
    assert max(told, nothing) <= 24
    for _ in range(3):
        on_the_way(desk, **REACHED)
        receive(desk, on_the_way(desk))
    assert (queries(contact), queries()) == (told, nothing)


def test_the_page_is_light_and_names_nobody_in_its_title(desk, maija):
    html = asked(maija, on_the_way(desk, **REACHED))
    assert len(html) <= 60_000
    assert "Aino" not in html[: html.index("</head>")]
    with within(desk.centre.pk):
        assert not Visit.objects.exists()
