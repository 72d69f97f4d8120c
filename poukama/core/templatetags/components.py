"""The small parts of every page: an icon, the shape of a state, a telephone number, a button that calls."""

from functools import lru_cache

import lucide
from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from poukama.core.phones import shown

register = template.Library()

# A state is a shape, a word and a colour together; this is its shape, in a square of twelve.
_DISC = "M6 .5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11z"
_SHAPES = {
    "todo": _DISC + "m0 2a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z",
    "now": _DISC,
    "open": _DISC,
    "done": "M1.2 6.6 2.8 5l2 2L9.5 1.7l1.7 1.5-6.3 7.2z",
    "wait": "M6 .8 11.8 11H.2z",
    "fault": "M.5.5h11v11H.5z",
    "private": "M6 .2 11.8 6 6 11.8.2 6z",
    "past": "M.5 4.5h11v3H.5z",
}


@register.simple_tag
@lru_cache(maxsize=64)
def icon(name: str) -> SafeString:
    """A Lucide icon, drawn inline and silent: a word always stands beside it."""
    drawing = lucide._render_icon(name, 20, **{"class": "icon", "aria-hidden": "true"})
    return mark_safe(" ".join(drawing.split()))  # noqa: S308 - a drawing of an installed package


@register.simple_tag
@lru_cache(maxsize=16)
def shape(state: str) -> SafeString:
    """The shape of a state (`data-state` gives it its colour), silent: its word stands beside it."""
    drawing = '<svg class="icon shape" viewBox="0 0 12 12" aria-hidden="true"><path fill-rule="evenodd" d="{}"/></svg>'
    return format_html(drawing, _SHAPES[state])


@register.simple_tag(takes_context=True)
def phone(context: Context, number: str) -> SafeString:
    """A number inside a sentence: a link that dials, or plain text in a practice version."""
    digits = format_html('<bdi dir="ltr">{}</bdi>', _shown(context, number))
    if context.get("practice"):
        return format_html('<span class="nowrap">{}</span>', digits)
    return format_html('<a class="nowrap" href="tel:{}">{}</a>', number, digits)


@register.simple_tag(takes_context=True)
def phones(context: Context, numbers: tuple[str, ...]) -> SafeString:
    """Numbers inside a sentence: one, or several with a stroke between them."""
    return format_html_join(" / ", "{}", ((phone(context, number),) for number in numbers))


@register.simple_tag(takes_context=True)
def call(context: Context, number: str, words: str, kind: str = "button") -> SafeString:
    """A button that calls (`kind` is its class; in the `strip` the word is only heard); in practice it dials nobody."""
    said = format_html('<span class="visually-hidden">{} </span>' if kind == "strip" else "{} ", words)
    inside = format_html('{}<span>{}<bdi dir="ltr">{}</bdi></span>', icon("phone"), said, _shown(context, number))
    if context.get("practice"):
        return format_html('<span class="{}">{}</span>', kind, inside)
    return format_html('<a class="{}" href="tel:{}">{}</a>', kind, number, inside)


def _shown(context: Context, number: str) -> str:
    return shown(number, context["country"])
