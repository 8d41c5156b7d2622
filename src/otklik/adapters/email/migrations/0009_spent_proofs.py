"""Proofs of a provider that have served, so that a captured one lets no second letter in."""

import otklik.core.journal.clock
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("email", "0008_new_mail_first")]

    operations = [
        migrations.CreateModel(
            name="Spent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("proof", models.CharField(max_length=64, unique=True)),
                ("letter", models.CharField(max_length=64)),
                ("at", models.DateTimeField(default=otklik.core.journal.clock.now)),
            ],
            options={"indexes": [models.Index(fields=["at"], name="spent_at")]},
        ),
    ]
