from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('calls', '0007_calls_of_requests_joined_before'),
    ]

    operations = [
        migrations.AddField(
            model_name='call',
            name='caller',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='callback',
            name='caller',
            field=models.UUIDField(editable=False, null=True),
        ),
    ]
