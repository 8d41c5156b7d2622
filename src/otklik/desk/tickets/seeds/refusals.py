"""Boundaries: a refusal that waits for the lead, a client who was warned and one whose talk was stopped."""

from datetime import datetime, timedelta

from otklik.core.journal import clock
from otklik.desk.tickets.models import Habits
from otklik.desk.tickets.seeds import people
from otklik.desk.tickets.seeds.telling import answers, asks, colleague, reads, writes
from otklik.desk.tickets.steps import Refuse, Wait


def ask_to_refuse(now: datetime) -> None:
    """The line lets no refusal by the contract out unseen; Ilya has written one this morning."""
    ticket = asks(
        people.VERSTA,
        "Верните деньги за дни простоя",
        "Два дня на прошлой неделе не работала переадресация. Просим вернуть абонентскую плату за месяц.",
        now - timedelta(hours=1, minutes=40),
    )
    habits = Habits.objects.of_line(ticket.team_id)
    habits.approved_reasons = ["rules", "law"]
    habits.save()
    with clock.at(now - timedelta(minutes=35)):
        ticket.ask_to_refuse(
            "Вадим Олегович, здравствуйте!",
            by=colleague("ilya"),
            step=Refuse(
                "rules",
                "По договору плата возвращается за время простоя, то есть за два дня. За остальной месяц связь была.",
                ["Вернём плату за два дня в следующем счёте", "Бесплатно подключим резервный номер"],
                consulted=True,
            ),
        )
    reads(ticket, "ilya")


def stop_the_talk(now: datetime) -> None:
    """Warned on Tuesday, today it went on: Timur has stopped, the lead has to look at it."""
    ticket = asks(
        people.KLIMOV,
        "Опять ничего не работает",
        "Третий раз пишу. Вы там все бездельники, чините немедленно.",
        now - timedelta(days=3),
    )
    with clock.at(now - timedelta(days=3) + timedelta(minutes=20)):
        first = ticket.conversation.messages.filter(direction="in").latest("id")
        ticket.report_abuse("Оскорбляет дежурных", by=colleague("timur"), message=first)
    answers(
        ticket,
        "timur",
        "Сергей, здравствуйте! Проверили линию: обрыв у провайдера на вашей улице, чинят до вечера.",
        Wait(now + timedelta(days=2)),
        now - timedelta(days=2, hours=20),
    )
    writes(ticket, "Опять отговорки. Найду, где вы сидите, и поговорим по-другому.", now - timedelta(minutes=50))
    with clock.at(now - timedelta(minutes=45)):
        last = ticket.conversation.messages.filter(direction="in").latest("id")
        ticket.report_abuse("Угрожает приехать", by=colleague("timur"), message=last, stop=True)
