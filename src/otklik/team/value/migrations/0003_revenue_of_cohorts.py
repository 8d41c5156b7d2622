from django.db import migrations, models


class Migration(migrations.Migration):
    """A small new table that the hourly job fills; taken back, it is gone, and the job of before does not miss it."""

    dependencies = [
        ("value", "0002_cost_of_an_hour"),
    ]

    operations = [
        migrations.CreateModel(
            name="Cohort",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("currency", models.CharField(max_length=3)),
                ("came_in", models.DateField()),
                ("later", models.PositiveSmallIntegerField()),
                ("clients", models.PositiveIntegerField()),
                ("revenue", models.DecimalField(decimal_places=2, max_digits=20)),
                ("lost", models.DecimalField(decimal_places=2, max_digits=20)),
                ("shrunk", models.DecimalField(decimal_places=2, max_digits=20)),
                ("grown", models.DecimalField(decimal_places=2, max_digits=20)),
            ],
            options={
                "verbose_name": "revenue of a cohort",
                "verbose_name_plural": "revenue of cohorts",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("currency", "came_in", "later"), name="one_month_of_a_cohort"
                    )
                ],
            },
        ),
    ]
