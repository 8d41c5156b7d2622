"""Products are what clients have of us: the table moves here from the room of tickets; no row is rewritten."""

import django.db.models.functions.text
from django.db import migrations, models

import otklik.core.journal.clock


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0006_how_addresses_begin"),
        ("sla", "0005_products"),
        ("tickets", "0054_index_of_upset_clients"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE tickets_product RENAME TO clients_product",
                    "ALTER TABLE clients_product RENAME TO tickets_product",
                )
            ],
            state_operations=[
                migrations.CreateModel(
                    name="Product",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                        (
                            "created_at",
                            models.DateTimeField(default=otklik.core.journal.clock.now, editable=False),
                        ),
                    ],
                    options={
                        "verbose_name": "product",
                        "verbose_name_plural": "products",
                        "ordering": ("name", "id"),
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("name"),
                                name="one_product_of_a_name",
                                violation_error_message="There is a product of this name already.",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
