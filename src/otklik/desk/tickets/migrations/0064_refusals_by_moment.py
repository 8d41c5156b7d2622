"""The page of refusals reads those of a period: without an index it read every refusal that there ever was.

Refusals are few beside other acts, so a row more for each is cheap.  It is built while the desk works.
"""

from django.db import migrations, models

from otklik.core.journal.building import BuildIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tickets", "0063_layouts_of_the_page")]

    operations = [
        BuildIndex(
            model_name="refusal",
            index=models.Index(fields=["at"], name="refusal_left_at", condition=models.Q(taken_back_at=None)),
        ),
    ]
