"""The legal day of the guards is that of the claim's programme."""

from importlib.resources import files
from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Puts the guards in place."""

    dependencies: ClassVar = [("guards", "0006_payments")]
    operations: ClassVar = [
        migrations.RunSQL((files("aljabr.registry.guards") / "sql" / "days.sql").read_text(encoding="utf-8")),
    ]
