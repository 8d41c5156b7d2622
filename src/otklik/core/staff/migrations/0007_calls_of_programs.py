import django.db.models.deletion
import otklik.core.journal.clock
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0006_absence_and_availability"),
    ]

    operations = [
        migrations.AddField(
            model_name="apitoken",
            name="used_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="last used"),
        ),
        migrations.CreateModel(
            name="ApiCall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=otklik.core.journal.clock.now)),
                ("address", models.CharField(blank=True, max_length=45)),
                ("operation", models.CharField(max_length=200)),
                ("status", models.PositiveSmallIntegerField()),
                (
                    "token",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calls",
                        to="staff.apitoken",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["token", "-id"], name="api_call_of_token"),
                    models.Index(fields=["at"], name="api_call_at"),
                ],
            },
        ),
    ]
