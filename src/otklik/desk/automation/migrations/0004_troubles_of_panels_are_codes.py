"""What was stored of a trouble in the words of one reader is gone: the next failure says it anew, as a code."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('automation', '0003_data_panels'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='panel',
            name='trouble_said',
        ),
        migrations.AddField(
            model_name='panel',
            name='on_organisations',
            field=models.BooleanField(default=False, verbose_name='on the page of an organisation'),
        ),
        migrations.AddField(
            model_name='panel',
            name='trouble_at',
            field=models.CharField(blank=True, default='', editable=False, max_length=80),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='panel',
            name='trouble_detail',
            field=models.CharField(blank=True, default='', editable=False, max_length=120),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='panel',
            name='trouble_is',
            field=models.CharField(blank=True, choices=[('columns', 'a table has columns'), ('as_many', 'a list of as many values as there are columns'), ('currency', 'three capital letters, as RUB'), ('number', 'a number, as 1200.50'), ('day', 'a day as 2026-11-28, or a moment as 2026-11-28T09:30:00+03:00'), ('https', 'an address that begins with https://'), ('one_of', 'one of: %(words)s'), ('empty', 'a text that is not empty'), ('text', 'a text'), ('long', 'at most %(most)s signs'), ('object', 'an object in curly brackets'), ('strange', 'nothing but: %(words)s'), ('list', 'a list in square brackets'), ('many', 'at most %(most)s of them')], default='', editable=False, max_length=8),
            preserve_default=False,
        ),
    ]
