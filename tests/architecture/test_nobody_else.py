"""Sweep: whoever did it never becomes a person here. What they are to the client is a code; nothing points at it."""

import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from poukama.clients.models import Entry, RelationEntry

# Words for them, as whole words of a table's or a column's name.
_THEM = re.compile(r"perpetrator|offender|suspect|assailant|aggressor|attacker|abuser|accused|culprit|doer")


def columns() -> Iterable[tuple[str, str]]:
    """Every table of ours with each of its columns."""
    for model in apps.get_models():
        if model.__module__.startswith("poukama."):
            for field in model._meta.get_fields():
                yield model._meta.db_table, field.name


def named_after_them(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """The columns that are named, or whose table is named, after whoever did it."""
    return [f"{table}.{column}" for table, column in pairs if _THEM.search(table) or _THEM.search(column)]


def test_no_table_and_no_column_is_named_after_whoever_did_it():
    assert named_after_them(columns()) == []


@pytest.mark.parametrize("pair", [("clients_suspect", "id"), ("cases_case", "offender_name")])
def test_a_table_or_a_column_named_after_them_is_seen(pair):
    assert named_after_them([pair]) == [".".join(pair)]


def own_columns(model: Any, base: Any) -> set[str]:
    """The columns of an entry besides those that every entry has."""
    return (
        {field.name for field in model._meta.get_fields()} - {field.name for field in base._meta.get_fields()} - {"id"}
    )


def test_of_the_relation_a_code_and_the_clients_own_words_are_kept_and_no_more():
    assert own_columns(RelationEntry, Entry) == {"relation", "own_words"}


def test_nothing_points_at_a_relation():
    pointing = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is RelationEntry
    ]
    assert pointing == []
