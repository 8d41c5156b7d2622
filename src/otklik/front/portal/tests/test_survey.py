"""The question after the answer, as clients and mail scanners meet it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from otklik.care.surveys.models import Invitation, Score
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import Consent, Contact
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


SCANNERS = {
    "SkypeUriPreview": "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
    "Slackbot": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "TelegramBot": "TelegramBot (like TwitterBot)",
    "GoogleImageProxy": "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
    "Barracuda": "Barracuda Sentinel (EE)",
}
"""How five programs that follow links of letters and messages call themselves."""


@pytest.mark.parametrize("agent", SCANNERS.values(), ids=SCANNERS)
def test_PUBLIC_2_five_scanners_that_follow_each_link_do_not_vote(client: Client, link: str, agent: str) -> None:
    """First whether it is there, then every link of the letter, ahead of the person, and what the page links to."""
    for score in (5, 4, 3, 2, 1):
        told = {"User-Agent": agent, "Sec-Purpose": "prefetch", "X-Moz": "prefetch"}
        for method in (client.head, client.get):
            assert method(f"{link}?score={score}", headers=told).status_code == 200
    for page in (link, f"{link}stop/"):
        assert client.get(page, headers={"User-Agent": agent}).status_code == 200

    assert not Score.objects.exists() and not Consent.objects.exists()
    assert Invitation.objects.get().is_open, "the person who comes later can still answer"


def test_PUBLIC_2_a_form_that_nobody_opened_a_page_for_is_refused(link: str) -> None:
    outside = Client(enforce_csrf_checks=True)

    assert outside.post(link, {"score": "1", "by": "link"}).status_code == 403
    assert not Score.objects.exists()


def test_the_chosen_face_is_ready_and_one_press_saves_it(client: Client, link: str) -> None:
    """The page of a link asks for nothing but that press, and runs no script."""
    page = client.get(f"{link}?score=5").content.decode()
    assert 'value="5" required checked' in page and 'name="by" value="link"' in page
    assert "<script" not in page and 'name="comment"' not in page

    saved = client.post(link, {"score": "5", "by": "link"}).content.decode()
    assert 'role="status"' in saved and 'name="comment"' in saved
    client.post(link, {"score": "5", "comment": "Спасибо Анне"})

    score = Score.objects.get()
    assert (score.value, score.comment) == (5, "Спасибо Анне")


def test_another_link_of_the_letter_asks_again_and_a_press_without_a_mark_says_so(client: Client, link: str) -> None:
    client.post(link, {"score": "5", "by": "link"})

    assert 'value="2" required checked' in client.get(f"{link}?score=2").content.decode()
    assert Score.objects.get().value == 5, "looking changes nothing"
    missing = client.post(link, {"score": "7", "by": "link"})
    assert missing.status_code == 422 and 'name="by" value="link"' in missing.content.decode()


def test_PUBLIC_2_altered_scores_and_links_are_refused(client: Client, link: str) -> None:
    assert client.post(link, {"score": "9"}).status_code == 422
    assert client.post(link[:-3] + "zz/", {"score": "5"}).status_code == 404
    assert not Score.objects.exists()


# -- no more questions ------------------------------------------------------------------------------------------


def resolved(ticket: Ticket, by: User, days: int) -> int:
    """Answer once more so many days later; how many questions were sent about it."""
    ticket = Ticket.objects.get(pk=ticket.pk)
    with clock.at(clock.now() + timedelta(days=days)):
        ticket.reopen(clock.now() + timedelta(days=1), by=by)
        ticket.reply("И снова готово", by=by, then=Resolve())
        return Invitation.objects.send_due()


def test_one_click_of_the_mail_program_ends_the_questions(link: str, ticket: Ticket, anna: User) -> None:
    """RFC 8058: a POST from anywhere, without cookies and without our token."""
    outside = Client(enforce_csrf_checks=True)
    assert resolved(ticket, anna, days=91) == 1

    assert outside.post(f"{link}stop/", {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert resolved(ticket, anna, days=182) == 0


def test_looking_at_the_way_out_ends_nothing_and_a_change_of_mind_counts(client: Client, link: str) -> None:
    assert client.get(f"{link}stop/").status_code == 200 and not Consent.objects.exists()

    client.post(f"{link}stop/")
    client.post(f"{link}stop/", {"again": "1"})

    assert list(Consent.objects.order_by("id").values_list("purpose", "given")) == [
        ("surveys", False),
        ("surveys", True),
    ]


def test_PRIVACY_2_the_words_that_the_client_read_are_kept_with_their_version(client: Client, link: str) -> None:
    asked = client.get(f"{link}stop/").content.decode()
    again = client.post(f"{link}stop/").content.decode()
    client.post(f"{link}stop/", {"again": "1"})
    client.post(f"{link}stop/", {"List-Unsubscribe": "One-Click"})

    ended, resumed, by_program = Consent.objects.order_by("id")
    for one, page in ((ended, asked), (resumed, again)):
        seen = page.replace("\N{NO-BREAK SPACE}", " ")
        assert len(one.text.splitlines()) == 3 and all(line in seen for line in one.text.splitlines())
    assert len({one.version for one in (ended, resumed, by_program)}) == 3
    assert "почтовой программе" in by_program.text


def test_a_word_of_the_client_without_its_text_is_refused_by_the_database(link: str, ticket: Ticket) -> None:
    with pytest.raises(ValidationError):
        Consent(contact=ticket.contact, purpose="surveys", given=False, source="x").put(by=None)


def test_the_way_out_is_open_longer_than_the_question_and_to_nobody_else(client: Client, link: str) -> None:
    Invitation.objects.update(sent_at=clock.now() - timedelta(days=60))

    assert client.post(f"{link}stop/").status_code == 200
    assert client.post(f"{link[:-3]}zz/stop/").status_code == 404


def test_who_wants_no_letters_can_still_rate_on_the_own_page(client: Client, link: str, ticket: Ticket) -> None:
    client.post(f"{link}stop/")

    assert Invitation.objects.for_page(Ticket.objects.get(pk=ticket.pk))
    assert client.post(link, {"score": "4"}).status_code == 200


# -- the request proves to be of somebody else ---------------------------------------------------------------------


def test_ACCESS_1_the_question_opens_nothing_once_the_request_is_of_another_client(
    client: Client, link: str, ticket: Ticket, anna: User
) -> None:
    ticket = Ticket.objects.get(pk=ticket.pk)
    ticket.make_client(Contact.objects.recognise("email", "olga@volga.test"), by=anna)

    assert client.get(link).status_code == 404 and client.post(link, {"score": "1"}).status_code == 404
    assert client.get(f"{link}stop/").status_code == 200, "it is their own wish to be left alone"


def test_a_question_that_waits_goes_to_the_client_the_request_was_given_to(
    ticket: Ticket, anna: User, settings, client: Client
) -> None:
    """Also on their own page, where the first client's question is none of theirs."""
    ticket.reply("Готово", by=anna, then=Resolve())
    olga = Contact.objects.recognise("email", "olga@volga.test")
    Ticket.objects.get(pk=ticket.pk).make_client(olga, by=anna)
    settings.SURVEY_DELAY_SECONDS = 0
    Invitation.objects.update(send_at=clock.now())

    assert Invitation.objects.send_due() == 1
    asked = Invitation.objects.get()
    letter = Outbound.objects.get(kind="survey")
    assert (asked.contact, letter.first_recipient) == (olga, "olga@volga.test")
