"""Dates, silence and second thoughts of the demo: a promise missed, one moved, a client reminded, one not satisfied."""

from datetime import datetime, timedelta

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.tickets.seeds import people
from otklik.desk.tickets.seeds.telling import answers, asks
from otklik.desk.tickets.steps import PromiseDate, PutAside, Resolve, Wait


def missed(now: datetime) -> None:
    """The promise of an hour ago: the lead sees it, the page offers the letter."""
    ticket = asks(
        people.VERSTA, "Не приходят отчёты о звонках", "Вторую неделю нет ежедневного отчёта.", now - timedelta(days=1)
    )
    answers(
        ticket,
        "darya",
        "Вадим Олегович, здравствуйте! Вижу, что рассылка остановилась. Разберусь и напишу.",
        PromiseDate(now - timedelta(hours=1), "найти, почему не уходит отчёт"),
        now - timedelta(hours=23),
    )
    with clock.at(now - timedelta(minutes=59)):
        ticket.mind_promise()


def moved(now: datetime) -> None:
    """A later date with its reason; the client has not said yet whether it suits."""
    ticket = asks(
        people.NORD, "Запись разговоров с мобильных", "Нужна запись звонков с мобильных.", now - timedelta(days=2)
    )
    answers(
        ticket,
        "timur",
        "Никита, здравствуйте! Уточню у оператора и отвечу.",
        PromiseDate(now + timedelta(hours=2), "узнать про запись у оператора"),
        now - timedelta(days=1, hours=22),
    )
    answers(
        ticket,
        "timur",
        "Никита, оператор отвечает дольше обычного. Переношу срок, чтобы назвать его наверняка.",
        PromiseDate(now + timedelta(days=2), "узнать про запись у оператора", "оператор отвечает три дня"),
        now - timedelta(hours=3),
    )


def reminded(now: datetime) -> None:
    """Silent since the question: the line has reminded once."""
    ticket = asks(people.MELNIK, "Музыка на ожидании", "Хочу свою мелодию на ожидание.", now - timedelta(days=3))
    answers(
        ticket,
        "marina",
        "Ольга, здравствуйте! Пришлите, пожалуйста, файл мелодии.",
        Wait(now - timedelta(hours=20)),
        now - timedelta(days=2, hours=23),
    )
    with clock.at(now - timedelta(hours=20)):
        ticket.wake()
        outbox.send_due()


def not_solved(now: datetime) -> None:
    """Solved yesterday, not solved by one click just now."""
    ticket = asks(people.ZERNO, "Сбрасывается переадресация", "Каждое утро слетает.", now - timedelta(hours=27))
    answers(
        ticket,
        "marina",
        "Ксения, здравствуйте! Сбросила настройку и включила заново.",
        Resolve("Переадресацию включили заново"),
        now - timedelta(hours=26),
    )
    with clock.at(now - timedelta(minutes=12)):
        ticket.not_solved()


def third_party(now: datetime) -> None:
    """The operator has the next move; two of ours press it together, and the client hears how it goes."""
    ticket = asks(
        people.SHKOLA, "Не проходят звонки на городские номера", "С утра сбрасывает.", now - timedelta(hours=5)
    )
    answers(
        ticket,
        "timur",
        "Татьяна, здравствуйте! Звонки теряет оператор. Передали ему примеры, проверяем завтра и пишем вам раньше.",
        PutAside(now + timedelta(days=1), "спросить у оператора, что с маршрутом", agreed=True, whom="«Магистраль»"),
        now - timedelta(hours=4),
    )
    with clock.at(now - timedelta(hours=3)):
        ticket.invite(User.objects.get(login="ilya"), by=User.objects.get(login="timur"), shown=True)


STORIES = (missed, moved, reminded, not_solved, third_party)
