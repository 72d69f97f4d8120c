"""The pages of rooms, lots, skills and mishaps: who sees which, what is kept once, and what is said of a slip."""

import datetime as dt
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from poukama.audit.models import AuditEvent
from poukama.gate.scope import within
from poukama.premises.models import LotInUse, Mishap, MishapStep, RoomEntry, SkillEntry
from poukama.premises.rules import Outcome, Shown, Skill, Verb, Visitor
from poukama.staff.rules import Role
from tests.people import make_centre, make_member, sign_in
from tests.premises.conftest import AT
from tests.premises.writing import DAY, add_to, begin_lot, room_line, write_mishap, write_room, write_skill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]
ROOMS, LOTS, SKILLS, MISHAPS = "/s/tilat", "/s/tilat/erat", "/s/tilat/osaaminen", "/s/tilat/poikkeamat"
CLEANED = {
    "room": "1",
    "verb": "cleaned",
    "reagent": "Aine",
    "lot": "A-1",
    "passes": "2",
    "seconds": "60",
    "outcome": "passed",
    "ago": "5",
}
LOT = {"supply": "gloves", "number": "G-17", "expires": "2027-06-30"}
MISHAP = {"kind": "seal", "room": "1", "words": "Tarra irtosi."}


def skill(of, **known):
    return {"member": str(of.pk), "skill": "sampling", "day": "2026-11-24", "until": "2027-11-24", **known}


def sent(form, **changes):
    return {"key": str(uuid4()), **form, **changes}


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def count(centre, kind):
    with within(centre.pk):
        return kind.objects.count()


def events(centre):
    with within(centre.pk):
        return list(AuditEvent.objects.order_by("id").values_list("event", flat=True))


@pytest.fixture
def midwife(maija):
    return sign_in(Client(), maija)


@pytest.fixture
def coordinator(kaisa):
    return sign_in(Client(), kaisa)


@pytest.fixture
def manager(mirka):
    return sign_in(Client(), mirka)


# ── Who sees what ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", [ROOMS, LOTS, SKILLS, MISHAPS])
@pytest.mark.parametrize(
    "role", [Role.MIDWIFE, Role.MIDWIFE_COORDINATOR, Role.DOCTOR, Role.SAMPLE_KEEPER, Role.MANAGER]
)
def test_whoever_works_with_samples_or_runs_the_centre_sees_the_page(centre, role, path):
    assert sign_in(Client(), make_member(role, centre=centre, login="joku")).get(path).status_code == 200


@pytest.mark.parametrize("path", [ROOMS, LOTS, SKILLS, MISHAPS])
@pytest.mark.parametrize("role", [Role.PSYCHOLOGIST, Role.CHAPLAIN, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER])
def test_the_pages_are_for_nobody_else(centre, role, path):
    assert sign_in(Client(), make_member(role, centre=centre, login="muu")).get(path).status_code == 403


def test_whoever_only_looks_finds_no_form_and_is_refused(centre, manager, maija):
    mishap, lot = write_mishap(centre, maija), begin_lot(centre, maija)
    for path, form in (
        (ROOMS, CLEANED),
        (LOTS, LOT),
        (MISHAPS, MISHAP),
        (f"{MISHAPS}/{mishap.pk}", {"words": "Korjattu."}),
        (f"{LOTS}/{lot.pk}/pois", {}),
    ):
        assert manager.post(path, sent(form)).status_code == 403
    for path in (ROOMS, LOTS, MISHAPS, f"{MISHAPS}/{mishap.pk}"):
        assert "Tallenna" not in manager.get(path).text
    assert "Käytetty loppuun" not in manager.get(LOTS).text


def test_a_midwife_reads_her_own_skills_and_writes_none(centre, midwife, maija, kaisa):
    write_skill(centre, kaisa, maija)
    page = midwife.get(SKILLS).text
    assert "24.11.2027" in page
    assert "Kaisa" not in plain(page).partition("Kuka")[2]
    assert "Tallenna" not in page
    assert midwife.post(SKILLS, sent(skill(maija))).status_code == 403
    assert count(centre, SkillEntry) == 1


def test_another_centres_lot_and_mishap_are_not_found(centre, maija):
    lot, mishap = begin_lot(centre, maija), write_mishap(centre, maija)
    other = make_centre("laakso")
    oona = sign_in(Client(), make_member(Role.MIDWIFE, centre=other, login="oona"))
    assert oona.get(f"{MISHAPS}/{mishap.pk}").status_code == 404
    assert oona.post(f"{MISHAPS}/{mishap.pk}", sent({"words": "Korjattu."})).status_code == 404
    assert oona.post(f"{LOTS}/{lot.pk}/pois").status_code == 404
    page = oona.get(ROOMS).text
    assert "ei nimetä huoneita" in page
    assert "Tallenna" not in page


# ── Rooms ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_cleaning_is_written_and_the_room_is_released(centre, midwife):
    assert "ei tiedossa" in plain(midwife.get(ROOMS).text)
    answer = midwife.post(ROOMS, sent(CLEANED))
    assert (answer.status_code, answer["Location"]) == (303, ROOMS)
    page = plain(midwife.get(ROOMS).text)
    assert "puhdas ja sinetöity" in page
    assert "puhdistettu, Aine, erä A-1, pyyhintäkertoja 2, vaikutusaika 60 s, vapautettu ja sinetöity Maija" in page
    with within(centre.pk):
        row = RoomEntry.objects.get()
    assert (row.at, row.written_at) == (AT - dt.timedelta(minutes=5), AT)


def test_whoever_entered_is_counted_and_a_line_that_was_written_later_says_so(centre, maija, midwife):
    write_room(centre, maija, room_line(Verb.CLEANED, Outcome.PASSED, at=AT - dt.timedelta(hours=3)))
    write_room(centre, maija, room_line(Verb.ENTERED, visitor=Visitor.POLICE, at=AT - dt.timedelta(hours=2)))
    page = plain(midwife.get(ROOMS).text)
    assert "yksi on käynyt vapautuksen jälkeen" in page
    assert "joku kävi sisällä, poliisi Maija kirjattu" in page


def test_what_belongs_to_another_line_is_left_out(centre, midwife):
    assert midwife.post(ROOMS, sent(CLEANED, verb="taken", visitor="police")).status_code == 303
    with within(centre.pk):
        row = RoomEntry.objects.get()
    assert (row.verb, row.visitor, row.outcome, row.lot, row.passes) == ("taken", "", "", "", None)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"room": ""}, "room", "Tämä puuttuu"),
        ({"room": "99"}, "room", "99"),
        ({"verb": ""}, "verb", "Tämä puuttuu"),
        ({"reagent": ""}, "reagent", "millä huone puhdistettiin"),
        ({"lot": ""}, "lot", "puhdistusaineen erä"),
        ({"lot": "<A>"}, "lot", "Kirjaimia, numeroita"),
        ({"passes": ""}, "passes", "montako kertaa"),
        ({"passes": "21"}, "passes", "montako kertaa"),
        ({"passes": "kaksi"}, "passes", "kokonaisluku"),
        ({"seconds": "0"}, "seconds", "montako sekuntia"),
        ({"seconds": "7201"}, "seconds", "montako sekuntia"),
        ({"outcome": ""}, "outcome", "Valitse tulos"),
        ({"ago": "99999"}, "ago", "10080"),
    ],
)
def test_a_slip_is_said_beside_its_field_and_above_and_everything_typed_is_kept(centre, midwife, changes, field, said):
    form = sent(CLEANED, **changes)
    answer = midwife.post(ROOMS, form)
    assert answer.status_code == 422
    beside = re.search(rf'id="id_{field}_error"[^>]*>(.*?)</p>', answer.text, re.DOTALL)
    assert beside
    assert said in plain(beside[1])
    assert f'href="#id_{field}"' in answer.text
    assert answer.text.partition("<title>")[2].startswith("Korjattavaa")
    assert count(centre, RoomEntry) == 0
    for name in {"reagent", "lot", "passes", "seconds", "ago"} - {"" if form[field] else field}:
        typed = form[name].replace("<", "&lt;").replace(">", "&gt;")
        assert f'name="{name}" value="{typed}"' in answer.text
    assert f'name="key" value="{form["key"]}"' in answer.text


# ── Lots ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_lot_is_taken_into_use_and_used_up(centre, midwife):
    assert "Mikään erä ei ole käytössä." in plain(midwife.get(LOTS).text)
    assert midwife.post(LOTS, sent(LOT)).status_code == 303
    page = midwife.get(LOTS).text
    assert "Käsineet G-17 30.6.2027" in plain(page)
    end = re.search(r'action="(/s/tilat/erat/[^"]+/pois)"', page)
    assert end
    assert [midwife.post(end[1]).status_code for _ in range(2)] == [303, 303]
    page = midwife.get(LOTS).text
    assert "Käytetty loppuun" not in page
    assert "G-17" in page
    assert midwife.get(end[1]).status_code == 405


def test_a_lot_past_its_day_says_so(centre, maija, midwife, monkeypatch):
    begin_lot(centre, maija)
    assert "päivä ohi" not in midwife.get(LOTS).text
    monkeypatch.setattr("poukama.core.clock.now", lambda: AT + dt.timedelta(days=1))
    assert "päivä ohi" in midwife.get(LOTS).text


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"supply": "hats"}, "supply"), ({"number": "a_b"}, "number"), ({"expires": "1999-12-31"}, "expires")],
)
def test_a_lot_that_cannot_be_is_said_and_kept(centre, midwife, changes, field):
    answer = midwife.post(LOTS, form := sent(LOT, **changes))
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.text
    assert f'href="#id_{field}"' in answer.text
    assert f'name="number" value="{form["number"]}"' in answer.text
    assert f'name="expires" value="{form["expires"]}"' in answer.text
    assert count(centre, LotInUse) == 0


# ── Skills ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_coordinator_writes_a_skill_and_that_it_holds_no_more(centre, coordinator, maija):
    assert coordinator.post(SKILLS, sent(skill(maija))).status_code == 303
    assert "24.11.2027" in coordinator.get(SKILLS).text
    assert coordinator.post(SKILLS, sent(skill(maija, until="", taken_back="on"))).status_code == 303
    assert "24.11.2027" not in coordinator.get(SKILLS).text


def test_of_the_elimination_list_yes_and_a_date_are_kept(centre, coordinator, maija):
    assert coordinator.post(SKILLS, sent(skill(maija, skill="elimination_list"))).status_code == 303
    with within(centre.pk):
        row = SkillEntry.objects.get()
    assert (row.skill, row.day, row.until) == ("elimination_list", DAY, None)
    assert "24.11.2026" in plain(coordinator.get(SKILLS).text)


def test_a_skill_that_has_ended_says_when(centre, coordinator, maija, kaisa):
    before = DAY - dt.timedelta(days=1)
    write_skill(centre, kaisa, maija, Shown(Skill.CLEANING, before, before))
    assert "päättyi 23.11.2026" in plain(coordinator.get(SKILLS).text)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"day": "2026-11-25"}, "day", "vasta tulossa"),
        ({"day": "eilen"}, "day", "oikea päivämäärä"),
        ({"until": "2026-11-23"}, "until", "ennen ensimmäistä"),
        ({"until": ""}, "until", "mihin asti"),
        ({"member": "0"}, "member", "0"),
    ],
)
def test_a_skill_that_cannot_be_is_said_and_kept(centre, coordinator, maija, changes, field, said):
    answer = coordinator.post(SKILLS, form := sent(skill(maija, **changes)))
    assert answer.status_code == 422
    beside = re.search(rf'id="id_{field}_error"[^>]*>(.*?)</p>', answer.text, re.DOTALL)
    assert beside
    assert said in plain(beside[1])
    assert f'href="#id_{field}"' in answer.text
    for name in ("day", "until"):
        assert not form[name] or f'name="{name}" value="{form[name]}"' in answer.text
    assert count(centre, SkillEntry) == 0


# ── Mishaps ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_mishap_is_written_gone_on_with_and_closed(centre, midwife):
    assert "Mitään ei ole kirjattu." in plain(midwife.get(MISHAPS).text)
    assert midwife.post(MISHAPS, sent(MISHAP)).status_code == 303
    page = midwife.get(MISHAPS).text
    assert "Sinetti, huone 1" in plain(page)
    assert "Tarra" not in page
    with within(centre.pk):
        path = f"{MISHAPS}/{Mishap.objects.get().pk}"
    answer = midwife.post(path, sent({"words": "Uusi tarra."}))
    assert (answer.status_code, answer["Location"]) == (303, path)
    midwife.post(path, sent({"words": "Tarkistettu.", "closes": "on"}))
    page = plain(midwife.get(path).text)
    assert page.index("Tarra irtosi.") < page.index("Uusi tarra.") < page.index("Tarkistettu.")
    assert "suljettu" in page
    assert "Tallenna" not in page
    answer = midwife.post(path, sent({"words": "Vielä."}))
    assert answer.status_code == 422
    assert "Tämä poikkeama on suljettu." in plain(answer.text)
    assert count(centre, MishapStep) == 3


@pytest.mark.parametrize(
    ("changes", "field"), [({"kind": ""}, "kind"), ({"room": "99"}, "room"), ({"words": " "}, "words")]
)
def test_a_mishap_that_says_too_little_is_said_and_kept(centre, midwife, changes, field):
    answer = midwife.post(MISHAPS, form := sent(MISHAP, **changes))
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.text
    assert f'href="#id_{field}"' in answer.text
    assert form["words"] in answer.text
    assert count(centre, Mishap) == 0


def test_a_step_without_words_is_said(centre, maija, midwife):
    answer = midwife.post(f"{MISHAPS}/{write_mishap(centre, maija).pk}", sent({"words": ""}))
    assert answer.status_code == 422
    assert 'id="id_words_error"' in answer.text


def test_a_mishap_that_nobody_wrote_is_not_found(midwife):
    assert midwife.get(f"{MISHAPS}/{uuid4()}").status_code == 404
    assert midwife.post(f"{LOTS}/{uuid4()}/pois").status_code == 404


# ── All of them ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_form_that_is_sent_twice_is_one(centre, midwife, coordinator, maija):
    mishap = f"{MISHAPS}/{write_mishap(centre, maija).pk}"
    for browser, path, form in (
        (midwife, ROOMS, sent(CLEANED)),
        (midwife, LOTS, sent(LOT)),
        (coordinator, SKILLS, sent(skill(maija))),
        (midwife, MISHAPS, sent(MISHAP)),
        (midwife, mishap, sent({"words": "Korjattu.", "closes": "on"})),
    ):
        assert [browser.post(path, form).status_code for _ in range(2)] == [303, 303]
    assert [count(centre, kind) for kind in (RoomEntry, LotInUse, SkillEntry, Mishap, MishapStep)] == [1, 1, 1, 2, 3]


def test_each_read_and_each_write_is_a_line_of_the_trail(centre, midwife, coordinator, maija):
    before = len(events(centre))
    midwife.post(ROOMS, sent(CLEANED))
    midwife.get(ROOMS)
    midwife.post(LOTS, sent(LOT))
    midwife.get(LOTS)
    coordinator.post(SKILLS, sent(skill(maija)))
    coordinator.get(SKILLS)
    midwife.post(MISHAPS, sent(MISHAP))
    midwife.get(MISHAPS)
    with within(centre.pk):
        midwife.get(f"{MISHAPS}/{Mishap.objects.get().pk}")
    kept = [event for event in events(centre)[before:] if event.split(".")[0] not in {"login", "session"}]
    assert kept == [
        "room.written",
        "rooms.read",
        "lot.begun",
        "lots.read",
        # The people to choose from are read before one of them is written of.
        "skills.read",
        "skill.written",
        "skills.read",
        "mishap.written",
        "mishaps.listed",
        "mishap.read",
    ]


def test_the_pages_take_as_many_queries_however_much_was_written(centre, midwife, coordinator, maija, kaisa):
    mishap = write_mishap(centre, maija)
    write_room(centre, maija)
    begin_lot(centre, maija)
    write_skill(centre, kaisa, maija)
    paths = [
        (browser, path)
        for browser in (midwife, coordinator)
        for path in (ROOMS, LOTS, SKILLS, MISHAPS, f"{MISHAPS}/{mishap.pk}")
    ]
    counts = []
    for more in (0, 6):
        for number in range(more):
            somebody = make_member(Role.MIDWIFE, centre=centre, login=f"more-{number}")
            write_room(centre, somebody)
            begin_lot(centre, somebody, f"N-{number}")
            write_skill(centre, kaisa, somebody)
            write_mishap(centre, somebody)
            add_to(mishap, somebody)
        for browser, path in paths:
            browser.get(path)
        with CaptureQueriesContext(connection) as queries:
            sizes = [(len(browser.get(path).content), len(queries.captured_queries)) for browser, path in paths]
        counts.append([number for _, number in sizes])
    assert counts[0] == counts[1]
