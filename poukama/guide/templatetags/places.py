"""What the text pages ask of a centre: its line, whether it is open, its doors, who is in a room, who is elsewhere."""

import datetime as dt

from django import template
from django.conf import settings
from django.template import Context
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from poukama.centres.rules import PlaceKind
from poukama.guide.elsewhere import Elsewhere, by_region, read_named
from poukama.guide.rules import takes_in
from poukama.guide.shown import Centre, Number, Spot

register = template.Library()

# A coordinator is a midwife too, and it is the midwife whom somebody meets.
ROLES = {
    "midwife": gettext_noop("midwife"),
    "midwife_coordinator": gettext_noop("midwife"),
    "doctor": gettext_noop("doctor"),
    "nurse": gettext_noop("nurse"),
    "psychologist": gettext_noop("psychologist"),
    "social_worker": gettext_noop("social worker"),
    "chaplain": gettext_noop("hospital chaplain"),
}


@register.simple_tag(takes_context=True)
def line_of(context: Context, centre: Centre) -> Number:
    """The line of a centre that answers at this moment."""
    return centre.number(centre.pack.line_at(context["at"]))


@register.simple_tag
def lines_of(centre: Centre) -> list[Number]:
    """Every line of a centre."""
    return [centre.number(line) for line in centre.pack.lines]


@register.simple_tag(takes_context=True)
def is_open(context: Context, centre: Centre) -> bool:
    """Whether a centre takes people in at this moment without anybody on call."""
    return takes_in(centre.pack, context["at"])


@register.simple_tag
def children_of(centre: Centre) -> list[Spot]:
    """Where a centre's youngest are cared for."""
    return centre.spots(PlaceKind.CHILDREN)


@register.simple_tag
def night_doors(centre: Centre) -> list[Spot]:
    """The door outside the opening hours: one place, or none where the centre sees nobody then."""
    by_way_of = centre.pack.night.by_way_of
    return [centre.spot(centre.pack.place(by_way_of))] if by_way_of else []


@register.simple_tag
def checked(centre: Centre) -> dt.date:
    """When the page that a centre's values come from was last seen."""
    return centre.pack.sources[centre.pack.origin.source].seen


@register.simple_tag(takes_context=True)
def in_the_room(context: Context, roles: str) -> str:
    """Those of the roles, given by name with spaces between, that the front centre has; at least a worker of it."""
    pack = context["front"].pack
    there = {post.role for post in pack.posts} | pack.night.duties
    if "midwife_coordinator" in there:
        there |= {"midwife"}
    return ", ".join(_(ROLES[role]) for role in roles.split() if role in there) or _("a worker of the centre")


@register.simple_tag(takes_context=True)
def named_elsewhere(context: Context) -> list[tuple[str, list[Elsewhere]]]:
    """The centres that are named but have no page here, by region."""
    here = {centre.pack.code for centre in context["centres"]}
    named = tuple(each for each in read_named(settings.PACKS / "others.toml") if each.code not in here)
    return by_region(named, context["language"], context["at"].astimezone(context["front"].pack.zone).date())
