"""Before the rule holds (0003): what somebody who left still has goes back to the queue of its line."""

from django.conf import settings
from django.db import migrations

FORGOTTEN = """
UPDATE tickets_ticket SET owner_id = NULL, version = version + 1
WHERE due_at IS NOT NULL AND owner_id IN (SELECT id FROM staff_user WHERE NOT is_active)
"""


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("routing", "0001_initial"),
    ]

    operations = [migrations.RunSQL(FORGOTTEN, migrations.RunSQL.noop)]
