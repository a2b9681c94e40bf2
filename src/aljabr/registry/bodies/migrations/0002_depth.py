import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bodies", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="hearing",
            name="minutes_text",
            field=models.TextField(blank=True),
        ),
        migrations.CreateModel(
            name="Interest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("relation", models.CharField(max_length=32)),
                ("full_name", models.CharField(max_length=256)),
                ("document_key", models.CharField(blank=True, max_length=80)),
                ("declared_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="interests", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "interests",
            },
        ),
        migrations.CreateModel(
            name="KinshipDoubt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("claim_id", models.CharField(max_length=64)),
                ("reason", models.TextField()),
                ("noted_at", models.DateTimeField()),
                ("kin", models.BooleanField(null=True)),
                ("settled_because", models.TextField(blank=True)),
                ("settled_by", models.CharField(blank=True, max_length=64)),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "db_table": "kinship_doubts",
                "constraints": [
                    models.UniqueConstraint(fields=("claim_id", "user"), name="doubted_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kin__isnull", True), models.Q(("settled_because", ""), _negated=True), _connector="OR"
                        ),
                        name="doubt_settled_with_reason",
                    ),
                ],
            },
        ),
    ]
