"""The audit trail: its table, and the triggers that number, link, seal and keep its rows."""

from typing import ClassVar

from django.db import migrations, models

from poukama.core.rows import append_only, separated

# One chain per centre. The lock is the chain's and held until the transaction ends, so that no two lines take one
# number; the reader's own row-level security shows it the chain, or refuses the new row. audit.rules.seal is its twin.
SEAL = """
create function audit_seal() returns trigger language plpgsql as $$
declare
  last audit_auditevent;
begin
  perform pg_advisory_xact_lock(hashtextextended('audit chain ' || new.centre_id, 0));
  select * into last from audit_auditevent where centre_id = new.centre_id order by number desc limit 1;
  new.number := coalesce(last.number, 0) + 1;
  new.before := coalesce(last.seal, '');
  new.seal := sha256(new.before || convert_to(concat_ws('|', new.centre_id, new.number,
    (extract(epoch from new.at) * 1000000)::bigint, new.event, new.actor, new.target), 'UTF8'));
  return new;
end $$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: ClassVar = []
    operations: ClassVar = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("centre_id", models.BigIntegerField()),
                ("number", models.BigIntegerField(db_default=0)),
                ("at", models.DateTimeField()),
                ("event", models.TextField()),
                ("actor", models.TextField()),
                ("target", models.TextField()),
                ("before", models.BinaryField(db_default=models.Value(b""))),
                ("seal", models.BinaryField(db_default=models.Value(b""))),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("centre_id", "number"), name="audit_one_line_per_number"),
                    models.CheckConstraint(
                        condition=models.Q(("event__regex", "^[a-z_]+\\.[a-z_]+$")), name="audit_event_is_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("actor__regex", "^[a-z]+(:[0-9a-f-]+)?$")), name="audit_actor_is_a_key"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("target__regex", "^[a-z_.]+:[0-9a-f-]+$")), name="audit_target_is_a_key"
                    ),
                ],
            },
        ),
        migrations.RunSQL(SEAL, "drop function audit_seal()"),
        migrations.RunSQL(
            "create trigger audit_seal before insert on audit_auditevent for each row execute function audit_seal()",
            "drop trigger audit_seal on audit_auditevent",
        ),
        append_only("audit_auditevent"),
        separated("audit_auditevent"),
    ]
