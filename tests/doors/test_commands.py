"""`poukama route`: every option, every refusal, and the answer as people and as programs read it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from poukama.config import cli
from tests.bench import routes

ROOT = Path(__file__).parents[2]
HELSINKI = str(ROOT / "centres" / "helsinki")
SATAMA = str(ROOT / "centres" / "satama")
LAAKSO = str(ROOT / "centres" / "laakso")
NIGHT = ["--at", "2026-11-24T03:00"]


def run(capsys, *words: str, pack: str = HELSINKI):
    assert cli.main(["route", "--pack", pack, *words]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    return shown.out


def answer(capsys, *words: str, pack: str = HELSINKI):
    return json.loads(run(capsys, *words, "--json", pack=pack))


def refusal(capsys, *words: str, pack: str = HELSINKI):
    with pytest.raises(SystemExit) as left:
        cli.main(["route", "--pack", pack, *words])
    assert left.value.code == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    return shown.err


def test_an_answer_has_its_keys_in_order_and_nothing_else(capsys):
    found = answer(
        capsys, *NIGHT, "--age", "34", "--event-earliest", "2026-11-23T22:00", "--event-latest", "2026-11-24T01:00",
        "--for", "self", "--wants", "samples", "--lives", "Helsinki",
    )  # fmt: skip
    text = found.pop("text")
    assert list(text) == ["fi", "sv", "en"]
    assert found == {
        "door": "on_call_now",
        "also": [],
        "notes": ["call_first", "police_optional", "preserve", "unapproved_protocol"],
        "reason": "acute_at_night",
        "trace": [
            "danger", "too_young", "needs_a_doctor", "too_late", "elsewhere", "perhaps_too_young",
            "open_now", "talk_at_night", "acute_at_night",
        ],
        "opens_at": "2026-11-24T08:00:00+02:00",
        "places": [{"name": "Emergency Services of the Women's Hospital", "address": None, "phone": None}],
        "phone": "+358407018446",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "door"),
    [
        ("--danger yes --age 12", "emergency"),
        ("--danger no --age 15", "children"),
        ("--danger unknown --age under16", "children"),
        ("--age 16", "on_call_now"),
        ("--age 16-17", "on_call_now"),
        ("--age 18+", "on_call_now"),
        ("--age 15-17", "helpline"),
        ("--age unknown", "helpline"),
        ("--age 0", "children"),
        ("", "helpline"),
        ("--age 34 --sign breathing", "emergency"),
        ("--age 34 --sign suicidal --sign neck", "medical_now"),
        ("--age 34 --sign unknown", "on_call_now"),
        ("--age 34 --event-latest 2026-10-23T23:00", "later_services"),
        ("--age 34 --event-latest 2026-10-24T00:00", "centre_next"),
        ("--age 34 --event-earliest 2026-09-01T00:00", "on_call_now"),
        ("--age 34 --event unknown", "on_call_now"),
        ("--age 34 --lives Turku --happened abroad", "other_centre"),
        ("--age 34 --lives Turku --happened unknown", "on_call_now"),
        ("--age 34 --lives Turku --happened ESBO", "on_call_now"),
        ("--age 34 --lives Turku --happened Unknown", "on_call_now"),
        ("--age 34 --wants talk --wants information", "helpline"),
        ("--age 34 --wants talk --wants unknown", "on_call_now"),
        ("--age 34 --wants police", "centre_next"),
        ("--age 34 --for close_person --infection yes", "on_call_now"),
        ("--age 34 --nobody-on-call", "on_call_now"),
        ("--age 34 --at 2026-11-24T12:00", "centre_now"),
        ("--age 34 --at 2026-11-24T12:00+02:00", "centre_now"),
        ("--age 34 --at 2026-11-24T12:00Z", "centre_now"),
        ("--age 34 --at 2026-11-24T12:00-05:00", "on_call_now"),
    ],
)
def test_every_option_is_heard(capsys, words, door):
    assert answer(capsys, *NIGHT, *words.split())["door"] == door


def test_with_nobody_on_call_the_answer_says_so(capsys):
    assert "nobody_on_call" in answer(capsys, *NIGHT, "--age", "34", "--nobody-on-call")["notes"]
    assert "nobody_on_call" not in answer(capsys, *NIGHT, "--age", "34")["notes"]


def test_while_it_is_open_there_is_no_next_opening(capsys):
    assert answer(capsys, "--at", "2026-11-24T12:00", "--age", "34")["opens_at"] is None


def test_now_is_the_moment_unless_another_is_told(capsys):
    assert answer(capsys, "--danger", "yes")["phone"] == "112"


def test_the_front_centre_is_asked_unless_another_is_told(capsys):
    assert cli.main(["route", "--danger", "yes", "--json"]) == 0
    assert list(json.loads(capsys.readouterr().out)["text"]) == ["fi", "sv", "en"]


@pytest.mark.parametrize(
    ("pack", "language", "name"),
    [
        (HELSINKI, "fi", "Naistenklinikan päivystys"),
        (HELSINKI, "sv", "Kvinnoklinikens jour"),
        (SATAMA, "en", "Satama Hospital, emergency clinic"),
    ],
)
def test_names_are_in_the_language_asked_for(capsys, pack, language, name):
    found = answer(capsys, *NIGHT, "--age", "34", "--language", language, pack=pack)
    assert found["places"][0]["name"] == name


def test_without_english_names_are_in_the_packs_first_language(capsys, monkeypatch):
    found = answer(capsys, *NIGHT, "--wants", "talk", pack=LAAKSO)
    assert found["places"][0]["name"].startswith("Elveheim")
    assert found["phone"] == "+358400000011"
    assert list(found["text"]) == ["nb", "fi", "en"]


def test_people_read_the_paragraph_first(capsys):
    shown = run(capsys, *NIGHT, "--age", "34", "--wants", "talk").splitlines()
    assert shown[0].startswith("You can call now: 040 701 8446")
    assert shown[1:4] == ["", "helpline: talk_at_night", "also: centre_next"]
    assert shown[-1] == "opens at: 2026-11-24T08:00:00+02:00"
    assert "also: -" in run(capsys, "--at", "2026-11-24T12:00", "--age", "34")


# ── Nights on which the clock turns ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("at", "latest", "door"),
    [
        # 72 hours and 59 seconds before the asked moment by the clock, whatever the walls show.
        ("2026-03-30T05:00", "2026-03-27T04:00", "on_call_now"),
        ("2026-03-30T05:00", "2026-03-27T03:59", "centre_next"),
        ("2026-10-26T05:00", "2026-10-23T06:00", "on_call_now"),
        ("2026-10-26T05:00", "2026-10-23T05:59", "centre_next"),
        # A skipped time moves on; of the doubled hour the later is meant for the latest.
        ("2026-04-01T04:30", "2026-03-29T03:30", "on_call_now"),
        ("2026-10-28T03:30", "2026-10-25T03:30", "on_call_now"),
        ("2026-10-28T03:31", "2026-10-25T03:30", "centre_next"),
    ],
)
def test_hours_are_counted_by_the_clock_and_not_by_the_wall(capsys, at, latest, door):
    found = answer(capsys, "--at", at, "--age", "34", "--event-earliest", "2026-03-01T00:00", "--event-latest", latest)
    assert found["door"] == door


def test_in_the_doubled_hour_the_earlier_is_meant_for_now(capsys):
    doubled = ["--at", "2026-10-25T03:30", "--age", "34"]
    assert answer(capsys, *doubled, "--event-latest", "2026-10-25T03:15")["door"] == "on_call_now"
    assert answer(capsys, *doubled, "--event-earliest", "2026-10-25T03:30")["door"] == "on_call_now"
    assert "--event-latest" in refusal(capsys, *doubled, "--event-latest", "2026-10-25T03:31")


# ── Refusals ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--at", "2026-11-24"], ["--at", "2026-11-24"]),
        (["--at", "20261124"], ["--at", "20261124"]),
        (["--at", "tonight"], ["--at", "tonight"]),
        (["--at", "2026-11-24T25:00"], ["--at", "2026-11-24T25:00"]),
        (["--at", "0001-01-01T00:00"], ["--at", "0001-01-01T00:00"]),
        (["--at", "9999-12-31T23:59"], ["--at", "9999-12-31T23:59"]),
        (["--event-latest", "2026-11-24"], ["--event-latest", "2026-11-24"]),
        (["--event-earliest", ""], ["--event-earliest", "''"]),
        (["--event", "yesterday"], ["--event", "yesterday"]),
        (["--age", "old"], ["--age", "old"]),
        (["--age", "-5"], ["--age", "-5"]),
        (["--age", "17-16"], ["--age", "17-16"]),
        (["--age", "under0"], ["--age", "under0"]),
        (["--age", "131"], ["--age", "131"]),
        (["--age", "131+"], ["--age", "131+"]),
        (["--age", "16 17"], ["--age", "16 17"]),
        (["--age", "১৭"], ["--age", "১৭"]),
        (["--age", "16\n17"], ["--age", r"16\n17"]),
        (["--danger", "perhaps"], ["--danger", "perhaps"]),
        (["--sign", "fever"], ["--sign", "fever"]),
        (["--wants", "nothing"], ["--wants", "nothing"]),
        (["--for", "friend"], ["--for", "friend"]),
        (["--infection", "covid"], ["--infection", "covid"]),
        (["--lives", " "], ["--lives", "' '"]),
        (["--language", "de"], ["--language", "de"]),
        (["--gender", "any"], ["--gender", "any"]),
        (["--dang", "yes"], ["--dang"]),
        (["--at"], ["--at"]),
    ],
)
def test_a_bad_value_is_refused_in_one_line_that_names_it(capsys, words, named):
    message = refusal(capsys, *words)
    assert not [name for name in named if name not in message]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("--event-earliest 2026-11-24T02:00 --event-latest 2026-11-24T01:00", ["--event-earliest", "02:00", "01:00"]),
        ("--event-latest 2026-11-24T03:01", ["--event-latest", "03:01", "--at"]),
        ("--event-earliest 2026-11-24T03:01", ["--event-earliest", "03:01", "--at"]),
        ("--event unknown --event-latest 2026-11-24T01:00", ["--event", "unknown", "--event-latest"]),
        ("--event unknown --event-earliest 2026-11-24T01:00", ["--event", "unknown", "--event-earliest"]),
    ],
)
def test_times_that_cannot_be_are_refused_by_name(capsys, words, named):
    message = refusal(capsys, *NIGHT, *words.split())
    assert not [name for name in named if name not in message]


def test_an_event_after_now_is_refused_also_where_now_is_not_told(capsys):
    assert "is after now" in refusal(capsys, "--event-latest", "2999-01-01T00:00")


def test_what_is_no_pack_is_refused(capsys, tmp_path):
    assert "--pack" in refusal(capsys, pack=str(tmp_path / "nowhere"))
    assert "--pack" in refusal(capsys, pack=str(ROOT / "pyproject.toml"))
    (tmp_path / "centre.toml").write_text("[centre]\n")
    message = refusal(capsys, pack=str(tmp_path))
    assert "centre.toml" in message
    assert "more)" in message
    (tmp_path / "centre.toml").write_text("[centre\n")
    assert "line 1" in refusal(capsys, pack=str(tmp_path))


@pytest.mark.parametrize("moment", ["1999-12-31T12:00", "2076-01-01T12:00", "8999-12-31T23:59"])
def test_a_year_whose_holidays_nobody_knows_is_refused(capsys, moment):
    """The centre would be told to be open on a day on which it is closed."""
    assert "public holidays are not known" in refusal(capsys, "--at", moment)


def test_the_last_day_whose_holidays_are_known_is_answered(capsys):
    found = answer(capsys, "--at", "2075-12-25T12:00", "--age", "34")
    assert found["opens_at"] == "2075-12-27T08:00:00+02:00"


def test_an_event_may_lie_in_any_year(capsys):
    long_ago = answer(capsys, *NIGHT, "--event-earliest", "1900-01-01T00:00", "--event-latest", "1950-01-01T00:00")
    assert long_ago["door"] == "later_services"


def test_a_command_is_needed(capsys):
    with pytest.raises(SystemExit) as left:
        cli.main([])
    assert left.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


# ── As a process, and as a figure ────────────────────────────────────────────────────────────────────────────


def test_it_runs_as_a_process_without_a_database():
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "POUKAMA_DATABASE_URL": "postgresql://localhost:1/nowhere"}
    words = ["route", "--pack", HELSINKI, *NIGHT, "--age", "34", "--json"]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "poukama.config.cli", *words],
        env=environment,
        cwd=Path("/"),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["door"] == "on_call_now"


def test_the_figures_are_of_questions_that_differ(monkeypatch):
    questions = list(routes._typical_questions())
    assert len({at for _known, at in questions}) == len(questions) == 20_000
    assert len({known for known, _at in questions[:5000]}) > 3000
    monkeypatch.setattr(routes, "_QUESTIONS", 500)
    figures = routes.route_figures(Path(HELSINKI))
    assert 0 < figures.routes < figures.reference
