"""A form's field with its label, hint and fault, and the list of a form's faults: the same on every page."""

from typing import Any

from django import template
from django.forms import BoundField, Form

register = template.Library()


@register.inclusion_tag("staff/parts/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """One field: text, choice, date, tick, or a row of choices."""
    kind = getattr(bound.field.widget, "input_type", "select")
    return {"field": bound, "kind": kind}


@register.inclusion_tag("staff/parts/faults.html")
def faults(form: Form) -> dict[str, Any]:
    """Everything that is to be mended in a form, each with the way to its field; nothing for a form without faults."""
    wrong = [(bound, bound.errors) for bound in form.visible_fields() if bound.errors]
    return {"wrong": wrong, "others": form.non_field_errors(), "number": len(wrong)}
