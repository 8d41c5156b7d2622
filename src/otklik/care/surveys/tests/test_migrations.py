"""What the data of a house makes of going back."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from otklik.care.surveys.models import Invitation, Review
from otklik.care.surveys.scales import Kind
from otklik.care.surveys.tests.conftest import Ask
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket


@pytest.mark.django_db(transaction=True)
def test_a_house_with_reviews_on_other_scales_can_go_back(survey: Ask, ticket: Ticket, anna: User) -> None:
    """Those of other scales go; a column that must not be empty has no place for them."""
    asked = survey("resolved", {"kind": Kind.CSAT6})
    told = {"survey": asked, "version": asked.current(), "ticket": ticket, "contact": ticket.contact, "agent": anna}
    one = Invitation.objects.create(**told, team=ticket.team, send_at=clock.now(), sent_at=clock.now())
    given = one.answers.create(question=one.version.first, value=4, words="Помогла")
    Review.objects.create(given=given, agent=anna, text="Помогла")
    try:
        MigrationExecutor(connection).migrate([("surveys", "0022_turns_that_wait")])
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM surveys_review")
            assert cursor.fetchone() == (0,)
    finally:
        call_command("migrate", verbosity=0, interactive=False)
        connection.close()  # statements that were prepared before know the old tables
    assert not Review.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_house_in_which_questions_were_not_sent_can_go_back(survey: Ask, ticket: Ticket) -> None:
    """Of one survey and request the last one has a place there."""
    told = {"survey": survey("event"), "ticket": ticket, "contact": ticket.contact, "send_at": clock.now()}
    for why in ("asked", "quiet"):
        Invitation.objects.create(**told, cancelled_at=clock.now(), why_not=why)
    try:
        MigrationExecutor(connection).migrate([("surveys", "0021_indexes_of_settled_days")])
        with connection.cursor() as cursor:
            cursor.execute("SELECT why_not FROM surveys_invitation")
            assert cursor.fetchall() == [("quiet",)]
    finally:
        call_command("migrate", verbosity=0, interactive=False)
        connection.close()
    assert Invitation.objects.get().why_not == "quiet"
