"""A form's field with its label, hint and fault, and the list of a form's faults: the same on every page."""

from typing import Any

from django import template
from django.forms import BoundField, Form, MultiWidget, RadioSelect

register = template.Library()


@register.inclusion_tag("staff/parts/field.html")
def field(bound: BoundField, *, plain: bool = False) -> dict[str, Any]:
    """One field: text, choice, date, tick, a row of choices, or several inputs that are one answer.

    A `plain` one does not say that it may be left empty, where that goes without saying.
    """
    widget = bound.field.widget
    kind = "several" if isinstance(widget, MultiWidget) else getattr(widget, "input_type", "select")
    if isinstance(widget, RadioSelect):
        # Many ticks stand in a row as one answer of many does.
        kind = "radio"
    return {"field": bound, "kind": kind, "plain": plain}


@register.inclusion_tag("staff/parts/faults.html")
def faults(form: Form) -> dict[str, Any]:
    """Everything that is to be mended in a form, each with the way to its field; nothing for a form without faults."""
    wrong = [(bound, _first_input(bound)) for bound in form.visible_fields() if bound.errors]
    return {"wrong": wrong, "others": form.non_field_errors(), "number": len(wrong)}


def _first_input(bound: BoundField) -> str:
    """The id of what is to be mended first: a group of inputs has none of its own."""
    return f"{bound.auto_id}_0" if bound.use_fieldset else bound.id_for_label
