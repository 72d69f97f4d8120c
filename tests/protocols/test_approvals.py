"""What counts as approved: the newest word on exactly this content, from its date on, by the centre's clocks."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from poukama.protocols.approvals import Approval, Kind, Verb, approved, in_force, kind_of, version_of
from poukama.protocols.retention import Retention
from poukama.protocols.sampling_file import read_sampling
from tests.factories import make_window

AT = dt.datetime(2026, 11, 24, 1, tzinfo=dt.UTC)
HELSINKI = ZoneInfo("Europe/Helsinki")
WINDOW = make_window(48, approved_by="")
RULE = Retention("unreported", 3, None, "A page", dt.date(2027, 5, 31))


def said(thing, verb=Verb.APPROVED, valid_from=dt.date(2026, 11, 24), **changes):
    word = Approval(kind_of(thing), thing.code, version_of(thing), verb, "Leena Laine", AT, valid_from)
    return replace(word, **changes)


def test_a_thing_that_nobody_has_spoken_of_is_not_approved():
    assert approved(WINDOW, ()) == WINDOW
    assert not in_force(WINDOW, AT, HELSINKI)


def test_an_approved_thing_carries_its_approver_and_its_date():
    protocol = read_sampling(Path(__file__).parents[2] / "centres" / "satama")
    assert protocol
    for found in (
        approved(WINDOW, [said(WINDOW)]),
        approved(RULE, [said(RULE)]),
        approved(protocol, [said(protocol)]),
    ):
        assert (found.approved_by, found.valid_from) == ("Leena Laine", dt.date(2026, 11, 24))
        assert in_force(found, AT, HELSINKI)


def test_the_newest_word_counts():
    assert not approved(WINDOW, [said(WINDOW), said(WINDOW, Verb.TAKEN_BACK, None)]).approved
    assert approved(WINDOW, [said(WINDOW, Verb.TAKEN_BACK, None), said(WINDOW)]).approved


def test_an_approval_is_of_no_other_content_code_or_kind():
    longer = replace(WINDOW, length=dt.timedelta(hours=49))
    assert version_of(longer) != version_of(WINDOW)
    assert not approved(longer, [said(WINDOW)]).approved
    assert not approved(WINDOW, [said(WINDOW, code="other")]).approved
    assert not approved(WINDOW, [said(WINDOW, kind=Kind.SAMPLING)]).approved


def test_what_names_a_content_does_not_change_with_its_approval():
    assert version_of(approved(WINDOW, [said(WINDOW)])) == version_of(WINDOW)


def test_it_holds_from_its_date_by_the_centres_clocks():
    word = said(WINDOW, valid_from=dt.date(2026, 11, 24))
    before = dt.datetime(2026, 11, 23, 21, 59, tzinfo=dt.UTC)
    assert not in_force(approved(WINDOW, [word]), before, HELSINKI)
    assert in_force(approved(WINDOW, [word]), before + dt.timedelta(minutes=1), HELSINKI)
