"""What is done in a case. Each verb takes the case as somebody is inside it, the key of the form, and asks the walls.

A form that is sent again does nothing more. A closed case takes nothing; the database says so too. A step that is
refused raises `rules.Refused`, a telling that cannot be kept `told.NotTellable`.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID, uuid4

from poukama.cases import consenting, inside, writing
from poukama.cases.consenting import Answered
from poukama.cases.inside import Entered, put
from poukama.cases.models import Addendum, BrokenGlass, Case, Crossing, Entry, Note, Presence, Task, TeamMember, Visit
from poukama.cases.need import Alert, Glass, GlassReason, Verdict, Way
from poukama.cases.rules import (
    HERE,
    Allowed,
    Beginning,
    CloseReason,
    Doing,
    Draft,
    EntryKind,
    Ground,
    Leaving,
    Ref,
    Refusal,
    Refused,
    ReopenReason,
    Source,
    There,
    Wording,
    happened,
    section_of,
)
from poukama.cases.told import Fact, Telling
from poukama.cases.walls import Section, may_hold_words
from poukama.cases.writing import add, enter_line, take
from poukama.centres.models import Centre
from poukama.clients.actions import open_client
from poukama.clients.identity import Identity
from poukama.core import vault
from poukama.core.texts import clean, one_line
from poukama.gate.gates import AlreadyDone, action
from poukama.gate.rules import Actor, Permission
from poukama.staff.models import Member
from poukama.staff.rules import Role

# ── Opening and closing ──────────────────────────────────────────────────────────────────────────────────────


@action("case.opened", Permission.CASE_WRITE)
def open_case(centre: Centre, /, *, beginning: Beginning, key: UUID, by: Actor, at: dt.datetime) -> Case:
    """Open a case, with nothing more than a name to call somebody by, or without. Whoever opens it is on its team.

    The client's record is opened with it, under the same key.
    """
    called = Identity(called=one_line(beginning.called))
    client = open_client(centre, identity=called, record=key, by=by, at=at)
    standing = Case.objects.select_for_update(no_key=True).filter(client=client).first()
    if standing is not None:
        raise AlreadyDone(standing)
    case = Case(id=key, centre=centre, client=client, kind=beginning.kind, opened_at=at)
    case.asked_by = beginning.asked_by
    case.save(force_insert=True)
    writing.seat(case, inside.member_of(by), beginning.role, uuid4(), by, at)
    enter_line(case, EntryKind.OPENED, by, at)
    return case


@action("case.closed", Permission.CASE_CLOSE)
def close(entered: Entered, /, *, reason: CloseReason, words: str = "", by: Actor, at: dt.datetime) -> Case:
    """Close a case: it takes nothing more until it is opened again. Closed twice, the first holds."""
    if (standing := writing.held(entered)).closed_at:
        raise AlreadyDone(standing)
    case = take(entered, Section.IDENTITY, by, at)
    if Visit.objects.filter(case=case, departed_at=None).exists():
        raise Refused(Refusal.STILL_HERE)
    enter_line(case, EntryKind.CLOSED, by, at, reason=reason, words=clean(words))
    case.closed_at = at
    case.save(update_fields=["closed_at"])
    return case


@action("case.reopened", Permission.CASE_CLOSE)
def reopen(entered: Entered, /, *, reason: ReopenReason, words: str = "", by: Actor, at: dt.datetime) -> Case:
    """Open a closed case again, for a reason. Opened twice, the first holds."""
    case = writing.held(entered)
    if not case.closed_at:
        raise AlreadyDone(case)
    writing.must_write(entered, Section.IDENTITY)
    case.closed_at = None
    case.save(update_fields=["closed_at"])
    enter_line(case, EntryKind.REOPENED, by, at, reason=reason, words=clean(words))
    return take(entered, Section.IDENTITY, by, at)


# ── What was told and written ────────────────────────────────────────────────────────────────────────────────


@action("case.told", Permission.CASE_WRITE)
def tell(
    entered: Entered, /, *, tellings: Iterable[Telling], key: UUID, source: Source = HERE, by: Actor, at: dt.datetime
) -> Entry:
    """Keep what was told at one time as facts of one entry. What was told before stays."""
    return _told(entered, tuple(tellings), key, source, by, at)


@action("fact.corrected", Permission.CASE_WRITE)
def correct(
    entered: Entered, /, *, fact: Fact, telling: Telling, key: UUID, source: Source = HERE, by: Actor, at: dt.datetime
) -> Entry:
    """Correct a fact by a new one; both are shown."""
    return _told(entered, (replace(telling, corrects=fact.id),), key, source, by, at)


def _told(
    entered: Entered, tellings: tuple[Telling, ...], key: UUID, source: Source, by: Actor, at: dt.datetime
) -> Entry:
    writing.only_once(Entry, entered, key)
    # The least that everybody who meets the client may do; each topic's own wall is asked with it.
    case = take(entered, Section.IDENTITY, by, at)
    if not tellings:
        raise Refused(Refusal.NO_WORDS)
    entry = enter_line(case, EntryKind.TOLD, by, at, id=key, **writing.source_of(source, case, by, at))
    writing.keep_told(entered, entry, tellings, case)
    return entry


@action("entry.written", Permission.CASE_WRITE)
def write(
    entered: Entered,
    /,
    *,
    wording: Wording,
    key: UUID,
    source: Source = HERE,
    corrects: Entry | None = None,
    by: Actor,
    at: dt.datetime,
) -> Entry:
    """Write a line into the timeline, or the words of a contact that is attached; `corrects` stays above it."""
    writing.only_once(Entry, entered, key)
    section = wording.section
    case = take(entered, section, by, at)
    if corrects is not None and (corrects.case_id, corrects.section) != (case.pk, section):
        raise Refused(Refusal.OTHER_TOPIC)
    words = writing.words_for(section, wording.words, asked=wording.asked)
    kind = EntryKind.CONTACT if source.contact else EntryKind.WRITTEN
    if not words.strip() and kind is EntryKind.WRITTEN and may_hold_words(section, asked=wording.asked):
        raise Refused(Refusal.NO_WORDS)
    known = {
        "section": section,
        "corrects": corrects,
        "asked": wording.asked,
        **writing.source_of(source, case, by, at),
    }
    return enter_line(case, kind, by, at, id=key, words=words, **known)


@action("consents.answered", Permission.CONSENT_WRITE)
def answer(entered: Entered, /, *, answers: Iterable[Answered], key: UUID, by: Actor, at: dt.datetime) -> Case:
    """Take down answers, in a closed case too, with a task for what one stops: all, or nothing. Raises NotSound."""
    case = writing.let(entered, Section.LEGAL, by, at)
    consenting.keep(case, answers, key, by, at)
    return case


# ── Visits ───────────────────────────────────────────────────────────────────────────────────────────────────


@action("visit.begun", Permission.CASE_WRITE)
def arrive(
    entered: Entered, /, *, key: UUID, room: str = "", arrived_at: dt.datetime | None = None, by: Actor, at: dt.datetime
) -> Visit:
    """The client arrives. Raises Refused while they are already here."""
    writing.only_once(Visit, entered, key)
    case = take(entered, Section.IDENTITY, by, at)
    if Visit.objects.filter(case=case, departed_at=None).exists():
        raise Refused(Refusal.HERE_ALREADY)
    came = happened(arrived_at, at)
    visit = add(Visit(id=key, arrived_at=came, room=room), case)
    enter_line(case, EntryKind.ARRIVED, by, at, at=came)
    return visit


@action("visit.joined", Permission.CASE_WRITE)
def be_there(entered: Entered, /, *, visit: Visit, there: There, key: UUID, by: Actor, at: dt.datetime) -> Presence:
    """Write down who else is there during a visit: one of staff, or another in a few words, or without."""
    writing.only_once(Presence, entered, key)
    case = take(entered, Section.IDENTITY, by, at)
    writing.must_work_here(there.member, case, at)
    row = Presence(id=key, visit=visit, who=there.who, member_id=there.member, since=at)
    return add(row, case, words=clean(there.words))


@action("visit.ended", Permission.CASE_WRITE)
def depart(entered: Entered, /, *, visit: Visit, leaving: Leaving, by: Actor, at: dt.datetime) -> Visit:
    """The client leaves, and where to, if they say. Left twice, the first holds. Raises Refused before they came."""
    writing.held(entered)
    row = Visit.objects.get(pk=visit.pk, case=entered.case)
    if row.departed_at:
        raise AlreadyDone(row)
    case = take(entered, Section.IDENTITY, by, at)
    row.departed_at, row.whereto = happened(leaving.at, at), leaving.whereto
    if row.departed_at < row.arrived_at:
        raise Refused(Refusal.TIMES)
    put(row, case, words=clean(leaving.words))
    row.save(update_fields=["departed_at", "whereto", "words"])
    enter_line(case, EntryKind.DEPARTED, by, at, at=row.departed_at)
    return row


# ── Tasks ────────────────────────────────────────────────────────────────────────────────────────────────────


@action("task.added", Permission.CASE_WRITE)
def add_task(entered: Entered, /, *, doing: Doing, key: UUID, by: Actor, at: dt.datetime) -> Task:
    """Add something to be done, with whose turn it is."""
    writing.only_once(Task, entered, key)
    section = section_of(doing)
    case = take(entered, section, by, at)
    writing.must_work_here(doing.turn.member, case, at)
    row = Task(id=key, section=section, title=doing.title, due=doing.due, arising=doing.arising)
    row.role, row.member_id = doing.turn.role or "", doing.turn.member
    row.added_at, row.added_by_id = at, inside.member_of(by)
    return add(row, case, words=writing.words_for(section, doing.words, asked=False))


@action("task.done", Permission.CASE_WRITE)
def finish_task(entered: Entered, /, *, task: Task, by: Actor, at: dt.datetime) -> Task:
    """Say that something is done. Done twice, the first holds."""
    writing.held(entered)
    row = Task.objects.get(pk=task.pk, case=entered.case)
    if row.done_at:
        raise AlreadyDone(row)
    case = take(entered, Section(row.section), by, at)
    row.done_at, row.done_by_id = at, inside.member_of(by)
    row.save(update_fields=["done_at", "done_by"])
    enter_line(case, EntryKind.TASK_DONE, by, at, section=row.section, reason=row.title)
    return row


# ── Notes ────────────────────────────────────────────────────────────────────────────────────────────────────


@action("note.begun", Permission.CASE_WRITE)
def begin_note(entered: Entered, /, *, wording: Wording, key: UUID, by: Actor, at: dt.datetime) -> Note:
    """Begin a note: a draft that only its author sees."""
    writing.only_once(Note, entered, key)
    section = wording.section
    case = take(entered, section, by, at)
    words = writing.words_for(section, wording.words, asked=wording.asked)
    row = Note(id=key, section=section, author_id=inside.member_of(by), private=wording.private, asked=wording.asked)
    row.begun_at = row.saved_at = at
    return add(row, case, words=words)


@action("note.saved", Permission.CASE_WRITE, silent=True)
def save_note(entered: Entered, /, *, note: Note, draft: Draft, by: Actor, at: dt.datetime) -> Note:
    """Keep a draft as it is now typed. A save of this window that came before changes nothing.

    It leaves no line: that of signing says how many there were. Raises Refused for one that is signed, another's, or
    saved by another window since this one read it, unless these words only go on from those.
    """
    case, row = writing.draft_of(entered, note, by, at)
    if row.writer == draft.writer and draft.number <= row.number:
        raise AlreadyDone(row)
    words = writing.words_for(Section(row.section), draft.words, asked=row.asked)
    read = row.writer == draft.writer or draft.seen == row.saves
    if not read and not words.startswith(inside.text_of(row, case)):
        raise Refused(Refusal.ELSEWHERE)
    put(row, case, words=words)
    row.writer, row.number, row.saved_at, row.saves = draft.writer, draft.number, at, row.saves + 1
    row.save(update_fields=["words", "writer", "number", "saved_at", "saves"])
    return row


@action("note.signed", Permission.CASE_WRITE, counts="saves")
def sign_note(entered: Entered, /, *, note: Note, by: Actor, at: dt.datetime) -> Note:
    """Sign a note, which locks it: it is corrected by an addendum. Signed twice, the first holds."""
    writing.held(entered)
    if (standing := Note.objects.get(pk=note.pk, case=entered.case)).signed_at:
        raise AlreadyDone(standing)
    case, row = writing.draft_of(entered, note, by, at)
    row.signed_at = at
    row.save(update_fields=["signed_at"])
    enter_line(case, EntryKind.NOTE, by, at, section=row.section)
    return row


@action("note.added_to", Permission.CASE_WRITE)
def add_addendum(entered: Entered, /, *, note: Note, words: str, key: UUID, by: Actor, at: dt.datetime) -> Addendum:
    """Add to a signed note, or correct it. To a private one nobody adds but its author."""
    writing.only_once(Addendum, entered, key)
    row = Note.objects.get(pk=note.pk, case=entered.case)
    section, author = Section(row.section), inside.member_of(by)
    case = take(entered, section, by, at)
    if not row.signed_at:
        raise Refused(Refusal.NOT_SIGNED)
    if row.private and row.author_id != author:
        raise Refused(Refusal.NOT_YOURS)
    if not (kept := writing.words_for(section, words, asked=row.asked)).strip():
        raise Refused(Refusal.NO_WORDS)
    addendum = add(Addendum(id=key, note=row, author_id=author, at=at), case, words=kept)
    enter_line(case, EntryKind.ADDENDUM, by, at, section=section)
    return addendum


# ── Who is let in ────────────────────────────────────────────────────────────────────────────────────────────


@action("team.joined", Permission.CASE_WRITE)
def join_team(entered: Entered, /, *, member: Member, role: Role, key: UUID, by: Actor, at: dt.datetime) -> TeamMember:
    """Put somebody on the team, or oneself while on duty. Raises Refused to whoever came in by a broken glass."""
    writing.only_once(TeamMember, entered, key)
    case = take(entered, Section.IDENTITY, by, at)
    writing.must_not_be_by_glass(entered)
    return _seated(case, member, role, key, by, at)


@action("team.put_on", Permission.CASE_TEAM)
def put_on_team(ref: Ref, /, *, member: Member, role: Role, key: UUID, by: Actor, at: dt.datetime) -> TeamMember:
    """Put somebody on the team of a case that one need not be let into; never oneself."""
    case = inside.case_of(ref, by, held=True)
    if member.pk == inside.member_of(by):
        raise Refused(Refusal.ONESELF)
    if case.closed_at:
        raise Refused(Refusal.CLOSED)
    return _seated(case, member, role, key, by, at)


def _seated(case: Case, member: Member, role: Role, key: UUID, by: Actor, at: dt.datetime) -> TeamMember:
    row = writing.seat(case, member.pk, role, key, by, at)
    enter_line(case, EntryKind.JOINED, by, at, member_id=member.pk)
    return row


@action("team.left", Permission.CASE_WRITE)
def leave_team(entered: Entered, /, *, seat: TeamMember, by: Actor, at: dt.datetime) -> TeamMember:
    """Take somebody off the team, or leave it. Left twice, the first holds."""
    writing.held(entered)
    row = TeamMember.objects.get(pk=seat.pk, case=entered.case)
    if row.until:
        raise AlreadyDone(row)
    case = take(entered, Section.IDENTITY, by, at)
    writing.must_not_be_by_glass(entered)
    row.until = at
    row.save(update_fields=["until"])
    enter_line(case, EntryKind.LEFT, by, at, member_id=row.member_id)
    return row


@action("glass.broken", Permission.CASE_BREAK_GLASS)
def break_glass(ref: Ref, /, *, reason: GlassReason, words: str, key: UUID, by: Actor, at: dt.datetime) -> BrokenGlass:
    """Open a case for an hour, open or closed, for a reason in words that somebody else reviews and the client sees."""
    case, member = inside.case_of(ref, by, held=True), inside.member_of(by)
    if (standing := BrokenGlass.objects.filter(pk=key, case=case).first()) is not None:
        raise AlreadyDone(standing)
    if not (kept := clean(words)).strip():
        raise Refused(Refusal.NO_WORDS)
    found = inside.alerts_for(case, member, Way.BREAK_GLASS)
    row = BrokenGlass(id=key, member_id=member, reason=reason, broken_at=at, ends=Glass(at).ends)
    row.same_surname, row.colleague = Alert.SAME_SURNAME in found, Alert.COLLEAGUE in found
    return add(row, case, words=kept)


@action("glass.reviewed", Permission.CASE_REVIEW)
def review(glass: BrokenGlass, /, *, verdict: Verdict, words: str = "", by: Actor, at: dt.datetime) -> BrokenGlass:
    """Say what the review of a broken glass came to; never of one's own. Reviewed twice, the first holds."""
    row = BrokenGlass.objects.select_for_update(of=("self",)).select_related("case").get(pk=glass.pk)
    if row.reviewed_at:
        raise AlreadyDone(row)
    if row.member_id == inside.member_of(by):
        raise Refused(Refusal.ONESELF)
    row.reviewed_at, row.reviewer_id, row.verdict = at, inside.member_of(by), verdict
    if vault.has_key(row.centre_id, row.case.client_id):
        # Of a record that is destroyed nothing more is said, but that it was looked at.
        put(row, row.case, verdict_words=clean(words))
    row.save(update_fields=["reviewed_at", "reviewer", "verdict", "verdict_words"])
    return row


@action("registers.crossed", Permission.CASE_WRITE)
def let_registers_read(entered: Entered, /, *, crossing: Allowed, key: UUID, by: Actor, at: dt.datetime) -> Crossing:
    """Write down whether health care and social welfare may read each other here: the client's word, or a law."""
    writing.only_once(Crossing, entered, key)
    case = take(entered, Section.IDENTITY, by, at)
    writing.must_not_be_by_glass(entered)
    words = clean(crossing.words)
    if crossing.allowed and crossing.ground is Ground.LAW and not words.strip():
        raise Refused(Refusal.NO_GROUND)
    row = Crossing(id=key, allowed=crossing.allowed, ground=crossing.ground, at=at, told_at=crossing.told_at)
    row.member_id = inside.member_of(by)
    add(row, case, words=words)
    enter_line(case, EntryKind.CROSSING, by, at)
    return row
