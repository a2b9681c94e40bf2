"""Guards of engine runs, exports, letters, tokens and the public log; the queue's tables for the application's role."""

from importlib.resources import files
from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Puts the guards in place."""

    dependencies: ClassVar = [
        ("guards", "0004_access"),
        ("runs", "0001_initial"),
        ("exports", "0001_initial"),
        ("letters", "0001_initial"),
        ("tokens", "0001_initial"),
        ("events", "0002_tree_nodes"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations: ClassVar = [
        migrations.RunSQL((files("aljabr.registry.guards") / "sql" / "engine.sql").read_text(encoding="utf-8")),
    ]
