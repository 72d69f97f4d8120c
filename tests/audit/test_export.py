"""An export that was tampered with says so, to anyone who has only the file and the public key."""

import base64
import dataclasses
import datetime as dt
import json
import subprocess
import sys
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from poukama.audit.rules import (
    Checkpoint,
    Fault,
    Line,
    Unsound,
    check_export,
    checkpoint_told,
    line_told,
    read_checkpoint,
    seal,
    signed_bytes,
    with_signature,
)

AT = dt.datetime(2026, 3, 29, 1, 0, 0, 123456, tzinfo=dt.UTC)
PRIVATE = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
KEY = base64.b64encode(PRIVATE.public_key().public_bytes_raw()).decode()
OTHER_KEY = base64.b64encode(Ed25519PrivateKey.generate().public_key().public_bytes_raw()).decode()
EVENTS = ("case.listed", "case.read_for_care", "client.read")


def chain(length: int, *, of: int = 7, actors: tuple[int, ...] = (3,)) -> list[Line]:
    """So many lines, each with its seal."""
    lines: list[Line] = []
    for number in range(1, length + 1):
        actor, event = f"member:{actors[number % len(actors)]}", EVENTS[number % len(EVENTS)]
        before, count = (lines[-1].seal if lines else b""), (number if number % 4 == 0 else None)
        bare = Line(of, number, AT + number * dt.timedelta(seconds=1), event, actor, "cases.case:9", before, b"", count)
        lines.append(dataclasses.replace(bare, seal=seal(bare)))
    return lines


def signed(checkpoint: Checkpoint) -> str:
    told = checkpoint_told(checkpoint)
    return with_signature(told, PRIVATE.sign(signed_bytes(told)))


def mark(lines: list[Line], number: int) -> Checkpoint:
    """A checkpoint made when this was the last line."""
    return Checkpoint("satama", 7, number, lines[number - 1].seal if number else b"", AT)


def exported(lines: list[Line], after: int = 0) -> list[str]:
    """The text of an export of the lines after one."""
    before = lines[after - 1].seal if after else b""
    end = dataclasses.replace(mark(lines, len(lines)), after=after, before=before)
    return [signed(end) + "\n", *(line_told(line) + "\n" for line in lines[after:])]


def fault(texts: list[str], *kept: Checkpoint, key: str = KEY) -> Fault | None:
    try:
        check_export(texts, key, kept)
    except Unsound as unsound:
        return unsound.fault
    return None


# ── Properties ───────────────────────────────────────────────────────────────────────────────────────────────

LENGTHS = st.integers(1, 12)


@given(length=st.integers(0, 12), data=st.data())
def test_a_whole_export_of_any_part_is_whole(length, data):
    after = data.draw(st.integers(0, length))
    lines = chain(length)
    assert fault(exported(lines, after), *(mark(lines, number) for number in range(length + 1))) is None


@given(length=LENGTHS, data=st.data())
def test_one_changed_event_is_found(length, data):
    texts = exported(chain(length))
    place = data.draw(st.integers(1, length))
    told = json.loads(texts[place])
    name = data.draw(st.sampled_from(sorted(told)))
    told[name] = data.draw(
        st.one_of(st.text(max_size=70), st.integers(), st.none()).filter(lambda new: new != told[name])
    )
    texts[place] = json.dumps(told) + "\n"
    assert fault(texts) in (Fault.BROKEN, Fault.NO_EVENT)


@given(length=LENGTHS, data=st.data())
def test_one_changed_character_anywhere_is_found(length, data):
    texts = exported(chain(length))
    place = data.draw(st.integers(0, length))
    at = data.draw(st.integers(0, len(texts[place]) - 2))
    new = data.draw(st.characters(codec="ascii", exclude_characters="\n\r").filter(lambda c: c != texts[place][at]))
    texts[place] = texts[place][:at] + new + texts[place][at + 1 :]
    # White space between the parts of the first line says nothing; all the rest is signed.
    same = place == 0 and _same(texts[0], exported(chain(length))[0])
    assert same or fault(texts) is not None


def _same(one: str, other: str) -> bool:
    try:
        return bool(json.loads(one) == json.loads(other))
    except ValueError:
        return False


@given(length=LENGTHS, data=st.data())
def test_one_removed_event_is_found(length, data):
    texts = exported(chain(length))
    del texts[data.draw(st.integers(1, length))]
    assert fault(texts) in (Fault.BROKEN, Fault.CUT_OFF)


@given(length=LENGTHS, data=st.data())
def test_any_number_taken_off_the_end_is_found(length, data):
    texts = exported(chain(length))
    assert fault(texts[: data.draw(st.integers(1, length))]) is Fault.CUT_OFF


@given(length=st.integers(2, 12), data=st.data())
def test_two_events_that_changed_places_are_found(length, data):
    texts = exported(chain(length))
    one, other = data.draw(st.lists(st.integers(1, length), min_size=2, max_size=2, unique=True))
    texts[one], texts[other] = texts[other], texts[one]
    assert fault(texts) is Fault.BROKEN


@given(length=LENGTHS, data=st.data())
def test_one_added_event_is_found_even_with_a_seal_of_its_own(length, data):
    lines = chain(length)
    texts = exported(lines)
    place = data.draw(st.integers(1, length + 1))
    before = lines[place - 2].seal if place > 1 else b""
    forged = Line(7, place, AT, "case.printed", "member:4", "cases.case:9", before, b"")
    texts.insert(place, line_told(dataclasses.replace(forged, seal=seal(forged))) + "\n")
    assert fault(texts) in (Fault.BROKEN, Fault.GOES_ON)


@given(length=st.integers(1, 12), data=st.data())
def test_a_trail_that_was_written_anew_is_found_by_a_kept_checkpoint(length, data):
    """By whoever owns the database and the signing key: only what is kept elsewhere tells."""
    kept = mark(chain(length), data.draw(st.integers(1, length)))
    anew = chain(data.draw(st.integers(0, 12)), actors=(4,))
    assert fault(exported(anew)) is None
    assert fault(exported(anew), kept) is Fault.OTHER_PAST


# ── One by one ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_checkpoint_of_another_centre_or_of_before_the_part_is_no_matter():
    lines = chain(6)
    other = dataclasses.replace(mark(lines, 3), centre=8, seal=b"other")
    assert fault(exported(lines), other) is None
    assert fault(exported(lines, after=4), dataclasses.replace(mark(lines, 3), seal=b"other")) is None


def test_the_end_must_have_the_seal_that_was_signed():
    lines = chain(6)
    anew = chain(6, actors=(4,))
    assert fault([exported(lines)[0], *exported(anew)[1:]]) is Fault.BROKEN


@pytest.mark.parametrize("key", [OTHER_KEY, "", "no key", base64.b64encode(b"short").decode()])
def test_another_key_has_not_signed_it(key):
    assert fault(exported(chain(3)), key=key) is Fault.FORGED


@pytest.mark.parametrize(
    "change", [{"number": 2}, {"seal": "00"}, {"at": "2026-01-01T00:00:00+00:00"}, {"signature": "zz"}, {"more": 1}]
)
def test_a_checkpoint_that_was_changed_is_forged(change):
    texts = exported(chain(3))
    texts[0] = json.dumps({**json.loads(texts[0]), **change})
    assert fault(texts) is Fault.FORGED


@pytest.mark.parametrize("text", ["", "no json", "[]", "{}", "null", '{"kind": "checkpoint"}'])
def test_what_is_no_checkpoint_is_refused(text):
    assert fault([text]) is Fault.NO_CHECKPOINT
    assert fault([]) is Fault.NO_CHECKPOINT


def test_something_else_that_was_signed_is_no_checkpoint():
    told = {**checkpoint_told(mark(chain(3), 3)), "kind": "destruction"}
    with pytest.raises(Unsound, match="no checkpoint"):
        read_checkpoint(with_signature(told, PRIVATE.sign(signed_bytes(told))), KEY)


@pytest.mark.parametrize("text", ["", "{", "[]", '"x"', "7"])
def test_what_is_no_event_is_refused(text):
    texts = exported(chain(3))
    texts[2] = text + "\n"
    assert fault(texts) is Fault.NO_EVENT


def test_an_event_that_reads_the_same_and_is_written_otherwise_is_refused():
    texts = exported(chain(3))
    texts[2] = json.dumps(json.loads(texts[2]), indent=None, separators=(" , ", " : ")) + "\n"
    assert fault(texts) is Fault.NO_EVENT


# ── Elsewhere ────────────────────────────────────────────────────────────────────────────────────────────────

# Nothing of ours but the rules, and of others only what signatures need.
ALONE = """
import runpy, sys
sys.argv = ["poukama.audit", *sys.argv[1:]]
try:
    runpy.run_module("poukama.audit", run_name="__main__")
finally:
    print({name.split(".")[0] for name in sys.modules} & {"django", "psycopg"}, file=sys.stderr)
    print(sorted(name for name in sys.modules if name.startswith("poukama.")), file=sys.stderr)
"""


def elsewhere(*words: Any) -> tuple[int, str, str]:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", ALONE, *map(str, words)], capture_output=True, text=True, check=False, env={}
    )
    return done.returncode, done.stdout, done.stderr


def test_a_file_is_verified_with_the_public_key_alone(tmp_path):
    lines = chain(6)
    file, kept = tmp_path / "export", tmp_path / "checkpoint"
    file.write_text("".join(exported(lines)))
    kept.write_text(signed(mark(lines, 4)) + "\n")
    status, said, modules = elsewhere(file, KEY, kept)
    assert (status, said) == (
        0,
        f"{file}: whole: satama, events 1 to 6, signed 2026-03-29 01:00 UTC, last seal {lines[-1].seal.hex()}\n",
    )
    assert modules == "set()\n['poukama.audit', 'poukama.audit.rules']\n"


def test_a_file_that_is_not_whole_is_told_with_its_event(tmp_path):
    file = tmp_path / "export"
    file.write_text("".join(exported(chain(6))[:5]))
    assert elsewhere(file, KEY)[:2] == (1, f"{file}: NOT WHOLE: lines are missing at the end (at event 5)\n")
    assert elsewhere(file, OTHER_KEY)[:2] == (1, f"{file}: NOT WHOLE: the checkpoint was not signed by this key\n")
    assert elsewhere(file)[0] == 2
