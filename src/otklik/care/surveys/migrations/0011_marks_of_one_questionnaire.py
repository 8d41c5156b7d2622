"""One questionnaire may have a mark on each scale and of each area."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("surveys", "0010_indexes_of_reminders")]

    operations = [
        migrations.RemoveConstraint(
            model_name='outsideanswer',
            name='one_outside_answer',
        ),
        migrations.AddConstraint(
            model_name='outsideanswer',
            constraint=models.UniqueConstraint(fields=('source', 'external_id', 'kind', 'area'), name='one_outside_answer'),
        ),
    ]
