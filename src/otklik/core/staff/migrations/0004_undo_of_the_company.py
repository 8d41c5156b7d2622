import django.core.validators
from django.db import migrations, models

USUAL = 15


def follow_the_company(apps, schema_editor):
    """Who kept the old default follows the company from now on."""
    apps.get_model("staff", "User").objects.filter(undo_seconds=USUAL).update(undo_seconds=None)


def keep_the_default(apps, schema_editor):
    apps.get_model("staff", "User").objects.filter(undo_seconds=None).update(undo_seconds=USUAL)


class Migration(migrations.Migration):
    dependencies = [("staff", "0003_panes_of_the_desk")]

    operations = [
        migrations.AddField(
            "organisation",
            "undo_seconds",
            models.PositiveSmallIntegerField(
                "seconds to take a reply back",
                default=USUAL,
                db_default=USUAL,
                validators=[django.core.validators.MaxValueValidator(60)],
            ),
        ),
        migrations.AlterField(
            "user",
            "undo_seconds",
            models.PositiveSmallIntegerField(
                "seconds to take a reply back",
                null=True,
                blank=True,
                validators=[django.core.validators.MaxValueValidator(60)],
            ),
        ),
        migrations.RunPython(follow_the_company, keep_the_default),
    ]
