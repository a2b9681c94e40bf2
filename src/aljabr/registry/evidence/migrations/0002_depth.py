from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="exhibit",
            name="file_name",
            field=models.CharField(blank=True, max_length=128),
        ),
        migrations.AddField(
            model_name="exhibit",
            name="quarantined_because",
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
