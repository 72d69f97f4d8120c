"""What the page of the cases finds: the rows, the other lists, and where the next page begins."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse

from poukama.cases.rules import Kind, Listing
from poukama.cases.shown import Page, Row
from poukama.cases.words import KIND, LISTING, STATE
from poukama.staff import moments

After = tuple[dt.datetime, UUID]
_STAMP = "%Y%m%dT%H%M%S.%f"


def stamp(after: After) -> str:
    """Where a page ended, for the address of the next: a moment and a key, which say nothing of anybody."""
    opened_at, record = after
    return f"{opened_at.astimezone(dt.UTC):{_STAMP}}_{record}"


def of_stamp(text: str) -> After | None:
    """Where a page ended; None, which is the first page, for anything that is no such text."""
    moment, _, record = text.partition("_")
    try:
        return dt.datetime.strptime(moment, _STAMP).replace(tzinfo=dt.UTC), UUID(record)
    except ValueError:
        return None


def asked_for(text: str) -> Listing:
    """Which list is asked for: the open ones, unless another is."""
    return Listing(text) if text in set(Listing) else Listing.OPEN


def address(listing: Listing, after: After | None = None) -> str:
    """The page of a list."""
    asked = {"lista": listing.value} | ({"jatko": stamp(after)} if after else {})
    return f"{reverse('cases:list')}?{urlencode(asked)}"


def lists(chosen: Listing | None) -> list[dict[str, Any]]:
    """The lists there are; none is chosen after a search."""
    return [{"href": address(each), "word": LISTING[each], "here": each is chosen} for each in Listing]


def context(page: Page, listing: Listing | None, zone: ZoneInfo, at: dt.datetime) -> dict[str, Any]:
    """What the template finds; of no listing after a search."""
    return {
        "rows": [_row(row, zone, at) for row in page.rows],
        "lists": lists(listing),
        "listing": listing,
        "more": address(listing, page.after) if listing and page.after else "",
    }


def _row(row: Row, zone: ZoneInfo, at: dt.datetime) -> dict[str, Any]:
    return {
        "id": row.id,
        # The key of the record is destroyed: that it was is all that is left.
        "destroyed": row.destroyed,
        "code": row.code,
        "called": row.called,
        "kind": KIND[row.kind] if row.kind is not Kind.OWN else "",
        "closed": STATE[row.state] if row.closed else "",
        "since": moments.nearby(row.opened_at, at, zone),
        "here": row.here,
        "let_in": row.let_in,
    }
