"""The classes of the demo company, in force since before its first request."""

from datetime import timedelta

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.staff.models import Role, User
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Client, Product
from otklik.desk.sla.models import Agreement, ServiceClass, Version
from otklik.desk.tickets.models import Priority

SINCE = timedelta(weeks=10)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LOW, NORMAL, HIGH, URGENT = Priority.LOW, Priority.NORMAL, Priority.HIGH, Priority.URGENT
OFFICE, ALWAYS = "Рабочие дни с 9 до 18", "Круглосуточно"
CLASSES = (
    {
        "name": "Базовый",
        "rank": 80,
        "promise": "Отвечаем за четыре рабочих часа, решаем за два дня",
        "calendar": OFFICE,
        "update_every": None,
        "share": 90,
        "targets": {
            LOW: (8 * HOUR, 8 * HOUR, 36 * HOUR),
            NORMAL: (4 * HOUR, 4 * HOUR, 18 * HOUR),
            HIGH: (2 * HOUR, 2 * HOUR, 9 * HOUR),
            URGENT: (HOUR, HOUR, 9 * HOUR),
        },
        "clients": ("Ателье «Мельник»", "Питомник «Сады»", "Прокат «Веломир»", "Хостел «Луна»"),
    },
    {
        "name": "Деловой",
        "rank": 40,
        "promise": "Отвечаем за час, решаем за рабочий день и пишем не реже раза в день",
        "calendar": ALWAYS,
        "update_every": 24 * HOUR,
        "share": 92,
        "targets": {
            LOW: (2 * HOUR, 4 * HOUR, 24 * HOUR),
            NORMAL: (HOUR, 2 * HOUR, 12 * HOUR),
            HIGH: (30 * MINUTE, HOUR, 8 * HOUR),
            URGENT: (15 * MINUTE, 30 * MINUTE, 4 * HOUR),
        },
        "clients": ("Пекарни «Хлебный двор»", "Клиника «Доктор Лен»", "Школа «Пятый класс»", "Типография «Оттиск»"),
    },
    {
        "name": "VIP 24/7",
        "rank": 10,
        "promise": "Отвечаем за полчаса в любое время, пишем каждые четыре часа, пока не решим",
        "calendar": ALWAYS,
        "update_every": 4 * HOUR,
        "share": 95,
        "targets": {
            LOW: (HOUR, HOUR, 12 * HOUR),
            NORMAL: (30 * MINUTE, 30 * MINUTE, 8 * HOUR),
            HIGH: (15 * MINUTE, 30 * MINUTE, 4 * HOUR),
            URGENT: (10 * MINUTE, 20 * MINUTE, 4 * HOUR),
        },
        "clients": ("«Верста Логистика»", "Кофейни «Зерно»"),
    },
)
EXCLUSIONS = "Сбои у вышестоящих операторов и работы, о которых мы предупредили за неделю"
COMPENSATION = "Скидка 5 % на следующий месяц за каждый пропущенный срок решения, не больше 20 %"
ACCEPTED = "Начинаем: за первый месяц измерим и поправим"
OVERRIDE = "Измерений ещё нет, сроки взяты с запасом"


def load() -> None:
    admin = User.objects.filter(role=Role.ADMIN).order_by("pk").first()
    calendars = {calendar.name: calendar for calendar in BusinessCalendar.objects.all()}
    with clock.at(clock.now() - SINCE):
        for told in CLASSES:
            _promise(dict(told), calendars, admin)
        _publish(CLASSES[1]["name"])
        if door := Channel.objects.order_by("pk").first():
            basic = ServiceClass.objects.get(name=CLASSES[0]["name"])
            _agree(basic, admin, channel=door)
        business = ServiceClass.objects.get(name=CLASSES[1]["name"])
        _agree(business, admin, product=Product.objects.get_or_create(name="Номер 8-800")[0])


def _promise(told: dict, calendars: dict[str, BusinessCalendar], by: User | None) -> None:
    targets, clients = told.pop("targets"), told.pop("clients")
    words = {name: told.pop(name) for name in ("name", "rank", "promise")}
    service_class = ServiceClass.objects.create(**words)
    version = Version.objects.begin(service_class, by=by)
    version.change(targets, **{**told, "calendar": calendars.get(told["calendar"])})
    version.check_capacity()
    version.put_in_force(by=by, accepted=ACCEPTED, override=OVERRIDE)
    for name in clients:
        _agree(service_class, by, client=Client.objects.get_or_create(name=name)[0])


def _publish(name: object) -> None:
    """For everybody to read, with the words of the page."""
    found = ServiceClass.objects.get(name=name)
    found.exclusions, found.compensation = EXCLUSIONS, COMPENSATION
    found.publish(True)


def _agree(service_class: ServiceClass, by: User | None, **holder: Client | Channel | Product) -> None:
    agreement = Agreement(service_class=service_class, starts_on=clock.house_today(), **holder)
    agreement.make(by=by)
