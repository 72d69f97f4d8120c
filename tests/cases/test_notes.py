"""Notes: a draft of its author's, then signed, then added to."""

from uuid import uuid4

import pytest
from django.http import Http404

from poukama.audit import trail
from poukama.cases import access, actions
from poukama.cases.rules import Draft, EntryKind, Refusal, Wording
from poukama.cases.walls import Section
from poukama.gate.scope import within
from poukama.staff.rules import Role
from tests.cases.working import AT, begin_note, events, into, make_colleague, now, opened, refused


def test_a_note_is_a_draft_then_signed_then_added_to(case, maija, acting):
    inside = into(case, maija)
    note = begin_note(case, maija, words="dra")
    actions.save_note(inside, note=note, draft=Draft("draft", uuid4(), 1, 0), **acting)
    for _ in range(2):
        actions.sign_note(inside, note=note, **acting)
    key = uuid4()
    for _ in range(2):
        actions.add_addendum(inside, note=note, words="and one more thing", key=key, **acting)
    (shown,) = access.notes(opened(case, maija))
    assert (shown.words, shown.signed_at) == ("draft", AT)
    assert [added.words for added in shown.addenda] == ["and one more thing"]
    kinds = [line.kind for line in access.timeline(opened(case, maija))]
    assert (kinds.count(EntryKind.NOTE), kinds.count(EntryKind.ADDENDUM)) == (1, 1)


def test_a_signed_note_is_not_written_again_and_a_draft_not_added_to(case, maija, acting):
    inside, note = into(case, maija), begin_note(case, maija)
    with refused(Refusal.NOT_SIGNED):
        actions.add_addendum(inside, note=note, words="more", key=uuid4(), **acting)
    actions.sign_note(inside, note=note, **acting)
    with refused(Refusal.SIGNED):
        actions.save_note(inside, note=note, draft=Draft("other", uuid4(), 1, 0), **acting)
    with refused(Refusal.NO_WORDS):
        actions.add_addendum(inside, note=note, words=" ", key=uuid4(), **acting)


def test_a_note_is_its_authors(case, centre, maija, acting):
    ilona = make_colleague(Role.MIDWIFE, centre, "ilona")
    actions.join_team(into(case, maija), member=ilona, role=Role.MIDWIFE, key=uuid4(), **acting)
    note = begin_note(case, maija, private=True)
    inside, hers = into(case, ilona), now(ilona)
    for refusal in (
        lambda: actions.save_note(inside, note=note, draft=Draft("x", uuid4(), 1, 0), **hers),
        lambda: actions.sign_note(inside, note=note, **hers),
    ):
        with refused(Refusal.NOT_YOURS):
            refusal()
    actions.sign_note(into(case, maija), note=note, **acting)
    with refused(Refusal.NOT_YOURS):
        actions.add_addendum(inside, note=note, words="more", key=uuid4(), **hers)
    shared = begin_note(case, maija)
    actions.sign_note(into(case, maija), note=shared, **acting)
    actions.add_addendum(inside, note=shared, words="more", key=uuid4(), **hers)


def test_a_note_begun_twice_is_one(case, maija, acting):
    key = uuid4()
    for words in ("one", "two"):
        actions.begin_note(into(case, maija), wording=Wording(Section.HEALTH, words), key=key, **acting)
    assert [shown.words for shown in access.notes(opened(case, maija))] == ["one"]


def test_a_note_behind_a_wall_is_not_begun(case, maija, hanna):
    with refused(Refusal.WALL):
        begin_note(case, maija, section=Section.PSYCHOLOGICAL)
    with refused(Refusal.UNASKED):
        begin_note(case, hanna, section=Section.PASTORAL)
    begin_note(case, hanna, section=Section.PASTORAL, asked=True)


def test_drafts_are_kept_without_a_line_and_counted_when_it_is_signed(case, centre, maija, acting):
    inside, note, window = into(case, maija), begin_note(case, maija), uuid4()
    before = len(events(centre))
    for number in (1, 2, 3):
        actions.save_note(inside, note=note, draft=Draft("draft" * number, window, number, 0), **acting)
    assert len(events(centre)) == before
    actions.sign_note(inside, note=note, **acting)
    with within(centre.pk):
        assert [(line.event, line.count) for line in trail.lines(centre.pk)][-1] == ("note.signed", 3)


def test_a_save_that_comes_again_or_late_changes_nothing(case, maija, acting):
    inside, note, window = into(case, maija), begin_note(case, maija), uuid4()
    for number, words in ((1, "one"), (3, "three"), (3, "again"), (2, "late")):
        actions.save_note(inside, note=note, draft=Draft(words, window, number, 0), **acting)
    (shown,) = access.notes(opened(case, maija))
    assert (shown.words, shown.saves) == ("three", 2)


def test_a_window_that_has_not_seen_the_newest_words_does_not_write_over_them(case, maija, acting):
    inside, note = into(case, maija), begin_note(case, maija)
    first, second = uuid4(), uuid4()
    actions.save_note(inside, note=note, draft=Draft("of the first", first, 1, 0), **acting)
    with refused(Refusal.ELSEWHERE):
        actions.save_note(inside, note=note, draft=Draft("of the second", second, 1, 0), **acting)
    # Having read it, it may; and then the first may not.
    actions.save_note(inside, note=note, draft=Draft("of both", second, 2, 1), **acting)
    with refused(Refusal.ELSEWHERE):
        actions.save_note(inside, note=note, draft=Draft("of the first again", first, 2, 0), **acting)
    # What only goes on from the newest words writes over nothing.
    actions.save_note(inside, note=note, draft=Draft("of both, and on", first, 3, 0), **acting)
    assert access.notes(opened(case, maija))[0].words == "of both, and on"


def test_nobody_is_given_a_note_that_they_do_not_know_of(case, centre, maija, hanna):
    note = begin_note(case, maija)
    with pytest.raises(Http404):
        access.note(into(case, hanna), note.pk)
    ilona = make_colleague(Role.MIDWIFE, centre, "ilona")
    actions.join_team(into(case, maija), member=ilona, role=Role.MIDWIFE, key=uuid4(), **now(maija))
    with pytest.raises(Http404):
        access.note(into(case, ilona), note.pk)
    actions.sign_note(into(case, maija), note=note, **now(maija))
    assert access.note(into(case, ilona), note.pk) == note
