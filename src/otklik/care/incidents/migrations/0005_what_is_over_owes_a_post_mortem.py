from django.db import migrations


class Migration(migrations.Migration):
    """Of what is over and waits to be closed the term is known; of what was closed before nobody kept it."""

    dependencies = [
        ('incidents', '0004_post_mortems_and_actions'),
    ]

    operations = [
        migrations.RunSQL(
            "UPDATE incidents_incident SET post_mortem_due = next_at WHERE state = 'resolved' AND worst <= 2",
            migrations.RunSQL.noop,
        ),
    ]
