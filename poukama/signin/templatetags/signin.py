"""Tags of the pages at the door: what somebody does, in words."""

from collections.abc import Iterable

from django import template

from poukama.signin.labels import ROLES
from poukama.staff.rules import Role

register = template.Library()


@register.filter
def roles(held: Iterable[Role]) -> str:
    """The words for roles, with commas."""
    return ", ".join(str(ROLES[role]) for role in held)
