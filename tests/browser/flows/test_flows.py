"""Flows 1 to 7: answer, take, hand over, return, promise, refuse, merge."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import expect

from otklik.core.journal import clock
from otklik.core.journal.notice import Notice
from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Draft, Message, SavedReply
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.models import Ticket
from tests.browser.composer.moves import sent
from tests.browser.flows.conftest import Sit
from tests.fixtures.cast import Write


def answer() -> Message:
    message: Message = Message.objects.get(direction="out", automatic="", taken_back_at=None)
    return message


def test_FLOW_1_a_known_question_is_answered_by_a_saved_reply_and_the_next_one_is_open(
    sit: Sit, anna: User, pavel: Contact, writes: Write
) -> None:
    SavedReply.objects.create(name="Просим документы", shortcut="док", text="Пришлите, пожалуйста, договор.")
    first, second = writes("Первое", subject="Первое"), writes("Второе", subject="Второе")
    hands = sit(anna)

    hands.press("Enter")
    hands.page.wait_for_url(f"**/tickets/{first.number}/**")
    hands.page.wait_for_selector("#reply-text")
    hands.press("R")
    expect(hands.page.locator("#reply-text")).to_be_focused()
    hands.call("::")
    hands.write("док")
    hands.page.locator("[role=option]:visible", has_text="Просим документы").wait_for()
    hands.press("Enter")
    expect(hands.page.locator("#reply-text")).to_have_value("Пришлите, пожалуйста, договор.")
    hands.press("Control+Shift+Enter")

    hands.page.wait_for_url(f"**/tickets/{second.number}/**")
    expect(hands.page.locator("[data-undo-toast]")).to_be_visible()
    assert hands.presses <= 5
    assert answer().conversation == first.conversation


def test_FLOW_2_the_oldest_waiting_is_taken_by_one_key(sit: Sit, anna: User, writes: Write) -> None:
    oldest, _later = (writes(text, subject=text, sender=f"{text}@else.test") for text in ("one", "two"))
    hands = sit(anna)

    hands.press("Shift+N")

    hands.page.wait_for_url(f"**/tickets/{oldest.number}/**")
    assert hands.presses == 1
    assert Ticket.objects.get(owner=anna) == oldest


def test_FLOW_2_two_people_at_once_get_two(sit: Sit, anna: User, ilya: User, writes: Write) -> None:
    for text in ("one", "two"):
        writes(text, subject=text, sender=f"{text}@else.test")
    both = [sit(anna), sit(ilya)]

    for hands in both:
        hands.press("Shift+N")
    for hands in both:
        hands.page.wait_for_url("**/tickets/**")

    assert set(Ticket.objects.values_list("owner", flat=True)) == {anna.pk, ilya.pk}


def test_FLOW_3_handed_over_with_a_brief(sit: Sit, anna: User, line_two: Team, ticket: Ticket) -> None:
    hands = sit(anna)

    hands.press("L")
    tried = hands.page.locator("#b-tried")
    expect(tried).to_be_focused()
    hands.write("Перезагрузили роутер")
    hands.press("Control+Enter")
    expect(hands.page.locator("#e-expected")).to_be_visible()  # the brief is required
    assert Ticket.objects.get().team != line_two

    expect(hands.page.locator("#b-expected")).to_be_focused()
    hands.write("Посмотреть маршрут")
    hands.press("Control+Enter")

    hands.page.wait_for_selector("dialog[open]", state="detached")
    passed = Ticket.objects.get()
    assert (passed.team, passed.owner) == (line_two, None)
    assert hands.presses <= 4


def test_FLOW_4_returned_with_a_reason(
    sit: Sit, anna: User, vera: User, line_two: Team, ticket: Ticket, run_jobs: Any
) -> None:
    ticket.take(by=anna)
    ticket.hand_over(line_two, Brief.of("Нет звука", "", "Посмотреть маршрут"), by=anna)
    hands = sit(vera)

    hands.press("Enter")
    hands.page.wait_for_selector("#passed .brief")
    hands.press("Shift+L")
    expect(hands.page.locator("#return-reason")).to_be_focused()
    hands.write("Не указан филиал")
    hands.press("Control+Enter")

    hands.page.wait_for_selector("dialog[open]", state="detached")
    ticket.refresh_from_db()
    reason = ticket.handovers.values_list("return_reason", flat=True).get()
    assert (ticket.team, ticket.owner, reason) == (anna.teams.get(), anna, "Не указан филиал")
    assert hands.presses <= 3
    run_jobs()
    assert Notice.objects.filter(person=anna, about_id=ticket.pk).exists(), "the author is told"


def test_FLOW_5_the_promised_day_is_in_the_text_and_on_record(sit: Sit, anna: User, ticket: Ticket) -> None:
    hands = sit(anna)

    hands.press("R")
    expect(hands.page.locator("#reply-text")).to_be_focused()
    hands.write("Вернусь с ответом послезавтра до 17:00.")
    expect(hands.page.locator("[data-offered] input")).to_be_checked()
    hands.press("Control+Enter")

    sent(hands.page)
    day = timezone.localtime(clock.now()) + timedelta(days=2)
    promise = ticket.promises.get()
    assert timezone.localtime(promise.until) == day.replace(hour=17, minute=0, second=0, microsecond=0)
    assert "послезавтра до 17:00" in answer().new_text
    assert hands.presses <= 3


def test_FLOW_6_refused_with_reason_explanation_and_a_way_round(sit: Sit, anna: User, ticket: Ticket) -> None:
    hands = sit(anna)
    page = hands.page

    hands.press("Shift+R")
    expect(page.locator("#reply-text")).to_be_focused()
    hands.write("Здравствуйте!")
    hands.press("Control+Enter")
    expect(page.locator("#reason")).to_be_focused()
    assert not Message.objects.filter(direction="out", automatic="").exists(), "no refusal without its fields"

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    hands.write("Роутер обслуживает ваш провайдер.")
    page.keyboard.press("Tab")
    hands.write("Созвонимся втроём")
    hands.press("Control+Enter")

    sent(page)
    refusal = ticket.refusals.get()
    assert (refusal.explanation, refusal.alternatives) == ("Роутер обслуживает ваш провайдер.", ["Созвонимся втроём"])
    assert hands.presses <= 3


def test_FLOW_7_a_duplicate_is_merged_both_drafts_stay_and_it_is_taken_back(
    sit: Sit, anna: User, ilya: User, pavel: Contact, writes: Write, wait_until: Any
) -> None:
    older, newer = writes("Пропал звук.", subject="Нет звука"), writes("Звука всё нет.", subject="Опять нет звука")
    Ticket.objects.get(pk=older.pk).keep_draft("Проверяю", by=ilya, mode="reply", form={})
    Ticket.objects.get(pk=newer.pk).keep_draft("Смотрю журнал", by=ilya, mode="reply", form={})
    hands = sit(anna)

    hands.press("J")
    hands.press("Enter")
    hands.page.wait_for_url(f"**/tickets/{newer.number}/**")
    hands.page.wait_for_selector("#reply-text")
    hands.press("M")
    expect(hands.page.locator("dialog[open]")).to_contain_text("Нет звука")
    hands.press("Enter")

    hands.page.wait_for_url(f"**/tickets/{older.number}/**")
    assert hands.presses - 1 <= 3, "the way to the second row is not counted"
    kept = " ".join(Draft.objects.filter(author=ilya).values_list("text", flat=True))
    assert "Проверяю" in kept and "Смотрю журнал" in kept
    hands.press("Z")
    hands.page.wait_for_url(f"**/tickets/{newer.number}/**")
    wait_until(lambda: Ticket.objects.open().count() == 2)


def test_after_a_step_along_the_list_keys_mean_the_request_that_is_open(
    sit: Sit, anna: User, pavel: Contact, writes: Write
) -> None:
    first, second = writes("Первое", subject="Первое"), writes("Второе", subject="Второе")
    hands = sit(anna)
    hands.press("Enter")
    hands.page.wait_for_selector(f"#composer[data-number='{first.number}']")
    hands.press("]")
    hands.page.wait_for_selector(f"#composer[data-number='{second.number}']")

    hands.press("R")

    expect(hands.page.locator(f"#composer[data-number='{second.number}'] #reply-text")).to_be_focused()
    assert f"/tickets/{second.number}/" in hands.page.url
