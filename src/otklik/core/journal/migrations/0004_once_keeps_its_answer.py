from django.db import migrations, models


class Migration(migrations.Migration):
    """Keys used before the change are forgotten: their answers were not kept."""

    dependencies = [("journal", "0003_tell_the_listeners")]

    operations = [
        migrations.RunSQL("DELETE FROM journal_once", migrations.RunSQL.noop),
        migrations.RemoveField(model_name="once", name="made"),
        migrations.AddField(model_name="once", name="answer", field=models.JSONField(null=True)),
        migrations.AddIndex(model_name="once", index=models.Index(fields=["at"], name="once_at")),
    ]
