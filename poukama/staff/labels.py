"""The words for roles, rights, looks and refusals."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from poukama.staff.rules import Density, Look, Refusal, Role, WayState

Words = Promise | str

ROLES: Mapping[Role, Words] = {
    Role.MIDWIFE_COORDINATOR: _("midwife-coordinator"),
    Role.MIDWIFE: _("midwife"),
    Role.DOCTOR: _("doctor"),
    Role.PSYCHOLOGIST: _("psychologist"),
    Role.SOCIAL_WORKER: _("social worker"),
    Role.CHAPLAIN: _("hospital chaplain"),
    Role.SAMPLE_KEEPER: _("keeper of samples"),
    Role.MANAGER: _("manager"),
    Role.NATIONAL_STATISTICIAN: _("national statistician"),
    Role.ADMINISTRATOR: _("administrator"),
    Role.PRIVACY_OFFICER: _("privacy officer"),
}

# By the value of the permission. What only the command line may do stands here too, for whoever signs the page.
RIGHTS: Mapping[str, Words] = {
    "staff_enter": _("Sign in, and see one's own page"),
    "shift_read": _("See who is on call"),
    "shift_take": _("Take an open shift oneself"),
    "shift_keep": _("Plan shifts and absences"),
    "protocol_read": _("Read time windows, sampling protocols and the retention rule"),
    "protocol_approve": _("Approve them, and take an approval back"),
    "premises_read": _("Read the rooms' logs, lots in use and mishaps, and one's own skills"),
    "premises_write": _("Write in a room's log, of lots and of mishaps"),
    "skill_keep": _("Write down what members have shown that they can do, and read it of all"),
    "contact_read": _("Read contacts of the helpline"),
    "contact_keep": _("Take a contact and write in it"),
    "client_read": _("Read clients' records and consents"),
    "client_write": _("Take down what clients say"),
    "whereabouts_read": _("See where a protected client lives"),
    "records_join": _("Join and part records of one person"),
    "consent_write": _("Take down consents"),
    "ground_name": _("Name a legal ground and answer for it"),
    "disclose": _("Let something leave on a consent or a legal ground"),
    "measures_read": _("See counts and lengths of contacts, without content"),
    "case_read": _("See that a case exists, and read what its walls allow"),
    "case_write": _("Write in a case what its walls allow"),
    "case_close": _("Close and reopen a case"),
    "case_team": _("Put members on the team of a case"),
    "case_break_glass": _("Open a case for an hour with a reason"),
    "case_review": _("Look through what was opened with a reason"),
    "members_read": _("See the centre's members and their posts"),
    "members_keep": _("Invite and close members, give and end posts"),
    "members_reset": _("Ask for or confirm a new way in for a member"),
    "record_destroy": _("Destroy a record for good, two together"),
    "rights_read": _("See and print this page"),
    "trail_read": _("Read the audit trail"),
    "centre_load": _("Load the centre's pack"),
}

LANGUAGES: Mapping[str, Words] = {"fi": "suomi", "sv": "svenska", "en": "English"}

LOOKS: Mapping[Look, Words] = {
    Look.FOLLOW: _("As the device"),
    Look.LIGHT: _("Light"),
    Look.DARK: _("Dark"),
    Look.CONTRAST: _("High contrast"),
}

DENSITIES: Mapping[Density, Words] = {
    Density.COMPACT: _("Compact"),
    Density.ROOMY: _("Roomy"),
    Density.GLOVES: _("Large, for gloves"),
}

WAY_STATES: Mapping[WayState, Words] = {
    WayState.ASKED: _("waits for a second person"),
    WayState.OPEN: _("can be used"),
    WayState.USED: _("used"),
    WayState.ENDED: _("taken back"),
    WayState.EXPIRED: _("expired"),
}

REFUSALS: Mapping[Refusal, Words] = {
    Refusal.ONESELF: _("Nobody does this for themselves. Ask another administrator."),
    Refusal.SAME_PERSON: _("You asked for this yourself, so another person confirms it."),
    Refusal.LOGIN_TAKEN: _(
        "Somebody has this login already. If it is the same person, give them a post under “Works at another centre”; "
        "otherwise choose another login."
    ),
    Refusal.LOGIN_UNKNOWN: _("Nobody has this login. Check each letter, or invite them as somebody new."),
    Refusal.POST_HELD: _("They hold this role here at that time already."),
    Refusal.POST_OVER: _("This post has ended already. Give a new one if they come back."),
    Refusal.CLOSED: _("This member is closed. Let them in again first: one person asks, another confirms."),
    Refusal.ELSEWHERE: _("They work at another centre too. End their posts here; the other centre goes on as before."),
    Refusal.AWAY: _("Another centre took them in first, and only people there let them in anew."),
    Refusal.LAST_ADMINISTRATOR: _(
        "The centre would be left without an administrator. Give somebody else the post first."
    ),
    Refusal.JOINED: _("They have come in already. If they cannot sign in, ask for a new way in."),
    Refusal.NOT_JOINED: _("They have not come in yet. Make them a new code instead."),
    Refusal.CODE_UNKNOWN: _("There is no such code. Check each letter: there is no 0, O, 1, I or L in any."),
    Refusal.CODE_USED: _("This code has been used already. If it was not you, tell your administrator at once."),
    Refusal.CODE_ENDED: _("This code has been replaced or taken back. Ask your administrator for the newest."),
    Refusal.CODE_EXPIRED: _("This code has expired. Ask your administrator for a new one."),
}
