from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0002_inbound_automatic")]

    operations = [migrations.AddField("outbound", "leaving_at", models.DateTimeField(null=True))]
