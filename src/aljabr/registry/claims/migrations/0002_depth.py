import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Mandate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), default=list, size=None),
                ),
                ("purpose", models.TextField()),
                ("from_on", models.DateField()),
                ("until_on", models.DateField()),
                ("ended_on", models.DateField(null=True)),
                ("given_by", models.CharField(max_length=64)),
                ("report", models.TextField(blank=True)),
                ("reported_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "mandates",
            },
        ),
        migrations.AddField(
            model_name="mail",
            name="serial",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="mail",
            name="unit",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="mail",
            name="year",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.UniqueConstraint(
                condition=models.Q(("serial__gt", 0)), fields=("unit", "direction", "year", "serial"), name="mail_serial_once"
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="claim",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="mandates", to="claims.claim"),
        ),
        migrations.AddField(
            model_name="mandate",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="mandates", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__gte", models.F("from_on"))), name="mandate_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(condition=models.Q(("purpose", ""), _negated=True), name="mandate_has_purpose"),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on__isnull", True)), fields=("claim", "user"), name="mandated_once"
            ),
        ),
    ]
