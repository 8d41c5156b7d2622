import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0004_remote_pictures_and_scanner'),
    ]

    operations = [
        migrations.AddField(
            model_name='conversation',
            name='continues_in',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='conversations.conversation'),
        ),
    ]
