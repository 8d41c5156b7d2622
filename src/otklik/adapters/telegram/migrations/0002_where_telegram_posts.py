from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('telegram', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='bot',
            name='hooked_to',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=400),
        ),
    ]
