"""An archive of a person holds internal notes only where somebody says why."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('privacy', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='datarequest',
            name='notes_why',
            field=models.TextField(blank=True, max_length=2000, verbose_name='why the notes go along'),
        ),
        migrations.AddField(
            model_name='datarequest',
            name='with_notes',
            field=models.BooleanField(default=False, verbose_name='with internal notes'),
        ),
    ]
