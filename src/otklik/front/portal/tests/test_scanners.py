"""PUBLIC-2 for every kind of question: programs that follow the links of a letter answer nothing (decision 0108)."""

import re

import pytest
from django.test import Client

from otklik.care.surveys.models import Answer, FollowUp, Invitation, Score, Survey
from otklik.care.surveys.scales import SCALES, Kind
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.clients.models import Consent
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from otklik.front.portal.tests.test_survey import SCANNERS
from tests.fixtures.cast import Paper

pytestmark = pytest.mark.django_db
LINK = re.compile(r"https?://[^/\s\"<]+(/survey/[^\s\"<]+)")


def sent(kind: str, answered: Ticket, anna: User, paper: Paper, **told: object) -> Invitation:
    """A letter that begins with this question; one in own words follows."""
    occasion = "resolved" if kind == Kind.ONCE else "event"
    survey = Survey.objects.create(name=kind, occasion=occasion, delay_minutes=0, **told)
    choices = [["Долго", ""], ["Дорого", ""]] if kind == Kind.CHOICE else []
    survey.draft().questions.create(kind=kind, words_ru="О чём речь?", choices=choices)
    survey.draft().questions.create(kind=Kind.TEXT, words_ru="Что ещё?")
    survey.begin()
    if occasion == "resolved":
        answered.reply("Готово", by=anna, then=Resolve())
    else:
        Invitation.objects.ask(survey, answered.contact)
    Invitation.objects.send_due()
    outbox.send_due()
    return Invitation.objects.select_related("version").get(survey=survey)


def links_of(paper: Paper) -> list[str]:
    """Every address of ours in the last letter, as text and as page."""
    text = bytes(paper.sent[-1].raw).decode() + Message.objects.latest("pk").html
    return sorted({one.replace("&amp;", "&").rstrip(".)") for one in LINK.findall(text)})


def nothing_was_answered() -> bool:
    return not any(one.objects.exists() for one in (Answer, Score, FollowUp, Consent))


@pytest.mark.parametrize("kind", Kind)
def test_PUBLIC_2_five_scanners_answer_no_question_of_any_kind(
    client: Client, answered: Ticket, anna: User, paper: Paper, kind: str
) -> None:
    """They look at each link of the letter, and at each link and form of the pages behind it."""
    one, links = sent(kind, answered, anna, paper), links_of(paper)
    points = list(SCALES[kind].points) if kind in SCALES else []
    named = sorted(int(link.partition("score=")[2]) for link in links if "score=" in link)
    assert named == points, "a link for each point of the scale, and none of what has no points"

    for agent in SCANNERS.values():
        told = {"User-Agent": agent, "Sec-Purpose": "prefetch", "X-Moz": "prefetch"}
        for link in [*links, *(f"{link}?score=0" for link in links if link.endswith("/") and "stop" not in link)]:
            assert client.head(link, headers=told).status_code == 200
            page = client.get(link, headers=told).content.decode()
            assert "<script" not in page
            for behind in re.findall(r'(?:href|action)="(/survey/[^"]+)"', page):
                assert client.get(behind, headers=told).status_code == 200

    one.refresh_from_db()
    assert nothing_was_answered() and one.finished_at is None and one.is_open


@pytest.mark.parametrize("kind", [one for one in SCALES if one != Kind.CSAT5])
def test_a_link_of_any_scale_chooses_and_one_press_counts(
    client: Client, answered: Ticket, anna: User, paper: Paper, kind: str
) -> None:
    one, scale = sent(kind, answered, anna, paper), SCALES[kind]
    link = next(link for link in links_of(paper) if link.endswith(f"score={scale.most}"))
    page = client.get(link).content.decode()
    assert f'value="{scale.most}" required checked' in page and 'name="by" value="link"' in page
    assert "Что ещё?" not in page and nothing_was_answered()

    address = link.partition("?")[0]
    after = client.post(address, {"score": str(scale.most), "by": "link"}).content.decode()
    assert "Что ещё?" in after and list(Answer.objects.values_list("value", flat=True)) == [scale.most]
    one.refresh_from_db()
    assert one.finished_at, "all that is no text was answered"
    client.get(f"{address}?score={scale.least}")
    assert Answer.objects.get().value == scale.most, "looking at another link changes nothing"


def test_PUBLIC_2_the_links_of_a_reminder_answer_nothing_either(
    client: Client, answered: Ticket, anna: User, paper: Paper
) -> None:
    one = sent(Kind.NPS, answered, anna, paper, remind_days=3)
    assert one.remind_at
    with clock.at(one.remind_at):
        assert Invitation.objects.remind_due() == 1
        outbox.send_due()
        for link in links_of(paper):
            assert client.get(link).status_code == 200
        assert nothing_was_answered() and len(links_of(paper)) == 12, "eleven points and the way out"


def test_PUBLIC_2_looking_at_an_open_link_or_a_window_on_a_site_answers_nothing(client: Client) -> None:
    survey = Survey.objects.create(name="У стойки", occasion="link", sites=["https://shop.example"])
    survey.draft().questions.create(kind=Kind.NPS)
    survey.begin()
    for agent in SCANNERS.values():
        for address in (f"/ask/{survey.link}/", f"/ask/{survey.link}/?score=0", f"/ask/{survey.link}/frame/?score=0"):
            for look in (client.head, client.get):
                look(address, headers={"User-Agent": agent})
    assert nothing_was_answered() and not Invitation.objects.exists()
