"""A letter to a third party is kept while it is being typed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0007_saved_replies")]

    operations = [
        migrations.AlterField(
            model_name="draft",
            name="mode",
            field=models.CharField(
                choices=[("reply", "reply"), ("note", "note"), ("forward", "forwarded to a third party")],
                default="reply",
                max_length=8,
            ),
        ),
    ]
