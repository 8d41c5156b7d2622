import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0003_an_index_for_each_half")]

    operations = [
        migrations.AddField(
            "ticket",
            "may_belong_to",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="tickets.ticket",
                verbose_name="may belong to",
            ),
        ),
    ]
