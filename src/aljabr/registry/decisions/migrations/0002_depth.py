import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bodies", "0002_depth"),
        ("claims", "0002_depth"),
        ("decisions", "0001_initial"),
        ("procedure", "0003_depth"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
        migrations.AddField(
            model_name="motion",
            name="objection",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="motions", to="procedure.objection"
            ),
        ),
        migrations.AddField(
            model_name="motion",
            name="taken_out_because",
            field=models.TextField(blank=True),
        ),
        migrations.CreateModel(
            name="Schedule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("step", models.CharField(max_length=64)),
                ("outcome", models.CharField(max_length=32)),
                ("ground", models.TextField()),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "body",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="schedules", to="bodies.body"),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="schedules", to="bodies.hearing"
                    ),
                ),
            ],
            options={
                "db_table": "schedules",
            },
        ),
        migrations.AddField(
            model_name="motion",
            name="schedule",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="motions", to="decisions.schedule"
            ),
        ),
        migrations.CreateModel(
            name="AgendaEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("claim_id", models.CharField(max_length=64)),
                ("position", models.PositiveIntegerField()),
                (
                    "hearing",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="agenda", to="bodies.hearing"),
                ),
                (
                    "item",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="agendas", to="claims.claimitem"),
                ),
            ],
            options={
                "db_table": "agenda_entries",
                "constraints": [
                    models.UniqueConstraint(fields=("hearing", "item"), name="on_agenda_once"),
                    models.UniqueConstraint(fields=("hearing", "position"), name="agenda_position_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attestation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=32)),
                ("subject", models.CharField(max_length=128)),
                ("verdict", models.CharField(max_length=8)),
                ("text", models.TextField()),
                ("given_on", models.DateField()),
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "db_table": "attestations",
                "constraints": [
                    models.UniqueConstraint(fields=("user", "subject"), name="attested_once"),
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["attests", "dissents"])), name="attestation_verdict"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verdict", "attests"), models.Q(("text", ""), _negated=True), _connector="OR"),
                        name="dissent_has_text",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("decision_number", models.CharField(max_length=64)),
                ("decided_on", models.DateField()),
                ("question", models.TextField()),
                ("holding", models.TextField()),
                ("cite", models.TextField()),
                ("folded", models.TextField()),
                ("recorded_by", models.CharField(max_length=64)),
                ("body", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="points", to="bodies.body")),
            ],
            options={
                "db_table": "legal_points",
                "constraints": [models.CheckConstraint(condition=models.Q(("cite", ""), _negated=True), name="point_cites")],
            },
        ),
        migrations.AddConstraint(
            model_name="schedule",
            constraint=models.UniqueConstraint(fields=("body", "number"), name="schedule_once"),
        ),
    ]
