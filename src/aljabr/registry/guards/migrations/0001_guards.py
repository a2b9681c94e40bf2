"""Triggers, row-level security and the application's few rights, after every table is there."""

from importlib.resources import files
from typing import ClassVar

from django.db import migrations

from aljabr.registry.procedure.states import TRANSITIONS


def _fill(apps: object, editor: object) -> None:
    with editor.connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.executemany("INSERT INTO state_transitions (before, after, action) VALUES (%s, %s, %s)", TRANSITIONS)


class Migration(migrations.Migration):
    """Puts the guards in place."""

    dependencies: ClassVar = [
        ("events", "0001_initial"),
        ("accounts", "0001_initial"),
        ("parties", "0001_initial"),
        ("bodies", "0001_initial"),
        ("evidence", "0001_initial"),
        ("claims", "0001_initial"),
        ("procedure", "0001_initial"),
        ("decisions", "0001_initial"),
        ("sessions", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations: ClassVar = [
        migrations.RunSQL((files("aljabr.registry.guards") / "sql" / "guards.sql").read_text(encoding="utf-8")),
        migrations.RunPython(_fill),
    ]
