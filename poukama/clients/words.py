"""The words for what clients say and for what is refused: labels for choices, whole sentences for refusals."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from poukama.clients import consents, duties, hetu, identity, reach, rules

Words = Promise | str

# ── Who it is ────────────────────────────────────────────────────────────────────────────────────────────────

GENDERS: Mapping[identity.Gender, Words] = {
    identity.Gender.NOT_ASKED: pgettext_lazy("gender", "Not asked"),
    identity.Gender.NOT_SAID: pgettext_lazy("gender", "Does not want to say"),
    identity.Gender.WOMAN: pgettext_lazy("gender", "Woman"),
    identity.Gender.MAN: pgettext_lazy("gender", "Man"),
    identity.Gender.NON_BINARY: pgettext_lazy("gender", "Non-binary"),
    identity.Gender.OWN_WORDS: pgettext_lazy("gender", "In their own words"),
}
IDENTIFIERS: Mapping[identity.IdentifierKind, Words] = {
    identity.IdentifierKind.NONE: _("No identifier"),
    identity.IdentifierKind.TEMPORARY: _("Temporary identifier"),
    identity.IdentifierKind.OFFICIAL: _("Personal identity code"),
}
CODE_FAULTS: Mapping[hetu.Fault, Words] = {
    hetu.Fault.SHAPE: _("An identity code has eleven characters: six digits, a sign, three digits, a last character."),
    hetu.Fault.DATE: _("There is no such date of birth. Check the first six digits."),
    hetu.Fault.NUMBER: _("There is no such individual number. Check the three digits after the sign."),
    hetu.Fault.CHECK: _("The last character does not fit the rest. Check each one."),
    hetu.Fault.NOT_BORN: _("The date of birth is in the future. Check the sign in the middle."),
    hetu.Fault.TEMPORARY: _("This code is for tests or temporary. Choose temporary identifier for it."),
    hetu.Fault.REAL: _("A practice version takes only made-up codes, whose individual number begins with 9."),
}
NOT_JOINABLE: Mapping[rules.NotJoinable, Words] = {
    rules.NotJoinable.SAME: _("This is one and the same record."),
    rules.NotJoinable.NO_OFFICIAL: _("The record to join to has no personal identity code."),
    rules.NotJoinable.NOT_TEMPORARY: _("This record has a personal identity code of its own."),
    rules.NotJoinable.JOINED: _("One of the two already stands with another record. Part them first."),
    rules.NotJoinable.NOT_JOINED: _("This record stands by itself."),
}

# ── How they are reached ─────────────────────────────────────────────────────────────────────────────────────

CHANNELS: Mapping[reach.Channel, Words] = {
    reach.Channel.CALL: pgettext_lazy("channel", "Call"),
    reach.Channel.MESSAGE: pgettext_lazy("channel", "Text message"),
    reach.Channel.EMAIL: pgettext_lazy("channel", "Email"),
    reach.Channel.LETTER: pgettext_lazy("channel", "Letter"),
    reach.Channel.CLOSE_PERSON: pgettext_lazy("channel", "Through somebody close"),
}
ANSWERING: Mapping[reach.Answering, Words] = {
    reach.Answering.NOT_ASKED: pgettext_lazy("who answers", "Not asked"),
    reach.Answering.CLIENT: pgettext_lazy("who answers", "Only the client"),
    reach.Answering.NAMED: pgettext_lazy("who answers", "Somebody they name"),
    reach.Answering.ANYBODY: pgettext_lazy("who answers", "Anybody"),
}
CLOSED: Mapping[reach.Closed, Words] = {
    reach.Closed.NEVER_OPENED: _("The client has not opened this way. Ask them first."),
    reach.Closed.CLOSED: _("The client has closed this way."),
    reach.Closed.EXPIRED: _("The time for which the client opened this way is over. Ask them again."),
    reach.Closed.OUTSIDE_HOURS: _("The client may not be reached this way at this hour."),
    reach.Closed.NO_CONTACT: _("The client does not want to be contacted."),
}
UNUSABLE: Mapping[reach.Unusable, Words] = {
    reach.Unusable.ADDRESS: _("Write the number or the address."),
    reach.Unusable.NEVER: _("With these hours the way would never be open."),
    reach.Unusable.OVER: _("The end has to be later than now."),
}

# ── What they wish, and who is close ─────────────────────────────────────────────────────────────────────────

EXAMINERS: Mapping[rules.Examiner, Words] = {
    rules.Examiner.NOT_ASKED: pgettext_lazy("examiner", "Not asked"),
    rules.Examiner.NO_WISH: pgettext_lazy("examiner", "Makes no difference"),
    rules.Examiner.WOMAN: pgettext_lazy("examiner", "Rather a woman"),
    rules.Examiner.MAN: pgettext_lazy("examiner", "Rather a man"),
    rules.Examiner.OWN_WORDS: pgettext_lazy("examiner", "In their own words"),
}
WISHES: Mapping[rules.Wish, Words] = {
    rules.Wish.NOT_ASKED: pgettext_lazy("wish", "Not asked"),
    rules.Wish.WISHED: pgettext_lazy("wish", "Yes, please"),
    rules.Wish.NOT_WISHED: pgettext_lazy("wish", "No, thank you"),
}
GUARDIANS: Mapping[rules.Guardians, Words] = {
    rules.Guardians.NOT_ASKED: _("Not decided yet: not shown to guardians"),
    rules.Guardians.NOT_CAPABLE_SHOWN: _("Cannot decide about this: shown to guardians"),
    rules.Guardians.CAPABLE_ALLOWS: _("Can decide, and allows it: shown to guardians"),
    rules.Guardians.CAPABLE_FORBIDS: _("Can decide, and forbids it: not shown to guardians"),
    rules.Guardians.UNKNOWN_NOT_SHOWN: _("Ability to decide not known: not shown to guardians"),
}
CLOSENESS: Mapping[rules.Closeness, Words] = {
    rules.Closeness.PARTNER: pgettext_lazy("close person", "Partner"),
    rules.Closeness.PARENT: pgettext_lazy("close person", "Parent"),
    rules.Closeness.GUARDIAN: pgettext_lazy("close person", "Guardian"),
    rules.Closeness.CHILD: pgettext_lazy("close person", "Child"),
    rules.Closeness.SIBLING: pgettext_lazy("close person", "Sister or brother"),
    rules.Closeness.OTHER_RELATIVE: pgettext_lazy("close person", "Other relative"),
    rules.Closeness.FRIEND: pgettext_lazy("close person", "Friend"),
    rules.Closeness.SUPPORT_PERSON: pgettext_lazy("close person", "Support person"),
    rules.Closeness.OTHER: pgettext_lazy("close person", "Somebody else"),
}
SUPPORT: Mapping[rules.Support, Words] = {
    rules.Support.NOT_ASKED: pgettext_lazy("support", "Not asked"),
    rules.Support.OFFERED: pgettext_lazy("support", "Offered"),
    rules.Support.WANTED: pgettext_lazy("support", "Wanted"),
    rules.Support.GIVEN: pgettext_lazy("support", "Given"),
    rules.Support.DECLINED: pgettext_lazy("support", "Declined"),
}
RELATIONS: Mapping[rules.Relation, Words] = {
    rules.Relation.NOT_ASKED: pgettext_lazy("relation", "Not asked"),
    rules.Relation.UNKNOWN: pgettext_lazy("relation", "Does not know"),
    rules.Relation.NOT_SAID: pgettext_lazy("relation", "Does not want to say"),
    rules.Relation.PARTNER: pgettext_lazy("relation", "Partner"),
    rules.Relation.FORMER_PARTNER: pgettext_lazy("relation", "Former partner"),
    rules.Relation.FAMILY: pgettext_lazy("relation", "Close family"),
    rules.Relation.OTHER_RELATIVE: pgettext_lazy("relation", "Other relative"),
    rules.Relation.ACQUAINTANCE: pgettext_lazy("relation", "Friend or acquaintance"),
    rules.Relation.DATING: pgettext_lazy("relation", "Met online or dating"),
    rules.Relation.AUTHORITY: pgettext_lazy("relation", "Colleague, superior or teacher"),
    rules.Relation.CARER: pgettext_lazy("relation", "Somebody who cares for them"),
    rules.Relation.STRANGER: pgettext_lazy("relation", "Stranger"),
    rules.Relation.SEVERAL: pgettext_lazy("relation", "More than one"),
}

# ── What they consent to ─────────────────────────────────────────────────────────────────────────────────────

PURPOSES: Mapping[consents.Purpose, Words] = {
    consents.Purpose.EXAMINATION: pgettext_lazy("purpose", "Examination"),
    consents.Purpose.SAMPLES: pgettext_lazy("purpose", "Taking samples"),
    consents.Purpose.PHOTOGRAPHS: pgettext_lazy("purpose", "Taking photographs"),
    consents.Purpose.STORAGE: pgettext_lazy("purpose", "Keeping the samples"),
    consents.Purpose.TESTING: pgettext_lazy("purpose", "Testing the samples"),
    consents.Purpose.RELEASE: pgettext_lazy("purpose", "Handing the samples over"),
    consents.Purpose.STATEMENT: pgettext_lazy("purpose", "Medical statement"),
    consents.Purpose.REFERRAL: pgettext_lazy("purpose", "Referral"),
    consents.Purpose.CONTACT: pgettext_lazy("purpose", "Contact"),
    consents.Purpose.LINKING: pgettext_lazy("purpose", "Joining with another record"),
    consents.Purpose.NOTICE: pgettext_lazy("purpose", "Notice to an authority"),
    consents.Purpose.STATISTICS: pgettext_lazy("purpose", "Statistics"),
    consents.Purpose.RESEARCH: pgettext_lazy("purpose", "Research"),
}
RECIPIENTS: Mapping[consents.Recipient, Words] = {
    consents.Recipient.CENTRE: pgettext_lazy("recipient", "This centre"),
    consents.Recipient.HEALTH_CARE: pgettext_lazy("recipient", "Health care"),
    consents.Recipient.SOCIAL_CARE: pgettext_lazy("recipient", "Social care"),
    consents.Recipient.LABORATORY: pgettext_lazy("recipient", "Laboratory"),
    consents.Recipient.POLICE: pgettext_lazy("recipient", "Police"),
    consents.Recipient.CHILD_WELFARE: pgettext_lazy("recipient", "Child welfare"),
    consents.Recipient.SHELTER: pgettext_lazy("recipient", "Shelter"),
    consents.Recipient.SUPPORT_SERVICE: pgettext_lazy("recipient", "Support service"),
    consents.Recipient.CLOSE_PERSON: pgettext_lazy("recipient", "Somebody close"),
    consents.Recipient.OTHER: pgettext_lazy("recipient", "Somebody else"),
}
ANSWERS: Mapping[consents.Answer, Words] = {
    consents.Answer.NOT_ASKED: pgettext_lazy("consent", "Not asked"),
    consents.Answer.YES: pgettext_lazy("consent", "Yes"),
    consents.Answer.NOT_NOW: pgettext_lazy("consent", "Not now"),
    consents.Answer.NO: pgettext_lazy("consent", "No"),
}
GIVEN: Mapping[consents.Given, Words] = {
    consents.Given.SPOKEN: pgettext_lazy("consent", "Spoken"),
    consents.Given.SIGNED: pgettext_lazy("consent", "Signed"),
}
CAPACITY: Mapping[consents.Capacity, Words] = {
    consents.Capacity.DECIDES: _("Can decide"),
    consents.Capacity.WITH_SUPPORT: _("Can decide with support"),
    consents.Capacity.NOT_NOW: _("Cannot decide just now"),
}
REFUSALS: Mapping[consents.Refusal, Words] = {
    consents.Refusal.NOT_ASKED: _("The client has not been asked about this."),
    consents.Refusal.NOT_NOW: _("The client says: not now."),
    consents.Refusal.NO: _("The client says no."),
    consents.Refusal.ENDED: _("The client's yes has ended. Ask them again."),
    consents.Refusal.NOT_TOLD: _("The client has to be told first, or a reason written down for not telling them."),
}
UNSOUND: Mapping[consents.Unsound, Words] = {
    consents.Unsound.CANNOT_DECIDE: _("Who cannot decide just now can say no or not now. Ask again later."),
    consents.Unsound.OVER: _("The end has to be later than the beginning."),
    consents.Unsound.NO_LAW: _("Name the law."),
    consents.Unsound.NO_REASON: _("Write the reason."),
    consents.Unsound.NOT_YET: _("This time is still to come."),
}

# ── Duties ───────────────────────────────────────────────────────────────────────────────────────────────────

STEPS: Mapping[duties.Step, Words] = {
    duties.Step.ASK_AGE: _("Ask the age"),
    duties.Step.TELL_CLIENT: _("Tell the client first"),
    duties.Step.SEND: _("Send the notice"),
    duties.Step.SENT: _("Notice sent"),
}
