"""Incidents of the demo: one of last week with its whole story, and a small one that goes on."""

from datetime import datetime, timedelta

from otklik.care.incidents import sending
from otklik.care.incidents.letters import Words
from otklik.care.incidents.models import Action, Incident
from otklik.care.incidents.severity import Severity
from otklik.care.incidents.states import State
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.clients.models import Product
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.seeds import people
from otklik.desk.tickets.seeds.telling import asks, colleague

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
POST_MORTEM = """Что видели клиенты: 74 минуты входящие звонки через узел «Нева-2» обрывались на первой минуте.

Почему: после плановой замены платы узел вернулся с прошлогодней настройкой, а проверка перед возвратом её не смотрит.

Что удалось: первое сообщение ушло через 22 минуты, переадресация на мобильные заработала у всех, кто попросил.

Что меняем: проверка перед возвратом сверяет настройку с эталоном (Тимур Галеев, до пятницы); запасной узел принимает \
звонки сам, без звонка дежурному (Илья Соколов, до конца месяца)."""

CAUSES = ("После ремонта настройку не сверяют", "Нет запасного узла, который включается сам")
ACTIONS = (
    ("Перед возвратом узла сверять его настройку с эталоном", "timur", 2),
    ("Внести в карточки узлов, кто и когда менял настройку", "olga", 3),
    ("Запасной узел принимает звонки сам, без звонка дежурному", "ilya", 20),
)
"""What changes, who does it and in how many days: done, late and still to come."""


def load() -> None:
    now = clock.now()
    _last_week(now - timedelta(days=6, hours=3))
    _small_one(now)


def _last_week(began: datetime) -> None:
    """Calls break off at one node: declared, told three times, over, closed with a post-mortem."""
    tickets = [
        asks(people.FITNES, "Обрываются звонки", "Клиенты не могут записаться, звонок рвётся.", began + 6 * MINUTE),
        asks(people.APTEKA, "Не слышно звонящих", "Через минуту тишина. Люди жалуются.", began + 9 * MINUTE),
        asks(people.LUNA, "Звонки падают", "Третий звонок подряд обрывается, гости нервничают.", began + 13 * MINUTE),
    ]
    olga = colleague("olga")
    with clock.at(began + 12 * MINUTE):
        incident = Incident.objects.declare(
            title="Обрываются входящие через узел «Нева-2»",
            affects="Входящий звонок обрывается на первой минуте. Исходящие работают.",
            severity=Severity.S2,
            by=colleague("marina"),
            leader=olga,
            started_at=began,
            detected_at=began + 10 * MINUTE,
            tickets=tickets[:2],
        )
    with clock.at(began + 15 * MINUTE):
        incident.attach(tickets[2], by=colleague("darya"))
    told = (
        (21, State.DECLARED, "Видим, что звонки через один из наших узлов обрываются. Ищем причину.", "", 45),
        (
            48,
            State.MITIGATING,
            "Причина найдена: узел вернулся из ремонта со старой настройкой. Исправляем.",
            "Ответьте на это письмо номером мобильного, и мы переведём звонки на него бесплатно.",
            50,
        ),
        (74, State.RESOLVED, "Настройка исправлена, звонки проходят. Узел проверен под нагрузкой.", "", None),
    )
    for minute, state, what, workaround, again in told:
        _say(incident, began + minute * MINUTE, state, Words(what, workaround=workaround), again, olga)
    with clock.at(began + timedelta(days=2)):
        learned = "Узел после ремонта сверяем с эталоном настройки до того, как вернуть на него звонки."
        incident.close(by=olga, learned=learned, post_mortem=POST_MORTEM, causes=CAUSES)
        planned = [
            Action.objects.plan(incident, text=text, owner=colleague(who), due_on=clock.today() + days * DAY, by=olga)
            for text, who, days in ACTIONS
        ]
    with clock.at(began + timedelta(days=3, hours=2)):
        planned[0].end("Сверка стоит в списке приёмки, две платы прошли её.", by=colleague("timur"))


def _small_one(now: datetime) -> None:
    """Recordings come late: two clients noticed, the others will not."""
    tickets = [
        asks(people.NORD, "Нет записей за утро", "В кабинете нет записей разговоров с 9 утра.", now - 150 * MINUTE),
        asks(people.VELO, "Где записи звонков?", "Обычно появляются сразу, сегодня пусто.", now - 110 * MINUTE),
    ]
    for ticket in tickets:
        with clock.at(now - 105 * MINUTE):
            Ticket.objects.get(pk=ticket.pk).take(by=colleague("darya"))
    timur = colleague("timur")
    with clock.at(now - 100 * MINUTE):
        incident = Incident.objects.declare(
            title="Записи разговоров появляются с опозданием",
            affects="Запись звонка видна в кабинете через два-три часа вместо минуты. Сами записи не теряются.",
            severity=Severity.S3,
            by=colleague("darya"),
            leader=timur,
            started_at=now - 170 * MINUTE,
            detected_at=now - 110 * MINUTE,
            tickets=tickets,
        )
    what = "Записи разговоров видны с опозданием в два-три часа: хранилище догоняет очередь. Сами записи целы."
    words = Words(what, doing="Добавили второй обработчик, очередь уменьшается.")
    _say(incident, now - 65 * MINUTE, State.MITIGATING, words, 24 * 60 - 30, timur)
    with clock.at(now - 60 * MINUTE):  # the next update reaches them, too
        product, why = Product.objects.get(name="Запись разговоров"), "Хранилище записей одно на всех"
        incident.concern_by_product(product, by=timur, why=why)


def _say(incident: Incident, at: datetime, state: State, words: Words, again: int | None, by: User) -> None:
    """And all of it leaves; `again` are minutes until the next one."""
    next_at = at + again * MINUTE if again else None
    with clock.at(at):
        said = Words(words.what, words.whom, words.doing, words.workaround, words.no_news, next_at)
        key = f"demo-{incident.pk}-{at:%j%H%M}"
        update = incident.write(said, state=state, by=by, key=key, ends=state == State.RESOLVED)
    with clock.at(update.begins_at):
        sending.send_due()
        outbox.send_due()
    incident.refresh_from_db()
