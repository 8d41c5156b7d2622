import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import otklik.core.journal.clock


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0004_once_keeps_its_answer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.CharField(blank=True, max_length=24)),
                ("about_id", models.BigIntegerField(null=True)),
                ("text", models.CharField(max_length=500, verbose_name="what")),
                ("urgent", models.BooleanField(default=False, verbose_name="urgent")),
                ("at", models.DateTimeField(default=otklik.core.journal.clock.now, verbose_name="when")),
                ("seen_at", models.DateTimeField(null=True, verbose_name="looked at")),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "notice", "verbose_name_plural": "notices"},
        ),
        migrations.AddIndex(
            model_name="notice", index=models.Index(fields=["person", "-id"], name="notice_of_person")
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(condition=models.Q(("seen_at", None)), fields=["person"], name="notice_unseen"),
        ),
    ]
