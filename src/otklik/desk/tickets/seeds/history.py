"""Eight weeks of the demo company: ordinary matters that ended, so that figures have something to say.

They come as they come to any office: most on Mondays, few on Sundays, with a peak in the morning and a smaller one
after lunch; whoever writes in the evening is answered in the morning, and a chat is answered sooner than a letter.
"""

import random
from datetime import datetime, time, timedelta

from django.utils import timezone

from otklik.core.journal import clock
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.seeds import chats, telling
from otklik.desk.tickets.seeds.matters import MATTERS, Matter
from otklik.desk.tickets.seeds.people import CLIENTS, SMALL
from otklik.desk.tickets.steps import PromiseDate, Refuse, Resolve, Wait

WEEKS, A_WEEK, CHATS = 8, 52, 10
"""Letters and chats of a week: a usual Monday brings nearly as many as the queue of today, so that what is expected
of a day fits the day."""
COMPANIES = 0.4
"""Of letters; the others come from people with one number."""
AGENTS = {1: ("marina", "darya", "ilya"), 2: ("ilya", "timur")}
BY_WEEKDAY = (24, 20, 19, 18, 15, 3, 1)
BY_HOUR = {8: 3, 9: 9, 10: 14, 11: 12, 12: 7, 13: 6, 14: 9, 15: 8, 16: 6, 17: 4, 18: 2, 19: 2}
SURGE = 18
BROKEN_OFF = Matter(
    "Звонки обрываются на первой минуте",
    "Добрый день! С утра разговоры рвутся через минуту, клиенты перезванивают по три раза.",
    "Один из узлов после ремонта вернулся со старой настройкой. Настройку исправили, звонки проходят.",
    topic="Звонки не проходят",
)
LATEST = timedelta(hours=40)
"""A matter may take so long; what would begin later is not over yet."""


def tell_history() -> None:
    """The same story for everybody: the dice are loaded."""
    dice, now = random.Random(20261), timezone.localtime(clock.now())  # noqa: S311 - a demo, not a secret
    for week in range(WEEKS, 0, -1):
        for _ in range(A_WEEK):
            _matter(dice, dice.choice(MATTERS), _some_moment(dice, now, week), week, now)
        for place in range(CHATS):
            _chat(dice, now, week, week * CHATS + place)
    _surge(dice, now)


def _surge(dice: random.Random, now: datetime) -> None:
    """The incident of the last week: one after another asks why calls break off, and hears of it when it is over."""
    began = now - timedelta(days=6, hours=3)
    over = began + timedelta(minutes=80)
    for person in dice.sample((*CLIENTS, *SMALL), SURGE):
        at = began + timedelta(minutes=dice.randint(15, 60))
        ticket = telling.asks(person, BROKEN_OFF.subject, BROKEN_OFF.question, at)
        agent, soon, later = dice.choice(AGENTS[1]), at + timedelta(minutes=dice.randint(5, 18)), over
        _sorted(ticket, agent, BROKEN_OFF, soon)
        said = "Здравствуйте! Видим эту аварию и чиним. Напишем, как только звонки пойдут."
        telling.answers(ticket, agent, said, PromiseDate(over + timedelta(hours=1), "написать, что починили"), soon)
        later += timedelta(minutes=dice.randint(3, 40))
        telling.answers(ticket, agent, BROKEN_OFF.answer, Resolve(BROKEN_OFF.subject), later)


def _some_moment(dice: random.Random, now: datetime, week: int) -> datetime:
    """Within seven days that ended so many weeks ago, the last of them two days before now."""
    days = [now.date() - timedelta(days=7 * week + 1 - later) for later in range(7)]
    day = dice.choices(days, [BY_WEEKDAY[day.weekday()] for day in days])[0]
    (hour,) = dice.choices(list(BY_HOUR), list(BY_HOUR.values()))
    return datetime.combine(day, time(hour, dice.randrange(60)), now.tzinfo)


def _at_work(dice: random.Random, ticket: Ticket, moment: datetime, now: datetime) -> datetime:
    """This moment, or soon after the line opens again; what would be too late is done at once."""
    opens = ticket.team.calendar.working_time().next_opening(moment)
    if opens <= moment or opens + LATEST > now:
        return moment
    return opens + timedelta(minutes=dice.randint(3, 40))


def _chat(dice: random.Random, now: datetime, week: int, number: int) -> None:
    """A question on the way, answered within minutes; not in a house without such a channel."""
    matter = dice.choice([one for one in MATTERS if not one.reason and one.channel.startswith("support")])
    start = _some_moment(dice, now, week).replace(hour=dice.choice((10, 10, 11, 11, 14, 15, 16)))
    ticket = chats.begins_of_past(number, matter.question, start)
    if ticket is None:
        return
    agent, moment = dice.choice(AGENTS[1]), start + timedelta(minutes=dice.randint(1, 6))
    _sorted(ticket, agent, matter, moment)
    telling.answers(ticket, agent, matter.answer, Resolve(matter.subject), moment)


def _matter(dice: random.Random, matter: Matter, start: datetime, week: int, now: datetime) -> None:
    """One matter from first word to last; answers grew quicker over the weeks."""
    ticket = telling.asks(
        dice.choice(CLIENTS if dice.random() < COMPANIES else SMALL),
        matter.subject,
        matter.question,
        start,
        channel=matter.channel,
    )
    agent = dice.choice(AGENTS[1 if matter.channel.startswith("support") else 2])
    pace = 10 + 5 * week
    moment = start + timedelta(minutes=dice.randint(8, pace) + dice.choice((0, 0, 0, 20)))
    moment = _at_work(dice, ticket, moment, now)
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
