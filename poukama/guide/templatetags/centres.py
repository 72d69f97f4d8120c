"""What the text pages ask besides: who is in a room, which languages a centre has, which centres are elsewhere."""

from django import template
from django.conf import settings
from django.template import Context
from django.utils.translation import get_language_info, gettext_noop
from django.utils.translation import gettext as _

from poukama.guide.elsewhere import Elsewhere, by_region, read_named

register = template.Library()

# A coordinator is a midwife too, and it is the midwife whom somebody meets.
ROLES = {
    "midwife": gettext_noop("midwife"),
    "doctor": gettext_noop("doctor"),
    "nurse": gettext_noop("nurse"),
    "psychologist": gettext_noop("psychologist"),
    "social_worker": gettext_noop("social worker"),
    "chaplain": gettext_noop("hospital chaplain"),
}
# The languages that the page of languages names for every centre.
NAMED = frozenset({"fi", "sv", "en", "se", "ru", "uk", "ar", "fa", "so", "et"})


@register.simple_tag(takes_context=True)
def own_languages(context: Context) -> list[dict[str, str]]:
    """The front centre's languages that the page does not name for everybody: code, name, direction, what to say."""
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"],
            "dir": "rtl" if get_language_info(code)["bidi"] else "ltr",
            "say": words.get("languages.say_only"),
        }
        for code, words in context["front"].pack.words.items()
        if code not in NAMED
    ]


@register.simple_tag(takes_context=True)
def in_the_room(context: Context, roles: str) -> str:
    """Those of the roles, given by name with spaces between, that the front centre has; at least a worker of it."""
    pack = context["front"].pack
    there = {post.role.removesuffix("_coordinator") for post in pack.posts} | pack.night.duties
    return ", ".join(_(ROLES[role]) for role in roles.split() if role in there) or _("a worker of the centre")


@register.simple_tag(takes_context=True)
def named_elsewhere(context: Context) -> list[tuple[str, list[Elsewhere]]]:
    """The centres that are named but have no page here, by region."""
    here = {centre.pack.code for centre in context["centres"]}
    named = tuple(each for each in read_named(settings.PACKS / "others.toml") if each.code not in here)
    return by_region(named, context["language"], context["at"].astimezone(context["front"].pack.zone).date())
