"""A contact in progress without a script: what its page shows, and what a pressed button does."""

import re
from typing import Any
from uuid import uuid4

import pytest

from poukama.helpline.answers import ANSWERS, WORDS
from poukama.staff.rules import Role
from tests.helpline.browser import DESK, Browser, first, stop_clock
from tests.helpline.night import NIGHT, Desk
from tests.people import make_centre, make_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]
PAGES = (DESK, f"{DESK}/lomake", f"{DESK}/myohemmin")


@pytest.fixture
def desk(monkeypatch):
    stop_clock(monkeypatch, NIGHT)
    return Desk()


@pytest.fixture
def maija(desk):
    return Browser(desk.maija)


@pytest.fixture
def ilona(desk):
    return Browser(desk.ilona)


# ── A contact in progress ────────────────────────────────────────────────────────────────────────────────────


def test_the_note_stands_first_after_the_head_and_the_duty_before_what_is_wanted(maija):
    html = maija.open(maija.begin())
    order = maija.order()
    assert order.index("note") < min(map(order.index, ("safe_now", "neck", "when", "age", "wants")))
    assert 'name="note" autofocus' in html
    assert html.index('class="duty"') < html.index('name="suicidal"') < html.index('name="wants"')


def test_the_neck_is_always_asked_about_and_a_safe_contact_starts_at_none(maija):
    maija.open(maija.begin())
    form = maija.form()
    assert form["neck"] == ["not_asked"]
    assert form["safe_contact"] == ["no"]


def test_every_field_that_a_contact_has_is_on_the_page_and_no_other(maija):
    maija.open(maija.begin())
    ours = {"csrfmiddlewaretoken", "key", "writer", "number"}
    assert set(maija.form()) - ours - {"told_at", "to"} == {*ANSWERS, *WORDS}


def test_what_is_written_without_a_script_is_there_again(maija):
    address = maija.begin()
    changes: dict[str, Any] = {
        "note": "Sisko ajaa, noin 40 min.\nOvi P.",
        "called_name": "Aino",
        "language": "sv",
        "age": "18-",
    }
    changes |= {"wants": ["", "care", "talk"], "interpreter": ["false", "true"], "when": "hours_6", "unsure": ["true"]}
    assert maija.press(address, **changes).status_code == 303
    form = maija.form()
    assert form["note"] == ["Sisko ajaa, noin 40 min.\nOvi P."]
    assert form["called_name"] == ["Aino"]
    assert (form["language"], form["age"], form["when"]) == (["sv"], ["18-"], ["hours_6"])
    assert form["wants"] == ["", "care", "talk"]
    assert form["interpreter"] == form["unsure"] == ["false", "true"]
    assert "tallennettu 02.14" in maija.html


NAMES = ("Åsa Öström", "אנה", "عائشة محمد", "安娜", "🕊️ Aino", "<b>Aino</b>", "A" * 300, 'O\'Neil & "x"')


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_script_comes_back_as_it_was_typed(maija, name):
    maija.press(maija.begin(), called_name=name, note=name)
    assert maija.form()["called_name"] == [name]
    assert maija.form()["note"] == [name]


@pytest.mark.parametrize(("typed", "kept"), [("A\0ino", "Aino"), ("Aino \ud83d", "Aino \N{REPLACEMENT CHARACTER}")])
def test_what_nothing_can_hold_is_taken_out_and_the_rest_is_kept(maija, typed, kept):
    address = maija.begin()
    maija.open(address)
    saved = {"writer": maija.form()["writer"][0], "number": 1, "fields": {"note": typed}}
    assert maija.client.post(f"{address}/tallenna", saved, content_type="application/json").status_code == 200
    maija.open(address)
    assert maija.form()["note"] == [kept]


def test_a_note_of_a_megabyte_is_not_kept_and_not_lost(maija):
    address, note = maija.begin(), "Ä" * 500_000
    answer = maija.press(address, note=note, called_name="Aino")
    assert answer.status_code == 422
    assert maija.form()["note"] == [note]
    assert 'id="note-error"' in maija.html
    assert 'href="#note"' in maija.html
    maija.open(address)
    assert maija.form()["called_name"] == ["Aino"]


def test_a_choice_that_there_is_not_is_said_beside_its_question(maija):
    answer = maija.press(maija.begin(), age="900", note="Kirjoitettu.")
    assert answer.status_code == 422
    assert 'id="age-error"' in maija.html
    assert maija.form()["note"] == ["Kirjoitettu."]


def test_a_number_without_a_safe_way_is_refused_beside_the_field_and_stays_typed(maija):
    answer = maija.press(maija.begin(), phone="050 000 0009")
    assert answer.status_code == 422
    assert "Valitse ensin tapa." in maija.html
    assert maija.form()["phone"] == ["050 000 0009"]


def test_a_time_that_is_none_is_said_beside_its_field_and_stays_typed(maija):
    address = maija.begin()
    maija.press(address, "door:come_now")
    assert maija.press(address, arrives="pian", note="Sisko ajaa.").status_code == 422
    assert "Kirjoita aika muodossa 2.31 tai jätä tyhjäksi." in maija.html
    assert (maija.form()["arrives"], maija.form()["note"]) == (["pian"], ["Sisko ajaa."])
    assert maija.press(address, "end", arrives="320").status_code == 303
    assert "tulee noin klo 03.20" in maija.open()
    assert "03.20" in maija.open(address)


def test_nothing_is_needed_to_end(maija):
    assert maija.press(maija.begin(), "end")["Location"] == DESK
    assert "ei ovea" in maija.html


def test_a_silent_call_is_one_press(maija):
    assert maija.press(maija.begin(), "empty")["Location"] == DESK
    assert "tyhjä tai virhepuhelu" in maija.html


@pytest.mark.parametrize("button", ["end", "empty", "door:come_now", "second"])
def test_a_form_sent_three_times_does_it_once(maija, button):
    address = maija.begin()
    maija.open(address)
    form = {**maija.form(), "note": "Kerran.", "do": button}
    answers = [maija.send(address, form) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303] * 3
    assert len({answer["Location"] for answer in answers}) == 1
    html = maija.open()
    assert html.count(f"{DESK}/tulija/") == (button == "door:come_now")
    assert html.count("sinä kirjoitat") == {"end": 0, "empty": 0, "second": 2}.get(button, 1)


def test_a_page_that_is_older_than_what_is_kept_writes_over_nothing(maija):
    address = maija.begin()
    maija.open(address)
    old = maija.form()
    maija.press(address, note="Uusi.")
    answer = maija.send(address, {**old, "note": "Vanha.", "do": "end"})
    assert answer.status_code == 409
    assert maija.form()["note"] == ["Vanha."]
    form = {**maija.form(), "do": "save"}
    maija.open(address)
    assert maija.form()["note"] == ["Uusi."]
    assert maija.send(address, form).status_code == 303
    assert maija.form()["note"] == ["Vanha."]


def test_a_second_call_docks_the_first_and_both_keep_their_drafts(maija):
    first = maija.begin()
    second = maija.press(first, "second", note="Ensimmäinen.")["Location"]
    assert second != first
    assert "Auki klo 02.14 alkaen" in maija.html
    record = first.rpartition("/")[2]
    assert maija.press(second, f"go:{record}", note="Toinen.")["Location"] == first
    assert maija.form()["note"] == ["Ensimmäinen."]
    maija.open(second)
    assert maija.form()["note"] == ["Toinen."]


# ── Doors, and who is told ───────────────────────────────────────────────────────────────────────────────────


def test_the_five_buttons_have_their_shortcuts_and_the_suggested_one_is_first(maija):
    maija.press(maija.begin(), age="18-", when="hours_6", place="satama", wants=["care"], neck="no", hurt="no")
    assert "Ehdotus: tule nyt" in maija.html
    assert "ei voi odottaa aamuun · 18+ · 3–6 h sitten · hoito" in maija.html
    doors = [button for button in maija.order() if button.startswith("do=door:")]
    assert doors[0] == "do=door:come_now"
    assert sorted(re.findall(r'data-key="(alt\+[1-5])"', maija.html)) == [f"alt+{n}" for n in range(1, 6)]
    assert "Mitä kysyttiin; viimeinen ratkaisi:" in maija.html


def test_another_door_than_the_suggested_is_taken_without_a_reason(maija):
    address = maija.begin()
    maija.press(address, "door:appointment", age="18-", when="hours_6", place="satama", wants=["care"])
    assert "Ehdotus: tule nyt" in maija.html
    assert re.search(r'value="door:appointment"[^>]*data-taken', maija.html)


def test_come_now_shows_whom_to_ring_and_told_is_one_press_with_its_time(maija):
    address = maija.begin()
    maija.press(address, "door:come_now")
    assert re.search(r'class="number">.*040 000 0002', maija.html)
    [button] = {button for button in maija.order() if button.startswith("do=told:")}
    maija.press(address, button.removeprefix("do="))
    assert "Kerrottu klo 02.14 puhelimitse" in maija.html
    maija.press(address, button.removeprefix("do="), told_at="2.05")
    assert "Kerrottu klo 02.05 puhelimitse" in maija.html


@pytest.mark.parametrize(
    ("changes", "words"),
    [({}, "millä tavalla on turvallista"), ({"safe_contact": "call"}, "numero, jonka soittaja antoi")],
)
def test_nobody_is_called_back_without_a_safe_answer(maija, changes, words):
    answer = maija.press(maija.begin(), "door:call_back", note="Säilyy.", **changes)
    assert answer.status_code == 422
    assert words in maija.html
    assert maija.form()["note"] == ["Säilyy."]


@pytest.mark.parametrize("button", ["door:nowhere", "told:nobody", "nothing", "go:nowhere", ""])
def test_a_button_that_there_is_not_saves_and_does_nothing_else(maija, button):
    address = maija.begin()
    assert maija.press(address, button, note="Säilyy.")["Location"] == address
    assert maija.form()["note"] == ["Säilyy."]


# ── Two writers ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_colleague_reads_and_may_take_the_contact_over_with_its_draft(maija, ilona):
    address = maija.begin()
    maija.press(address, note="Sisko ajaa.")
    assert "Maija kirjoittaa tätä nyt." in ilona.open(address)
    assert "Sisko ajaa." in ilona.html
    take = first(r'action="([^"]+/ota)"', ilona.html)
    ilona.send(take, {"key": str(uuid4())})
    assert ilona.form()["note"] == ["Sisko ajaa."]


def test_whoever_lost_the_pen_keeps_what_they_typed_and_may_add_it(maija, ilona):
    address = maija.begin()
    maija.press(address, note="Sisko ajaa.")
    form = {**maija.form(), "note": "Sisko ajaa. Ovi P.", "called_name": "Aino"}
    ilona.send(f"{address}/ota", {"key": str(uuid4())})
    ilona.press(address, note="Sisko ajaa. Tulkki tilattu.")
    assert maija.send(address, {**form, "do": "save"}).status_code == 409
    assert "Ilona kirjoittaa tätä nyt." in maija.html
    assert maija.form()["note"] == ["Sisko ajaa. Ovi P."]
    assert maija.send(address, {**form, "do": "take"}).status_code == 303
    assert maija.form()["note"] == ["Sisko ajaa. Tulkki tilattu.\nSisko ajaa. Ovi P."]
    assert maija.form()["called_name"] == ["Aino"]


def test_a_contact_is_passed_on_to_a_colleague_with_what_was_typed(desk, maija, ilona):
    address = maija.begin()
    assert maija.press(address, "pass", note="Jatka sinä.", to=str(desk.ilona.pk))["Location"] == DESK
    assert "Ilona kirjoittaa" in maija.html
    ilona.open(address)
    assert ilona.form()["note"] == ["Jatka sinä."]


def test_it_is_passed_to_nobody_who_takes_no_calls_here(maija):
    keeper = make_member(Role.SAMPLE_KEEPER, centre=make_centre(), login="outi")
    answer = maija.press(maija.begin(), "pass", to=str(keeper.pk), note="Säilyy.")
    assert answer.status_code == 422
    assert "Hän ei nyt ota puheluja tässä keskuksessa." in maija.html
    assert '<details class="pass" open>' in maija.html
    assert maija.form()["note"] == ["Säilyy."]


def test_a_contact_of_another_centre_does_not_exist(desk, maija):
    address = maija.begin()
    maija.open(address)
    form = {**maija.form(), "note": "Toisen keskuksen."}
    stranger = Browser(make_member(centre=make_centre("laakso"), login="kerttu"))
    assert stranger.client.get(address).status_code == 404
    assert stranger.client.post(address, form).status_code == 404
    save = {"writer": str(uuid4()), "number": 1, "fields": {"note": "x"}}
    assert stranger.client.post(f"{address}/tallenna", save, content_type="application/json").status_code == 404
    for verb in ("ovi", "takaisin", "kerrottu", "paata", "tyhja", "ota", "siirra"):
        sent = {"key": str(uuid4()), "duty": "doctor"} if verb == "kerrottu" else {"door": "come_now"}
        assert stranger.client.post(f"{address}/{verb}", sent).status_code == 404


def test_whoever_is_signed_out_gets_back_what_they_typed_and_sends_it_again(desk, maija):
    address = maija.begin()
    maija.open(address)
    note = "Sisko <ajaa>, noin neljäkymmentä minuuttia."
    form = {**maija.form(), "note": note, "wants": ["", "care"], "do": "save"}
    maija.client.logout()
    answer = maija.client.post(address, form, headers={"accept-language": "fi"})
    assert answer.status_code == 401
    html = answer.content.decode()
    assert "Sisko &lt;ajaa&gt;, noin neljäkymmentä minuuttia.</textarea>" in html
    assert 'name="wants" value="care"' in html
    again = Browser(desk.maija)
    assert again.send(address, form).status_code == 303
    assert again.form()["note"] == [note]


def test_somebody_who_may_not_take_calls_opens_no_desk(desk):
    keeper = Browser(make_member(Role.SAMPLE_KEEPER, centre=desk.centre, login="outi"))
    assert {keeper.client.get(page).status_code for page in PAGES} == {403}
    assert keeper.client.post(f"{DESK}/uusi", {}).status_code == 403


def test_a_doctor_reads_the_desk_and_takes_no_call(desk, maija):
    doctor = Browser(make_member(Role.DOCTOR, centre=desk.centre, login="laine"))
    address = maija.begin()
    assert 'data-key="n"' not in doctor.open()
    assert "Maija kirjoittaa tätä nyt." in doctor.open(address)
    assert "Ota itsellesi" not in doctor.html
    maija.open(address)
    assert doctor.client.post(address, {**maija.form(), "do": "save"}).status_code == 403
