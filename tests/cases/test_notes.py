"""Notes: a draft of its author's, then signed, then added to."""

from uuid import uuid4

from poukama.cases import access, actions
from poukama.cases.rules import EntryKind, Refusal, Wording
from poukama.cases.walls import Section
from poukama.staff.rules import Role
from tests.cases.working import AT, begin_note, into, make_colleague, now, opened, refused


def test_a_note_is_a_draft_then_signed_then_added_to(case, maija, acting):
    inside = into(case, maija)
    note = begin_note(case, maija, words="dra")
    actions.save_note(inside, note=note, words="draft", **acting)
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
        actions.save_note(inside, note=note, words="other", **acting)
    with refused(Refusal.NO_WORDS):
        actions.add_addendum(inside, note=note, words=" ", key=uuid4(), **acting)


def test_a_note_is_its_authors(case, centre, maija, acting):
    ilona = make_colleague(Role.MIDWIFE, centre, "ilona")
    actions.join_team(into(case, maija), member=ilona, role=Role.MIDWIFE, key=uuid4(), **acting)
    note = begin_note(case, maija, private=True)
    inside, hers = into(case, ilona), now(ilona)
    for refusal in (
        lambda: actions.save_note(inside, note=note, words="x", **hers),
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
