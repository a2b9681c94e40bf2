"""Guards of payments."""

from importlib.resources import files
from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Puts the guards in place."""

    dependencies: ClassVar = [("guards", "0005_engine"), ("decisions", "0003_payments")]
    operations: ClassVar = [
        migrations.RunSQL((files("aljabr.registry.guards") / "sql" / "payments.sql").read_text(encoding="utf-8")),
    ]
