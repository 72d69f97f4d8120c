"""Reads a centre pack: a folder with `centre.toml` and the centre's words, `words/<language>.toml`.

Every error is found in one go. What a pack may say is what these functions read; any other key is an error.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import phonenumbers

from poukama.centres.rules import (
    Ages,
    Area,
    CallFirst,
    CareWindow,
    Duty,
    Line,
    Night,
    NightRule,
    Origin,
    OtherCentre,
    Pack,
    Place,
    PlaceKind,
    PostTime,
    Said,
    SignList,
    Source,
    StaffPost,
    Words,
)
from poukama.centres.words import SPOKEN, read_words, word_errors
from poukama.core.hours import ALWAYS, Hours, ParserError, UnknownCountryError
from poukama.core.tables import PackError, PackErrors, Table

__all__ = ["PackError", "PackErrors", "read_origin", "read_others", "read_pack", "read_sources"]


# A limit of age above this is a slip of the keyboard, and would send everybody to the children's clinic.
_OLDEST_MINIMUM = 30
_ROOM = re.compile(r"[a-z0-9-]{1,12}")


class Country(NamedTuple):
    """What hours and telephone numbers are read with."""

    code: str
    zone: ZoneInfo


# Stands in for a country that could not be read.
_NO_COUNTRY = Country("SE", ZoneInfo("UTC"))


def read_pack(folder: Path) -> Pack:
    """The centre that a folder describes. Raises PackErrors, with every error, and OSError without `centre.toml`."""
    errors: list[PackError] = []
    top = Table.open(folder, "centre.toml", errors)
    words = read_words(folder, top.table("centre").texts("languages", 'a list of languages, as ["fi"]'), errors)
    pack = _pack(top, words)
    top.left_over()
    if top:
        errors += [PackError("centre.toml", key, None, f"expected {what}") for key, what in _contradictions(pack)]
        errors += word_errors(pack)
    if errors:
        raise PackErrors(errors)
    return pack


def read_others(file: Path) -> tuple[OtherCentre, ...]:
    """Other centres by name, from a file beside the packs. Raises PackErrors, with every error, and OSError."""
    errors: list[PackError] = []
    top = Table.open(file.parent, file.name, errors)
    sources = read_sources(top)
    others = tuple(_other(code, table, sources) for code, table in top.tables("centres").items())
    top.left_over()
    if errors:
        raise PackErrors(errors)
    return others


def _other(code: str, table: Table, sources: Mapping[str, Source]) -> OtherCentre:
    name, region = table.table("name"), table.table("region")
    return OtherCentre(
        code=code,
        names={language: name.text(language) for language in sorted(SPOKEN)},
        regions={language: region.text(language) for language in sorted(SPOKEN)},
        opened=table.text("opened", "a month, as 2019-05", optional=True),
        checked=table.date("checked"),
        origin=read_origin(table, sources),
    )


def _pack(top: Table, words: Mapping[str, Words]) -> Pack:
    sources = read_sources(top)
    centre, country_table = top.table("centre"), top.table("country")
    country, origin = _country(country_table), read_origin(centre, sources)
    places = tuple(_place(code, table, country, sources) for code, table in top.tables("places").items())
    signs = top.table("signs")
    return Pack(
        code=centre.text("code"),
        country=country.code,
        zone=country.zone,
        emergency_phone=_phone(country_table, "emergency_phone", country),
        languages=tuple(words),
        invented=centre.flag("invented", optional=True),
        origin=origin,
        country_origin=read_origin(country_table, sources),
        hours_origin=_hours_origin(places, origin),
        sources=sources,
        lines=tuple(_line(code, table, country, sources) for code, table in top.tables("lines").items()),
        places=places,
        ages=_ages(top.table("ages", optional=True), sources),
        window=_window(top.table("window", optional=True), sources),
        area=_area(top.table("area", optional=True), sources, words),
        night=_night(top.table("night"), sources),
        emergency_signs=_signs(signs.table("emergency"), sources),
        medical_signs=_signs(signs.table("medical"), sources),
        call_first=_call_first(top.table("call_first"), sources),
        duty=_duty(top.table("duty", optional=True), sources),
        posts=tuple(_post(role, table, sources) for role, table in top.tables("staff").items()),
        services=_said(top.tables("services"), sources),
        founding=_said(top.tables("founding"), sources),
        said=_said(top.tables("said"), sources),
        words=words,
        rooms=_rooms(centre),
    )


def _rooms(centre: Table) -> tuple[str, ...]:
    """The rooms in which clients are met, each a number or a short name."""
    expected = 'a list of rooms in small letters and digits, as ["1", "2"]'
    rooms = centre.texts("rooms", expected, optional=True)
    if not all(_ROOM.fullmatch(room) for room in rooms):
        centre.wrong("rooms", expected)
    return rooms


# ── Where values come from ───────────────────────────────────────────────────────────────────────────────────


def read_sources(top: Table) -> Mapping[str, Source]:
    """The sources that the file's tables name."""
    return {
        code: Source(table.text("title"), table.date("seen"), table.text("url", optional=True))
        for code, table in top.tables("sources").items()
    }


def read_origin(table: Table, sources: Mapping[str, Source]) -> Origin:
    """The source, the review date and the example mark that every table of values carries."""
    source = table.text("source", "the source of these values")
    if source and source not in sources:
        table.wrong("source", f"one of [sources]: {', '.join(sources) or 'none yet'}")
    return Origin(source, table.date("review_by"), table.flag("example", optional=True))


def _hours_origin(places: tuple[Place, ...], otherwise: Origin) -> Origin:
    """The weakest origin among the sites' hours: one that is an example, if any is."""
    sites = [place for place in places if place.kind is PlaceKind.CENTRE]
    origins = [origin for site in sites for origin in (site.holidays_origin, site.origin) if origin]
    return next((origin for origin in origins if origin.example), origins[0] if origins else otherwise)


# ── Country, hours, telephone numbers ────────────────────────────────────────────────────────────────────────


def _country(table: Table) -> Country:
    code = table.text("code", "a country code for public holidays, as FI")
    zone = table.text("time_zone", "a time zone, as Europe/Helsinki")
    try:
        Hours(ALWAYS, _NO_COUNTRY.zone, code or _NO_COUNTRY.code)
    except UnknownCountryError:
        table.wrong("code", "a country whose public holidays are known, as FI")
        code = ""
    try:
        known_zone = ZoneInfo(zone) if zone else _NO_COUNTRY.zone
    except (KeyError, ValueError, OSError):
        table.wrong("time_zone", "a time zone of the IANA list, as Europe/Helsinki")
        known_zone = _NO_COUNTRY.zone
    return Country(code or _NO_COUNTRY.code, known_zone)


def _hours(table: Table, key: str, country: Country, holidays: str = "") -> Hours | None:
    expected = "opening hours in OpenStreetMap's syntax, as Mo-Fr 08:00-18:00"
    text = table.text(key, expected, optional=True)
    if not text.strip():
        return None
    try:
        return Hours(f"{text}; {holidays}" if holidays else text, country.zone, country.code)
    except ParserError as error:
        table.wrong(key, f"{expected}; {str(error).rsplit('= ', 1)[-1]}")
        return None


def _phone(table: Table, key: str, country: Country, *, optional: bool = False) -> str:
    """A number as E.164; a short service number stays as it is dialled."""
    text = table.text(key, "a telephone number, as 040 000 0000", optional=optional)
    digits = text.replace(" ", "")
    if not text or (digits.isdecimal() and digits[0] != "0" and 3 <= len(digits) <= 6):
        return digits
    try:
        number = phonenumbers.parse(text, country.code)
    except phonenumbers.NumberParseException:
        number = phonenumbers.PhoneNumber()
    if not phonenumbers.is_valid_number(number):
        table.wrong(key, f"a telephone number that can be dialled in {country.code}")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


# ── Lines, places, policy ────────────────────────────────────────────────────────────────────────────────────


def _line(code: str, table: Table, country: Country, sources: Mapping[str, Source]) -> Line:
    if not table.has("hours"):
        table.wrong("hours", "opening hours in OpenStreetMap's syntax, as 24/7")
    return Line(
        code=code,
        phone=_phone(table, "phone", country),
        hours=_hours(table, "hours", country) or Hours(ALWAYS, country.zone, country.code),
        own=table.flag("own"),
        origin=read_origin(table, sources),
    )


def _place(code: str, table: Table, country: Country, sources: Mapping[str, Source]) -> Place:
    holidays = table.table("holidays", optional=True)
    rule = holidays.text("hours", "what holidays do to the hours, as PH off") if holidays else ""
    return Place(
        code=code,
        kind=table.choice("kind", PlaceKind),
        phone=_phone(table, "phone", country, optional=True) or None,
        hours=_hours(table, "hours", country, rule),
        origin=read_origin(table, sources),
        holidays_origin=read_origin(holidays, sources) if holidays else None,
    )


def _ages(table: Table, sources: Mapping[str, Source]) -> Ages | None:
    if not table:
        return None
    expected = "an age in whole years"
    alone, referred = (table.whole(key, expected, most=_OLDEST_MINIMUM) for key in ("alone", "referred"))
    ages = Ages(alone, referred, read_origin(table, sources))
    if ages.referred > ages.alone:
        table.wrong("referred", f"an age not above the {ages.alone} of those who come alone")
    return ages


def _window(table: Table, sources: Mapping[str, Source]) -> CareWindow | None:
    if not table:
        return None
    months = table.whole("months", "a number of calendar months", least=1) if table.has("months") else None
    days = table.whole("days", "a number of days", least=1) if table.has("days") else None
    if (months is None) == (days is None):
        table.wrong("months", "either months or days, one of the two")
    return CareWindow(months, days, read_origin(table, sources))


def _area(table: Table, sources: Mapping[str, Source], words: Mapping[str, Words]) -> Area | None:
    if not table:
        return None
    municipalities = table.texts("municipalities", "a list of municipalities' codes")
    names = {each.get(f"municipalities.{code}").casefold() for each in words.values() for code in municipalities}
    aboard = {word for word in ("ship", "abroad") if table.flag(word, optional=True)}
    by_home, by_event = table.flag("by_home"), table.flag("by_event")
    if not (by_home or by_event):
        table.wrong("by_home", "true here or in by_event: an area counts by something")
    inside = frozenset((names - {""}) | aboard | {code.casefold() for code in municipalities})
    return Area(by_home, by_event, municipalities, inside, read_origin(table, sources))


def _night(table: Table, sources: Mapping[str, Source]) -> Night:
    acute = table.table("acute", optional=True)
    origin = read_origin(table, sources)
    rule = table.choice("rule", NightRule)
    takes_in = rule in {NightRule.ON_CALL, NightRule.REFERRED}
    return Night(
        rule=rule,
        duties=frozenset(table.texts("duties", 'a list of those on call, as ["doctor"]', optional=not takes_in)),
        by_way_of=table.text("by_way_of", "a place's code", optional=True) or None,
        origin=origin,
        acute_within=dt.timedelta(hours=acute.whole("hours", "a number of hours", least=1)) if acute else None,
        acute_origin=read_origin(acute, sources) if acute else origin,
    )


def _signs(table: Table, sources: Mapping[str, Source]) -> SignList:
    return SignList(frozenset(table.texts("signs", "a list of signs", optional=True)), read_origin(table, sources))


def _call_first(table: Table, sources: Mapping[str, Source]) -> CallFirst:
    return CallFirst(frozenset(table.texts("doors", "a list of doors", optional=True)), read_origin(table, sources))


def _duty(table: Table, sources: Mapping[str, Source]) -> Duty | None:
    if not table:
        return None
    return Duty(
        under=table.whole("under", "an age in whole years", most=_OLDEST_MINIMUM),
        recipients=table.texts("recipients", 'a list of authorities, as ["police"]'),
        origin=read_origin(table, sources),
    )


def _post(role: str, table: Table, sources: Mapping[str, Source]) -> StaffPost:
    time = table.choice("time", PostTime) if table.has("time") else None
    return StaffPost(role, time, read_origin(table, sources))


def _said(tables: Mapping[str, Table], sources: Mapping[str, Source]) -> tuple[Said, ...]:
    return tuple(Said(code, read_origin(table, sources)) for code, table in tables.items())


# ── What does not fit together ───────────────────────────────────────────────────────────────────────────────


def _contradictions(pack: Pack) -> Iterator[tuple[str, str]]:
    """What each value says alone may be right and yet not hold together: key and what was expected."""
    codes = {place.code for place in pack.places}
    sites = pack.of_kind(PlaceKind.CENTRE)
    if not pack.lines:
        yield "lines", "a telephone line, as [lines.helpline]"
    if not sites:
        yield "places", 'a place of kind "centre"'
    if pack.night.rule is not NightRule.ALWAYS:
        yield from ((f"places.{site.code}.hours", "the site's opening hours") for site in sites if not site.hours)
    if pack.night.by_way_of and pack.night.by_way_of not in codes:
        yield "night.by_way_of", f"the code of a place: {', '.join(sorted(codes))}"
    needed = {
        PlaceKind.CHILDREN: (pack.ages is not None, "ages", "a minimum age needs somewhere for the younger"),
        PlaceKind.EMERGENCY: (bool(pack.medical_signs.signs), "signs.medical", "these signs need a clinic"),
        PlaceKind.LATER: (pack.window is not None, "window", "a window needs somewhere to go after it"),
    }
    for kind, (need, key, why) in needed.items():
        if need and not pack.of_kind(kind):
            yield key, f'a place of kind "{kind}": {why}'
