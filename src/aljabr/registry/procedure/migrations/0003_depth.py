import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0002_depth"),
        ("procedure", "0002_queue_by_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
        migrations.CreateModel(
            name="Priority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("claim_id", models.CharField(max_length=64)),
                ("rule", models.CharField(max_length=64)),
                ("reason", models.TextField()),
                ("granted_on", models.DateField()),
                ("granted_by", models.CharField(max_length=64)),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="priority", to="claims.claimitem"
                    ),
                ),
            ],
            options={
                "db_table": "priorities",
                "constraints": [models.CheckConstraint(condition=models.Q(("rule", ""), _negated=True), name="priority_has_rule")],
            },
        ),
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=64)),
                ("address", models.CharField(max_length=512)),
                ("dropped_on", models.DateField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="filters", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "saved_filters",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("dropped_on__isnull", True)), fields=("user", "title"), name="filter_title_once"
                    )
                ],
            },
        ),
    ]
