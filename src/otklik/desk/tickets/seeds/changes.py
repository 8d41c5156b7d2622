"""Changes of the demo: one waits for the lead's word, one was carried out last week; a product with its own class."""

from datetime import datetime, timedelta

from otklik.core.journal import clock
from otklik.desk.clients.models import Product
from otklik.desk.tickets.change_plan import ChangePlan
from otklik.desk.tickets.seeds import people
from otklik.desk.tickets.seeds.telling import answers, asks, colleague
from otklik.desk.tickets.steps import PromiseDate, Resolve

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TOLL_FREE = "Номер 8-800"


def waiting(now: datetime) -> None:
    """Asked an hour ago, with a high risk and a way back."""
    ticket = asks(people.APTEKA, "Звонки на 8-800 идут в старый офис", "Мы переехали.", now - 9 * HOUR)
    told = "Ирина, здравствуйте! Переключим маршрут сегодня ночью и напишем вам."
    answers(ticket, "ilya", told, PromiseDate(now + 12 * HOUR, "переключить маршрут"), now - 8.5 * HOUR)
    with clock.at(now - 8 * HOUR):
        ticket.name_product(Product.objects.get_or_create(name=TOLL_FREE)[0], by=colleague("ilya"))
    starts = now + 10 * HOUR
    plan = ChangePlan(
        "Перевести номер 8-800 на новый маршрут",
        "Аптека переехала, старый маршрут ведёт в пустой офис",
        risk="high",
        way_back="Вернуть прежний маршрут из копии, занимает пять минут",
        starts_at=starts,
        ends_at=starts + HOUR,
        steps=["Сохранить копию маршрута", "Переключить маршрут", "Позвонить с мобильного и с городского"],
    )
    with clock.at(now - HOUR):
        ticket.ask_change(ticket.draft_change(plan, by=colleague("ilya")), by=colleague("ilya"))


def carried_out(now: datetime) -> None:
    """Approved by the lead, done by its steps."""
    ticket = asks(people.FITNES, "Нужна запись звонков в зале", "Включите, пожалуйста, запись.", now - 6 * DAY)
    plan = ChangePlan("Включить запись разговоров", "Просит клиент", steps=["Включить запись", "Проверить диск"])
    with clock.at(now - 6 * DAY + HOUR):
        change = ticket.draft_change(plan, by=colleague("ilya"))
        ticket.ask_change(change, by=colleague("ilya"))
    with clock.at(now - 6 * DAY + 2 * HOUR):
        ticket.decide_change(change, approved=True, by=colleague("olga"), remark="Только после 22:00")
    with clock.at(now - 5 * DAY):
        for task in ticket.tasks.all():
            ticket.tick(task, done=True, by=colleague("ilya"))
        ticket.end_change(change, rolled_back=False, by=colleague("ilya"), result="Запись идёт, места хватает на год")
        ticket.reply("Денис, запись включили.", by=colleague("ilya"), then=Resolve("Включили запись разговоров"))


STORIES = (waiting, carried_out)
