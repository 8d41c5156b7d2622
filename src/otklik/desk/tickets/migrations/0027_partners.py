"""Two specialists on one ticket; the row repeats who works on it, and no row is rewritten."""

import django.contrib.postgres.fields
import django.db.models.deletion
import otklik.core.journal.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_initial"), ("tickets", "0026_acts_on_many")]

    operations = [
        migrations.AddField(
            "ticket",
            "works_with",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, default=list, size=None
            ),
        ),
        # The version before this one still writes rows.
        migrations.RunSQL(
            "ALTER TABLE tickets_ticket ALTER COLUMN works_with SET DEFAULT '{}'",
            "ALTER TABLE tickets_ticket ALTER COLUMN works_with DROP DEFAULT",
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shown", models.BooleanField(default=False, verbose_name="the client sees it")),
                ("at", models.DateTimeField(default=otklik.core.journal.clock.now, verbose_name="since")),
                ("left_at", models.DateTimeField(null=True, verbose_name="until")),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partners",
                        to="tickets.ticket",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "partner",
                "verbose_name_plural": "partners",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_at", None)), fields=("ticket", "user"), name="one_partner_at_a_time"
                    )
                ],
            },
        ),
    ]
