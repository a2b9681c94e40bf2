"""Guards that are needed and no others: redundant policies go."""

from importlib.resources import files
from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Drops policies that no probe misses; functions of pages over a million claims."""

    dependencies: ClassVar = [("guards", "0001_guards"), ("procedure", "0002_queue_by_day")]
    operations: ClassVar = [
        migrations.RunSQL((files("aljabr.registry.guards") / "sql" / name).read_text(encoding="utf-8"))
        for name in ("races.sql", "pages.sql")
    ]
