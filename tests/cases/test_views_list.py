"""The page of the cases: codes for all, names for those who are let in, and no name in an address."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from poukama.cases import access, actions
from poukama.cases.listed import of_stamp, stamp
from poukama.cases.rules import Beginning, CloseReason, Kind
from poukama.core import vault
from poukama.staff.rules import Role
from tests.cases.working import AT, MINUTE, events, into, make_case, make_colleague, now, on_call
from tests.people import make_centre, sign_in

LIST, SEARCH = "/s/tapaukset", "/s/tapaukset/haku"
pytestmark = pytest.mark.usefixtures("plain_static")


@pytest.fixture(autouse=True)
def at_night(monkeypatch):
    """The clock of every page stands at twenty past three."""
    monkeypatch.setattr("poukama.core.clock.now", lambda: AT)


def listed(member, address=LIST):
    return sign_in(Client(), member).get(address)


def found(member, text):
    return sign_in(Client(), member).post(SEARCH, {"text": text})


def test_whoever_is_let_in_reads_the_called_name_and_the_others_the_code(case, centre, maija):
    ilona = make_colleague(Role.MIDWIFE, centre, "ilona")
    (row,) = access.case_list(centre, **now(maija)).rows
    assert "Aino" in listed(maija).text
    others = listed(ilona).text
    assert row.code in others
    assert "Aino" not in others
    assert "avautuu syyllä" in others


def test_whoever_is_on_duty_reads_the_names(case, centre, kaisa):
    ilona = make_colleague(Role.MIDWIFE, centre, "ilona")
    on_call(centre, ilona, kaisa)
    assert "Aino" in listed(ilona).text


def test_each_list_has_its_own_address_and_an_unknown_one_is_the_open_ones(case, maija, kaisa):
    assert "Aino" in listed(maija, f"{LIST}?lista=mine").text
    assert "Et ole nyt" in listed(kaisa, f"{LIST}?lista=mine").text
    assert "Mikään ei odota sinua" in listed(maija, f"{LIST}?lista=waiting").text
    assert "Ei suljettuja" in listed(maija, f"{LIST}?lista=closed").text
    assert "Aino" in listed(maija, f"{LIST}?lista=odd").text
    actions.close(into(case, maija), reason=CloseReason.ALL_DONE, **now(maija))
    assert "päätetty" in listed(maija, f"{LIST}?lista=closed").text
    assert "Ei avoimia" in listed(maija).text


def test_a_row_says_who_is_here_and_for_whom_it_is_and_nothing_that_was_told(case, centre, maija):
    actions.arrive(into(case, maija), key=case.pk, **now(maija))
    beginning = Beginning(Role.MIDWIFE, "Bo", Kind.FOR_ANOTHER, "childrens_hospital")
    actions.open_case(centre, beginning=beginning, key=uuid4(), **now(maija))
    page = listed(maija).text
    assert "täällä nyt" in page
    assert "toisen paikan pyynnöstä" in page


def test_the_next_page_begins_after_the_last_and_its_address_names_nobody(centre, maija, monkeypatch):
    monkeypatch.setattr(access, "PAGE", 2)
    names = ["Aino", "Bertta", "Cecilia"]
    for number, name in enumerate(names):
        make_case(maija, centre, called=name, when=AT - number * MINUTE)
    page = listed(maija)
    assert [name in page.text for name in names] == [True, True, False]
    (_, _, after) = page.text.partition("jatko=")
    address = f"{LIST}?lista=open&jatko={after.partition(chr(34))[0]}"
    assert not any(name in address for name in names)
    assert [name in listed(maija, address).text for name in names] == [False, False, True]


@pytest.mark.parametrize("text", ["", "odd", "20261124T012000.000000_odd", "odd_0d4c0f5e-7b6a-4a63-9a5e-6f9b0d1c2e3f"])
def test_what_is_no_end_of_a_page_is_the_first_page(text):
    assert of_stamp(text) is None


def test_the_end_of_a_page_is_read_as_it_was_written(case):
    assert of_stamp(stamp((AT, case.pk))) == (AT, case.pk)


def test_a_search_is_posted_and_finds_by_name(case, centre, maija):
    page = found(maija, "aino")
    assert page.status_code == 200
    assert "Aino" in page.text
    assert "aino" not in page.text[: page.text.index("</head>")]


def test_a_search_without_a_hit_says_where_else_it_may_be(case, maija):
    assert "Ei osumia – ehkä toisessa keskuksessa" in found(maija, "nobody").text


def test_a_search_that_finds_too_many_says_so(centre, maija, monkeypatch):
    monkeypatch.setattr("poukama.clients.access.MOST", 1)
    for _ in range(3):
        make_case(maija, centre)
    assert "Osumia on enemmän" in found(maija, "aino").text


def test_an_empty_search_says_what_is_missing_and_looks_for_nothing(case, centre, maija):
    before = len(events(centre))
    page = found(maija, "  ")
    assert (page.status_code, 'aria-invalid="true"' in page.text) == (422, True)
    assert events(centre)[before:] == []


def test_a_search_that_is_read_again_is_the_list(maija, case):
    assert listed(maija, SEARCH).headers["Location"] == LIST


def test_a_destroyed_record_shows_that_and_no_more(case, centre, maija):
    make_case(maija, centre, called="Bertta")
    vault.destroy_key(centre.pk, case.client_id)
    page = listed(maija).text
    assert "tuhottu" in page
    assert str(case.pk) not in page
    assert "Bertta" in page
    assert "tuhottu" not in found(maija, "aino").text


def test_a_case_of_another_centre_is_in_no_list_and_no_search(case, centre):
    oona = make_colleague(Role.MIDWIFE, make_centre("laakso"), "oona")
    assert str(case.pk) not in listed(oona).text
    assert str(case.pk) not in found(oona, "aino").text


def test_whoever_may_not_read_cases_is_refused(centre, case):
    mirka = make_colleague(Role.MANAGER, centre, "mirka")
    assert listed(mirka).status_code == 403
    assert found(mirka, "aino").status_code == 403


def test_the_list_takes_at_most_twelve_queries_however_long(case, centre, maija):
    browser = sign_in(Client(), maija)
    browser.get(LIST)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            browser.get(LIST)
        counts.append(len([each for each in queries if "SAVEPOINT" not in each["sql"]]))
        for _ in range(9):
            make_case(maija, centre)
    assert counts[0] == counts[1]
    assert counts[0] <= 12, "\n".join(each["sql"][:150] for each in queries)
