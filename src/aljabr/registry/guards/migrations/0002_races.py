"""Guards that are needed and no others: redundant policies go."""

from importlib.resources import files
from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Drops policies that no probe misses."""

    dependencies: ClassVar = [("guards", "0001_guards")]
    operations: ClassVar = [
        migrations.RunSQL((files("aljabr.registry.guards") / "sql" / "races.sql").read_text(encoding="utf-8")),
    ]
