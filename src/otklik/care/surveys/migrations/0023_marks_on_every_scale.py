"""Words beside a mark on any scale may be shown; a talk knows on which scale the mark was that it is about."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Backwards reviews of other scales go: a column that must not be empty has no place for them."""

    dependencies = [("surveys", "0022_turns_that_wait")]

    operations = [
        migrations.AddField(
            model_name="review",
            name="given",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="review", to="surveys.answer"
            ),
        ),
        migrations.AlterField(
            model_name="review",
            name="score",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="review", to="surveys.score"
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("given", None), ("score__isnull", False)),
                    models.Q(("given__isnull", False), ("score", None)),
                    _connector="OR",
                ),
                name="review_of_one_mark",
            ),
        ),
        # Last of those of reviews: backwards it comes first, before the column may not be empty any more.
        migrations.RunPython(migrations.RunPython.noop, lambda apps, _: others(apps).delete()),
        migrations.AddField(
            model_name="followup",
            name="kind",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=8),
        ),
    ]


def others(apps):
    return apps.get_model("surveys", "Review").objects.filter(score=None)
