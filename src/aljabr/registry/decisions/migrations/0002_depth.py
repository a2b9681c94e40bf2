import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="motion",
            name="closed_because",
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.AddField(
            model_name="motion",
            name="corrects",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="decisions.decision"
            ),
        ),
    ]
