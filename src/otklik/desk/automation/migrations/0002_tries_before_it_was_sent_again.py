from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("automation", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="tries_before",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
    ]
