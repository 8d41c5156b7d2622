from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("email", "0003_pace_and_signature")]

    operations = [
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=12, unique=True, verbose_name="provider")),
                ("client_id", models.CharField(max_length=255, verbose_name="number of the application")),
                ("client_secret", models.TextField(blank=True, editable=False)),
                (
                    "own_authorize_url",
                    models.URLField(blank=True, max_length=500, verbose_name="address of the consent page"),
                ),
                ("own_token_url", models.URLField(blank=True, max_length=500, verbose_name="address of the tokens")),
            ],
            options={
                "verbose_name": "application at a provider",
                "verbose_name_plural": "applications at providers",
            },
        ),
        migrations.AddField(
            model_name="mailbox",
            name="signs_in",
            field=models.CharField(
                choices=[
                    ("password", "with a password"),
                    ("google", "with a grant of Google"),
                    ("microsoft", "with a grant of Microsoft 365"),
                ],
                default="password",
                max_length=12,
                verbose_name="signs in",
            ),
        ),
        migrations.AddField(
            model_name="mailbox",
            name="refresh_secret",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name="mailbox",
            name="access_secret",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name="mailbox",
            name="access_until",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="mailbox",
            name="grant_lost_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="access lost"),
        ),
    ]
