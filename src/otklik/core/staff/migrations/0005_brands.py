import django.db.models.deletion
from django.db import migrations, models


def make_the_usual_one(apps, schema_editor):
    """The company itself: all that it leaves empty is that of the organisation, so nothing looks different."""
    apps.get_model("staff", "Brand").objects.create(is_usual=True)


class Migration(migrations.Migration):
    dependencies = [("staff", "0004_undo_of_the_company")]

    operations = [
        migrations.CreateModel(
            "Logo",
            [
                ("digest", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("png", models.BinaryField(max_length=128 * 1024)),
                ("width", models.PositiveSmallIntegerField()),
                ("height", models.PositiveSmallIntegerField()),
                ("plate", models.CharField(blank=True, max_length=7)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
            ],
            {"verbose_name": "logo", "verbose_name_plural": "logos"},
        ),
        migrations.CreateModel(
            "Brand",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_usual", models.BooleanField(default=False, editable=False)),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("sender_name", models.CharField(blank=True, max_length=120, verbose_name="sender's name")),
                ("colour", models.CharField(blank=True, max_length=7, verbose_name="colour")),
                ("signature", models.TextField(blank=True, max_length=2000, verbose_name="signature")),
                ("language", models.CharField(blank=True, max_length=5, verbose_name="language for clients")),
                (
                    "logo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="staff.logo",
                        verbose_name="logo",
                    ),
                ),
            ],
            {
                "verbose_name": "brand",
                "verbose_name_plural": "brands",
                "ordering": ["-is_usual", "name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(is_usual=True), fields=("is_usual",), name="one_usual_brand"
                    ),
                    models.UniqueConstraint(fields=("name",), name="brand_names_differ"),
                    models.CheckConstraint(
                        condition=models.Q(is_usual=True) | ~models.Q(name=""), name="other_brands_have_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(colour="") | models.Q(colour__regex="^#[0-9a-f]{6}$"),
                        name="colour_is_a_colour",
                    ),
                ],
            },
        ),
        migrations.AddField(
            "team",
            "brand",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="lines",
                to="staff.brand",
                verbose_name="brand",
            ),
        ),
        migrations.AddField(
            "team",
            "signature",
            models.TextField(blank=True, db_default="", default="", max_length=2000, verbose_name="signature"),
        ),
        migrations.RunPython(make_the_usual_one, migrations.RunPython.noop),
    ]
