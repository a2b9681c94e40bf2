"""Guards of appeals, corrections and what else the depth of the procedure adds."""

from importlib.resources import files
from typing import ClassVar

from django.db import migrations

from aljabr.registry.procedure.states import TRANSITIONS


def _fill(apps: object, editor: object) -> None:
    statement = "INSERT INTO state_transitions (before, after, action) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
    with editor.connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.executemany(statement, TRANSITIONS)


class Migration(migrations.Migration):
    """Puts the guards in place."""

    dependencies: ClassVar = [
        ("guards", "0002_races"),
        ("bodies", "0002_depth"),
        ("evidence", "0002_depth"),
        ("claims", "0002_depth"),
        ("procedure", "0003_depth"),
        ("decisions", "0002_depth"),
    ]
    operations: ClassVar = [
        migrations.RunSQL((files("aljabr.registry.guards") / "sql" / "depth.sql").read_text(encoding="utf-8")),
        migrations.RunPython(_fill),
    ]
