"""The custody of a sample as a file: what was done to it is found without a database, by ours and by the script."""

import hashlib
import json
import types
from importlib.machinery import SourceFileLoader

import pytest

from poukama.config.settings import ROOT
from poukama.core import signing
from poukama.gate.rules import OPERATOR
from poukama.samples import access, custody
from poukama.samples.custody import Kind
from poukama.samples.proof import Fault, Unsound, check
from tests.cases.working import AT, MINUTE
from tests.samples.working import enter, entries, make_sample, seal

pytestmark = pytest.mark.django_db
SCRIPT = ROOT / "docs" / "safety" / "verify_custody.py"


def _script():
    module = types.ModuleType("verify_custody")
    SourceFileLoader("verify_custody", str(SCRIPT)).exec_module(module)
    return module


by_script = _script().check


@pytest.fixture
def sample(case, maija):
    row = make_sample(case, maija)
    enter(case, maija, row, Kind.PACKED, AT + MINUTE)
    seal(case, maija, row, when=AT + 2 * MINUTE)
    enter(case, maija, row, Kind.STORED, AT + 3 * MINUTE, place="J2", storage=row.storage)
    return row


@pytest.fixture
def lines(sample):
    return access.export_of(sample, by=OPERATOR, at=AT).splitlines()


def unsound(lines, **known):
    with pytest.raises(Unsound) as found:
        check(lines, **known)
    return found.value.fault, found.value.number


def changed(line, **known):
    return json.dumps({**json.loads(line), **known}, ensure_ascii=False)


def rehashed(lines):
    """Every entry with a hash that fits, as somebody would write who can compute one."""
    head, *rest = map(json.loads, lines)
    before = b""
    for told in rest:
        text = "|".join(_script().said(name, told[name]) for name in custody.NAMES)
        told["previous"] = before.hex()
        before = hashlib.sha256(before + text.encode()).digest()
        told["hash"] = before.hex()
    return [json.dumps(each, ensure_ascii=False) for each in ({**head, "hash": before.hex()}, *rest)]


def test_a_file_is_whole_for_both_and_says_which_sample_and_which_last_hash(sample, lines):
    head = check(lines, key=signing.public_key())
    assert (head.sample, head.number) == (sample.code, 4)
    assert check(lines, printed=head.hash.upper()[:8] + " " + head.hash[8:]) == head
    assert by_script(lines) == by_script(lines, head.hash) == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("place", "J3"),
        ("giver", "store"),
        ("acted_at", "2026-11-24T01:00:00.000000+00:00"),
        ("seal", ""),
        ("reason", "forgotten"),
        ("by", "member:1000"),
        ("rests_on", "consent:999"),
        ("storage", "freezer"),
    ],
)
def test_one_changed_entry_is_named(lines, field, value):
    lines[3] = changed(lines[3], **{field: value})
    fault, number = unsound(lines)
    assert (fault, number) == (Fault.BROKEN, 3)
    assert "entry 3" in by_script(lines)


def test_a_removed_a_swapped_and_an_added_entry_are_named(lines):
    head, one, two, three, four = lines
    assert unsound([head, one, three, four]) == (Fault.BROKEN, 2)
    assert unsound([head, one, three, two, four]) == (Fault.BROKEN, 2)
    assert unsound([head, one, two, two, three, four]) == (Fault.BROKEN, 3)
    assert unsound([head, one, two, three]) == (Fault.CUT_OFF, 4)
    assert unsound([*lines, changed(four, number=5)]) == (Fault.GOES_ON, 5)
    assert "entry 2" in by_script([head, one, three, four])
    assert "entry 2" in by_script([head, one, three, two, four])
    assert "entry 3" in by_script([head, one, two, two, three, four])
    assert "there should be 4 entries" in by_script([head, one, two, three])


def test_an_entry_of_another_sample_is_named(case, maija, lines):
    lines[2] = changed(lines[2], sample="N00999999")
    assert unsound(lines) == (Fault.OTHER_SAMPLE, 2)
    assert "entry 2" in by_script(lines)


def test_whoever_rewrites_it_all_cannot_sign_it_nor_change_the_sheet(lines):
    last = json.loads(lines[0])["hash"]
    lines[4] = changed(lines[4], place="J9")
    forged = rehashed(lines)
    assert check(forged).number == 4
    assert unsound(forged, key=signing.public_key()) == (Fault.FORGED, None)
    assert unsound(forged, printed=last) == (Fault.OTHER_HEAD, None)
    assert by_script(forged) == ""
    assert "the sheet" in by_script(forged, last)


def test_what_could_not_have_happened_is_named_though_every_hash_fits(lines):
    lines[3] = changed(lines[3], giver="police")
    assert unsound(rehashed(lines)) == (Fault.IMPOSSIBLE, 3)
    assert "entry 3" in by_script(rehashed(lines))


@pytest.mark.parametrize("head", ["", "[]", "{}", '{"kind": "other"}', "nothing"])
def test_a_file_without_its_head_is_no_custody(lines, head):
    assert unsound([head, *lines[1:]]) == (Fault.NO_HEAD, None)
    assert "head" in by_script([head, *lines[1:]])


@pytest.mark.parametrize("number", ["1", 0, None])
def test_a_head_counts_from_one(lines, number):
    assert unsound([changed(lines[0], number=number), *lines[1:]]) == (Fault.NO_HEAD, None)


def test_a_head_that_names_another_last_hash_is_named(lines):
    assert unsound([changed(lines[0], hash="00"), *lines[1:]]) == (Fault.BROKEN, 4)
    assert "first line names" in by_script([changed(lines[0], hash="00"), *lines[1:]])


@pytest.mark.parametrize("line", ["", "[]", "{}", "nothing", "7"])
def test_a_line_that_is_no_entry_is_named(lines, line):
    lines[2] = line
    assert unsound(lines) == (Fault.NO_ENTRY, 2)
    assert "entry 2" in by_script(lines)


def test_what_reads_the_same_and_is_written_otherwise_is_not_what_was_exported(lines):
    lines[2] = json.dumps(json.loads(lines[2]), indent=None, separators=(",", ":"))
    assert unsound(lines) == (Fault.NO_ENTRY, 2)


# ── In the database ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db(transaction=True)
def test_the_tables_owner_who_takes_the_triggers_off_is_found(sample, owner):
    owner("alter table samples_custodyentry disable trigger user, no force row level security")
    owner("update samples_custodyentry set place = 'J9' where number = 4")
    owner("alter table samples_custodyentry enable trigger user, force row level security")
    assert [row.place for row in entries(sample)][-1] == "J9"
    assert access.history_of(sample, by=OPERATOR, at=AT).broken == 4
    lines = access.export_of(sample, by=OPERATOR, at=AT).splitlines()
    assert unsound(lines) == (Fault.BROKEN, 4)
    assert "entry 4" in by_script(lines)
