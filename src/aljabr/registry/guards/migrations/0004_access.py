"""Guards of access: reading, break-glass, recusal, roles and seats."""

from importlib.resources import files
from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Puts the guards in place."""

    dependencies: ClassVar = [
        ("guards", "0003_depth"),
        ("accounts", "0002_access"),
        ("bodies", "0003_access"),
        ("claims", "0003_access"),
    ]
    operations: ClassVar = [migrations.RunSQL((files("aljabr.registry.guards") / "sql" / "access.sql").read_text(encoding="utf-8"))]
