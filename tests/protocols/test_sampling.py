"""A sampling protocol: what ships with the packs, every error its file can have, and which steps come into question."""

import datetime as dt
from pathlib import Path

import pytest

from poukama.centres.pack import PackErrors, read_pack
from poukama.centres.rules import TextState
from poukama.clients.asked import read_asked
from poukama.clients.consents import Purpose
from poukama.protocols.sampling import (
    Anatomy,
    Answered,
    Container,
    Irregular,
    Part,
    Protocol,
    SampleKind,
    Storage,
    Why,
    can_be_added,
    steps,
)
from poukama.protocols.sampling_file import read_sampling

CENTRES = Path(__file__).parents[2] / "centres"
GOOD = """
code = "adults"
version = "1"
source = "page"
review_by = 2027-05-31
[irregular]
duplicate_seal = "refuse"
used_kit = "refuse"
expired_lot = "record"
[sources.page]
title = "A page"
seen = 2026-11-24
[groups.mouth]
scope = "mouth"
part = "mouth"
source = "page"
kind = "swab"
items = 2
storage = "dry"
container = "swab_tube"
[groups.mouth.sites.gums]
[words.en]
owner = "The doctor"
state = "draft"
review_by = 2027-05-31
[words.en.mouth]
name = "Mouth"
say_first = "We begin with the mouth."
sites.gums = "Gums"
"""


def shipped(name: str) -> Protocol:
    protocol = read_sampling(CENTRES / name)
    assert protocol
    return protocol


def read(folder: Path, text: str = GOOD) -> Protocol:
    (folder / "sampling.toml").write_text(text)
    return shipped(str(folder))


HELSINKI = shipped("helsinki")


def keys(found):
    return [step.key for step in found]


# ── What ships ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["helsinki", "satama"])
def test_an_example_ships_that_nobody_has_approved_and_that_has_words_in_every_language_of_the_centre(name):
    protocol, pack = shipped(name), read_pack(CENTRES / name)
    assert not protocol.approved
    assert set(protocol.spoken) == set(pack.languages)
    assert {each.state for each in protocol.spoken.values()} == {TextState.DRAFT}
    for group in protocol.groups:
        assert set(group.words) == set(pack.languages)


@pytest.mark.parametrize("name", ["helsinki", "satama"])
def test_each_group_but_the_controls_rests_on_an_act_that_the_centre_asks_consent_to(name):
    scopes = {each.act.scope for each in read_asked(CENTRES / name) if each.act.purpose is Purpose.SAMPLES}
    groups = shipped(name).groups
    assert [group.code for group in groups if group.scope not in scopes] == ["controls"]


def test_urine_and_mouth_may_come_before_everything_else_and_hair_waits_for_another_visit():
    assert [group.code for group in HELSINKI.groups if group.early] == ["urine", "mouth"]
    assert [(each.code, each.not_before) for each in HELSINKI.groups if each.not_before] == [
        ("hair_later", dt.timedelta(days=28))
    ]


def test_a_centre_without_the_file_has_no_protocol():
    assert read_sampling(CENTRES / "laakso") is None


# ── The file ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_site_takes_from_its_group_what_it_does_not_say_itself(tmp_path):
    more = '\n[groups.mouth.sites.rinse]\nkind = "rinse"\nitems = 1\nstorage = "freezer"\nrepeats = true\n'
    text = GOOD.replace("[words.en]", more + "[words.en]").replace(
        "sites.gums =", 'sites.rinse = "Rinse"\nsites.gums ='
    )
    gums, rinse = read(tmp_path, text).groups[0].sites
    assert (gums.kind, gums.items, gums.storage, gums.repeats) == (SampleKind.SWAB, 2, Storage.DRY, False)
    assert (rinse.kind, rinse.items, rinse.storage, rinse.repeats) == (SampleKind.RINSE, 1, Storage.FREEZER, True)
    assert gums.container is rinse.container is Container.SWAB_TUBE


def test_words_are_those_of_the_first_language_that_has_them():
    mouth = next(group for group in HELSINKI.groups if group.code == "mouth")
    assert mouth.in_language("nb", "sv", "fi").name == "Prov från munnen"
    assert mouth.in_language("nb").language == "fi"
    assert mouth.name_of(mouth.sites[1], "sv") == "Munsköljning"


def test_a_protocol_says_what_is_refused_and_what_is_kept_as_a_deviation(tmp_path):
    assert read(tmp_path).irregular == {
        Irregular.DUPLICATE_SEAL: Answered.REFUSE,
        Irregular.USED_KIT: Answered.REFUSE,
        Irregular.EXPIRED_LOT: Answered.RECORD,
    }


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('kind = "swab"', "", "sampling.toml: groups.mouth.sites.gums.kind: expected one of swab, rinse"),
        ('"dry"', '"cold"', "sampling.toml: groups.mouth.storage: expected one of dry, fridge, freezer"),
        ("items = 2", "items = 0", "sampling.toml: groups.mouth.items: expected a number of items, from 1 to 20"),
        ('part = "mouth"', 'part = "lip"', "sampling.toml: groups.mouth.part: expected one of urine"),
        (
            'part = "mouth"',
            'window = "mouth"',
            "sampling.toml: groups.mouth.window: expected a window of protocols.toml",
        ),
        (
            'part = "mouth"',
            "not_before_days = 0",
            "sampling.toml: groups.mouth.not_before_days: expected a number of days",
        ),
        ("[groups.mouth.sites.gums]", "", "sampling.toml: groups.mouth.sites: expected a site"),
        (
            "sites.gums = ",
            "sites.lips = ",
            "sampling.toml: words.en.mouth.sites.gums: expected what this site is called",
        ),
        (
            'say_first = "We begin with the mouth."',
            "",
            "sampling.toml: words.en.mouth.say_first: expected what the client",
        ),
        ('owner = "The doctor"', "", "sampling.toml: words.en.owner: expected who answers for these words"),
        (
            'used_kit = "refuse"',
            'used_kit = "ask"',
            "sampling.toml: irregular.used_kit: expected one of refuse, record",
        ),
        (
            'source = "page"\nreview',
            'source = "pgae"\nreview',
            "sampling.toml: source: expected one of [sources]: page",
        ),
        ("[irregular]", "[[irregular", "sampling.toml, line 6: expected TOML"),
        (GOOD[GOOD.index("[words.en]") :], "", "sampling.toml: words: expected words in a language"),
        (GOOD[GOOD.index("[groups") : GOOD.index("[words")], "", "sampling.toml: groups: expected a group of samples"),
    ],
)
def test_an_error_names_its_file_its_key_and_what_was_expected(tmp_path, old, new, line):
    assert old in GOOD
    with pytest.raises(PackErrors) as caught:
        read(tmp_path, GOOD.replace(old, new, 1))
    assert any(str(error).startswith(line) for error in caught.value.errors), str(caught.value)


# ── Which steps come into question ───────────────────────────────────────────────────────────────────────────


def test_what_always_comes_and_what_comes_with_its_part_of_the_body_stand_in_the_protocols_order():
    found = steps(HELSINKI, {Part.MOUTH, Part.NAILS}, None)
    assert keys(found) == [
        "mouth.swabs",
        "mouth.rinse",
        "nails.right",
        "nails.left",
        "reference.cheek",
        "controls.swab",
        "controls.water",
        "controls.gloves",
    ]
    assert {step.why for step in found[:4]} == {Why.PART}
    assert {step.why for step in found[4:]} == {Why.ALWAYS}


def test_a_site_comes_with_the_anatomy_that_it_needs_whatever_else_the_body_has():
    external = {Part.EXTERNAL}
    assert keys(steps(HELSINKI, external, {Anatomy.VULVA}))[:2] == ["external.vulva", "external.perineum"]
    assert "external.vulva" not in keys(steps(HELSINKI, external, {Anatomy.PENIS}))
    both = keys(steps(HELSINKI, external, {Anatomy.PENIS, Anatomy.VULVA}))
    assert {"external.vulva", "external.glans"} <= set(both)


def test_nothing_is_left_out_for_an_anatomy_that_nobody_has_asked_about():
    assert {"internal.low", "internal.cervix"} <= set(keys(steps(HELSINKI, {Part.INTERNAL}, None)))
    assert "internal.low" not in keys(steps(HELSINKI, {Part.INTERNAL}, set()))


def test_anything_can_be_added_or_left_out():
    found = steps(HELSINKI, {Part.MOUTH}, set(), added={"internal.low", "mouth.rinse"}, skipped={"mouth.swabs"})
    assert keys(found)[:2] == ["mouth.rinse", "internal.low"]
    assert found[1].why is Why.ADDED
    assert "mouth.swabs" in keys(can_be_added(HELSINKI, found))
    assert len(found) + len(can_be_added(HELSINKI, found)) == sum(len(group.sites) for group in HELSINKI.groups)
