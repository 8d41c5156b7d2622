"""The same columns point at the same table, which is of another room now; nothing happens in the database."""

import django.db.models.deletion
from django.db import migrations, models


def product(related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        blank=True,
        db_index=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to="clients.product",
        verbose_name="product",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0007_products_are_of_clients"),
        ("sla", "0006_products_are_of_clients"),
        ("tickets", "0054_index_of_upset_clients"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(model_name="ticket", name="product", field=product("+")),
                migrations.AlterField(model_name="topic", name="product", field=product("topics")),
                migrations.DeleteModel(name="Product"),
            ]
        )
    ]
