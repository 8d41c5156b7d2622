import django.db.models.deletion
from django.db import migrations, models

FILLED = """
UPDATE surveys_followup t SET survey_id = i.survey_id FROM surveys_invitation i
WHERE i.id = t.invitation_id AND t.survey_id IS NULL
"""


class Migration(migrations.Migration):
    """Talks are some for a hundred requests: one statement fills them in, and back again nothing is lost."""

    dependencies = [
        ('surveys', '0024_a_condition_of_one_answer'),
    ]

    operations = [
        migrations.AddField(
            model_name='followup',
            name='survey',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.survey'),
        ),
        migrations.RunSQL(FILLED, migrations.RunSQL.noop),
    ]
