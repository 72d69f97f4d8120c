"""The pages of a case in a browser without scripts: opened, sent, and read as text."""

import datetime as dt
import re
from typing import Any
from uuid import uuid4

from django.test import Client as Browser

from poukama.cases.models import Case
from poukama.clients import access
from poukama.clients.models import Client
from poukama.clients.shown import Ledger, Record
from poukama.staff.models import Member
from tests.cases.working import AT, by, now
from tests.people import sign_in

TOLD, CONSENTS = "kerrottu", "suostumus"


class Pages:
    """A case's pages as one member meets them."""

    def __init__(self, case: Case, member: Member) -> None:
        self.case, self.member, self.browser = case, member, sign_in(Browser(), member)

    def address(self, name: str) -> str:
        """Where a page of the case is."""
        return f"/s/t/{self.case.pk}/{name}"

    def get(self, name: str = TOLD) -> Any:
        """A page."""
        return self.browser.get(self.address(name))

    def post(self, name: str, /, **typed: Any) -> Any:
        """A form that is sent, under a key of its own unless the test has one."""
        return self.browser.post(self.address(name), {"key": str(uuid4()), **typed})

    def tell(self, topic: str, /, **typed: Any) -> Any:
        """Something told of a topic."""
        return self.post(f"{TOLD}?topic={topic}", **typed)


def plain(page: Any) -> str:
    """The text of a page, without its markup."""
    text = re.sub(r"<(style|script).*?</\1>", " ", page.text, flags=re.DOTALL)
    text = re.sub(r"</?bdi[^>]*>", "", text)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def client_of(case: Case, member: Member) -> Client:
    """The row of whoever a case is about."""
    return access.client(case.centre, case.client_id, by=by(member))


def record_of(case: Case, member: Member, when: dt.datetime = AT) -> Record:
    """What the client has said, as it is kept."""
    return access.read(client_of(case, member), **now(member, when))


def ledger_of(case: Case, member: Member, when: dt.datetime = AT) -> Ledger:
    """What the client has answered, as it is kept."""
    return access.ledger(client_of(case, member), **now(member, when))
