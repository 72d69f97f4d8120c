"""The page of the examination: no number that is an example, and what a doctor answers for with its source."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.db import OperationalError

from poukama.guide import approved
from poukama.guide.pages import Page
from poukama.guide.samples import context
from poukama.protocols.approvals import Approval, Decided, Verb, kind_of, version_of
from poukama.protocols.retention import Retention
from poukama.protocols.rules import WindowKind
from tests.factories import make_window
from tests.guide.installations import NIGHT, installed
from tests.guide.reading import having, text
from tests.guide.showing import every_language, every_pack, shown
from tests.people import make_centre
from tests.protocols.working import approve, make_doctor

ZONE = installed("helsinki").front.zone
ASK = {"fi": "Kysy meiltä, kuinka kauan", "sv": "Fråga oss hur länge", "en": "Ask us how long"}
RULE = Retention("unreported", 14, None, "A page of law", dt.date(2027, 5, 31), "Leena Laine", dt.date(2026, 11, 1))


@every_language
@every_pack
def test_while_no_rule_is_set_the_page_says_to_ask_and_has_no_digit_there(language, front):
    (keeping,) = having(shown(Page.EXAMINATION, language, front), "data-keeping")
    assert ASK[language] in text(keeping)
    assert not re.search(r"\d", text(keeping))


@every_language
@every_pack
def test_while_no_window_is_approved_no_time_is_said(language, front):
    (windows,) = having(shown(Page.EXAMINATION, language, front), "data-windows")
    assert not re.search(r"\d", text(windows))


def test_what_is_in_force_is_said_with_its_source():
    mine = replace(make_window(48), code="mouth")
    known = context(Decided((mine,), None, RULE), NIGHT, ZONE)
    assert [(str(each["name"]), each["length"], each["source"]) for each in known["windows"]] == [
        ("Samples from the mouth", "48 hours", "A page")
    ]
    assert known["keeping"] == {"length": "14 months", "source": "A page of law"}


def test_what_is_not_in_force_yet_or_is_about_care_is_not_said():
    later = NIGHT.date() + dt.timedelta(days=1)
    windows = (
        make_window(48, approved_by=""),
        make_window(48, valid_from=later),
        make_window(48, WindowKind.CARE),
    )
    known = context(Decided(windows, None, replace(RULE, valid_from=later)), NIGHT, ZONE)
    assert known == {"windows": [], "keeping": None}


def test_the_front_centre_goes_by_what_its_doctors_have_approved():
    front = installed("helsinki")
    window = next(each for each in front.decided.windows if each.code == "mouth")
    word = Approval(kind_of(window), "mouth", version_of(window), Verb.APPROVED, "A", NIGHT, NIGHT.date())
    found = front.approved((word,))
    assert [each.code for each in found.policy.windows if each.approved] == ["mouth"]
    assert found.packs == front.packs


# ── What the public pages know of it ─────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_the_pages_ask_once_and_then_go_by_the_answer_for_a_while(django_assert_num_queries, monkeypatch):
    centre = make_centre()
    approve(centre, make_doctor(centre), "window", "mouth")
    with django_assert_num_queries(1):
        assert [each.code for each in approved.approvals_known("satama")] == ["mouth"]
        assert [each.code for each in approved.approvals_known("satama")] == ["mouth"]


@pytest.mark.django_db
def test_while_the_database_fails_what_it_said_last_holds(monkeypatch):
    centre = make_centre()
    approve(centre, make_doctor(centre), "window", "mouth")
    first = approved.approvals_known("satama")

    def fails(_code: str) -> tuple[Approval, ...]:
        raise OperationalError

    monkeypatch.setattr(approved, "approvals_of", fails)
    approved._Known.ask_at.clear()
    assert approved.approvals_known("satama") == first
    assert approved.approvals_known("laakso") == ()


def test_no_page_waits_behind_another_pages_question(monkeypatch):
    approved._Known.ask_at["satama"] = 0.0
    with approved._Known.asking:
        assert approved.approvals_known("satama") == ()
