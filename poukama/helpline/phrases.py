"""Sentences that a midwife may say, in the caller's language. They offer and explain; none asks what happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from poukama.centres.words import SPOKEN
from poukama.helpline.rules import Phrase

SENTENCES: Mapping[Phrase, Promise] = {
    Phrase.WELCOME: _("It is good that you called. You decide how much you tell."),
    Phrase.SAFE_TO_TALK: _("Are you somewhere where you can talk? You may hang up at any time and call again."),
    Phrase.YES_OR_NO: _("You can answer just yes or no. If somebody comes, say that it is a wrong number."),
    Phrase.EMERGENCY: _("Call %(emergency)s now, or I call for you. Tell me where you are."),
    Phrase.STAY: _("I am here and stay on the line. You need not be alone with this."),
    Phrase.SKIP: _("I ask a few things so that I can help. You can leave any of them unanswered."),
    Phrase.DUTY: _(
        "Before you tell me more: if you are under %(duty)s, we have to tell the authorities. "
        "We first tell you whom and what. You can ask me without your name before you tell."
    ),
    Phrase.NECK: _("Did anything happen to your neck? I ask everybody this."),
    Phrase.BELIEVE: _("I believe you. It is not your fault."),
    Phrase.WHEN: _("Was it today, in the last few days, or longer ago? A rough time is enough."),
    Phrase.CLOSE_PERSON: _("Believe, listen, and let them decide. You can get support too."),
    Phrase.PROFESSIONAL: _("You need not tell me the name. Tell me what the person wishes now."),
    Phrase.INTERPRETER: _("You can have an interpreter, so that nobody close to you has to translate."),
    Phrase.COMPANION: _("Do you want somebody with you when you come?"),
    Phrase.CALL_FIRST: _("You are welcome with a fever too. Call before you come in, so that we can prepare."),
    Phrase.PRESERVE: _("If you can, wait with washing, and bring the clothes in a paper bag. Your health comes first."),
    Phrase.WASHED: _("If you have already washed or changed clothes, come anyway. You have done nothing wrong."),
    Phrase.POLICE_OPTIONAL: _(
        "You decide whether to report to the police. Samples can be taken now even if you have not decided."
    ),
    Phrase.COME: _("I tell you which door to come to and what happens first. Nothing is done without your permission."),
    Phrase.OTHER_DOOR: _("There is help for this too. I give you the number, and I can call there for you."),
    Phrase.SAFE_CONTACT: _("When and how is it safe to contact you? We leave no message unless you allow it."),
    Phrase.CLOSE: _("You can change your mind, and you can call again at any hour."),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to say, and the language it is in."""

    code: Phrase
    language: str
    text: str

    @property
    def quoted(self) -> str:
        """The sentence between the marks of its language."""
        return f"{'“' if self.language == 'en' else '”'}{self.text}”"


def sentences(phrases: Iterable[Phrase], caller: str, reader: str, given: Mapping[str, object]) -> tuple[Sentence, ...]:
    """The phrases in the caller's language; in the reader's where we do not speak that one."""
    language = caller if caller in SPOKEN else reader
    with override(language):
        return tuple(Sentence(phrase, language, str(SENTENCES[phrase]) % given) for phrase in phrases)
