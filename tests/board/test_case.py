"""The page of one case: what was told comes first, walls hold in its HTML, and it stays light."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from poukama.cases import access, actions
from poukama.cases.page import TABS
from poukama.cases.rules import CloseReason, Doing, Kind, Leaving, ReopenReason, Source, Title, Turn, Whereto, Wording
from poukama.cases.told import Said, Telling, Topic, time_code
from poukama.cases.walls import Section
from poukama.protocols.rules import Interval
from poukama.staff.rules import Role
from tests.board.night import HEALTH, OWN, SOCIAL, STORY, THERAPY
from tests.cases.working import AT, HOUR, MINUTE, events, into, make_case, make_colleague, now, opened, tell
from tests.factories import at
from tests.people import make_centre, sign_in

pytestmark = pytest.mark.usefixtures("plain_static")


# Beginning and ending what a transaction may see is no reading.
_SCOPE = re.compile("SAVEPOINT|set_config")


def read(member, case):
    return sign_in(Client(), member).get(f"/s/t/{case.pk}")


def text(member, case) -> str:
    answer = read(member, case)
    assert answer.status_code == 200
    page: str = answer.text
    return page


def plain(page: str) -> str:
    """The words of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


# ── What was told ────────────────────────────────────────────────────────────────────────────────────────────


def test_what_was_told_comes_first_with_who_heard_it_and_when(made, staff):
    page = text(staff.maija, made.case)
    assert page.index('id="told"') < page.index('id="path"') < page.index('id="time"')
    said = plain(page)
    assert "Mukana sisarus Maija Marttila, klo 02.14" in said
    assert "ma 23.11. klo 20–23" in said
    assert "Ilmoitus poliisille ei ole vielä päättänyt" in said


def test_the_clients_own_words_are_a_quotation_and_other_words_are_not(made, staff):
    page = text(staff.maija, made.case)
    assert f"<q>{OWN}</q>" in page
    assert f"<q>{STORY}" not in page


def test_accounts_that_differ_stand_side_by_side_and_say_so(made, staff):
    assert "kertomukset eroavat" not in text(staff.maija, made.case)
    tell(made.case, staff.maija, Telling(Topic.COMPANION, codes=frozenset({"friend"})))
    said = plain(text(staff.maija, made.case))
    assert "kertomukset eroavat sisarus" in said
    assert "ystävä Maija Marttila" in said


def test_a_correction_stands_alone_and_says_that_it_is_one(made, staff):
    tell(made.case, staff.maija, Telling(Topic.NECK, Said.NO))
    ((account,),) = [access.facts(opened(made.case, staff.maija)).picture[Topic.NECK]]
    telling, given = Telling(Topic.NECK, Said.YES), now(staff.maija)
    actions.correct(into(made.case, staff.maija), fact=account.fact, telling=telling, key=uuid4(), **given)
    said = plain(text(staff.maija, made.case))
    assert "kertomukset eroavat" not in said
    assert "korjattu" in said


def test_what_was_heard_in_a_contact_says_so(made, staff):
    tell(made.case, staff.maija, Telling(Topic.NECK, Said.NO), source=Source(contact=uuid4(), heard_at=AT - HOUR))
    assert "yhteydenotto, Maija Marttila, klo 02.20" in plain(text(staff.maija, made.case))


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (Interval(AT - HOUR, AT - HOUR), "ti 24.11. klo 02.20"),
        (Interval(AT - HOUR, None), "ti 24.11. klo 02.20 tai myöhemmin"),
        (Interval(None, AT - HOUR), "ti 24.11. klo 02.20 tai aiemmin"),
        (Interval(), "ei tiedossa"),
    ],
)
def test_a_time_is_said_as_far_as_it_is_known(centre, staff, interval, words):
    case = make_case(staff.maija, centre)
    tell(case, staff.maija, Telling(Topic.TIME, codes=frozenset({time_code(interval)})))
    assert words in plain(text(staff.maija, case))


def test_a_municipality_has_its_name_where_the_pack_knows_it(centre, staff):
    case = make_case(staff.maija, centre)
    tell(case, staff.maija, Telling(Topic.MUNICIPALITY, codes=frozenset({"elsewhere"})))
    assert "elsewhere" in text(staff.maija, case)


def test_a_new_case_is_empty_and_fills_as_one_hears(centre, staff):
    assert "Tyhjä, täyttyy kun kuulet." in text(staff.maija, make_case(staff.maija, centre))


# ── Walls ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("login", "reads", "hidden"),
    [
        ("maija", (STORY, HEALTH, OWN), (THERAPY, SOCIAL)),
        ("kaisa", (STORY, HEALTH, OWN), (THERAPY, SOCIAL)),
        ("laine", (STORY, HEALTH, OWN), (THERAPY, SOCIAL)),
        ("pia", (STORY, HEALTH, OWN, THERAPY), (SOCIAL,)),
        ("sini", (SOCIAL,), (STORY, HEALTH, OWN, THERAPY)),
        ("hanna", (), (STORY, HEALTH, OWN, THERAPY, SOCIAL)),
    ],
)
def test_nothing_behind_a_wall_is_in_the_page(made, staff, login, reads, hidden):
    page = text(getattr(staff, login), made.case)
    assert [words for words in reads if words not in page] == []
    assert [words for words in hidden if words in page] == []


def test_a_hidden_entry_is_known_by_its_section_alone(made, staff):
    said = plain(text(staff.laine, made.case))
    assert "psykologi: merkintä" in said
    assert "sosiaalityö: merkintä" in said
    assert "merkintä" not in plain(text(staff.hanna, made.case)).replace("Lisää merkintä", "")


def test_what_is_told_behind_a_wall_is_named_by_its_section(made, staff):
    assert "ei näy roolissasi: mitä tapahtui, terveys" in plain(text(staff.sini, made.case))


def test_clocks_are_for_whoever_reads_when_it_happened(made, staff):
    assert 'id="clocks"' in text(staff.maija, made.case)
    assert "nyt 03.20, tapahtumasta 4–7 h" in plain(text(staff.maija, made.case))
    for member in (staff.sini, staff.hanna):
        assert 'id="clocks"' not in text(member, made.case)


@pytest.mark.parametrize(
    ("hours", "words"),
    [((100, 80), "tapahtumasta 3–4 pv"), ((100, 99), "tapahtumasta 4 pv"), ((2, 2), "tapahtumasta 2 h")],
)
def test_how_long_ago_it_was_is_a_range(centre, staff, hours, words):
    case = make_case(staff.maija, centre)
    event = Interval(AT - hours[0] * HOUR, AT - hours[1] * HOUR)
    tell(case, staff.maija, Telling(Topic.TIME, codes=frozenset({time_code(event)})))
    assert words in plain(text(staff.maija, case))


# ── The timeline, tasks, visits ──────────────────────────────────────────────────────────────────────────────


def test_a_correction_stands_below_its_entry_and_one_of_it_below_that(made, staff):
    first, second, third = uuid4(), uuid4(), uuid4()
    corrected = None
    for number, key in enumerate((first, second, third)):
        corrected = actions.write(
            into(made.case, staff.maija),
            wording=Wording(Section.HEALTH, f"sana{number}"),
            key=key,
            corrects=corrected,
            **now(staff.maija, AT + number * MINUTE),
        )
    page = text(staff.maija, made.case)
    assert page.index("sana0") < page.index("sana1") < page.index("sana2")
    assert page.count('class="corrects"') == 2


def test_the_timeline_says_what_happened_and_what_comes(made, staff):
    actions.finish_task(into(made.case, staff.maija), task=made.task, **now(staff.maija))
    said = plain(text(staff.maija, made.case))
    assert "Saapui : huone 1" in said.replace("Saapui: ", "Saapui : ")
    assert "Tehtävä tehty" in said
    assert "pe 27.11. klo 10.00: Seuranta" in said


def test_a_task_that_is_due_by_a_day_says_the_day_and_one_in_words_says_them(made, staff):
    doing = Doing(
        Title.OTHER, Turn(Role.MIDWIFE), "avain takaisin", due=at("2026-11-26T00:00"), section=Section.IDENTITY
    )
    actions.add_task(into(made.case, staff.maija), doing=doing, key=uuid4(), **now(staff.maija))
    assert "avain takaisin ke 25.11. kätilö" in plain(text(staff.maija, made.case))


def test_a_visit_that_has_ended_says_where_the_client_went(made, staff):
    leaving = Leaving(Whereto.FRIEND, "Bertan luo")
    actions.depart(into(made.case, staff.maija), visit=made.visit, leaving=leaving, **now(staff.maija))
    said = plain(text(staff.maija, made.case))
    assert "Bertan luo" in said
    assert "Joku on mukana" not in said
    assert "Tuli paikalle" in said


def test_only_what_one_may_do_has_a_button(made, staff):
    page = text(staff.hanna, made.case)
    for path in ("lasna", "lahti", "saapui", "tehty", "sulje"):
        assert f"/{path}" not in page
    assert "/sulje" in text(staff.maija, made.case)


def test_whoever_is_let_in_by_duty_may_join_the_team(made, staff, centre, monkeypatch):
    ilona = make_colleague(Role.MIDWIFE, centre, "ilona")
    monkeypatch.setattr("poukama.cases.page.is_on", lambda *_, **__: True)
    assert "/tiimiin" in text(ilona, made.case)
    assert "/tiimiin" not in text(staff.maija, made.case)


def test_a_closed_case_says_so_and_offers_only_to_open_it_again(made, staff):
    given = now(staff.maija)
    actions.depart(into(made.case, staff.maija), visit=made.visit, leaving=Leaving(), **given)
    actions.close(into(made.case, staff.maija), reason=CloseReason.ALL_DONE, **given)
    page = text(staff.maija, made.case)
    assert "Asiakkuus on päätetty" in page
    assert "<form" not in page
    assert "/avaa" in page
    assert "/avaa" not in text(staff.pia, made.case)
    actions.reopen(into(made.case, staff.maija), reason=ReopenReason.SAMPLES, **given)
    assert "/sulje" in text(staff.maija, made.case)


def test_a_step_whose_page_is_built_leads_to_it(made, staff, monkeypatch):
    assert 'href="#' not in text(staff.maija, made.case).partition('class="pathway"')[2].partition("</ol>")[0]
    team = next(tab for tab in TABS if tab.name == "cases:team")
    monkeypatch.setattr("poukama.board.case._PAGES", {"support": team.name})
    pathway = text(staff.maija, made.case).partition('class="pathway"')[2].partition("</ol>")[0]
    assert f'href="/s/t/{made.case.pk}/tiimi"' in pathway


def test_a_case_for_another_place_says_so(centre, staff):
    case = make_case(staff.maija, centre, kind=Kind.FOR_ANOTHER, asked_by="childrens_hospital")
    assert "toisen paikan pyynnöstä" in plain(text(staff.maija, case))


# ── From outside, and how heavy it is ────────────────────────────────────────────────────────────────────────


def test_after_the_glass_is_broken_one_is_in_the_case(made, staff, centre):
    ilona = make_colleague(Role.MIDWIFE, centre, "ilona")
    browser = sign_in(Client(), ilona)
    assert read(ilona, made.case).headers["Location"] == f"/s/t/{made.case.pk}/lasi"
    given = {"key": uuid4(), "reason": "client_here", "words": "soittaa"}
    answer = browser.post(f"/s/t/{made.case.pk}/lasi", given)
    assert answer.headers["Location"] == f"/s/t/{made.case.pk}"
    assert "04.20" in text(ilona, made.case)


def test_a_case_of_another_centre_is_not_there(made):
    oona = make_colleague(Role.MIDWIFE, make_centre("laakso"), "oona")
    assert read(oona, made.case).status_code == 404


def test_opening_it_is_a_line_of_the_trail(made, staff, centre):
    before = len(events(centre))
    text(staff.maija, made.case)
    assert "case.read_for_care" in events(centre)[before:]


def test_it_takes_at_most_twenty_queries_full_or_nearly_empty(made, staff, centre):
    counts = []
    bare = make_case(staff.maija, centre)
    browser = sign_in(Client(), staff.maija)
    browser.get(f"/s/t/{bare.pk}")
    for _ in range(30):
        tell(made.case, staff.maija, Telling(Topic.NECK, Said.NO))
    for case in (bare, made.case):
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(f"/s/t/{case.pk}")
        counts.append(len([each for each in queries if not _SCOPE.search(each["sql"])]))
        assert len(page.content) < 60_000
    assert counts[0] == counts[1]
    assert counts[0] <= 20, "\n".join(each["sql"][:150] for each in queries)


def test_day_headings_are_of_the_centres_clock(made, staff):
    tell(made.case, staff.maija, Telling(Topic.NECK, Said.NO), source=Source(heard_at=at("2026-11-23T23:59")))
    said = plain(text(staff.maija, made.case))
    assert said.index("ma 23.11. 23.59") < said.index("ti 24.11. 02.14")
