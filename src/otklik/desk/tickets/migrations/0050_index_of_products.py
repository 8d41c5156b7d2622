"""Requests about a product, found without reading the others; built while the desk works.

A request without a product has no entry.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tickets", "0042_changes")]

    operations = [
        AddIndexConcurrently(
            "ticket",
            models.Index(
                fields=["product", "-id"], name="ticket_of_product", condition=models.Q(product__isnull=False)
            ),
        ),
    ]
