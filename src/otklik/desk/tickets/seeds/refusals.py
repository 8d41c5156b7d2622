"""Boundaries: a refusal that waits for the lead, three with which the client did not agree, a talk that was stopped."""

from datetime import datetime, timedelta

from otklik.core.journal import clock
from otklik.desk.channels import outbox
from otklik.desk.tickets.models import Appeal, Habits, Ticket
from otklik.desk.tickets.seeds import people
from otklik.desk.tickets.seeds.telling import answers, asks, colleague, reads, sorts, writes
from otklik.desk.tickets.steps import PromiseDate, Refuse, Resolve, Wait


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


def appeal_granted(now: datetime) -> None:
    """Two weeks ago: Olga saw that the number was ours to keep clean, and the client pays nothing."""
    began = now - timedelta(days=15)
    ticket = asks(
        people.MELNIK,
        "Замените номер: звонят чужим должникам",
        "На номер, который вы нам выдали, день и ночь звонят взыскатели и ищут прежнего владельца. Замените его.",
        began,
    )
    sorts(ticket, "marina", began + timedelta(minutes=18), "Списания")
    step = Refuse(
        "rules",
        "Номер можем заменить, но по тарифу замена платная, и отменить плату мы не вправе.",
        ["Поставим голосовое меню: роботы взыскателей его не проходят", "Разобьём плату на три месяца"],
        consulted=True,
    )
    answers(ticket, "marina", "Ольга, здравствуйте! Отвечу прямо.", step, began + timedelta(minutes=25))
    appeal = _appeals(
        ticket,
        "Номер был в базах должников ещё до нас, и выдали его вы. Почему за это платим мы?",
        began + timedelta(hours=5),
    )
    with clock.at(began + timedelta(hours=23)):
        ticket.grant_appeal(
            appeal.pk,
            by=colleague("olga"),
            words="Вы правы: номер, который мы выдаём, должен быть чистым. Заменим его, и вы за это не платите.",
            then=PromiseDate(began + timedelta(hours=47), "заменить номер без платы"),
        )
        outbox.send_due()
    answers(
        ticket,
        "marina",
        "Ольга, новый номер работает, все проверочные звонки прошли. Старый ещё месяц будет называть новый.",
        Resolve("номер заменён без платы"),
        began + timedelta(hours=45),
    )


def appeal_upheld(now: datetime) -> None:
    """Last week: the refusal stands, and the client knows why."""
    began = now - timedelta(days=9)
    ticket = asks(
        people.NORD,
        "Нужен доступ к серверу по SSH",
        "Добрый день! Дайте учётную запись на вашем сервере, хочу сам смотреть журналы своей АТС.",
        began,
    )
    sorts(ticket, "ilya", began + timedelta(minutes=30), "Настройка АТС")
    step = Refuse(
        "security",
        "На этом сервере работают АТС и других клиентов, поэтому прямого доступа к нему мы не даём никому.",
        ["Будем каждую ночь выгружать ваши журналы на ваш сервер", "Подключим программный интерфейс с вашим ключом"],
        consulted=True,
    )
    answers(ticket, "ilya", "Никита, здравствуйте! Доступа дать не сможем.", step, began + timedelta(minutes=36))
    appeal = _appeals(
        ticket,
        "Чужое читать не собираюсь, мне хватит прав на чтение одной папки. Пересмотрите, пожалуйста.",
        began + timedelta(hours=20),
    )
    with clock.at(began + timedelta(hours=28)):
        ticket.uphold_appeal(
            appeal.pk,
            by=colleague("olga"),
            words="В вас мы не сомневаемся. Но прав на одну папку на этом сервере не бывает: кто читает журналы, "
            "читает их все. Поэтому доступа не будет, а выгрузку ваших журналов Илья уже включил: ждите её ночью.",
        )
        outbox.send_due()


def appeal_waits(now: datetime) -> None:
    """This morning: the records are gone, says Marina; they were promised for a year, says the client."""
    began = now - timedelta(days=2, hours=20)
    ticket = asks(
        people.APTEKA,
        "Записи разговоров восьмимесячной давности",
        "Здравствуйте! У нас спор с поставщиком. Нужны записи разговоров с ним, это было восемь месяцев назад.",
        began,
    )
    sorts(ticket, "marina", began + timedelta(minutes=12), "Настройка АТС")
    step = Refuse(
        "impossible",
        "Записи хранятся полгода и потом удаляются сами: тех разговоров нет уже ни у нас, ни в копиях.",
        ["Пришлём список звонков за тот месяц: номера, время, длительность", "Включим хранение записей на год вперёд"],
        consulted=True,
    )
    answers(ticket, "marina", "Ирина, здравствуйте! К сожалению, их нет.", step, began + timedelta(minutes=40))
    _appeals(
        ticket,
        "Список не поможет, в споре нужны сами слова. При подключении нам обещали хранить записи год, письмо об этом "
        "у нас есть. Посмотрите, пожалуйста, ещё раз.",
        now - timedelta(hours=3, minutes=10),
    )


def _appeals(ticket: Ticket, text: str, at: datetime) -> Appeal:
    """The client does not agree, on their page."""
    with clock.at(at):
        made = ticket.appeal(text)
        outbox.send_due()
    return made
