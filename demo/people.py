"""The invented people of the demo: all sign in with one password that everybody may know, in practice only."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from poukama.centres.models import Centre
from poukama.gate.rules import OPERATOR
from poukama.staff import access, actions, codes
from poukama.staff.models import Member
from poukama.staff.rules import Person, Role, Tenure

PASSWORD = "poukama-demo"  # noqa: S105 - for whoever tries the practice version
# Long enough ago for every night and week that the demo shows.
_SINCE = dt.timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Played:
    """Somebody invented: a login, a name, a language, roles at Satama and at Laakso."""

    login: str
    name: str
    satama: tuple[Role, ...] = ()
    laakso: tuple[Role, ...] = ()
    language: str = "fi"


PEOPLE = (
    Played("maija", "Maija Marttila", (Role.MIDWIFE,)),
    Played("kerttu", "Kerttu Kallio", (Role.MIDWIFE,)),
    Played("ilona", "Ilona Ekholm", (Role.MIDWIFE,), language="sv"),
    Played("outi", "Outi Oksanen", (Role.MIDWIFE, Role.SAMPLE_KEEPER)),
    Played("kaisa", "Kaisa Koskela", (Role.MIDWIFE_COORDINATOR,)),
    Played("laine", "Leena Laine", (Role.DOCTOR,), (Role.DOCTOR,)),
    Played("niemi", "Niilo Niemi", (Role.DOCTOR,)),
    Played("koski", "Katarina Koski", (Role.DOCTOR,), language="sv"),
    Played("pia", "Pia Peltola", (Role.PSYCHOLOGIST,)),
    Played("sini", "Sini Saari", (Role.SOCIAL_WORKER,), (Role.SOCIAL_WORKER,)),
    Played("hanna", "Hanna Holm", (Role.CHAPLAIN,)),
    Played("mirka", "Mirka Mäki", (Role.MANAGER,)),
    Played("thl", "Taneli Tamminen", (Role.NATIONAL_STATISTICIAN,), (Role.NATIONAL_STATISTICIAN,)),
    Played("ida", "Ida Ilmarinen", (Role.ADMINISTRATOR,), (Role.ADMINISTRATOR,)),
    Played("eero", "Eero Eskola", (Role.ADMINISTRATOR,), (Role.ADMINISTRATOR,)),
    Played("tuula", "Tuula Tuominen", (Role.PRIVACY_OFFICER,), (Role.PRIVACY_OFFICER,)),
    Played("elli", "Elli Aalto", laakso=(Role.MIDWIFE,)),
)


def people(centres: Mapping[str, Centre], at: dt.datetime) -> list[Member]:
    """Take in everybody who is not there yet, as of long ago; those who are stay as they are."""
    since = at - _SINCE
    there = set(Member.objects.filter(login__in=[played.login for played in PEOPLE]).values_list("login", flat=True))
    new = [played for played in PEOPLE if played.login not in there]
    # Hashing is slow by design; the password is one and known to all, so its hash may be one too.
    password = make_password(PASSWORD) if new else ""
    return [_take_in(played, centres, number, password, since) for number, played in enumerate(new, 21)]


def _take_in(played: Played, centres: Mapping[str, Centre], number: int, password: str, at: dt.datetime) -> Member:
    posts = [("satama", role) for role in played.satama] + [("laakso", role) for role in played.laakso]
    (code, role), *more = posts
    # The numbers are placeholders that nobody has.
    person = Person(played.name, played.language, f"+358400000{number:03}")
    kept = codes.hash_of(codes.code_of(uuid.uuid4()))
    way = actions.invite(
        centres[code],
        login=played.login,
        person=person,
        tenure=Tenure(role, at),
        code_hash=kept,
        by=OPERATOR,
        at=at,
    )
    actions.come_in(way, password=password, by=access.way_in_of(kept, at).actor, at=at)
    for other, role in more:
        actions.give_post(centres[other], member=way.member, role=role, by=OPERATOR, at=at)
    return way.member
