from django.db import migrations, models


class Migration(migrations.Migration):
    """A row for each currency that a job of the night fills; taken back, it is gone, and nothing misses it."""

    dependencies = [
        ("value", "0003_revenue_of_cohorts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Buyers",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("currency", models.CharField(max_length=3, unique=True)),
                ("clients", models.PositiveIntegerField()),
                ("held", models.PositiveIntegerField(default=0)),
                ("half", models.DateField()),
                ("predicted", models.FloatField(null=True)),
                ("actual", models.PositiveIntegerField(null=True)),
                ("groups", models.JSONField(default=list)),
                ("alive", models.FloatField(null=True)),
                ("expected", models.FloatField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "forecast of purchases",
                "verbose_name_plural": "forecasts of purchases",
            },
        ),
    ]
