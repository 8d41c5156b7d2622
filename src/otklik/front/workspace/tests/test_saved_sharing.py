"""Wordings for channels and tones, offers to colleagues, dates, and what was written again and again."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from otklik.care.surveys.models import Invitation, Score, Survey
from otklik.core.journal import clock
from otklik.core.journal.notice import Notice
from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Contact
from otklik.desk.clients.tone import tone_of
from otklik.desk.conversations import tending
from otklik.desk.conversations.models import SavedReply, SavedReplyPut, SavedReplyUse, SavedReplyWording
from otklik.desk.conversations.repeating import repeated
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate
from otklik.front.workspace.saved_marks import ENOUGH, Course, courses_of
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
TOLD = {"name": "Обрыв связи", "shortcut": "обрыв", "text": "Здравствуйте!", "for_whom": "mine"}
LONG = "Чтобы найти причину, пришлите два примера: дату, время и номера тех, кто говорил между собой."


def at(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def rows(*given: dict[str, str], initial: int = 0) -> dict[str, str]:
    told = {"wordings-TOTAL_FORMS": str(len(given)), "wordings-INITIAL_FORMS": str(initial)}
    return told | {f"wordings-{n}-{key}": value for n, one in enumerate(given) for key, value in one.items()}


@pytest.mark.parametrize(
    ("said", "tone"),
    [
        ("Анна Петровна, на «вы»", "formal"),
        ("Паша, на ты", "informal"),
        ("Паша, на «ты»", "informal"),
        ("Anna, first name", "informal"),
        ("formal you", "formal"),
        ("informal", "informal"),
        ("Анна Петровна", ""),
        ("на вы, потом на ты", ""),
        ("на тыловой службе", ""),
        ("", ""),
    ],
)
def test_the_card_says_how_one_speaks(said: str, tone: str) -> None:
    assert tone_of(said) == tone


def test_the_nearest_wording_is_said() -> None:
    reply = SavedReply.objects.create(name="Привет", text="основа", text_en="base")
    for channel, tone, text in [("telegram", "", "чат"), ("", "informal", "ты"), ("email", "informal", "письмо, ты")]:
        SavedReplyWording.objects.create(reply=reply, channel=channel, tone=tone, text=text)

    assert reply.said_to("ru", "email", "formal") == "основа"
    assert reply.said_to("ru", "telegram", "informal") == "чат"
    assert reply.said_to("ru", "chat", "informal") == "ты"
    assert reply.said_to("ru", "form", "informal") == "письмо, ты"  # answers to a form leave as letters
    assert reply.said_to("en", "telegram") == "base"


def test_an_answer_gets_the_wording_of_its_client(anna: User, ticket: Ticket, pavel: Contact) -> None:
    reply = SavedReply.objects.create(name="Привет", text="Здравствуйте, {{клиент}}!")
    SavedReplyWording.objects.create(reply=reply, tone="informal", text="Привет, {{клиент}}!")
    pavel.address_as = "Паша, на «ты»"
    pavel.save()
    told = at(anna).post(f"/tickets/{ticket.number}/saved/{reply.pk}/insert/", headers={"HX-Request": "true"}).json()

    assert told["text"] == "Привет, Паша!"
    assert SavedReplyPut.objects.get().conversation_id == ticket.conversation_id


def test_wordings_are_kept_by_the_form_and_refused_where_they_are_for_all(anna: User) -> None:
    one = {"channel": "telegram", "tone": "", "text": "Коротко.", "text_en": ""}
    assert at(anna).post("/saved/new/", {**TOLD, **rows(one)}).status_code == 302
    reply = SavedReply.objects.get()
    kept = reply.wordings.get()
    assert (kept.channel, kept.text) == ("telegram", "Коротко.")

    again = [{**one, "id": str(kept.pk)}, {**one, "text": "Другой."}]
    for bad in ([{**one, "channel": ""}], again):
        told = at(anna).post(f"/saved/{reply.pk}/", {**TOLD, **rows(*bad, initial=len(bad) - 1)})
        assert told.status_code == 422
    assert "Скажите, где" in at(anna).post("/saved/new/", {**TOLD, **rows({**one, "channel": ""})}).content.decode()

    gone = {**one, "id": str(kept.pk), "DELETE": "on"}
    assert at(anna).post(f"/saved/{reply.pk}/", {**TOLD, **rows(gone, initial=1)}).status_code == 302
    assert not reply.wordings.exists()


@pytest.fixture
def own(anna: User) -> SavedReply:
    return SavedReply.objects.create(name="Моё", shortcut="мое", text="Мой текст.", owner=anna)


def test_an_offer_is_shared_by_a_lead_and_its_author_answers_for_it(
    anna: User, ilya: User, boris: User, vera: User, own: SavedReply, line_one: Team
) -> None:
    assert at(boris).get(f"/saved/{own.pk}/").status_code == 404
    assert at(anna).post(f"/saved/{own.pk}/offer/", {"for": str(line_one.pk)}).status_code == 302
    assert Notice.objects.get().person == boris and "Моё" in Notice.objects.get().text
    assert "Моё" in at(boris).get("/saved/").content.decode()
    assert at(boris).get(f"/saved/{own.pk}/").status_code == 200
    for stranger in (ilya, vera):
        assert at(stranger).post(f"/saved/{own.pk}/decide/", {"act": "accept"}).status_code == 404

    at(boris).post(f"/saved/{own.pk}/decide/", {"act": "accept"})
    own.refresh_from_db()
    assert (own.owner, own.team, own.keeper, own.offered_at) == (None, line_one, anna, None)
    assert Notice.objects.filter(person=anna).exists()
    assert at(boris).post(f"/saved/{own.pk}/decide/", {"act": "accept"}).status_code == 404
    with pytest.raises(ValidationError):
        own.decline(by=boris)


def test_an_offer_may_be_declined_and_a_taken_shortcut_says_so(anna: User, boris: User, own: SavedReply) -> None:
    SavedReply.objects.create(name="Всех", shortcut="другое", text="Т")
    own.offer(None, by=anna)
    SavedReply.objects.filter(name="Всех").update(shortcut="мое")
    at(boris).post(f"/saved/{own.pk}/decide/", {"act": "accept"})
    own.refresh_from_db()
    assert own.owner == anna and own.offered_at

    at(boris).post(f"/saved/{own.pk}/decide/", {"act": "no"})
    own.refresh_from_db()
    assert own.owner == anna and own.offered_at is None
    assert "оставляет" in Notice.objects.of(anna.pk)[0].text


def test_nobody_offers_what_is_not_theirs(anna: User, ilya: User, boris: User, own: SavedReply, line_two: Team) -> None:
    assert at(ilya).post(f"/saved/{own.pk}/offer/", {"for": "all"}).status_code == 404
    for whom in (str(line_two.pk), "", "x", "9" * 30):
        at(anna).post(f"/saved/{own.pk}/offer/", {"for": whom})
        own.refresh_from_db()
        assert own.offered_at is None


def test_what_grows_old_is_asked_about_once(anna: User, boris: User, own: SavedReply) -> None:
    shared = SavedReply.objects.create(
        name="С датой", text="Т", keeper=boris, review_on=clock.house_today() - timedelta(days=1)
    )
    SavedReplyUse.objects.create(reply=shared, user=anna, times=1)
    assert tending.ask_about_old_ones() == 1 and tending.ask_about_old_ones() == 0
    assert Notice.objects.get().person == boris

    long_ago = clock.now() - tending.UNUSED_FOR - timedelta(days=1)
    SavedReply.objects.filter(pk=own.pk).update(changed_at=long_ago)
    SavedReplyUse.objects.create(reply=own, user=anna, times=1, last_at=clock.now())
    assert tending.ask_about_old_ones() == 0  # it is in use
    SavedReplyUse.objects.filter(reply=own).update(last_at=long_ago)
    assert tending.ask_about_old_ones() == 1
    assert "полгода" in Notice.objects.get(person=anna).text

    assert at(anna).post(f"/saved/{own.pk}/good/").status_code == 302
    assert at(anna).post(f"/saved/{shared.pk}/good/").status_code == 404
    assert at(boris).post(f"/saved/{shared.pk}/good/").status_code == 302
    shared.refresh_from_db()
    assert shared.asked_at is None and shared.review_on and shared.review_on > clock.house_today()
    assert tending.ask_about_old_ones() == 0


def test_what_was_written_in_three_talks_is_offered_until_it_is_kept(
    anna: User, ilya: User, writes: Write, tomorrow: Any
) -> None:
    for n in range(3):
        ticket = writes(f"Вопрос {n}", subject=f"Дело {n}")
        assert not repeated(anna)
        ticket.reply(f"Здравствуйте!\n\n{LONG if n else LONG.upper()}\n\nАнна", by=anna, then=PromiseDate(tomorrow))
    [found] = repeated(anna)
    assert (found.text, found.times) == (LONG, 3) and not repeated(ilya)
    assert LONG[:40] in at(anna).get("/saved/").content.decode()
    assert LONG in at(anna).get("/saved/new/?again=0").content.decode()
    assert LONG not in at(ilya).get("/saved/new/?again=0").content.decode()

    SavedReply.objects.create(name="Примеры", text=f"Здравствуйте, {{{{клиент}}}}!\n\n{LONG}", owner=anna)
    assert not repeated(anna)


def test_satisfaction_is_told_from_enough_marks_on() -> None:
    assert Course(marks=ENOUGH - 1, good=ENOUGH - 1).satisfied is None
    assert Course(marks=ENOUGH, good=ENOUGH // 2).satisfied == pytest.approx((ENOUGH // 2) / ENOUGH)
    assert courses_of([]) == {}


def test_marks_after_a_text_are_counted(anna: User, ticket: Ticket, own: SavedReply) -> None:
    told = {"ticket": ticket, "team": ticket.team, "agent": anna}
    asked = Invitation.objects.create(
        survey=Survey.objects.after_answer(), contact=ticket.contact, send_at=clock.now(), **told
    )
    Score.objects.create(invitation=asked, value=5, **told)
    own.used(by=anna, conversation=ticket.conversation)
    assert courses_of([own.pk])[own.pk].marks == 0  # it was given before
    Score.objects.update(at=clock.now() + timedelta(minutes=1))
    assert courses_of([own.pk])[own.pk] == Course(1, SavedReplyUse.objects.get().last_at, 1, 1)


def test_marks_from_0_to_5_are_counted_beside_five_faces(anna: User, ticket: Ticket, own: SavedReply) -> None:
    """4 and 5 are satisfied on both scales; what a second question of the kind asks is another matter."""
    own.used(by=anna, conversation=ticket.conversation)
    survey = Survey.objects.create(name="После ответа", occasion="resolved")
    for words in ("", "А скорость?"):
        survey.draft().questions.create(kind="csat0_5", words_ru=words)
    told = {"ticket": ticket, "team": ticket.team, "agent": anna, "contact": ticket.contact}
    for mark in (0, 4):
        with clock.at(clock.now() + timedelta(minutes=1)):
            version, now = survey.current() or survey.begin(), clock.now()
            asked = Invitation.objects.create(survey=survey, version=version, send_at=now, sent_at=now, **told)
            asked.fill(dict(zip([one.pk for one in version.asked()], (mark, 5), strict=True)))
    course = courses_of([own.pk])[own.pk]
    assert (course.marks, course.good) == (2, 1)


def test_the_list_costs_the_same_however_many_texts_there_are(anna: User, own: SavedReply, kept_for_long: None) -> None:
    browser = at(anna)
    browser.get("/saved/")
    counts = []
    for _n in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert browser.get("/saved/").status_code == 200
        counts.append(len(asked))
        for n in range(10):
            SavedReply.objects.create(name=f"Текст {n}", text="Т", owner=anna)
    assert counts[0] == counts[1]
