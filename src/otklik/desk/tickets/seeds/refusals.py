"""A refusal that waits for the lead."""

from datetime import datetime, timedelta

from otklik.core.journal import clock
from otklik.desk.tickets.models import Habits
from otklik.desk.tickets.seeds import people
from otklik.desk.tickets.seeds.telling import asks, colleague, reads
from otklik.desk.tickets.steps import Refuse


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
