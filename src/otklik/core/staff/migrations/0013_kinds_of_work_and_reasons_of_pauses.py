from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

TAKES = [
    ("any", "everything"),
    ("calls", "calls only"),
    ("chats", "chats only"),
    ("live", "calls and chats"),
    ("writing", "letters only"),
]


def takes(**how):
    return models.CharField(
        choices=TAKES, db_default="any", default="any", max_length=8, verbose_name="kind of work", **how
    )


def reason(**how):
    return models.CharField(
        blank=True, db_default="", default="", max_length=60, verbose_name="reason of the pause", **how
    )


class Migration(migrations.Migration):

    dependencies = [
        ("staff", "0012_own_keys_and_drafts"),
    ]

    operations = [
        migrations.AddField("organisation", "pause_reasons", ArrayField(
            base_field=models.CharField(max_length=60),
            db_default=[],
            default=list,
            size=None,
            verbose_name="reasons of a pause",
        )),
        migrations.AddField("user", "takes", takes(editable=False)),
        migrations.AddField("user", "pause_reason", reason(editable=False)),
        migrations.AddField("stint", "takes", takes()),
        migrations.AddField("stint", "reason", reason()),
    ]
