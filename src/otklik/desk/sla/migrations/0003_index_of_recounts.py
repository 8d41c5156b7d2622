"""Which due moments were moved lately is found without reading their whole history."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("sla", "0002_clocks_of_open_tickets")]

    operations = [AddIndexConcurrently("recount", models.Index(fields=["at"], name="recount_at"))]
