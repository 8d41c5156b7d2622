import django.db.models.deletion
from django.db import migrations, models

import otklik.core.journal.clock


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial"), ("clients", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Silence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField(default=otklik.core.journal.clock.now, verbose_name="since")),
                (
                    "contact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.contact"
                    ),
                ),
            ],
            options={"verbose_name": "wish not to be asked", "verbose_name_plural": "wishes not to be asked"},
        ),
    ]
