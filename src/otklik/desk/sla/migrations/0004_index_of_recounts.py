"""Which due moments were moved lately is found without reading their whole history."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("sla", "0003_newest_commitments")]

    operations = [AddIndexConcurrently("recount", models.Index(fields=["at"], name="recount_at"))]
