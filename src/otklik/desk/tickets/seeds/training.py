"""Darya is new: Marina reads her answers first, and one of this morning waits for that."""

from datetime import datetime, timedelta

from otklik.core.journal import clock
from otklik.desk.channels import outbox
from otklik.desk.tickets.models import Traineeship
from otklik.desk.tickets.seeds import people
from otklik.desk.tickets.seeds.telling import asks, colleague, reads
from otklik.desk.tickets.steps import Resolve

BEGAN = timedelta(hours=20)
WITHIN = 240
"""Minutes: whoever opens the demo in the afternoon still finds it in time."""


def hand_in(now: datetime) -> None:
    """The last story: from its beginning nothing of hers leaves by itself."""
    ticket = asks(
        people.LUNA,
        "Как поставить своё приветствие на ночь?",
        "Добрый день! Ночью у нас дежурит один человек. Хотим, чтобы после одиннадцати звучало другое приветствие и "
        "звонок шёл сразу на мобильный.",
        now - timedelta(minutes=75),
    )
    darya = colleague("darya")
    with clock.at(now - BEGAN):
        Traineeship.objects.begin(darya, colleague("marina"), by=colleague("olga"), in_a_row=10, within=WITHIN)
    with clock.at(now - timedelta(minutes=52)):
        ticket.hand_in(
            "Марк, здравствуйте! В кабинете откройте «Расписание», добавьте часы с 23:00 до 7:00, выберите своё "
            "приветствие и укажите мобильный дежурного. Оно заработает со следующей ночи.",
            by=darya,
            then=Resolve("расписание с ночным приветствием"),
        )
        outbox.send_due()
    reads(ticket, "darya")
