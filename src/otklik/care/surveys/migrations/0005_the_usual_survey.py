"""The one question after the answer becomes the first survey; whoever was asked was asked by its first version."""

from django.db import migrations
from django.utils import timezone

ASKED = """
UPDATE surveys_invitation i SET survey_id = %s, version_id = CASE WHEN i.sent_at IS NULL THEN NULL ELSE %s END,
    finished_at = (SELECT s.at FROM surveys_score s WHERE s.invitation_id = i.id)
WHERE i.survey_id IS NULL
"""


def begin(apps, schema_editor):
    """A desk that has asked nobody yet makes its survey when it first does."""
    if not apps.get_model("surveys", "Invitation").objects.exists():
        return
    now = timezone.now()
    organisation = apps.get_model("staff", "Organisation").objects.first()
    name = "After the answer" if organisation and organisation.language == "en" else "После ответа"
    survey = apps.get_model("surveys", "Survey").objects.create(
        name=name, occasion="resolved", state="running", began_at=now, created_at=now
    )
    version = apps.get_model("surveys", "Version").objects.create(survey=survey, number=1, frozen_at=now)
    apps.get_model("surveys", "Question").objects.create(version=version, position=1, kind="csat5")
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(ASKED, [survey.pk, version.pk])


def back(apps, schema_editor):
    """Only questions about answers were known before, and one of them waited for each request."""
    invitations = apps.get_model("surveys", "Invitation").objects
    strange = invitations.exclude(survey__occasion="resolved") | invitations.filter(ticket=None)
    strange = strange | invitations.filter(contact=None) | invitations.filter(team=None)
    numbers = list(strange.values_list("pk", flat=True))
    apps.get_model("surveys", "FollowUp").objects.all().delete()
    apps.get_model("surveys", "Answer").objects.all().delete()
    apps.get_model("surveys", "Score").objects.filter(invitation__in=numbers).delete()
    invitations.filter(pk__in=numbers).delete()
    waiting = {}
    for pk, ticket in invitations.filter(sent_at=None).order_by("pk").values_list("pk", "ticket"):
        waiting.setdefault(ticket, []).append(pk)
    invitations.filter(pk__in=[pk for some in waiting.values() for pk in some[:-1]]).delete()
    invitations.update(survey=None, version=None)


class Migration(migrations.Migration):
    dependencies = [("surveys", "0004_many_surveys"), ("staff", "0009_orders_of_lists")]

    operations = [migrations.RunPython(begin, back)]
