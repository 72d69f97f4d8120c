"""`poukama centre check`: what it prints, how it ends, and what it refuses."""

import argparse
import datetime as dt
import shutil
from pathlib import Path

import pytest
from django.db import OperationalError

from poukama.centres.pack import PackErrors
from poukama.doors.known import Door, Note
from poukama.operations import commands
from poukama.protocols.approvals import Approval, Verb, kind_of, version_of
from poukama.protocols.held import read_decided
from tests.factories import at
from tests.people import make_centre
from tests.protocols.working import RULE, approve, make_doctor

CENTRES = Path(__file__).parents[2] / "centres"
NOW = at("2026-11-24T12:00")


def run(*words: object) -> int:
    parser = argparse.ArgumentParser()
    commands.add_to(parser.add_subparsers(required=True))
    args = parser.parse_args([str(word) for word in words])
    code: int = args.run(args)
    return code


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def lines_of(folder: Path, *, moment: dt.datetime = NOW, go_live: bool = False) -> list[str]:
    approvals = everything_approved(folder) if go_live else ()
    return [str(error) for error in commands.faults(folder, at=moment, go_live=go_live, approvals=approvals)]


def everything_approved(folder: Path) -> tuple[Approval, ...]:
    """What a doctor says who answers for all that the pack holds."""
    try:
        things = read_decided(folder).things()
    except PackErrors:
        return ()
    return tuple(
        Approval(kind_of(each), each.code, version_of(each), Verb.APPROVED, "A", NOW, NOW.date()) for each in things
    )


@pytest.fixture
def helsinki(tmp_path: Path) -> Path:
    return shutil.copytree(CENTRES / "helsinki", tmp_path / "helsinki")


@pytest.fixture
def laakso(tmp_path: Path) -> Path:
    return shutil.copytree(CENTRES / "laakso", tmp_path / "laakso")


@pytest.fixture
def ready(helsinki: Path) -> Path:
    """Helsinki as it would be once its centre had confirmed and approved everything."""
    change(helsinki / "centre.toml", "example = true\n", "")
    for file in (helsinki / "words").iterdir():
        change(file, '"draft"', '"approved"')
    change(helsinki / "consents.toml", '"draft"', '"approved"')
    change(helsinki / "sampling.toml", '"draft"', '"approved"')
    (helsinki / "retention.toml").write_text(RULE)
    change(helsinki / "consents.toml", "example = true\n", "")
    return helsinki


# ── How it ends ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("code", ["helsinki", "satama", "laakso"])
def test_every_pack_that_ships_passes_in_one_line(capsys, code):
    assert run("centre", "check", CENTRES / code) == 0
    assert capsys.readouterr().out == f"{CENTRES / code}: fine\n"


def test_a_faulty_pack_prints_each_error_on_its_line_and_ends_with_1(capsys, helsinki):
    change(helsinki / "centre.toml", "alone = 16", "alone = 15")
    change(helsinki / "protocols.toml", "hours = 48", "hours = 0")
    change(helsinki / "consents.toml", '"photographs"', '"pictures"')
    assert run("centre", "check", helsinki) == 1
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "centre.toml: ages.referred: expected an age not above the 15 of those who come alone"
    assert [line.split(": ")[1] for line in printed[1:]] == [
        "windows.mouth.hours",
        "windows.skin.hours",
        "windows.nails.hours",
        "acts.photographs.purpose",
    ]


@pytest.mark.parametrize("where", ["nowhere", "file"])
def test_a_path_without_a_pack_ends_with_2_and_one_line(capsys, tmp_path, where):
    (tmp_path / "file").touch()
    assert run("centre", "check", tmp_path / where) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"{tmp_path / where}: cannot be read: ")
    assert printed.err.count("\n") == 1


def test_a_check_changes_nothing(helsinki):
    before = {path: path.read_bytes() for path in helsinki.rglob("*.toml")}
    run("centre", "check", helsinki)
    assert {path: path.read_bytes() for path in helsinki.rglob("*") if path.is_file()} == before


# ── Hours and lines over a year ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("hours", ["off", "2020 Mo-Fr 08:00-18:00", "PH Mo off"])
def test_a_pack_that_never_opens_in_a_year_is_refused(helsinki, hours):
    change(helsinki / "centre.toml", '"Mo-Fr 08:00-18:00"', f'"{hours}"')
    assert lines_of(helsinki) == ["centre.toml: places: expected a site that opens at least once in the coming year"]


def test_a_pack_that_opens_only_after_a_year_is_refused(helsinki):
    change(helsinki / "centre.toml", '"Mo-Fr 08:00-18:00"', '"2028 Mo-Fr 08:00-18:00"')
    assert len(lines_of(helsinki)) == 1


@pytest.mark.parametrize(
    ("hours", "silent"),
    [
        ("Mo-Fr 08:00-18:00", "2026-11-24T18:00+02:00"),
        ("00:00-23:59", "2026-11-24T23:59+02:00"),
        ("24/7; PH off", "2026-12-06T00:00+02:00"),
        ("24/7; Jun 24 off", "2027-06-24T00:00+03:00"),
    ],
)
def test_an_hour_of_the_year_without_an_open_line_is_named(helsinki, hours, silent):
    change(helsinki / "centre.toml", '"24/7"', f'"{hours}"')
    assert lines_of(helsinki) == [f"centre.toml: lines: expected an open line at every hour; none is at {silent}"]


def test_the_night_line_of_another_organisation_closes_the_gap(laakso):
    assert lines_of(laakso) == []
    change(laakso / "centre.toml", "Sa-Su,PH 08:00-16:00", "Sa-Su 08:00-16:00")
    assert lines_of(laakso) == [
        "centre.toml: lines: expected an open line at every hour; none is at 2026-12-25T08:00+01:00"
    ]


# ── Names that the doors know ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('"breathing"', '"breething"', "signs.emergency.signs: expected one of breathing, "),
        ('"neck"', '"nek"', "signs.medical.signs: expected one of breathing, "),
        ('"on_call_now"', '"on_call"', "call_first.doors: expected one of emergency, "),
    ],
)
def test_a_sign_or_a_door_that_there_is_not_is_an_error(helsinki, old, new, line):
    change(helsinki / "centre.toml", old, new)
    (error,) = lines_of(helsinki)
    assert error.startswith(f"centre.toml: {line}")
    assert error.endswith(f"not {new[1:-1]}")


@pytest.mark.parametrize("key", [*(f"doors.{door}" for door in Door), *(f"notes.{note}" for note in Note)])
def test_a_language_that_the_product_does_not_speak_needs_every_door_and_note(laakso, key):
    file = laakso / "words" / "nb.toml"
    table, name = key.split(".")
    head, tail = file.read_text().split(f"[{table}]")
    kept = [line for line in tail.splitlines() if not line.startswith(f"{name} =")]
    file.write_text(f"{head}[{table}]" + "\n".join(kept))
    assert lines_of(laakso) == [f"words/nb.toml: {key}: expected a paragraph for this door or note"]


def test_a_paragraph_for_a_door_that_there_is_not_is_an_error(laakso):
    change(laakso / "words" / "nb.toml", "[doors]\n", '[doors]\nback = "Kom inn."\n')
    assert lines_of(laakso) == ["words/nb.toml: doors.back: expected a door or a note that there is"]


# ── Before real use ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_helsinki_may_not_go_live_before_its_examples_are_confirmed(capsys):
    assert run("centre", "check", "--go-live", CENTRES / "helsinki") == 1
    printed = capsys.readouterr().out.splitlines()
    keys = [line.split(": ")[1] for line in printed]
    assert {"said.free.example", "night.acute.example", "duty.example", "windows.mouth", "adults", "unreported"} <= set(
        keys
    )
    assert "places.centre.holidays.example" in keys
    assert keys.count("state") == 3
    assert not any(key.startswith(("ages", "window.", "lines")) for key in keys)


@pytest.mark.django_db
def test_what_may_not_go_live_is_not_loaded_to_go_live(capsys):
    assert run("centre", "load", "--go-live", CENTRES / "helsinki") == 1
    assert "said.free.example" in capsys.readouterr().out


def test_a_pack_that_is_confirmed_and_approved_may_go_live(capsys, ready, monkeypatch):
    monkeypatch.setattr("poukama.core.clock.now", lambda: NOW)
    monkeypatch.setattr(commands, "_approvals_of", everything_approved)
    assert run("centre", "check", "--go-live", ready) == 0
    assert capsys.readouterr().out == f"{ready}: ready to go live\n"


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        ("centre.toml", "months = 1", "months = 1\nexample = true", "centre.toml: window.example: expected a value"),
        ("centre.toml", "[centre]", "[centre]\ninvented = true", "centre.toml: centre.invented: expected a real"),
        ("centre.toml", "[ages]", "[ages]\nexample = true", "centre.toml: ages.example: expected a value"),
        ("words/sv.toml", '"approved"', '"read_by_native"', "words/sv.toml: state: expected words that are approved"),
        (
            "sampling.toml",
            '[words.sv]\nowner = "Centrets ansvariga läkare"\nstate = "approved"',
            '[words.sv]\nowner = "Centrets ansvariga läkare"\nstate = "draft"',
            "sampling.toml: words.sv.state: expected words that are approved",
        ),
        (
            "consents.toml",
            '[words.sv]\nowner = "Centrets koordinerande barnmorska"\nstate = "approved"',
            '[words.sv]\nowner = "Centrets koordinerande barnmorska"\nstate = "draft"',
            "consents.toml: words.sv.state: expected words that are approved",
        ),
        (
            "consents.toml",
            "[acts.mouth]",
            "[acts.mouth]\nexample = true",
            "consents.toml: acts.mouth.example: expected",
        ),
    ],
)
def test_one_thing_that_is_not_approved_is_enough(ready, file, old, new, line):
    change(ready / file, old, new)
    (error,) = lines_of(ready, go_live=True)
    assert error.startswith(line)


def test_what_no_doctor_answers_for_is_named(ready):
    errors = [str(error) for error in commands.faults(ready, at=NOW, go_live=True)]
    assert len(errors) == len(read_decided(ready).things())
    expected = "expected the approval of a doctor of the centre, on the page of protocols"
    for key in ("protocols.toml: windows.mouth", "sampling.toml: adults", "retention.toml: unreported"):
        assert f"{key}: {expected}" in errors


def test_without_a_retention_rule_a_pack_may_not_go_live_and_is_told_which_is_missing(ready):
    (ready / "retention.toml").unlink()
    assert lines_of(ready, go_live=True) == [
        "retention.toml: unreported: expected how long samples without a police report are kept, with its source"
    ]


def test_a_centre_without_a_sampling_protocol_is_asked_for_none(ready):
    (ready / "sampling.toml").unlink()
    assert lines_of(ready, moment=at("2027-05-31T23:59"), go_live=True) == []


def test_a_sampling_protocol_has_words_in_every_language_of_the_centre(helsinki):
    text = (helsinki / "sampling.toml").read_text()
    (helsinki / "sampling.toml").write_text(text[: text.index("[words.en]")])
    assert lines_of(helsinki) == ["sampling.toml: words.en: expected words in every language of the centre"]


@pytest.mark.django_db
def test_the_check_knows_what_the_centres_doctors_have_approved(capsys):
    centre = make_centre()
    approve(centre, make_doctor(centre), "window", "mouth")
    assert run("centre", "check", "--go-live", CENTRES / "satama") == 1
    keys = [line.split(": ")[1] for line in capsys.readouterr().out.splitlines()]
    assert "windows.ulipristal" in keys
    assert "windows.mouth" not in keys


@pytest.mark.django_db
def test_without_a_database_nothing_is_known_to_be_approved_and_that_is_said(capsys, monkeypatch, helsinki):
    def fails(_code: str) -> tuple[Approval, ...]:
        raise OperationalError("no\nserver")

    monkeypatch.setattr("poukama.protocols.held.approvals_of", fails)
    assert run("centre", "check", "--go-live", CENTRES / "helsinki") == 1
    assert capsys.readouterr().err == "poukama: the database cannot be asked what is approved: no server\n"
    change(helsinki / "centre.toml", "months = 1", "months = 1\ndays = 1")
    assert run("centre", "check", "--go-live", helsinki) == 1


def test_without_the_duty_towards_the_young_a_pack_may_not_go_live(ready):
    text = (ready / "centre.toml").read_text()
    start = text.index("[duty]")
    (ready / "centre.toml").write_text(text[:start] + text[text.index("# ──", start) :])
    for file in (ready / "words").iterdir():
        words = file.read_text()
        start = words.index("[duty]")
        file.write_text(words[:start] + words[words.index("[", start + 1) :])
    (error,) = lines_of(ready, go_live=True)
    assert error.startswith("centre.toml: duty: expected the duty to tell the authorities")


def test_a_review_date_holds_on_its_day_and_is_past_the_day_after(ready):
    assert lines_of(ready, moment=at("2027-05-31T23:59"), go_live=True) == []
    late = lines_of(ready, moment=at("2027-06-01T00:00"), go_live=True)
    assert "centre.toml: ages.review_by: expected a date of review to come; 2027-05-31 is past" in late
    assert "words/fi.toml: review_by: expected a date of review to come; 2027-05-31 is past" in late
    for key in (
        "protocols.toml: windows.mouth",
        "sampling.toml: words.fi",
        "sampling.toml",
        "retention.toml: unreported",
    ):
        separator = "." if ": " in key else ": "
        assert f"{key}{separator}review_by: expected a date of review to come; 2027-05-31 is past" in late
    assert not any("country.review_by" in line for line in late)


def test_a_review_date_in_the_past_does_not_stop_an_ordinary_check(ready):
    assert lines_of(ready, moment=at("2028-06-01T00:00")) == []


def test_a_pack_that_cannot_be_read_is_not_judged_further(ready):
    change(ready / "centre.toml", "months = 1", "months = 1\ndays = 1")
    assert lines_of(ready, go_live=True) == [
        "centre.toml: window.months: expected either months or days, one of the two"
    ]
