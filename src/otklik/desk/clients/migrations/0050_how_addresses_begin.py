"""Who has an address that begins so is found without reading everybody's; built while the desk works."""

from django.contrib.postgres.indexes import OpClass
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("clients", "0005_conduct")]

    operations = [
        AddIndexConcurrently(
            "identity",
            models.Index(OpClass(Upper("value"), name="text_pattern_ops"), name="identity_begins"),
        ),
    ]
