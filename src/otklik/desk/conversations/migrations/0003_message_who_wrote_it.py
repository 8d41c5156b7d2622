from django.db import migrations, models


def words(name: str, length: int, label: str) -> migrations.AddField:
    field = models.CharField(blank=True, default="", max_length=length, verbose_name=label)
    return migrations.AddField("message", name, field, preserve_default=False)


class Migration(migrations.Migration):
    dependencies = [("conversations", "0002_initial")]

    operations = [
        words("authenticity", 10, "is it from whom it names"),
        words("authenticity_reason", 500, "why we think so"),
        words("passed_on_from", 320, "address of whom it was passed on from"),
        words("passed_on_name", 200, "name of whom it was passed on from"),
    ]
