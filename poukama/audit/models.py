"""The audit trail's one table."""

from typing import ClassVar

from django.db import models
from django.db.models import Q, Value

# What a privacy officer looks at first.
SECOND_LOOK = Q(event="glass.broken") | Q(event__startswith="curious.")


class AuditEvent(models.Model):
    """Who did or saw what, when. It points at rows by name and holds no foreign key: it outlives them all.

    The database itself numbers, links and seals each row, and refuses every change.
    """

    centre_id = models.BigIntegerField()
    number = models.BigIntegerField(db_default=0)
    at = models.DateTimeField()
    event = models.TextField()
    actor = models.TextField()
    target = models.TextField()
    before = models.BinaryField(db_default=Value(b""))
    # How often something was done that has no line each time.
    count = models.BigIntegerField(null=True)
    seal = models.BinaryField(db_default=Value(b""))

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["centre_id", "-at", "-number"], name="audit_by_time"),
            models.Index(fields=["centre_id", "actor", "-at", "-number"], name="audit_by_actor"),
            models.Index(fields=["centre_id", "target", "-at", "-number"], name="audit_by_target"),
            models.Index(fields=["centre_id", "-at", "-number"], condition=SECOND_LOOK, name="audit_second_look"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["centre_id", "number"], name="audit_one_line_per_number"),
            models.CheckConstraint(condition=Q(count__gte=0), name="audit_count_counts"),
            # Shapes that leave no room for a name, a number or a sentence, nor for the seal's separator.
            models.CheckConstraint(condition=Q(event__regex=r"^[a-z_]+\.[a-z_]+$"), name="audit_event_is_a_name"),
            models.CheckConstraint(condition=Q(actor__regex=r"^[a-z]+(:[0-9a-f-]+)?$"), name="audit_actor_is_a_key"),
            models.CheckConstraint(condition=Q(target__regex=r"^[a-z_.]+:[0-9a-f-]+$"), name="audit_target_is_a_key"),
        ]

    def __str__(self) -> str:
        return f"{self.centre_id}/{self.number} {self.event}"
