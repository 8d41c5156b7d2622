"""The question after the answer, as clients and mail scanners meet it."""

import pytest
from django.test import Client

from otklik.care.surveys.models import Invitation, Score
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.cast import Paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(ticket: Ticket, anna: User, paper: Paper, settings) -> str:
    settings.SURVEY_DELAY_SECONDS = 0
    ticket.reply("Готово", by=anna, then=Resolve())
    Invitation.objects.send_due()
    outbox.send_due()
    letter = bytes(paper.sent[-1].raw).decode()
    return "/survey/" + letter.split("/survey/")[1].split("/")[0] + "/"


def test_PUBLIC_2_looking_does_not_vote(client: Client, link: str) -> None:
    for method in (client.get, client.head):
        assert method(f"{link}?score=1").status_code == 200

    assert not Score.objects.exists()


def test_the_chosen_face_is_ready_and_one_form_saves_it(client: Client, link: str) -> None:
    page = client.get(f"{link}?score=5").content.decode()
    assert 'value="5" required checked' in page and "data-send-choice" in page

    assert client.post(link, {"score": "5", "by": "link"}).status_code == 200
    client.post(link, {"score": "5", "comment": "Спасибо Анне"})

    score = Score.objects.get()
    assert (score.value, score.comment) == (5, "Спасибо Анне")


def test_PUBLIC_2_altered_scores_and_links_are_refused(client: Client, link: str) -> None:
    assert client.post(link, {"score": "9"}).status_code == 422
    assert client.post(link[:-3] + "zz/", {"score": "5"}).status_code == 404
    assert not Score.objects.exists()
