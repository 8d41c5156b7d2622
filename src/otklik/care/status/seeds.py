"""The status page of the demo: a believable quarter of a telephony, with works, outages and subscribers."""

from datetime import datetime, timedelta
from decimal import Decimal

from otklik.care.status.figures import midnight
from otklik.care.status.models import Check, Component, Group, Note, Outage, Report, StatusPolicy, Subscriber, Works
from otklik.care.status.models.report import Said
from otklik.care.status.states import Stage, State
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.clients.models import Product

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WATCHED = 118 * DAY

GROUPS = (
    (
        ("Серверы", "Servers"),
        (
            ("calls", "Звонки", "Calls", "Виртуальная АТС", "99.9"),
            ("cabinet", "Личный кабинет", "Client area", "Виртуальная АТС", "99.5"),
            ("records", "Запись разговоров", "Call recording", "Запись разговоров", "99.5"),
        ),
    ),
    (
        ("Операторы связи", "Telephone operators"),
        (
            ("north", "Северные линии", "Northern lines", None, "99.9"),
            ("city", "Городские номера", "City numbers", None, "99.9"),
            ("toll_free", "Номера 8-800", "Toll-free numbers", "Номер 8-800", "99.95"),
        ),
    ),
    (
        ("Интеграции", "Integrations"),
        (
            ("crm", "Связь с CRM", "CRM link", None, "99"),
            ("api", "API и вебхуки", "API and webhooks", None, "99.5"),
        ),
    ),
)
CHECKS = (
    ("calls", Check.Kind.TCP, "sip.luchtelecom.example:443"),
    ("cabinet", Check.Kind.HTTP, "https://my.luchtelecom.example/live"),
    ("api", Check.Kind.HTTP, "https://api.luchtelecom.example/live"),
)
PAST = (
    # component, days ago, hour, minutes, how, what everybody read
    ("city", 97, 14, 41, State.PARTIAL, ("Часть городских номеров недоступна", "Some city numbers cannot be reached")),
    ("crm", 83, 9, 128, State.DOWN, ("Звонки не попадают в CRM", "Calls do not reach the CRM")),
    ("cabinet", 66, 11, 35, State.SLOW, ("Кабинет открывается медленно", "The client area is slow")),
    ("north", 52, 16, 74, State.PARTIAL, ("Не все звонки на север проходят", "Some calls to the north fail")),
    ("api", 38, 3, 22, State.DOWN, ("API не отвечает", "The API does not answer")),
    ("cabinet", 24, 10, 53, State.DOWN, ("Кабинет не открывается", "The client area does not open")),
    ("crm", 11, 13, 37, State.PARTIAL, ("Карточки звонков приходят не сразу", "Call cards come late")),
)


def load() -> None:
    now, olga = clock.now(), User.objects.get(login="olga")
    StatusPolicy(
        pk=1,
        is_open=True,
        about_ru="Здесь видно, как работают телефония и всё, что вокруг неё. Проверяем каждую минуту.",
        about_en="How our telephony works, and everything around it. We check every minute.",
    ).save()
    known = _components(now)
    for name, days, hour, minutes, state, title in PAST:
        _past(known[name], _at(now, days, hour), minutes * MINUTE, state, Said(*title), olga)
    _works(known, now, olga)
    _of_incidents(known, now, olga)
    _subscribers(known)
    Note.objects.update(addressed_at=now)
    Works.objects.update(told=["announced", "begun", "ended"])


def _components(now: datetime) -> dict[str, Component]:
    found, since = {}, _at(now, WATCHED.days, 0)
    for place, ((russian, english), components) in enumerate(GROUPS, 1):
        group = Group.objects.create(name_ru=russian, name_en=english, place=place)
        for number, (name, in_russian, in_english, product, target) in enumerate(components, 1):
            found[name] = Component.objects.create(
                group=group,
                name_ru=in_russian,
                name_en=in_english,
                place=number,
                product=Product.objects.get_or_create(name=product)[0] if product else None,
                target=Decimal(target),
                since=since,
            )
    for name, kind, address in CHECKS:  # switched off: a demo asks nobody
        Check.objects.create(component=found[name], kind=kind, address=address, is_on=False)
    return found


def _past(component: Component, began: datetime, lasted: timedelta, state: State, title: Said, by: User) -> None:
    with clock.at(began + 9 * MINUTE):
        words = Said("Видим, ищем причину.", "We see it and look for the cause.")
        report = Report.objects.publish(title, words, [component], state, by=by, began_at=began)
    with clock.at(began + lasted / 2):
        report.say(Stage.FOUND, Said("Причина найдена, чиним.", "The cause is found, we mend it."), by=by)
    with clock.at(began + lasted):
        report.say(Stage.OVER, Said("Всё работает. Извините.", "It works again. We are sorry."), by=by)


def _works(known: dict[str, Component], now: datetime, by: User) -> None:
    title = Said("Замена оборудования на узле", "Equipment of a node is replaced")
    text = Said("Идущие звонки могут прерваться на минуту.", "Calls may break off for a minute.")
    begins = _at(now, 31, 2)
    with clock.at(begins - 5 * DAY):
        made = Works.objects.announce(title, text, [known["calls"]], begins, begins + 2 * HOUR, by=by)
    with clock.at(begins + 95 * MINUTE):
        made.end(by=by)
    Outage.objects.create(
        component=known["calls"],
        state=State.DOWN,
        source=Outage.Source.HAND,
        began_at=begins + 10 * MINUTE,
        ended_at=begins + 32 * MINUTE,
        reason="Во время работ, как объявлено",
        by=by,
    )
    ahead = _at(now, -5, 1)
    Works.objects.announce(
        Said("Обновление личного кабинета", "Update of the client area"),
        Said("Кабинет не откроется полчаса. Звонки идут как обычно.", "It does not open for half an hour."),
        [known["cabinet"]],
        ahead,
        ahead + HOUR,
        by=by,
    )


def _of_incidents(known: dict[str, Component], now: datetime, by: User) -> None:
    """The two incidents of the demo, by what the journal says of them: the rooms do not know each other."""
    declared = list(Entry.objects.filter(kind="incidents.IncidentDeclared").order_by("id")[:2])
    if len(declared) < 2:
        return
    first, second = declared
    began = first.at - 12 * MINUTE
    with clock.at(first.at + 5 * MINUTE):
        report = Report.objects.publish(
            Said("Входящие звонки обрываются", "Incoming calls break off"),
            Said("Видим, что часть входящих звонков обрывается.", "Some incoming calls break off. We look into it."),
            [known["calls"]],
            State.PARTIAL,
            by=by,
            began_at=began,
            incident=first.about_id,
            affected=23,
        )
    with clock.at(began + 48 * MINUTE):
        words = Said("Причина найдена. Можно перевести звонки на мобильный.", "Found. Calls can go to a mobile phone.")
        report.say(Stage.FOUND, words, by=by)
    with clock.at(began + 74 * MINUTE):
        report.say(Stage.OVER, Said("Настройка исправлена, звонки проходят.", "Mended: calls go through."), by=by)
    with clock.at(second.at + 20 * MINUTE):
        Report.objects.publish(
            Said("Записи разговоров появляются с опозданием", "Call recordings come late"),
            Said(
                "Запись видна через два-три часа вместо минуты. Сами записи целы.",
                "A recording is there after two or three hours instead of a minute. None is lost.",
            ),
            [known["records"]],
            State.SLOW,
            by=by,
            began_at=now - 170 * MINUTE,
            incident=second.about_id,
            stage=Stage.FOUND,
        )


def _subscribers(known: dict[str, Component]) -> None:
    for address, names in (("it@hlebny-dvor.example", ()), ("admin@ottisk.example", ("calls", "cabinet"))):
        one = Subscriber.objects.ask(address, "ru", [known[name] for name in names])
        one.confirm()


def _at(now: datetime, days: int, hour: int) -> datetime:
    """An hour of a day of the department, so many days ago."""
    return midnight(clock.house_day(now - days * DAY)) + hour * HOUR
