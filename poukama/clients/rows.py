"""From rows to what the rules know, and back: opens and seals, decides nothing."""

import datetime as dt
from zoneinfo import ZoneInfo

from poukama.centres.models import Centre
from poukama.centres.rules import TextState
from poukama.clients import consents, models, reach, rules, sealed
from poukama.clients.identity import Gender, IdentifierKind, Identity
from poukama.core.hours import Hours
from poukama.doors.known import Age


def hours_of(expression: str, centre: Centre) -> Hours:
    """Hours as a client says them, in the centre's zone. Raises ParserError."""
    return Hours(expression, ZoneInfo(centre.time_zone), centre.country)


# ── Opening ──────────────────────────────────────────────────────────────────────────────────────────────────


def identity_of(row: models.IdentityEntry) -> Identity:
    """Who somebody is, unmasked."""
    born = sealed.text_of(row, "born")
    return Identity(
        called=sealed.text_of(row, "called"),
        name=sealed.text_of(row, "name"),
        born=dt.date.fromisoformat(born) if born else None,
        age=Age(row.age_least, row.age_most),
        kind=IdentifierKind(row.kind),
        identifier=sealed.text_of(row, "identifier"),
        code_from_client=row.code_from_client,
        gender=Gender(row.gender),
        gender_words=sealed.text_of(row, "gender_words"),
        language=row.language,
        address=sealed.text_of(row, "address"),
        municipality=sealed.text_of(row, "municipality"),
        gives_away=sealed.text_of(row, "gives_away"),
        shielded=row.shielded,
    )


def way_of(row: models.SafeContact, centre: Centre) -> reach.Way:
    """A way as it was said."""
    return reach.Way(
        key=row.way,
        channel=reach.Channel(row.channel),
        open=row.open,
        address=sealed.text_of(row, "address"),
        hours=hours_of(sealed.text_of(row, "hours"), centre),
        said_at=row.said_at,
        voicemail=row.voicemail,
        answering=reach.Answering(row.answering),
        who_answers=sealed.text_of(row, "who_answers"),
        name_we_say=sealed.text_of(row, "name_we_say"),
        code_word=sealed.text_of(row, "code_word"),
        expires=row.expires,
        number=row.pk,
    )


def wishes_of(row: models.WishEntry | None) -> rules.Wishes:
    """Wishes; none said if there is no row."""
    if row is None:
        return rules.Wishes()
    words = ("examiner_words", "support_words", "avoid", "breaks", "other")
    return rules.Wishes(
        examiner=rules.Examiner(row.examiner),
        interpreter=rules.Wish(row.interpreter),
        interpreter_language=row.interpreter_language,
        support_person=rules.Wish(row.support_person),
        **{column: sealed.text_of(row, column) for column in words},
    )


def close_person_of(row: models.CloseEntry) -> rules.ClosePerson:
    """Somebody close to the client."""
    return rules.ClosePerson(
        key=row.person,
        closeness=rules.Closeness(row.closeness),
        support=rules.Support(row.support),
        gone=row.gone,
        **{column: sealed.text_of(row, column) for column in ("name", "number", "knows", "support_words")},
    )


def told_of(row: models.RelationEntry | None) -> rules.Told:
    """What whoever did it is to the client; not asked if there is no row."""
    return rules.Told(rules.Relation(row.relation), sealed.text_of(row, "own_words")) if row else rules.Told()


def joining_of(row: models.JoiningEntry) -> rules.Joining:
    """A joining or a parting."""
    return rules.Joining(row.client_id, row.official_id, row.together, row.said_at, row.pk)


def entry_of(row: models.Consent) -> consents.Entry:
    """A line of the ledger."""
    return consents.Entry(
        act=act_of(row),
        answer=consents.Answer(row.answer),
        said_at=row.said_at,
        wording=consents.Wording(row.wording, row.wording_version, row.wording_language, TextState(row.wording_state)),
        given=consents.Given(row.given),
        interpreter=row.interpreter,
        interpreter_name=sealed.text_of(row, "interpreter_name"),
        capacity=consents.Capacity(row.capacity),
        ends=row.ends,
        own_words=sealed.text_of(row, "own_words"),
        number=row.pk,
    )


def ground_of(row: models.GroundEntry) -> consents.LegalGround:
    """A legal ground."""
    return consents.LegalGround(
        key=row.ground,
        act=act_of(row),
        law=row.law,
        reason=sealed.text_of(row, "reason"),
        approver=row.approver,
        named_at=row.said_at,
        ends=row.ends,
        told_at=row.told_at,
        untold=sealed.text_of(row, "untold"),
        number=row.pk,
    )


def left_of(row: models.Disclosure) -> consents.Left:
    """Something that left; `ground` is fetched already."""
    ground = row.ground.ground if row.ground else None
    return consents.Left(act_of(row), row.said_at, row.consent_id, ground, sealed.text_of(row, "what"))


def act_of(row: models.Consent | models.GroundEntry | models.Disclosure) -> consents.Act:
    """The act that a row is about."""
    return consents.Act(consents.Purpose(row.purpose), consents.Recipient(row.recipient), row.scope)


# ── Filling in ───────────────────────────────────────────────────────────────────────────────────────────────


def fill_identity(row: models.IdentityEntry, identity: Identity) -> None:
    """Put an identity into a new row."""
    row.age_least, row.age_most = identity.age.least, identity.age.most
    row.kind, row.code_from_client = identity.kind, identity.code_from_client
    row.gender, row.language, row.shielded = identity.gender, identity.language, identity.shielded
    columns = ("called", "name", "identifier", "gender_words", "address", "municipality", "gives_away")
    sealed.put(row, born=identity.born.isoformat() if identity.born else "", **_texts(identity, columns))


def fill_way(row: models.SafeContact, way: reach.Way) -> None:
    """Put a way into a new row."""
    row.way, row.channel, row.open = way.key, way.channel, way.open
    row.voicemail, row.answering, row.expires = way.voicemail, way.answering, way.expires
    sealed.put(row, hours=way.hours.expression, **_texts(way, ("address", "who_answers", "name_we_say", "code_word")))


def fill_wishes(row: models.WishEntry, wishes: rules.Wishes) -> None:
    """Put wishes into a new row."""
    row.examiner, row.interpreter, row.support_person = wishes.examiner, wishes.interpreter, wishes.support_person
    row.interpreter_language = wishes.interpreter_language
    sealed.put(row, **_texts(wishes, ("examiner_words", "support_words", "avoid", "breaks", "other")))


def fill_close_person(row: models.CloseEntry, person: rules.ClosePerson) -> None:
    """Put somebody close into a new row."""
    row.person, row.closeness, row.support, row.gone = person.key, person.closeness, person.support, person.gone
    sealed.put(row, **_texts(person, ("name", "number", "knows", "support_words")))


def fill_entry(row: models.Consent, entry: consents.Entry) -> None:
    """Put an answer into a new row."""
    fill_act(row, entry.act)
    row.answer, row.ends, row.given = entry.answer, entry.ends, entry.given
    row.interpreter, row.capacity = entry.interpreter, entry.capacity
    row.wording, row.wording_version = entry.wording.code, entry.wording.version
    row.wording_language, row.wording_state = entry.wording.language, entry.wording.state
    sealed.put(row, own_words=entry.own_words, interpreter_name=entry.interpreter_name)


def fill_ground(row: models.GroundEntry, ground: consents.LegalGround) -> None:
    """Put a legal ground into a new row."""
    fill_act(row, ground.act)
    row.ground, row.law, row.approver = ground.key, ground.law, ground.approver
    row.ends, row.told_at = ground.ends, ground.told_at
    sealed.put(row, reason=ground.reason, untold=ground.untold)


def fill_act(row: models.Consent | models.GroundEntry | models.Disclosure, act: consents.Act) -> None:
    """Put an act into a new row."""
    row.purpose, row.recipient, row.scope = act.purpose, act.recipient, act.scope


def _texts(source: object, columns: tuple[str, ...]) -> dict[str, str]:
    return {column: getattr(source, column) for column in columns}
