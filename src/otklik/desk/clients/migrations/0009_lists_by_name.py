"""Lists of people and of organisations go by name; built while the desk works."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("clients", "0008_the_card")]

    operations = [
        AddIndexConcurrently("client", models.Index(fields=["name", "id"], name="client_by_name")),
        AddIndexConcurrently("contact", models.Index(fields=["name", "id"], name="contact_by_name")),
    ]
