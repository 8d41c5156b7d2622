"""Which blocks a person keeps open, although the layout of the page folds them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0013_kinds_of_work_and_reasons_of_pauses'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='card_opened',
            field=models.CharField(blank=True, db_default='', default='', max_length=400, verbose_name='blocks of the panel that stay open'),
        ),
    ]
