"""What a centre asks consent to, and in which words: the shipped packs, and every error that the file can have."""

from pathlib import Path

import pytest

from poukama.centres.pack import PackErrors
from poukama.centres.rules import TextState
from poukama.clients.asked import read_asked
from poukama.clients.consents import Act, Purpose, Recipient
from poukama.clients.held import asked_at
from tests.people import make_centre

CENTRES = Path(__file__).parents[2] / "centres"
GOOD = """
version = "1"

[sources.page]
title = "A page"
seen = 2026-11-24

[acts.mouth]
purpose = "samples"
recipient = "centre"
scope = "mouth"
source = "page"
review_by = 2027-05-31

[words.fi]
owner = "Kätilö"
state = "draft"
review_by = 2027-05-31

[words.fi.mouth]
name = "Suu"
asks = "Saako?"

[words.sv]
owner = "Barnmorska"
state = "approved"
review_by = 2027-05-31

[words.sv.mouth]
name = "Munnen"
asks = "Får vi?"
"""


def read(tmp_path: Path, text: str):
    (tmp_path / "consents.toml").write_text(text)
    return read_asked(tmp_path)


def test_a_pack_without_the_file_asks_nothing():
    assert read_asked(CENTRES / "laakso") == ()


@pytest.mark.parametrize("code", ["helsinki", "satama"])
def test_what_ships_is_an_example_throughout_that_nobody_has_reviewed(code):
    asked = read_asked(CENTRES / code)
    assert all(each.origin.example and each.source.title for each in asked)
    assert {worded.state for each in asked for worded in each.words.values()} == {TextState.DRAFT}


@pytest.mark.parametrize("code", ["helsinki", "satama"])
def test_what_ships_asks_each_act_by_itself_in_three_languages(code):
    asked = read_asked(CENTRES / code)
    purposes = {each.act.purpose for each in asked}
    assert purposes == set(Purpose) - {Purpose.NOTICE}
    assert len({each.act for each in asked}) == len(asked)
    assert all(set(each.words) == {"fi", "sv", "en"} for each in asked)


def test_the_groups_of_samples_are_asked_one_by_one():
    scopes = [each.act.scope for each in read_asked(CENTRES / "helsinki") if each.act.purpose is Purpose.SAMPLES]
    assert len(scopes) > 4
    assert "" not in scopes


def test_an_act_is_read_with_its_words(tmp_path):
    (each,) = read(tmp_path, GOOD)
    assert each.act == Act(Purpose.SAMPLES, Recipient.CENTRE, "mouth")
    assert (each.version, each.source.title, each.origin.example) == ("1", "A page", False)
    swedish = each.in_language("ru", "sv")
    assert (swedish.asks, swedish.state, each.wording(swedish).language) == ("Får vi?", TextState.APPROVED, "sv")
    assert each.in_language("ru").language == "fi"


def test_a_centre_asks_what_its_newest_pack_says(db):
    centre = make_centre()
    assert [each.code for each in asked_at(centre)] == [each.code for each in read_asked(CENTRES / "satama")]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('version = "1"', "", "version: expected the version of these words"),
        ('"samples"', '"sample"', "acts.mouth.purpose: expected one of examination"),
        ('recipient = "centre"', 'recipient = "nobody"', "acts.mouth.recipient: expected one of centre"),
        ('scope = "mouth"', 'scope = "The mouth"', "acts.mouth.scope: expected small letters"),
        ('source = "page"', 'source = "pgae"', "acts.mouth.source: expected one of [sources]: page"),
        ('asks = "Saako?"', "", "words.fi.mouth.asks: expected what is read to the client"),
        ("[words.sv.mouth]", "[words.sv.moth]", "words.sv.mouth: expected a table"),
        ('owner = "Kätilö"', "", "words.fi.owner: expected who answers for these words"),
        ('state = "draft"', 'state = "fine"', "words.fi.state: expected one of draft"),
        ("[words.fi]", "[words.fi", "line 15: expected TOML"),
    ],
)
def test_a_fault_in_the_file_is_told_with_its_place(tmp_path, old, new, told):
    assert old in GOOD
    with pytest.raises(PackErrors) as errors:
        read(tmp_path, GOOD.replace(old, new))
    assert any(told in str(error) for error in errors.value.errors), errors.value.errors


def test_acts_without_words_are_a_fault(tmp_path):
    with pytest.raises(PackErrors, match="expected words in a language"):
        read(tmp_path, GOOD[: GOOD.index("[words.fi]")])
