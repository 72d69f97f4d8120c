"""Reading packs: the three that ship, and every error a pack can have, with its file, key and line."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from poukama.centres.pack import PackError, PackErrors, read_others, read_pack
from poukama.centres.rules import NightRule, PlaceKind
from tests.factories import at

CENTRES = Path(__file__).parents[2] / "centres"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the Helsinki pack, to be spoilt."""
    return shutil.copytree(CENTRES / "helsinki", tmp_path / "pack")


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def errors_of(folder: Path) -> list[str]:
    with pytest.raises(PackErrors) as caught:
        read_pack(folder)
    return [str(error) for error in caught.value.errors]


# ── Files that are more than a file should be ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("file", "more", "error"),
    [
        ("centre.toml", f"odd = {'[' * 5000}{']' * 5000}", "expected TOML with numbers and lists of an ordinary size"),
        ("centre.toml", f"odd = {'9' * 5000}", "expected TOML with numbers and lists of an ordinary size"),
        ("words/fi.toml", f"[{'.'.join(['a'] * 3000)}]", "expected at most 8 tables inside each other"),
    ],
    ids=["a list in a list", "a number", "a table in a table"],
)
def test_what_is_too_deep_or_too_long_is_an_error_of_its_file(folder, file, more, error):
    with (folder / file).open("a") as text:
        text.write(f"\n{more}\n")
    assert f"{file}: {error}" in errors_of(folder)


@pytest.mark.parametrize(("old", "key"), [("alone = 16", "ages.alone"), ("under = 18", "duty.under")])
def test_an_age_limit_that_is_a_slip_of_the_keyboard_is_an_error(folder, old, key):
    change(folder / "centre.toml", old, f"{old}0")
    assert f"centre.toml: {key}: expected an age in whole years, from 0 to 30" in errors_of(folder)


# ── The invented centres say what Helsinki does not ──────────────────────────────────────────────────────────


@pytest.mark.parametrize("code", ["helsinki", "satama", "laakso"])
def test_every_pack_that_ships_reads(code):
    pack = read_pack(CENTRES / code)
    assert pack.code == code
    assert pack.invented is (code != "helsinki")


def test_the_invented_centres_have_placeholder_numbers_only():
    for code in ("satama", "laakso"):
        pack = read_pack(CENTRES / code)
        phones = {line.phone for line in pack.lines} | {place.phone for place in pack.places if place.phone}
        assert all(phone.startswith(("+35840000", "+35850000", "116117")) for phone in phones)


def test_satama_counts_days_serves_two_sites_and_takes_younger_people_by_referral():
    pack = read_pack(CENTRES / "satama")
    assert pack.window is not None
    assert (pack.window.months, pack.window.days) == (None, 30)
    assert pack.ages is not None
    assert (pack.ages.alone, pack.ages.referred) == (16, 13)
    assert len(pack.of_kind(PlaceKind.CENTRE)) == 2
    assert not any(origin.example for _, origin in pack.origins())


def test_hours_rest_on_an_example_where_one_of_the_sites_does(tmp_path):
    satama = shutil.copytree(CENTRES / "satama", tmp_path / "satama")
    assert not read_pack(satama).hours_origin.example
    change(satama / "centre.toml", "[places.islands]", "[places.islands]\nexample = true")
    assert read_pack(satama).hours_origin.example


def test_satama_meets_clients_in_three_rooms_and_a_pack_may_name_none():
    assert read_pack(CENTRES / "satama").rooms == ("1", "2", "3")
    assert read_pack(CENTRES / "helsinki").rooms == ()


def test_satamas_area_is_where_it_happened_ships_and_abroad_included():
    area = read_pack(CENTRES / "satama").area
    assert area is not None
    assert (area.by_home, area.by_event) == (False, True)
    assert area.holds("ship")
    assert area.holds("abroad")


def test_laakso_has_another_country_another_line_at_night_and_another_language():
    pack = read_pack(CENTRES / "laakso")
    assert (pack.country, pack.zone.key, pack.emergency_phone) == ("NO", "Europe/Oslo", "113")
    assert pack.languages == ("nb", "fi", "en")
    day, night = pack.line_at(at("2026-11-24T12:00")), pack.line_at(at("2026-11-24T03:00"))
    assert (day.own, night.own) == (True, False)
    assert "Elveheim" in pack.words["nb"].get("lines.night.name")
    assert pack.line_at(at("2027-05-17T12:00")) == night


def test_laakso_sets_no_age_no_window_no_duty_and_no_acute_hours():
    pack = read_pack(CENTRES / "laakso")
    assert (pack.ages, pack.window, pack.duty, pack.night.acute_within) == (None, None, None, None)
    assert pack.night.acute_origin == pack.night.origin
    assert pack.night.rule is NightRule.REFERRED
    assert pack.area is not None
    assert (pack.area.by_home, pack.area.by_event) == (True, False)


def test_a_pack_may_do_without_an_area(folder):
    text = (CENTRES / "laakso" / "centre.toml").read_text()
    start, end = text.index("[area]"), text.index("[night]")
    shutil.copytree(CENTRES / "laakso", folder, dirs_exist_ok=True)
    (folder / "centre.toml").write_text(text[:start] + text[end:])
    (folder / "words" / "sv.toml").unlink()
    for file in (folder / "words").iterdir():
        kept = [line for line in file.read_text().splitlines() if not line.startswith(("area =", "laakso =", "ylala"))]
        file.write_text("\n".join(kept))
    assert read_pack(folder).area is None


# ── Errors, one by one ───────────────────────────────────────────────────────────────────────────────────────

CENTRE = [
    # What TOML itself refuses, with its line.
    ("[ages]", "[ages", "centre.toml, line 101: expected TOML"),
    ("alone = 16", "alone = 16\nalone = 17", "centre.toml, line 103: expected TOML"),
    # Typos.
    ("alone = 16", "allone = 16", "centre.toml: ages.allone: expected one of the keys alone"),
    ("[ages]", "[aegs]", "centre.toml: aegs: expected one of the keys"),
    ("[said.free]", "[say.free]", "centre.toml: say: expected one of the keys"),
    # Types.
    ("alone = 16", 'alone = "16"', "centre.toml: ages.alone: expected an age in whole years"),
    ("alone = 16", "alone = true", "centre.toml: ages.alone: expected an age in whole years"),
    ("alone = 16", "alone = -1", "centre.toml: ages.alone: expected an age in whole years, from 0"),
    ("own = true", 'own = "yes"', "centre.toml: lines.helpline.own: expected true or false"),
    ("own = true", "", "centre.toml: lines.helpline.own: expected true or false"),
    ("review_by = 2027-05-31", "review_by = 2027-05-31T00:00:00", "centre.toml: centre.review_by: expected a date"),
    ("review_by = 2027-05-31", "", "centre.toml: centre.review_by: expected a date"),
    ('["fi", "sv", "en"]', '"fi"', "centre.toml: centre.languages: expected a list of languages"),
    ('["fi", "sv", "en"]', "[]", "centre.toml: centre.languages: expected a list of languages"),
    (
        '["fi", "sv", "en"]',
        '["fi", "sv", "en"]\nrooms = ["Room 1"]',
        "centre.toml: centre.rooms: expected a list of rooms",
    ),
    ('["doctor", "midwife"]', '["doctor", 1]', "centre.toml: night.duties: expected a list of those on call"),
    ('["doctor", "midwife"]', "[]", "centre.toml: night.duties: expected a list of those on call"),
    ('code = "helsinki"', 'code = " "', "centre.toml: centre.code: expected a text, not an empty one"),
    ("[night.acute]\nhours = 72", "[night.acute]", "centre.toml: night.acute.hours: expected a number of hours"),
    # Words from a list.
    ('kind = "emergency"', 'kind = "clinic"', "centre.toml: places.emergency.kind: expected one of centre, children"),
    ('rule = "on_call"', 'rule = "often"', "centre.toml: night.rule: expected one of on_call, always, referred, none"),
    ('time = "full_time"', 'time = "most"', "centre.toml: staff.midwife_coordinator.time: expected one of full_time"),
    # Sources.
    ('source = "page"', "", "centre.toml: centre.source: expected the source of these values"),
    ('source = "page"', 'source = "leaf"', "centre.toml: centre.source: expected one of [sources]: page,"),
    # Country, hours, numbers.
    ('code = "FI"', "", "centre.toml: country.code: expected a country code for public holidays"),
    ('code = "FI"', 'code = "XX"', "centre.toml: country.code: expected a country whose public holidays are known"),
    ('"Europe/Helsinki"', '"Europe/Hellsinki"', "centre.toml: country.time_zone: expected a time zone of the IANA"),
    ('"Europe/Helsinki"', '"../zone"', "centre.toml: country.time_zone: expected a time zone of the IANA"),
    ('time_zone = "Europe/Helsinki"', "", "centre.toml: country.time_zone: expected a time zone"),
    ('"Mo-Fr 08:00-18:00"', '"8-18"', "centre.toml: places.centre.hours: expected opening hours in OpenStreetMap"),
    ('"24/7"', '"24 h"', "centre.toml: lines.helpline.hours: expected opening hours in OpenStreetMap's syntax"),
    ('hours = "24/7"', "", "centre.toml: lines.helpline.hours: expected opening hours in OpenStreetMap's syntax"),
    ('"PH off"', '"shut"', "centre.toml: places.centre.hours: expected opening hours in OpenStreetMap's syntax"),
    ('"040 701 8446"', '"040 701"', "centre.toml: lines.helpline.phone: expected a telephone number that can be"),
    ('"040 701 8446"', '"call us"', "centre.toml: lines.helpline.phone: expected a telephone number that can be"),
    ('phone = "040 701 8446"', "", "centre.toml: lines.helpline.phone: expected a telephone number, as"),
    ('emergency_phone = "112"', 'emergency_phone = "12"', "centre.toml: country.emergency_phone: expected a tele"),
    ('emergency_phone = "112"', 'emergency_phone = "1161170"', "centre.toml: country.emergency_phone: expected a tele"),
    ('emergency_phone = "112"', 'emergency_phone = "012"', "centre.toml: country.emergency_phone: expected a tele"),
    ('emergency_phone = "112"', "", "centre.toml: country.emergency_phone: expected a telephone number, as"),
    # What does not fit together.
    ("referred = 16", "referred = 17", "centre.toml: ages.referred: expected an age not above the 16"),
    ("months = 1", "months = 1\ndays = 30", "centre.toml: window.months: expected either months or days"),
    ("months = 1", "", "centre.toml: window.months: expected either months or days"),
    ("months = 1", "months = 0", "centre.toml: window.months: expected a number of calendar months, from 1"),
    (
        "by_home = true\nby_event = true",
        "by_home = false\nby_event = false",
        "centre.toml: area.by_home: expected true",
    ),
    ('by_way_of = "emergency"', 'by_way_of = "attic"', "centre.toml: night.by_way_of: expected the code of a place"),
    ('hours = "Mo-Fr 08:00-18:00"', "", "centre.toml: places.centre.hours: expected the site's opening hours"),
    ('kind = "centre"', 'kind = "later"', 'centre.toml: places: expected a place of kind "centre"'),
    ('kind = "emergency"', 'kind = "later"', 'centre.toml: signs.medical: expected a place of kind "emergency"'),
]


@pytest.mark.parametrize(("old", "new", "line"), CENTRE)
def test_an_error_in_the_centres_file_names_its_key_and_what_was_expected(folder, old, new, line):
    change(folder / "centre.toml", old, new)
    assert any(error.startswith(line) for error in errors_of(folder)), errors_of(folder)


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("children", 'centre.toml: ages: expected a place of kind "children"'),
        ("later", "centre.toml: window: expected"),
    ],
)
def test_a_limit_needs_somewhere_to_go_beyond_it(folder, kind, line):
    file = folder / "centre.toml"
    file.write_text(file.read_text().replace(f'kind = "{kind}"', 'kind = "emergency"'))
    assert any(error.startswith(line) for error in errors_of(folder))


def test_a_site_that_is_always_there_needs_no_hours(folder):
    change(folder / "centre.toml", 'rule = "on_call"', 'rule = "always"')
    change(folder / "centre.toml", 'hours = "Mo-Fr 08:00-18:00"', "")
    assert read_pack(folder).place("centre").hours is None


def test_a_pack_without_a_line_is_refused(folder):
    text = (folder / "centre.toml").read_text()
    (folder / "centre.toml").write_text(text[: text.index("[lines.")] + text[text.index("[places.centre]") :])
    assert "centre.toml: lines: expected a telephone line, as [lines.helpline]" in errors_of(folder)


def test_a_pack_without_a_table_it_needs_says_so_once(folder):
    change(folder / "centre.toml", "[call_first]", "[call_later]")
    found = [error for error in errors_of(folder) if "call_first" in error]
    assert found[0] == "centre.toml: call_first: expected a table, [call_first]"
    assert all(error.startswith("centre.toml: call_later: expected one of the keys") for error in found[1:])


def test_a_value_where_a_table_belongs_is_an_error(folder):
    change(folder / "centre.toml", "[centre]", "ages = 16\n[centre]")
    change(folder / "centre.toml", "[ages]", "[old]")
    assert "centre.toml: ages: expected a table, [ages]" in errors_of(folder)


WORDS = [
    ("owner", "# owner", "words/en.toml: owner: expected who answers for these words, by role"),
    ('state = "draft"', 'state = "done"', "words/en.toml: state: expected one of draft, read_by_native, approved"),
    ('name = "Seri Support Centre"', "", "words/en.toml: centre.name: expected a text"),
    ('area = "in Helsinki', 'aera = "in Helsinki', "words/en.toml: centre.area: expected a text"),
    ('area = "in Helsinki', 'aera = "in Helsinki', "words/en.toml: centre.aera: expected a key of something that is"),
    ('address = "Women', 'adress = "Women', "words/en.toml: places.centre.address: expected a text, as the pack or"),
    ('espoo = "Espoo"', "", "words/en.toml: municipalities.espoo: expected a text"),
    ('free = "The help is free of charge."', "", "words/en.toml: said.free: expected a text"),
    ('free = "The help is free of charge."', "free = 0", "words/en.toml: said.free: expected a text"),
    ('free = "The help is free of charge."', 'free = " "', "words/en.toml: said.free: expected a text, not an empty"),
    ("[said]", '[doors]\nhelpline = "Call"\n[said]', "words/en.toml: doors.helpline: expected a key of something"),
    ("[said]", "[said", "words/en.toml, line 74: expected TOML"),
]


@pytest.mark.parametrize(("old", "new", "line"), WORDS)
def test_an_error_in_the_words_names_the_languages_file(folder, old, new, line):
    change(folder / "words" / "en.toml", old, new)
    assert any(error.startswith(line) for error in errors_of(folder)), errors_of(folder)


def test_a_declared_language_without_its_words_is_an_error(folder):
    (folder / "words" / "sv.toml").unlink()
    assert errors_of(folder) == ["words/sv.toml: expected the centre's words in 'sv'"]


def test_words_in_a_language_that_is_not_declared_are_an_error(folder):
    shutil.copy(folder / "words" / "sv.toml", folder / "words" / "se.toml")
    assert errors_of(folder) == ["words/se.toml: expected a language of centre.languages"]


def test_words_that_are_not_utf_8_are_an_error(folder):
    (folder / "words" / "sv.toml").write_bytes("owner = 'Barnmorskan på Kvinnokliniken'".encode("latin-1"))
    assert "words/sv.toml: expected text in UTF-8" in errors_of(folder)


@pytest.mark.parametrize("text", ["Call {number}.", "Call {phone.", "Call {}."])
def test_a_paragraph_for_a_door_knows_three_placeholders(tmp_path, text):
    folder = shutil.copytree(CENTRES / "laakso", tmp_path / "pack")
    change(folder / "words" / "nb.toml", 'call_first = "Ring før du kommer."', f'call_first = "{text}"')
    (error,) = errors_of(folder)
    assert error.startswith("words/nb.toml: notes.call_first: expected only {place}, {phone}, {opens}")


# ── All in one go ────────────────────────────────────────────────────────────────────────────────────────────


def test_all_errors_are_told_in_one_go(folder):
    change(folder / "centre.toml", "alone = 16", 'alone = "16"')
    change(folder / "centre.toml", "months = 1", "months = 1\ndays = 1")
    change(folder / "centre.toml", '"Mo-Fr 08:00-18:00"', '"8-18"')
    change(folder / "words" / "fi.toml", "vantaa =", "vanta =")
    files_and_keys = {tuple(error.split(": ")[:2]) for error in errors_of(folder)}
    assert files_and_keys >= {
        ("centre.toml", "ages.alone"),
        ("centre.toml", "window.months"),
        ("centre.toml", "places.centre.hours"),
        ("words/fi.toml", "municipalities.vantaa"),
        ("words/fi.toml", "municipalities.vanta"),
    }


@pytest.mark.parametrize(("old", "new", "_line"), CENTRE)
def test_no_error_is_told_twice(folder, old, new, _line):
    change(folder / "centre.toml", old, new)
    errors = errors_of(folder)
    assert len(errors) == len(set(errors))


def test_a_broken_file_is_one_error_and_hides_none_in_another(folder):
    change(folder / "centre.toml", "[ages]", "[ages")
    assert [error.split(":")[0] for error in errors_of(folder)] == ["centre.toml, line 101"]


def test_an_error_is_one_line_with_its_file_line_and_key():
    assert str(PackError("centre.toml", "", 3, "expected TOML")) == "centre.toml, line 3: expected TOML"
    assert str(PackError("centre.toml", "a.b", None, "expected c")) == "centre.toml: a.b: expected c"


def test_an_error_at_the_end_of_a_file_has_no_line(folder):
    (folder / "centre.toml").write_text("[centre]\ncode = ")
    assert "\n" not in errors_of(folder)[0]


def test_a_folder_without_a_centres_file_cannot_be_read(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_pack(tmp_path)


# ── Other centres ────────────────────────────────────────────────────────────────────────────────────────────


def test_other_centres_have_names_in_three_languages_and_the_date_somebody_looked():
    others = {other.code: other for other in read_others(CENTRES / "others.toml")}
    assert len(others) == 8
    assert others["turku"].names["sv"] == "Seri-stödcentret, Åbo"
    assert others["turku"].regions["en"] == "Southwest Finland"
    assert others["turku"].opened == "2019-05"
    assert others["joensuu"].opened == ""
    assert all(other.checked >= dt.date(2026, 11, 1) for other in others.values())


def test_an_error_in_the_list_of_other_centres_is_told_like_any_other(tmp_path):
    shutil.copy(CENTRES / "others.toml", tmp_path)
    change(tmp_path / "others.toml", 'sv = "Seri-stödcentret, Åbo"', "")
    with pytest.raises(PackErrors, match=r"others.toml: centres.turku.name.sv: expected a text"):
        read_others(tmp_path / "others.toml")
