from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0007_notice_kinds'),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='hushed',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
    ]
