from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tickets", "0005_joining_and_splitting")]

    operations = [ValidateConstraint("ticket", name="joined_ticket_is_closed")]
