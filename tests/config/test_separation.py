"""Every address, in every role: another centre's is the same as none, and an administrator's pages tell nothing."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from poukama.staff.rules import Role
from tests.cases.working import make_colleague
from tests.config.records import Address, Records, Unknown, addresses, nothing
from tests.people import make_centre, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]
MARK = "zqfarbay"
# No such page, not for you, not in this way.
NO = {403, 404, 405}


@pytest.fixture
def records() -> Records:
    return Records(MARK)


def asked(browser: Client, method: str, address: Address, named: dict[str, Any]) -> tuple[int, str]:
    """The status and the page, without what is another each time."""
    answer = browser.generic(method, reverse(address.name, kwargs=named))
    body = answer.content.decode()
    for value in named.values():
        body = body.replace(str(value), "")
    return answer.status_code, re.sub(r'value="[\w-]{36,}"', "", body)


def leaks(text: str, records: Records) -> bool:
    return MARK in text or any(word in text for word in records.words)


@pytest.mark.parametrize("role", Role)
def test_what_another_centre_has_is_as_what_nobody_has(records, role):
    stranger = sign_in(Client(), make_colleague(role, make_centre("laakso"), "stranger"))
    wrong = []
    for address in addresses():
        for method in ("GET", "POST") if address.kwargs else ():
            theirs = asked(stranger, method, address, records.named(address))
            none = asked(stranger, method, address, nothing(address))
            if theirs != none or theirs[0] not in NO or leaks(theirs[1], records):
                wrong.append((method, address.name, theirs[0], none[0]))
    assert wrong == []


@pytest.mark.parametrize("role", Role)
def test_no_page_shows_anything_of_another_centre(records, role):
    stranger = sign_in(Client(), make_colleague(role, make_centre("laakso"), "stranger"))
    pages = {each.name: asked(stranger, "GET", each, {}) for each in addresses() if not each.kwargs}
    assert [name for name, (status, text) in pages.items() if status >= 500 or leaks(text, records)] == []
    assert pages["staff:own"][0] == 200


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.MANAGER, Role.NATIONAL_STATISTICIAN, Role.PRIVACY_OFFICER])
def test_whoever_runs_or_counts_reads_nothing_that_was_told_on_any_page(records, role):
    browser = sign_in(Client(), make_colleague(role, records.centre, "counts"))
    pages = {each.name: asked(browser, "GET", each, records.named(each)) for each in addresses()}
    assert [name for name, (status, text) in pages.items() if status >= 500 or leaks(text, records)] == []
    assert pages["staff:own"][0] == 200


def test_words_that_are_shown_are_seen(records):
    """Whoever may read them does: the sweeps above look for what there is."""
    browser = sign_in(Client(), records.doctor)
    pages = [asked(browser, "GET", each, records.named(each)) for each in addresses()]
    assert any(leaks(text, records) for _, text in pages)


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
