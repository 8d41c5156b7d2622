"""Who does not want to be asked has said so in a consent; who was asked is counted by the contact policy."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

COUNTED = timedelta(days=365)


def move(apps, schema_editor):
    Consent, Contacted = apps.get_model("clients", "Consent"), apps.get_model("clients", "Contacted")
    wishes = apps.get_model("surveys", "Silence").objects.order_by("pk")
    Consent.objects.bulk_create(
        Consent(contact_id=one.contact_id, purpose="surveys", given=False, source="survey", at=one.since)
        for one in wishes.iterator()
    )
    asked = apps.get_model("surveys", "Invitation").objects.filter(sent_at__gt=timezone.now() - COUNTED)
    asked = asked.exclude(digest=None).values_list("contact_id", "contact__client_id", "sent_at")
    Contacted.objects.bulk_create(
        (Contacted(contact_id=who, client_id=whose, purpose="survey", at=at) for who, whose, at in asked.iterator()),
        batch_size=2000,
    )


def back(apps, schema_editor):
    """The last word of each person, where it is a no."""
    last = {}
    for one in apps.get_model("clients", "Consent").objects.filter(purpose="surveys").order_by("pk").iterator():
        last[one.contact_id] = one
    Silence = apps.get_model("surveys", "Silence")
    Silence.objects.bulk_create(
        Silence(contact_id=one.contact_id, since=one.at) for one in last.values() if not one.given
    )


class Migration(migrations.Migration):
    dependencies = [("surveys", "0002_wishes_not_to_be_asked"), ("clients", "0012_contact_policy")]

    operations = [migrations.RunPython(move, back), migrations.DeleteModel("Silence")]
