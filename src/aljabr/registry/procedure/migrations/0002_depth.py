import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0002_depth"),
        ("procedure", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("claim_id", models.CharField(max_length=64)),
                ("reasons", models.TextField()),
                ("lodged_on", models.DateField()),
                ("lapses_on", models.DateField()),
                ("notified_on", models.DateField(null=True)),
                ("claimant_says", models.TextField(blank=True)),
                ("outcome", models.CharField(blank=True, max_length=16)),
                ("settled_on", models.DateField(null=True)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="claims.claimitem"
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objection", to="procedure.externalrequest"
                    ),
                ),
            ],
            options={
                "db_table": "objections",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("reasons", ""), _negated=True), name="objection_reasoned"),
                    models.CheckConstraint(
                        condition=models.Q(("lapses_on__gt", models.F("lodged_on"))), name="objection_time_boxed"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["", "upheld", "rejected", "lapsed"])), name="objection_outcome"
                    ),
                ],
            },
        ),
    ]
