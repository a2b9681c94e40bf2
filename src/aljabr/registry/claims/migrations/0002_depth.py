from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="serial",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="mail",
            name="year",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.UniqueConstraint(
                condition=models.Q(("serial__gt", 0)), fields=("direction", "year", "serial"), name="mail_serial_once"
            ),
        ),
    ]
