"""Tags of the pages at the door: what somebody does, in words."""

from collections.abc import Iterable

from django import template

from poukama.staff.labels import ROLES
from poukama.staff.rules import Role

register = template.Library()


@register.filter
def duty(name: str) -> str:
    """The word for a duty: that of the role of its name."""
    return str(ROLES[Role(name)])


@register.filter
def roles(held: Iterable[Role]) -> str:
    """The words for roles, with commas."""
    return ", ".join(str(ROLES[role]) for role in held)
