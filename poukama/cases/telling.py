"""Told already (S09): all that has been said, each thing with who heard it; told and corrected where it stands.

What the client has said of themselves stands beside it, each part with the way to its own small page (`person`).
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from poukama.cases import access, actions
from poukama.cases.inside import Opened
from poukama.cases.need import Purpose
from poukama.cases.own import own_part
from poukama.cases.page import Here, in_case, show_case
from poukama.cases.picture import Item, Teller, places, said_in, topics_of
from poukama.cases.rules import Refused
from poukama.cases.told import ABOUT, Topic
from poukama.cases.told_forms import TellingForm
from poukama.cases.walls import Reach, Section
from poukama.cases.words import REFUSAL, SECTION
from poukama.clients import access as clients
from poukama.clients import words
from poukama.clients.consents import Recipient
from poukama.clients.duties import DutyTask
from poukama.doors.held import policy_of
from poukama.gate.rules import Permission

# The sections in which something is told, top to bottom.
TOLD = tuple(section for section in Section if topics_of(section))
# It is asked with what guardians see, in a card of its own.
SEEN_BY = Topic.RECORD_SEEN_BY


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it is shown: what is told, what is not yet; of one behind a wall, whether anything is there."""

    section: Section
    name: Any
    reads: bool
    writes: bool
    items: tuple[Item, ...]
    hidden: bool

    @property
    def told(self) -> list[Item]:
        """What has been told."""
        return [item for item in self.items if item.sayings]

    @property
    def untold(self) -> list[Item]:
        """What has not been told yet."""
        return [item for item in self.items if not item.sayings]


@in_case(Permission.CASE_READ)
@require_http_methods(["GET", "POST"])
def told(request: HttpRequest, here: Here) -> HttpResponse:
    """All that is told, and the form of the one topic that was asked for."""
    topic = _topic(request)
    if request.method == "POST":
        return _tell(request, here, topic)
    if topic is not None:
        here.must(Reach.WRITES, ABOUT[topic].section)
    return _page(request, here, here.opened, topic, _form(request, here, topic))


def _topic(request: HttpRequest) -> Topic | None:
    """The topic in the address, which is a code and says nothing of anybody. Raises Http404 for none of ours."""
    code = request.GET.get("topic", "")
    if code and code not in set(Topic):
        raise Http404
    return Topic(code) if code else None


def _form(request: HttpRequest, here: Here, topic: Topic | None) -> TellingForm | None:
    """The form of a topic: empty, as it corrects something told, or as it was sent."""
    if topic is None or here.case.closed_at:
        return None
    initial: dict[str, Any] = {}
    if record := _uuid(request.GET.get("fact", "")):
        fact = access.fact(here.entered, record)
        if fact.telling.topic is not topic:
            raise Http404
        initial = TellingForm.opened_with(fact.telling, fact.id, here.zone)
        if here.opened.hide(initial["words"]) != initial["words"]:
            # What is hidden is not shown here either, and a mask is nothing to keep.
            initial["words"] = ""
    return TellingForm(topic, here.zone, places(policy_of(here.case).pack), here.at, initial=initial)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _tell(request: HttpRequest, here: Here, topic: Topic | None) -> HttpResponse:
    if topic is None:
        raise Http404
    here.must(Reach.WRITES, ABOUT[topic].section)
    form = TellingForm(topic, here.zone, places(policy_of(here.case).pack), here.at, request.POST)
    if form.is_valid():
        try:
            _keep(form, here)
        except Refused as refused:
            form.add_error(None, str(REFUSAL[refused.refusal]))
        else:
            page = f"{reverse('cases:told', args=[here.ref.id])}?kerrottu={topic}#{topic}"
            return HttpResponseRedirect(page, status=303)
    opened = access.open_case(here.ref, purpose=Purpose.CARE, **here.now, on_duty=here.on_duty)
    return _page(request, here, opened, topic, form, status=422)


def _keep(form: TellingForm, here: Here) -> None:
    telling, key = form.telling(), form.cleaned_data["key"]
    if telling.corrects is None:
        actions.tell(here.entered, tellings=(telling,), key=key, **here.now)
    else:
        fact = access.fact(here.entered, telling.corrects)
        actions.correct(here.entered, fact=fact, telling=telling, key=key, **here.now)


# ── The page ─────────────────────────────────────────────────────────────────────────────────────────────────


def _page(
    request: HttpRequest,
    here: Here,
    opened: Opened,
    topic: Topic | None,
    form: TellingForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    pack, known = policy_of(here.case).pack, access.facts(opened)
    named = {code: opened.hide(name) for code, name in places(pack).items()}
    teller = Teller(access.names(opened), named, here.zone, here.at)
    parts = [part for section in TOLD if (part := _part(here, section, known, teller))]
    shown: dict[str, Any] = {"parts": parts, "form": form, "topic": topic, "saved": "kerrottu" in request.GET}
    if topic is not None:
        section = None if topic is SEEN_BY else ABOUT[topic].section
        shown["asked"] = {"section": section, "item": teller.items(known.picture, [topic])[0]}
    if here.reads(Section.IDENTITY):
        duty = pack.duty
        record = clients.read(here.case.client, **here.now)
        shown |= own_part(record, here, teller.names, opened.hide)
        shown["seen_by"] = teller.items(known.picture, [SEEN_BY])[0]
        shown["minor"] = bool(duty and record.head.age.perhaps_under(duty.under))
        if here.reads(Section.LEGAL):
            tasks = clients.duty_tasks(here.case.client, duty, **here.now)
            shown["duties"] = [_duty(task, said_in(pack).get("duty.law")) for task in tasks]
    return show_case(request, here, "cases/told.html", shown, status=status)


def _part(here: Here, section: Section, known: Any, teller: Teller) -> Part | None:
    """A section as far as the wall lets whoever is here; one of which they may not know is not there at all."""
    if here.reach(section) is Reach.NOTHING:
        return None
    reads = here.reads(section)
    topics = [each for each in topics_of(section) if each is not SEEN_BY]
    items = teller.items(known.picture, topics) if reads else ()
    return Part(section, SECTION[section], reads, here.writes(section), items, section in known.hidden)


def _duty(task: DutyTask, law: str) -> dict[str, Any]:
    known = task.name.replace("_", " ") if task.recipient is Recipient.OTHER else words.RECIPIENTS[task.recipient]
    return {"who": known, "step": words.STEPS[task.step], "under": task.under, "law": law, "example": task.example}
