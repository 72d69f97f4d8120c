"""Every address, in every role: another centre's is the same as none, and an administrator's pages tell nothing."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from poukama.staff.models import Member
from poukama.staff.rules import Role
from tests.cases.working import make_colleague
from tests.config.records import Address, Records, Unknown, addresses, nothing, told_by
from tests.people import make_centre, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]
MARK = "zqfarbay"


@pytest.fixture
def records() -> Records:
    return Records(MARK)


def asked(browser: Client, method: str, address: Address, named: dict[str, Any]) -> tuple[int, str]:
    """The status and the page, or where it leads, without what is another each time."""
    answer = browser.generic(method, reverse(address.name, kwargs=named))
    text = told_by(answer) + answer.headers.get("Location", "")
    for value in named.values():
        text = text.replace(f"/{value}", "/")
    return answer.status_code, re.sub(r'value="[\w-]{36,}"', "", text)


def pages(member: Member, records: Records, *, named: bool) -> dict[str, tuple[int, str]]:
    """Every page that a member gets, in a session of its own, for some end it; those that name something if `named`."""
    chosen = [each for each in addresses() if named or not each.kwargs]
    found = {each.name: asked(sign_in(Client(), member), "GET", each, records.named(each)) for each in chosen}
    assert found["staff:own"][0] == 200
    return found


def leaks(text: str, records: Records) -> bool:
    return MARK in text or any(word in text for word in records.words)


@pytest.fixture
def strangers(records) -> dict[Role, Member]:
    """Somebody in each role of another centre."""
    other = make_centre("laakso")
    return {role: make_colleague(role, other, f"far-{number}") for number, role in enumerate(Role)}


def test_what_another_centre_has_is_as_what_nobody_has(records, strangers):
    wrong = []
    for role, stranger in strangers.items():
        browser = sign_in(Client(), stranger)
        for address in addresses():
            for method in ("GET", "POST") if address.kwargs else ():
                theirs = asked(browser, method, address, records.named(address))
                none = asked(browser, method, address, nothing(address))
                if theirs != none or not 300 <= theirs[0] < 500 or leaks(theirs[1], records):
                    wrong.append((role, method, address.name, theirs[0], none[0]))
        assert browser.get(reverse("staff:own")).status_code == 200
    assert wrong == []


def test_no_page_shows_anything_of_another_centre(records, strangers):
    for stranger in strangers.values():
        found = pages(stranger, records, named=False)
        assert [name for name, (status, text) in found.items() if status >= 500 or leaks(text, records)] == []


def test_whoever_runs_or_counts_reads_nothing_that_was_told_on_any_page(records):
    for role in (Role.ADMINISTRATOR, Role.MANAGER, Role.NATIONAL_STATISTICIAN, Role.PRIVACY_OFFICER):
        found = pages(make_colleague(role, records.centre, role.value.replace("_", "-")), records, named=True)
        # Why a glass was broken is for the privacy officer to read.
        found.pop("cases:glasses" if role is Role.PRIVACY_OFFICER else "", None)
        assert [name for name, (status, text) in found.items() if status >= 500 or leaks(text, records)] == []


def test_words_that_are_shown_are_seen(records):
    """Whoever may read them does: the sweeps above look for what there is."""
    assert any(leaks(text, records) for _, text in pages(records.doctor, records, named=True).values())


def test_an_address_that_names_something_unknown_is_seen(records):
    with pytest.raises(Unknown, match=r"cases:new\.thing"):
        records.named(Address("cases:new", {"thing": "UUIDConverter"}))


def test_every_table_that_knows_its_centre_hides_the_rows_of_others_from_its_owner_too():
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname, relrowsecurity and relforcerowsecurity from pg_class join pg_attribute on attrelid = oid"
            " where attname = 'centre_id' and relkind = 'r'"
        )
        separated = dict(cursor.fetchall())
    assert {"audit_auditevent", "cases_case", "clients_client", "helpline_contact"} <= separated.keys()
    # Who works where, and what a pack says, is no secret between centres: `access` shows each only its own.
    apart = {"centres_loadedpack", "staff_post", "staff_wayin", "protocols_loadedwindow"}
    assert {name for name, hides in separated.items() if not hides} <= apart
