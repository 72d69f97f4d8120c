"""What is said of cases: walls, ways in, timeline, tasks and refusals, in the language of whoever reads the page."""

from collections.abc import Mapping
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from poukama.cases.need import Alert, GlassReason, Purpose, Verdict, Way
from poukama.cases.rules import (
    Arising,
    CloseReason,
    EntryKind,
    Ground,
    Kind,
    Listing,
    Present,
    Refusal,
    ReopenReason,
    State,
    Title,
    Whereto,
)
from poukama.cases.walls import Reach, Register, Section

Labels = Mapping[Enum, Promise]

# ── Walls and ways in ────────────────────────────────────────────────────────────────────────────────────────

SECTION: Labels = {
    Section.IDENTITY: pgettext_lazy("section", "who it is"),
    Section.STORY: pgettext_lazy("section", "what happened"),
    Section.HEALTH: pgettext_lazy("section", "health"),
    Section.FORENSIC: pgettext_lazy("section", "forensic examination"),
    Section.PSYCHOLOGICAL: pgettext_lazy("section", "psychologist"),
    Section.SOCIAL: pgettext_lazy("section", "social work"),
    Section.PASTORAL: pgettext_lazy("section", "chaplain"),
    Section.LEGAL: pgettext_lazy("section", "authorities and law"),
    Section.STATISTICS: pgettext_lazy("section", "statistics"),
}
REACH: Labels = {
    Reach.NOTHING: pgettext_lazy("reach", "nothing"),
    Reach.KNOWS: pgettext_lazy("reach", "knows that it exists"),
    Reach.READS: pgettext_lazy("reach", "reads"),
    Reach.WRITES: pgettext_lazy("reach", "reads and writes"),
}
REGISTER: Labels = {
    Register.COMMON: pgettext_lazy("register", "common"),
    Register.HEALTH_CARE: pgettext_lazy("register", "health care"),
    Register.SOCIAL_WELFARE: pgettext_lazy("register", "social welfare"),
    Register.PASTORAL_CARE: pgettext_lazy("register", "pastoral care"),
}
WAY: Labels = {
    Way.TEAM: pgettext_lazy("let in", "on the team"),
    Way.DUTY: pgettext_lazy("let in", "on duty"),
    Way.BREAK_GLASS: pgettext_lazy("let in", "opened in an emergency"),
}
PURPOSE: Labels = {
    Purpose.CARE: pgettext_lazy("purpose", "care"),
    Purpose.COORDINATION: pgettext_lazy("purpose", "running the day"),
    Purpose.CLIENT_ASKED: pgettext_lazy("purpose", "the client asked"),
}
GLASS_REASON: Labels = {
    GlassReason.EMERGENCY: pgettext_lazy("reason", "danger to life or health"),
    GlassReason.CLIENT_HERE: pgettext_lazy("reason", "the client is here or on the telephone"),
    GlassReason.TEAM_OUT_OF_REACH: pgettext_lazy("reason", "nobody of the team can be reached"),
    GlassReason.CLIENT_ASKED: pgettext_lazy("reason", "the client asked for it"),
    GlassReason.OTHER: pgettext_lazy("reason", "another reason"),
}
VERDICT: Labels = {
    Verdict.NEEDED: pgettext_lazy("review", "it was needed"),
    Verdict.NOT_NEEDED: pgettext_lazy("review", "it was not needed"),
    Verdict.TO_BE_LOOKED_INTO: pgettext_lazy("review", "to be looked into"),
}
ALERT: Labels = {
    Alert.SAME_SURNAME: _("the same surname"),
    Alert.COLLEAGUE: _("the name of a colleague"),
    Alert.NO_DUTY: _("neither on the team nor on duty"),
}

# ── A case and what hangs on it ──────────────────────────────────────────────────────────────────────────────

KIND: Labels = {
    Kind.OWN: pgettext_lazy("kind of case", "our client"),
    Kind.FOR_ANOTHER: pgettext_lazy("kind of case", "helped at the request of another place"),
}
STATE: Labels = {
    State.OPEN: pgettext_lazy("state of case", "open"),
    State.CLOSED: pgettext_lazy("state of case", "closed"),
}
LISTING: Labels = {
    Listing.OPEN: pgettext_lazy("list", "Open"),
    Listing.MINE: pgettext_lazy("list", "Mine"),
    Listing.WAITING: pgettext_lazy("list", "Waiting for me"),
    Listing.CLOSED: pgettext_lazy("list", "Closed"),
}
ENTRY: Labels = {
    EntryKind.OPENED: pgettext_lazy("timeline", "Case opened"),
    EntryKind.CONTACT: pgettext_lazy("timeline", "Contact"),
    EntryKind.TOLD: pgettext_lazy("timeline", "Told"),
    EntryKind.ARRIVED: pgettext_lazy("timeline", "Arrived"),
    EntryKind.DEPARTED: pgettext_lazy("timeline", "Left"),
    EntryKind.WRITTEN: pgettext_lazy("timeline", "Entry"),
    EntryKind.NOTE: pgettext_lazy("timeline", "Note signed"),
    EntryKind.ADDENDUM: pgettext_lazy("timeline", "Note added to"),
    EntryKind.TASK_DONE: pgettext_lazy("timeline", "Task done"),
    EntryKind.JOINED: pgettext_lazy("timeline", "New on the team"),
    EntryKind.LEFT: pgettext_lazy("timeline", "Off the team"),
    EntryKind.CROSSING: pgettext_lazy("timeline", "Registers reading each other"),
    EntryKind.NOTICE: pgettext_lazy("timeline", "Notice sent"),
    EntryKind.CONSENTS: pgettext_lazy("timeline", "Consents answered"),
    EntryKind.CLOSED: pgettext_lazy("timeline", "Case closed"),
    EntryKind.REOPENED: pgettext_lazy("timeline", "Case opened again"),
}
CLOSE_REASON: Labels = {
    CloseReason.ALL_DONE: pgettext_lazy("reason", "everything agreed is done"),
    CloseReason.CLIENT_WISHES: pgettext_lazy("reason", "the client wishes it"),
    CloseReason.GOES_ON_ELSEWHERE: pgettext_lazy("reason", "it goes on elsewhere"),
    CloseReason.OUT_OF_REACH: pgettext_lazy("reason", "the client cannot be reached"),
}
REOPEN_REASON: Labels = {
    ReopenReason.CLIENT_CAME_BACK: pgettext_lazy("reason", "the client came back"),
    ReopenReason.SAMPLES: pgettext_lazy("reason", "the samples"),
    ReopenReason.LEGAL_PROCESS: pgettext_lazy("reason", "the legal process"),
    ReopenReason.CLOSED_BY_MISTAKE: pgettext_lazy("reason", "it was closed by mistake"),
}
PRESENT: Labels = {
    Present.STAFF: pgettext_lazy("present", "one of staff"),
    Present.COMPANION: pgettext_lazy("present", "somebody close"),
    Present.INTERPRETER: pgettext_lazy("present", "an interpreter"),
    Present.SUPPORT_PERSON: pgettext_lazy("present", "a support person"),
    Present.OFFICIAL: pgettext_lazy("present", "an official"),
}
WHERETO: Labels = {
    Whereto.NOT_ASKED: pgettext_lazy("where to", "not asked"),
    Whereto.HOME: pgettext_lazy("where to", "home"),
    Whereto.RELATIVE: pgettext_lazy("where to", "to a relative"),
    Whereto.FRIEND: pgettext_lazy("where to", "to a friend"),
    Whereto.SHELTER: pgettext_lazy("where to", "to a shelter"),
    Whereto.HOSPITAL: pgettext_lazy("where to", "to hospital"),
    Whereto.POLICE: pgettext_lazy("where to", "to the police"),
    Whereto.OTHER: pgettext_lazy("where to", "elsewhere"),
    Whereto.UNSAID: pgettext_lazy("where to", "does not want to say"),
}
TITLE: Labels = {
    Title.CALL_CLIENT: pgettext_lazy("task", "Contact the client as agreed"),
    Title.ASK_AGAIN: pgettext_lazy("task", "Ask again what was left open"),
    Title.LABORATORY: pgettext_lazy("task", "Laboratory result"),
    Title.STATEMENT: pgettext_lazy("task", "Statement"),
    Title.PLAN: pgettext_lazy("task", "Plan to take away"),
    Title.FOLLOW_UP: pgettext_lazy("task", "Follow-up"),
    Title.INTERPRETER: pgettext_lazy("task", "Book an interpreter"),
    Title.APPOINTMENT: pgettext_lazy("task", "Agree on a time"),
    Title.STORAGE_DECISION: pgettext_lazy("task", "Decision on keeping the samples"),
    Title.STOP_AND_RECALL: pgettext_lazy("task", "Consent withdrawn: stop, and tell whoever received it"),
    Title.TELL_POLICE: pgettext_lazy("task", "Inform the police, after telling the client"),
    Title.TELL_CHILD_WELFARE: pgettext_lazy("task", "Inform child welfare, after telling the client"),
    Title.SHELTER: pgettext_lazy("task", "A safe place for the night"),
    Title.OTHER: pgettext_lazy("task", "Something else"),
}
ARISING: Labels = {
    Arising.MEMBER: pgettext_lazy("came of", "added by staff"),
    Arising.CONSENT: pgettext_lazy("came of", "from a change of consent"),
    Arising.DUTY: pgettext_lazy("came of", "from a duty under the law"),
}
GROUND: Labels = {
    Ground.CONSENT: pgettext_lazy("ground", "the word of the client"),
    Ground.LAW: pgettext_lazy("ground", "the law"),
}

# ── Refusals ─────────────────────────────────────────────────────────────────────────────────────────────────

REFUSAL: Labels = {
    Refusal.CLOSED: _("This case is closed. To add something, open it again with a reason."),
    Refusal.NOT_CLOSED: _("This case is open already."),
    Refusal.NOT_LET_IN: _("The hour for which you opened this case is over. If you still need it, open it again."),
    Refusal.WALL: _(
        "This section is not written in your role. Nothing was saved; ask a colleague whose section it is."
    ),
    Refusal.TIMES: _("This time cannot be right. Check the date and the hour."),
    Refusal.NO_WORDS: _("Write a few words here first."),
    Refusal.NO_TURN: _("Choose whose turn it is: one role or one person."),
    Refusal.UNASKED: _("What is said to the chaplain is written down only if the client asks for it."),
    Refusal.SIGNED: _("This note is signed. Add to it below; the signed text stays."),
    Refusal.NOT_SIGNED: _("This note is still a draft. It can be changed until it is signed."),
    Refusal.NOT_YOURS: _("Only whoever wrote this note can do that."),
    Refusal.HERE_ALREADY: _("The client is here already: there is a visit that has not ended."),
    Refusal.STILL_HERE: _("The client is still here. Write down first that they have left."),
    Refusal.OTHER_TOPIC: _("A correction must be about the same thing as what it corrects."),
    Refusal.NO_POST: _("This person does not work at the centre in that role now."),
    Refusal.ONESELF: _("Somebody else must do this."),
    Refusal.NO_GROUND: _("Name the law, and say why."),
    Refusal.NOBODY: _("Choose who of the staff was there."),
    Refusal.ELSEWHERE: _(
        "This note was saved in another window meanwhile. Nothing was written over: both texts are here."
    ),
}
