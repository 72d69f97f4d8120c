"""Links of the public pages, the same in the templates of a server's page and of a page that is a file."""

from django import template
from django.template import Context

from poukama.guide.pages import Address, Page

register = template.Library()


@register.simple_tag(takes_context=True)
def page(context: Context, name: str, centre: str = "", language: str = "") -> str:
    """The address of a page, by its name (`help`, `visit` ...), in this page's language or another."""
    address = Address(Page(name), language or context["language"], centre)
    return str(context["links"].to(address))


@register.simple_tag(takes_context=True)
def asset(context: Context, path: str) -> str:
    """The address of a static file."""
    return str(context["links"].asset(path))


@register.simple_tag(takes_context=True)
def says(context: Context, key: str) -> str:
    """A centre's own words by dotted key, empty where its pack has none.

    Of the centre whose page this is, else of the front centre.
    """
    centre = context.get("centre") or context["front"]
    return str(centre.words.get(key))
