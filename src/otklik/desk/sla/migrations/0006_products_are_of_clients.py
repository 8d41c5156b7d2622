"""The same column points at the same table, which is of another room now; nothing happens in the database."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0007_products_are_of_clients"),
        ("sla", "0005_products"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="agreement",
                    name="product",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="clients.product",
                        verbose_name="product",
                    ),
                )
            ]
        )
    ]
