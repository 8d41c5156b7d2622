"""Visits of the demo: one that the client was told of, one of today that has just begun, one that ended well."""

from datetime import datetime, timedelta

from django.utils import timezone

from otklik.core.journal import clock
from otklik.desk.channels import outbox
from otklik.desk.tickets.models import Ticket, Visit
from otklik.desk.tickets.seeds import people
from otklik.desk.tickets.seeds.telling import asks, colleague
from otklik.desk.tickets.visit_plan import VisitPlan

HOUR = timedelta(hours=1)


def ahead(now: datetime) -> None:
    """Tomorrow, told to the client, who has not said yet whether the time suits."""
    ticket = asks(people.VELO, "Хрипит телефон в прокате", "Трубка хрипит, пробовали другой кабель.", now - 4 * HOUR)
    day = timezone.localtime(now + timedelta(days=1)).replace(hour=11, minute=0, second=0, microsecond=0)
    plan = VisitPlan(
        "Санкт-Петербург, наб. Фонтанки, 90, прокат во дворе",
        day,
        day + 2 * HOUR,
        [colleague("ilya")],
        map_link="https://www.openstreetmap.org/?mlat=59.9275&mlon=30.3300",
        route="Вход со двора, звонить на охрану. Машину ставить на Гороховой.",
        bring="Телефон на замену, обжимка, 20 м кабеля",
    )
    with clock.at(now - 3 * HOUR):
        _told(ticket, plan, "ilya")


def begun(now: datetime) -> None:
    """On the way just now."""
    ticket = asks(people.SADY, "Поставить базу для трубок", "Купили трубки, нужна установка.", now - 31 * HOUR)
    starts = now + 0.5 * HOUR
    plan = VisitPlan("Пушкин, Садовая, 7, теплица 2", starts, starts + 2 * HOUR, [colleague("ilya")], bring="База DECT")
    with clock.at(now - 30 * HOUR):
        visit = _told(ticket, plan, "ilya")
    with clock.at(now - 20 * HOUR):
        ticket.answer_visit(visit.pk, agreed=True)
    with clock.at(now - 0.2 * HOUR):
        ticket.step_visit(visit, Visit.State.COMING, by=colleague("ilya"))


def _told(ticket: Ticket, plan: VisitPlan, login: str) -> Visit:
    visit = ticket.plan_visit(plan, by=colleague(login))
    ticket.tell_visit(visit, by=colleague(login))
    outbox.send_due()
    return visit


STORIES = (ahead, begun)
