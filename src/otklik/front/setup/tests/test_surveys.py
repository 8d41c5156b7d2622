"""The head builds a survey; clients are asked by what was started, and by nothing else."""

import pytest
from django.test import Client

from otklik.care.surveys.models import Invitation, Question, Survey
from otklik.core.audit.models import Line
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db
NEW = "/settings/surveys/new/"
PLAIN = {"occasion": "event", "share": "100", "every_months": "6", "follow_up_hours": "8"}


@pytest.fixture
def office(head: User) -> Client:
    browser = Client()
    browser.force_login(head)
    return browser


def made(office: Client, **told: str) -> Survey:
    assert office.post(NEW, {**PLAIN, "name": "Отношение", **told}).status_code == 302
    return Survey.objects.get(name="Отношение")


def ask(office: Client, survey: Survey, **told: str) -> int:
    return office.post(f"/settings/surveys/{survey.pk}/questions/new/", told).status_code


def test_a_survey_is_written_started_changed_and_ended(office: Client) -> None:
    survey = made(office)
    page = f"/settings/surveys/{survey.pk}/"
    assert "добавьте первый вопрос" in office.get(page).content.decode()
    assert ask(office, survey, kind="nps") == 302
    first = Question.objects.get()
    reasons = {"words_ru": "Почему?", "choices_ru": "Долго\nДорого", "choices_en": "Slow\nPricey"}
    assert ask(office, survey, kind="choice", **reasons, follows=str(first.pk), how="most", bound="6") == 302
    second = Question.objects.get(kind="choice")
    assert second.choices == [["Долго", "Slow"], ["Дорого", "Pricey"]] and second.follows == first

    assert office.post(f"{page}start/").status_code == 302
    survey.refresh_from_db()
    assert survey.state == "running" and str(survey.current()) == "Отношение, 1"
    assert office.post(f"{page}questions/{second.pk}/", {"kind": "text", "words_ru": "Иное"}).status_code == 404
    assert office.post(f"{page}questions/{second.pk}/drop/").status_code == 404

    office.post(f"{page}write/")
    copy = Question.objects.get(version__number=2, kind="choice")
    office.post(f"{page}questions/{copy.pk}/", {"kind": "text", "words_ru": "Что мешает?", "bound": "6"})
    shown = office.get(page).content.decode()
    assert "по версии 1" in shown and "Что мешает?" in shown and "становится" in shown
    office.post(f"{page}start/")
    assert survey.current() == copy.version

    office.post(f"{page}end/")
    survey.refresh_from_db()
    assert survey.state == "ended" and office.post(f"{page}start/").status_code == 422


def test_each_act_leaves_a_line(office: Client, head: User) -> None:
    survey = made(office)
    ask(office, survey, kind="nps")
    for act in ("start", "write", "end"):
        before = Line.objects.count()
        office.post(f"/settings/surveys/{survey.pk}/{act}/")
        assert Line.objects.count() > before, act
    assert Line.objects.order_by("-id")[0].actor == head


def test_six_questions_are_not_started_without_a_reason_and_nothing_is_lost(office: Client) -> None:
    survey = made(office)
    for _each in range(6):
        ask(office, survey, kind="nps")
    page = f"/settings/surveys/{survey.pk}/"

    refused = office.post(f"{page}start/")
    assert refused.status_code == 422 and "с причиной" in refused.content.decode()
    assert Question.objects.count() == 6

    office.post(page, {**PLAIN, "name": "Отношение", "reason_for_more": "Годовой опрос по договору"})
    assert office.post(f"{page}start/").status_code == 302


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"kind": "text"}, "Напишите, о чём спрашиваете"),
        ({"kind": "choice", "words_ru": "Что?", "choices_ru": "Одно"}, "хотя бы два варианта"),
        ({"kind": "choice", "words_ru": "Что?", "choices_ru": "А\nБ", "choices_en": "A\nB\nC"}, "столько же"),
        ({"kind": "melon", "words_ru": "Что?"}, "Что?"),
        ({"kind": "text", "words_ru": "ы" * 301}, "300"),
    ],
)
def test_a_question_that_cannot_be_asked_comes_back_as_it_was_typed(
    office: Client, told: dict[str, str], said: str
) -> None:
    survey = made(office)
    answer = office.post(f"/settings/surveys/{survey.pk}/questions/new/", told)

    assert answer.status_code == 422 and said in answer.content.decode()
    assert told.get("words_ru", "") in answer.content.decode() and not Question.objects.exists()


def test_a_condition_off_the_scale_is_refused(office: Client) -> None:
    survey = made(office)
    ask(office, survey, kind="ces7")
    first = str(Question.objects.get().pk)

    assert ask(office, survey, kind="text", words_ru="Почему?", follows=first, how="most", bound="0") == 422
    assert ask(office, survey, kind="text", words_ru="Почему?", follows=first, how="most", bound="7") == 302


def test_the_preview_shows_every_question_in_both_languages_and_sends_nothing(office: Client) -> None:
    survey = made(office)
    ask(office, survey, kind="ces7", words_ru="Было легко?", words_en="Was it easy?")
    around = f"/settings/surveys/{survey.pk}/versions/1/"
    page = f"{around}page/"

    assert f'href="/settings/surveys/{survey.pk}/"' in office.get(around).content.decode()
    assert "Было легко?" in office.get(page).content.decode()
    english = office.get(f"{page}?language=en").content.decode()
    assert "Was it easy?" in english and "action=" not in english


def test_the_preview_has_the_letter_as_it_will_leave_and_says_when_a_question_is_asked(
    office: Client, door: Channel
) -> None:
    survey = made(office, occasion="resolved")
    ask(office, survey, kind="csat5")
    follows = str(Question.objects.get().pk)
    ask(office, survey, kind="text", words_ru="Что не так?", follows=follows, how="most", bound="3")
    around = f"/settings/surveys/{survey.pk}/versions/1/"

    letter = office.get(f"{around}letter/?language=ru")
    assert "5: отлично" in letter.content.decode() and "/survey/preview/?score=5" in letter.content.decode()
    assert "Больше не спрашивать" in letter.content.decode()
    assert "sandbox" in letter.headers["Content-Security-Policy"]
    english = office.get(f"{around}letter/?language=en&shade=night").content.decode()
    assert "5: excellent" in english and "background:#1b1c1e" in english
    assert "не больше 3:" in office.get(f"{around}page/?language=ru").content.decode()
    assert not Invitation.objects.exists() and not Ticket.objects.exists()
    assert Client().get("/survey/preview/").status_code == 404


def test_a_condition_on_one_of_several_answers_is_told_in_its_words(office: Client) -> None:
    survey = made(office)
    ask(office, survey, kind="nps")
    ask(office, survey, kind="choice", words_ru="Что мешает?", choices_ru="Долго\nДорого\nДругое")
    reasons = Question.objects.get(kind="choice")
    told = {"kind": "text", "words_ru": "Сколько было бы честно?", "follows": str(reasons.pk), "how": "is"}
    assert ask(office, survey, **told, bound="0") == ask(office, survey, **told, bound="4") == 422
    assert ask(office, survey, **told, bound="2") == 302

    why = Question.objects.get(kind="text")
    assert [why.is_asked({reasons.pk: place}) for place in range(3)] == [False, True, False]
    page = f"/settings/surveys/{survey.pk}/"
    assert "если ответ на «Что мешает?» — «Дорого»" in office.get(page).content.decode()
    form = office.get(f"{page}questions/{why.pk}/").content.decode()
    assert "Что мешает? (1: Долго, 2: Дорого, 3: Другое)" in form and 'name="bound" value="2"' in form


@pytest.mark.parametrize(
    ("how", "bound", "answers", "asked_of"),
    [
        ("is", "2", "Дорого\nДолго\nДругое", ["Дорого"]),
        ("is", "2", "Новое\nДолго\nДорого\nДругое", ["Дорого"]),
        ("is", "2", "Долго\nДругое", None),
        ("most", "2", "Дорого\nДолго\nДругое", ["Дорого", "Долго"]),
        ("most", "2", "Дорого\nДругое\nДолго", None),
        ("most", "2", "Долго\nДругое", ["Долго"]),
        ("least", "2", "Долго\nДругое\nДорого", ["Другое", "Дорого"]),
        ("least", "3", "Другое\nДолго\nДорого", ["Другое"]),
    ],
)
def test_a_condition_hangs_on_the_words_of_an_answer(
    office: Client, how: str, bound: str, answers: str, asked_of: list[str] | None
) -> None:
    survey = made(office)
    told = {"kind": "choice", "words_ru": "Что мешает?"}
    ask(office, survey, **told, choices_ru="Долго\nДорого\nДругое")
    reasons = Question.objects.get(kind="choice")
    why = {"kind": "text", "words_ru": "Почему?", "follows": str(reasons.pk), "how": how, "bound": bound}
    assert ask(office, survey, **why) == 302

    address = f"/settings/surveys/{survey.pk}/questions/{reasons.pk}/"
    said = office.post(address, {**told, "choices_ru": answers}, follow=True).content.decode()

    reasons.refresh_from_db()
    one = Question.objects.get(kind="text")
    if asked_of is None:
        assert one.follows is None and "«Почему?» теперь задают всем" in said
        return
    assert [words for place, words in reasons.options if one.is_asked({reasons.pk: place})] == asked_of
    assert "теперь задают всем" not in said


def test_of_another_kind_of_answer_no_condition_is_left(office: Client) -> None:
    survey = made(office)
    ask(office, survey, kind="nps")
    first = Question.objects.get()
    ask(office, survey, kind="text", words_ru="Почему?", follows=str(first.pk), how="most", bound="6")
    address = f"/settings/surveys/{survey.pk}/questions/{first.pk}/"
    assert "теперь задают всем" in office.post(address, {"kind": "csat5"}, follow=True).content.decode()
    assert Question.objects.get(kind="text").follows is None


def test_a_question_stays_behind_the_one_that_brings_it_up_and_goes_with_it(office: Client) -> None:
    survey = made(office)
    ask(office, survey, kind="nps")
    first = Question.objects.get()
    ask(office, survey, kind="text", words_ru="Почему?", follows=str(first.pk), how="most", bound="6")
    page, why = f"/settings/surveys/{survey.pk}/", Question.objects.get(kind="text")

    stays = office.post(f"{page}questions/{why.pk}/step/", {"to": "up"}, follow=True).content.decode()
    assert "Остаётся на месте" in stays and list(Question.objects.all()) == [first, why]
    gone = office.post(f"{page}questions/{first.pk}/drop/", follow=True).content.decode()
    assert "и 1 вопрос, который задавали из-за него" in gone and not Question.objects.exists()


def test_a_link_has_an_address_and_a_picture(office: Client) -> None:
    survey = made(office, occasion="link")
    ask(office, survey, kind="csat5")
    office.post(f"/settings/surveys/{survey.pk}/start/")
    survey.refresh_from_db()

    shown = office.get(f"/settings/surveys/{survey.pk}/").content.decode()
    assert f"/ask/{survey.link}/" in shown and "<svg" in shown
    assert Client().get(f"/ask/{survey.link}/").status_code == 200


def test_leads_read_agents_learn_nothing(office: Client, boris: User, anna: User) -> None:
    survey = made(office)
    ask(office, survey, kind="nps")
    lead, agent = Client(), Client()
    lead.force_login(boris)
    agent.force_login(anna)
    version = f"{survey.pk}/versions/1/"
    for path in ("", f"{survey.pk}/", version, f"{version}page/", f"{version}letter/"):
        assert lead.get(f"/settings/surveys/{path}").status_code == 200, path
        assert agent.get(f"/settings/surveys/{path}").status_code == 404
    for path in (f"{survey.pk}/start/", f"{survey.pk}/", "new/", f"{survey.pk}/questions/new/"):
        assert lead.post(f"/settings/surveys/{path}").status_code == 404
    survey.refresh_from_db()
    assert survey.state == "draft"


def test_sites_are_origins_and_the_line_for_them_is_shown(office: Client) -> None:
    survey = made(office, occasion="link", sites="https://shop.example/\nhttps://Shop.example:8443")
    ask(office, survey, kind="csat5")
    page = f"/settings/surveys/{survey.pk}/"
    office.post(f"{page}start/")
    survey.refresh_from_db()

    assert survey.sites == ["https://shop.example", "https://shop.example:8443"]
    assert f"/ask/{survey.link}/embed.js" in office.get(page).content.decode()
    for wrong in ("shop.example", "http://shop.example", "https://shop.example/page", "*", "https://*.example"):
        refused = office.post(page, {**PLAIN, "occasion": "link", "name": "Отношение", "sites": wrong})
        assert refused.status_code == 422 and "не адрес сайта" in refused.content.decode(), wrong


def test_a_site_in_other_letters_is_kept_as_a_browser_names_it(office: Client) -> None:
    survey = made(office, occasion="link", sites="https://Пример.рф https://магазин.пример.рф:8443/")

    assert survey.sites == ["https://xn--e1afmkfd.xn--p1ai", "https://xn--80aairftm.xn--e1afmkfd.xn--p1ai:8443"]
    wrong = {"sites": "https://пример.рф/страница", "name": "Второй"}
    assert office.post("/settings/surveys/new/", {**PLAIN, "occasion": "link", **wrong}).status_code == 422


@pytest.mark.parametrize(("days", "status"), [("", 302), ("5", 302), ("1", 422), ("13", 422)])
def test_a_reminder_leaves_time_to_answer(office: Client, days: str, status: int) -> None:
    assert office.post(NEW, {**PLAIN, "name": "Отношение", "remind_days": days}).status_code == status


def test_only_a_running_survey_of_an_open_link_has_a_sheet(office: Client, anna: User) -> None:
    survey = made(office, occasion="link", sites="")
    sheet = f"/settings/surveys/{survey.pk}/sheet/"
    ask(office, survey, kind="csat5", words_ru="Как вас <встретили>?")
    assert office.get(sheet).status_code == 404, "nobody can answer by it yet"
    office.post(f"/settings/surveys/{survey.pk}/start/")
    survey.refresh_from_db()

    shown = office.get(sheet).content.decode()
    assert "Как вас &lt;встретили&gt;?" in shown and f"/ask/{survey.link}/" in shown and "<svg" in shown
    assert sheet in office.get(f"/settings/surveys/{survey.pk}/").content.decode()
    agent = Client()
    agent.force_login(anna)
    assert agent.get(sheet).status_code == 404
    office.post(f"/settings/surveys/{survey.pk}/end/")
    assert office.get(sheet).status_code == 404
    assert office.get("/settings/surveys/999/sheet/").status_code == 404
