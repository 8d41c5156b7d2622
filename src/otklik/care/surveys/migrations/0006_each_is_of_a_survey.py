import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("surveys", "0005_the_usual_survey")]

    operations = [
        migrations.AlterField(
            model_name="invitation",
            name="survey",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitations",
                to="surveys.survey",
            ),
        ),
        AddIndexConcurrently(
            model_name="invitation",
            index=models.Index(fields=["survey", "sent_at"], name="invitation_of_survey"),
        ),
    ]
