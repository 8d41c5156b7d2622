"""Pages of answers that wait for a curator: handed in, read, edited in place, released, returned, learnt from."""

from datetime import timedelta

import pytest
from django.test import Client

from otklik.core.journal import clock
from otklik.core.staff.models import Absence, Role, Team, User
from otklik.desk.clients.models import RestrictedAs
from otklik.desk.clients.sight import looks_at
from otklik.desk.conversations.models import Attachment
from otklik.desk.tickets.learning import ENOUGH, learnt
from otklik.desk.tickets.models import HeldAnswer, Ticket, Traineeship
from otklik.desk.tickets.steps import Resolve, Wait
from otklik.front.workspace import menu, replying
from otklik.front.workspace.acts.choice import Choice
from tests.fixtures.cast import Paper, Write, person

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
TEXT = "Здравствуйте, Павел! Порт перезагрузили."
FORM = {"text": TEXT, "next": "resolve", "summary": "порт", "sure": "1", "key": "k"}


@pytest.fixture
def training(anna: User, ilya: User, boris: User) -> Traineeship:
    return Traineeship.objects.begin(anna, ilya, by=boris)


def hand_in(ticket: Ticket, by: User) -> HeldAnswer:
    held = ticket.hand_in(TEXT, by=by, then=Resolve("порт"))
    assert isinstance(held, HeldAnswer)
    menu.forget()
    return held


def page(client: Client, user: User, address: str, code: int = 200) -> str:
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == code, address
    return answer.content.decode()


def test_the_composer_hands_in_and_the_request_says_who_reads(
    client: Client, ticket: Ticket, anna: User, ilya: User, training: Traineeship, paper: Paper
) -> None:
    letters, address = len(paper.letters), f"/tickets/{ticket.pk}/"
    before = page(client, anna, address)
    assert "До отправки ваш ответ читает куратор, это Илья Соколов" in before and "n-later" not in before

    answer = client.post(f"{address}reply/", FORM, headers=HTMX)

    assert answer.status_code == 200 and "composer:sent" in answer["HX-Trigger"]
    held = HeldAnswer.objects.get()
    assert (held.text, held.to, len(paper.letters)) == (TEXT, ["pavel@volga.test"], letters)
    menu.forget()
    after = page(client, anna, address)
    assert "ждёт выпуска: куратор Илья Соколов" in after and "Отозвать" in after and "Прочесть и выпустить" not in after
    assert "Ответ выпускает куратор" in after and "пишет ответ, который сначала читает куратор" in after
    assert "Прочесть и выпустить" in page(client, ilya, address)
    assert "До отправки ваш ответ" not in page(client, ilya, address)


def test_the_curator_edits_in_place_and_releases(
    client: Client, ticket: Ticket, anna: User, ilya: User, training: Traineeship, paper: Paper
) -> None:
    held = hand_in(ticket, anna)
    assert f"/releases/{held.pk}/" in page(client, ilya, "/releases/")
    shown = page(client, ilya, f"/releases/{held.pk}/")
    assert TEXT in shown and "Не работает звонок" in shown and "обращение решено" in shown
    form = {"text": TEXT.replace("Порт", "Ваш порт"), "words": "Ближе к клиенту", "seen": ticket.last_message_id}

    done = client.post(f"/releases/{held.pk}/", form, follow=True).content.decode()

    assert "Выпущено" in done and "Ответов, которые ждут вас, нет" in done
    assert "Ваш порт перезагрузили" in paper.letters[-1].text and Ticket.objects.get(pk=ticket.pk).status == "resolved"
    told = page(client, anna, f"/releases/{held.pk}/")
    assert "<ins> Ваш порт</ins>" in told and "<del> Порт</del>" in told and "Ближе к клиенту" in told
    again = client.get("/notices/").content.decode()
    assert "с правками" in again
    client.force_login(ilya)
    assert client.post(f"/releases/{held.pk}/", form).status_code == 409


def test_a_date_of_the_next_step_is_moved_in_place(
    client: Client, ticket: Ticket, anna: User, ilya: User, training: Traineeship
) -> None:
    held = ticket.hand_in(TEXT, by=anna, then=Wait(clock.now() + timedelta(days=1)))
    assert isinstance(held, HeldAnswer)
    client.force_login(ilya)
    wrong = client.post(f"/releases/{held.pk}/", {"text": TEXT, "until": "2020-01-01T10:00"})
    assert wrong.status_code == 422 and "e-until" in wrong.content.decode()
    day = clock.house_today() + timedelta(days=3)
    assert client.post(f"/releases/{held.pk}/", {"text": TEXT, "until": f"{day}T10:00"}).status_code == 302
    held.refresh_from_db()
    assert held.step_changed and held.changed == 0 and not held.is_unchanged


def test_what_is_missing_is_said_in_place(
    client: Client, ticket: Ticket, anna: User, ilya: User, training: Traineeship, paper: Paper
) -> None:
    held, letters = hand_in(ticket, anna), len(paper.letters)
    client.force_login(ilya)
    empty = client.post(f"/releases/{held.pk}/", {"text": " ", "words": "слово"})
    assert empty.status_code == 422 and 'aria-describedby="e-text"' in empty.content.decode()
    silent = client.post(f"/releases/{held.pk}/return/", {"text": "Правка", "words": " "})
    assert silent.status_code == 422 and "Правка</textarea>" in silent.content.decode()
    assert len(paper.letters) == letters and HeldAnswer.objects.get().is_waiting
    assert client.post(f"/releases/{held.pk}/return/", {"words": "Спросите порт"}).status_code == 302
    assert "Спросите порт" in page(client, anna, f"/releases/{held.pk}/")


def test_news_of_the_client_stop_the_release_and_are_shown(
    client: Client, ticket: Ticket, anna: User, ilya: User, training: Traineeship, writes: Write
) -> None:
    held, seen = hand_in(ticket, anna), ticket.last_message_id
    writes("Уже <b>заработало</b>", token=ticket.conversation.token)
    client.force_login(ilya)
    stopped = client.post(f"/releases/{held.pk}/", {"text": "Моя правка", "seen": seen})
    told = stopped.content.decode()
    assert stopped.status_code == 409 and "Моя правка</textarea>" in told and 'id="stale"' in told
    assert "<b>заработало</b>" not in told, "words of a client are never markup"
    newest = Ticket.objects.get(pk=ticket.pk).last_message_id
    assert f'name="seen" value="{newest}"' in told
    assert client.post(f"/releases/{held.pk}/", {"text": "Моя правка", "seen": newest}).status_code == 302


def test_strangers_do_not_know_of_it(
    client: Client, ticket: Ticket, anna: User, vera: User, quality: User, training: Traineeship
) -> None:
    held = hand_in(ticket, anna)
    for user in (vera, quality):
        page(client, user, f"/releases/{held.pk}/", 404)
        page(client, user, f"/releases/people/{training.pk}/", 404)
        assert client.post(f"/releases/{held.pk}/", {"text": "x"}).status_code == 404
        assert "Ответы на выпуск</" not in page(client, user, "/notices/")
    client.force_login(anna)
    assert client.post(f"/releases/{held.pk}/", {"text": "x"}).status_code == 404, "never one's own"
    assert client.post(f"/tickets/{ticket.pk}/release/withdraw/", headers=HTMX).status_code == 204
    assert HeldAnswer.objects.get().why == "withdrawn"


def test_an_answer_to_many_leaves_everybody_out(
    ticket: Ticket, anna: User, training: Traineeship, paper: Paper
) -> None:
    letters, until = len(paper.letters), (clock.now() + timedelta(days=2)).isoformat()
    told = replying.told_of(TEXT, Choice(next="wait", until=until))
    outcome = replying.answer([ticket], told, by=anna)
    assert not outcome.done and len(paper.letters) == letters
    assert any("Илья Соколов" in why for why in outcome.refused), outcome.refused


def test_the_menu_counts_what_waits(
    client: Client, ticket: Ticket, anna: User, ilya: User, boris: User, training: Traineeship
) -> None:
    hand_in(ticket, anna)
    counted = {user.login: menu._own("releases", user) for user in (anna, ilya, boris)}
    assert [counted[name] and counted[name].number for name in ("anna", "ilya", "boris")] == [None, 1, None]  # type: ignore[union-attr]
    HeldAnswer.objects.update(passed_at=clock.now(), until=clock.now())
    menu.forget()
    late = menu._own("releases", boris)
    assert late and (late.number, late.state) == (1, "breach")
    assert menu.knows_training(boris) and menu.curator_of(anna) == "Илья Соколов" and not menu.curator_of(ilya)


def test_the_menu_counts_for_whoever_stands_in_for_who_stands_in(
    client: Client, ticket: Ticket, anna: User, ilya: User, boris: User, line_one: Team, training: Traineeship
) -> None:
    """The curator is away, and so is who stands in: the next one is asked, and the menu says so as the list does."""
    rita, timur = (person(login, login.title(), Role.AGENT, line_one) for login in ("rita", "timur"))
    hand_in(ticket, anna)
    now = clock.now()
    Absence.objects.declare(ilya, by=boris, until=now + timedelta(days=5), deputy=rita)
    Absence.objects.declare(rita, by=boris, until=now + timedelta(days=5), deputy=timur)
    menu.forget()
    for user, number in ((timur, 1), (rita, 0)):
        counted = menu._own("releases", user)
        assert (counted.number if counted else 0) == number == HeldAnswer.objects.owed_by(user).count()
    assert "Ждут вас" in page(client, timur, "/releases/")


def test_files_of_an_answer_that_waits_are_opened_by_who_may_read_it(
    client: Client, ticket: Ticket, anna: User, ilya: User, boris: User, line_one: Team, training: Traineeship
) -> None:
    file = Attachment.objects.make(ticket.conversation, "схема.txt", "text/plain", "порт".encode(), anna)
    other = Attachment.objects.make(ticket.conversation, "черновик.txt", "text/plain", b"x", anna)
    held = ticket.hand_in(TEXT, by=anna, then=Resolve("порт"), files=[file])
    assert isinstance(held, HeldAnswer)
    colleague = person("rita", "Рита Юн", Role.AGENT, line_one)
    for user in (anna, ilya, boris):
        assert f"/files/{file.key}/" in page(client, user, f"/releases/{held.pk}/")
        answer = client.get(f"/files/{file.key}/")
        assert answer.status_code == 200 and b"".join(answer.streaming_content).decode() == "порт"  # type: ignore[attr-defined]
    for user, one in ((colleague, file), (ilya, other), (boris, other)):
        page(client, user, f"/files/{one.key}/", 404)
    ticket.withdraw_answer(by=anna)
    page(client, ilya, f"/files/{file.key}/", 404)
    client.force_login(anna)
    assert client.get(f"/files/{file.key}/").status_code == 200, "it is a draft of theirs again"


def test_little_is_told_of_few_and_shares_of_enough(
    client: Client, writes: Write, anna: User, ilya: User, training: Traineeship
) -> None:
    for number in range(ENOUGH):
        assert learnt(training).typical is None
        ticket = writes("Не звонит", subject=f"Дело {number}", sender=f"c{number}@volga.test")
        held = hand_in(ticket, anna)
        text = None if number < 3 else f"{TEXT} Всё."
        Ticket.objects.get(pk=ticket.pk).release_answer(held.pk, by=ilya, text=text)
        if number == 0:
            assert "мало данных" in page(client, anna, f"/releases/people/{training.pk}/")
    told = learnt(training)
    assert (told.released, told.unchanged, told.typical, told.row) == (ENOUGH, 3, 0.0, 0)
    for user in (anna, ilya):
        shown = page(client, user, f"/releases/people/{training.pk}/")
        assert "мало данных" not in shown and "<ins> Всё.</ins>" in shown and "60" in shown


def test_a_list_costs_the_same_for_many(
    client: Client, writes: Write, anna: User, ilya: User, training: Traineeship, django_assert_max_num_queries
) -> None:
    for number in range(6):
        hand_in(writes("Не звонит", subject=f"Дело {number}", sender=f"c{number}@volga.test"), anna)
    page(client, ilya, "/releases/")
    with django_assert_max_num_queries(20):
        assert client.get("/releases/").content.decode().count("/releases/") >= 6
    with django_assert_max_num_queries(20):
        client.get(f"/releases/people/{training.pk}/")


def test_who_sees_the_request_no_more_reads_no_words_of_the_client(
    client: Client, ticket: Ticket, anna: User, ilya: User, boris: User, line_two: Team, training: Traineeship
) -> None:
    held = hand_in(ticket, anna)
    Ticket.objects.filter(pk=ticket.pk).update(team=line_two, owner=None)
    own = page(client, anna, f"/releases/{held.pk}/")
    assert TEXT in own and "Не работает звонок" not in own and ticket.contact_name not in own
    assert ticket.contact_name not in page(client, anna, "/releases/")
    page(client, ilya, f"/releases/{held.pk}/", 404)
    page(client, boris, f"/releases/{held.pk}/", 404)


def test_what_was_learnt_shows_texts_of_seen_requests_alone(
    client: Client, ticket: Ticket, anna: User, ilya: User, line_two: Team, training: Traineeship
) -> None:
    held = hand_in(ticket, anna)
    Ticket.objects.get(pk=ticket.pk).release_answer(held.pk, by=ilya, words="Так и надо")
    address = f"/releases/people/{training.pk}/"
    assert TEXT in page(client, ilya, address)
    Ticket.objects.filter(pk=ticket.pk).update(team=line_two, owner=None)
    shown = page(client, ilya, address)
    assert TEXT not in shown and "Так и надо" not in shown and "тексты не показаны" in shown
    assert TEXT in page(client, anna, address), "her own words"
    assert page(client, ilya, f"/releases/{held.pk}/", 404)


def test_a_look_at_a_restricted_card_is_written_down(
    client: Client, ticket: Ticket, anna: User, ilya: User, training: Traineeship
) -> None:
    held = hand_in(ticket, anna)
    ticket.contact.restricted_as = RestrictedAs.VIP
    ticket.contact.save()
    page(client, ilya, f"/releases/{held.pk}/")
    assert ilya in {look.actor for look in looks_at(ticket.contact)}


def test_all_that_was_written_since_is_marked(
    client: Client, ticket: Ticket, anna: User, ilya: User, training: Traineeship, writes: Write
) -> None:
    held = hand_in(ticket, anna)
    mark = "Написано после того, как ответ передан на выпуск"
    assert mark not in page(client, ilya, f"/releases/{held.pk}/")
    for number in range(5):
        writes(f"Дополнение {number}", token=ticket.conversation.token)
    shown = page(client, ilya, f"/releases/{held.pk}/")
    places = [shown.index(words) for words in ("Не работает звонок", mark, *(f"Дополнение {n}" for n in range(5)))]
    assert places == sorted(places) and shown.count(mark) == 1


def test_a_file_is_left_out_by_its_tick(
    client: Client, ticket: Ticket, anna: User, ilya: User, training: Traineeship
) -> None:
    one, two = (
        Attachment.objects.make(ticket.conversation, name, "text/plain", b"...", anna) for name in ("a.txt", "b.txt")
    )
    held = ticket.hand_in(TEXT, by=anna, then=Resolve("порт"), files=[one, two])
    assert isinstance(held, HeldAnswer)
    assert page(client, ilya, f"/releases/{held.pk}/").count('name="files"') == 2
    form = {"text": TEXT, "files_asked": "1", "files": str(two.key), "until": ""}
    again = client.post(f"/releases/{held.pk}/", {**form, "text": " "}).content.decode()
    assert f'value="{two.key}" checked' in again and f'value="{one.key}" checked' not in again
    assert client.post(f"/releases/{held.pk}/", form).status_code == 302
    held.refresh_from_db()
    assert held.message and list(held.message.attachments.all()) == [two]
