"""The name of whoever interpreted an answer."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("clients", "0002_destruction")]

    operations: ClassVar = [
        migrations.AddField("consent", "interpreter_name", models.BinaryField(default=b"")),
    ]
