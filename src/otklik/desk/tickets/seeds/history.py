"""Eight weeks of the demo company: ordinary matters that ended, so that figures have something to say."""

import random
from datetime import datetime, timedelta

from otklik.core.journal import clock
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.seeds import telling
from otklik.desk.tickets.seeds.matters import MATTERS, Matter
from otklik.desk.tickets.seeds.people import CLIENTS
from otklik.desk.tickets.steps import PromiseDate, Refuse, Resolve, Wait

WEEKS, A_WEEK = 8, 11
AGENTS = {1: ("marina", "darya", "ilya"), 2: ("ilya", "timur")}


def tell_history() -> None:
    """The same story for everybody: the dice are loaded."""
    dice, now = random.Random(20261), clock.now()  # noqa: S311 - a demo, not a secret
    for week in range(WEEKS, 0, -1):
        for _ in range(A_WEEK):
            back = timedelta(days=7 * week) - timedelta(days=dice.randrange(6), hours=dice.randrange(8, 20))
            start = (now - back).replace(minute=dice.randrange(60))
            _matter(dice, dice.choice(MATTERS), start, week)


def _matter(dice: random.Random, matter: Matter, start: datetime, week: int) -> None:
    """One matter from first word to last; answers grew quicker over the weeks."""
    ticket = telling.asks(dice.choice(CLIENTS), matter.subject, matter.question, start, channel=matter.channel)
    agent = dice.choice(AGENTS[1 if matter.channel.startswith("support") else 2])
    pace = 4 + 5 * week
    moment = start + timedelta(minutes=dice.randint(3, pace) + dice.choice((0, 0, 0, 20)))
    _sorted(ticket, agent, matter, moment)
    if matter.reason:
        step = Refuse(matter.reason, matter.answer, list(matter.offers), consulted=matter.reason != "outside")
        telling.answers(ticket, agent, "Здравствуйте! Отвечу прямо.", step, moment)
        return
    if dice.random() < 0.45:
        moment = _in_two_steps(dice, ticket, agent, matter, moment)
    telling.answers(ticket, agent, f"Здравствуйте! {matter.answer}", Resolve(matter.subject), moment)
    if dice.random() < 0.06:
        again = moment + timedelta(hours=dice.randint(2, 20))
        telling.writes(ticket, "Попробовали ещё раз, всё повторилось. Посмотрите, пожалуйста.", again)
        later = again + timedelta(minutes=dice.randint(10, 50))
        telling.answers(
            ticket,
            agent,
            "Нашли вторую причину и устранили её. Теперь должно работать; если нет, сразу напишите.",
            Resolve(),
            later,
        )


def _sorted(ticket: Ticket, agent: str, matter: Matter, at: datetime) -> None:
    """What it was about; where the cause was is asked for before a matter of telephony is solved."""
    telling.sorts(ticket, agent, at, matter.topic)
    for field in ticket.unfilled():
        cause = field.options[ticket.pk % len(field.options)]
        telling.sorts(ticket, agent, at, details={field.name: cause})


def _in_two_steps(dice: random.Random, ticket: Ticket, agent: str, matter: Matter, moment: datetime) -> datetime:
    """First a date or a question, later the answer; returns the moment of the answer."""
    if dice.random() < 0.5:
        until = moment + timedelta(hours=dice.randint(2, 9))
        text = "Здравствуйте! Проверим и вернёмся с ответом."
        telling.answers(ticket, agent, text, PromiseDate(until, "проверить и ответить"), moment)
        lateness = dice.choice((-60, -45, -30, -20, -10, 25))
        return until + timedelta(minutes=lateness)
    text = f"Здравствуйте! {matter.ask_back}"
    telling.answers(ticket, agent, text, Wait(moment + timedelta(days=2)), moment)
    replied = moment + timedelta(minutes=dice.randint(8, 300))
    telling.writes(ticket, matter.told, replied)
    return replied + timedelta(minutes=dice.randint(4, 40))
