"""The small shapes of a state: each state has one, so that none hangs on its colour."""

from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

_DISC = "M6 .5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11z"
_SHAPES = {
    "todo": f"{_DISC}M6 2.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z",
    "now": _DISC,
    "open": _DISC,
    "done": "M1.2 6.6 2.8 5l2 2L9.5 1.7l1.7 1.5-6.3 7.2z",
    "wait": "M6 .8 11.6 11H.4z",
    "fault": "M.5.5h11v11H.5z",
    "private": "M6 .2 11.8 6 6 11.8.2 6z",
    "past": "M.5 4h11v4H.5z",
}


@register.simple_tag
@lru_cache(maxsize=16)
def shape(state: str) -> SafeString:
    """The shape of a state, drawn inline and silent: the word stands beside it."""
    return format_html(
        '<svg class="icon shape" viewBox="0 0 12 12" aria-hidden="true"><path fill-rule="evenodd" d="{}"/></svg>',
        _SHAPES[state],
    )
