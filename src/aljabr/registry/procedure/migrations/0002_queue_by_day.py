"""The index of a queue of all states, oldest first."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the index."""

    dependencies: ClassVar = [("procedure", "0001_initial")]
    operations: ClassVar = [
        migrations.AddIndex(
            model_name="casestep",
            index=models.Index(
                condition=models.Q(("live", True)), fields=["body", "step", "entered_on", "id"], name="steps_queue_by_day"
            ),
        ),
    ]
