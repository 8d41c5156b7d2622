"""What the demo company knows of its clients: who else speaks for them, what they have, what happened to them."""

from datetime import date, time, timedelta
from decimal import Decimal

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import (
    Advice,
    CardField,
    CardNote,
    Client,
    ClientEvent,
    Consent,
    Contact,
    Membership,
    Product,
    QuietPeriod,
    Secrecy,
    Subscription,
)
from otklik.desk.clients.purposes import Agreed, Held
from otklik.desk.clients.sight import Place, reveal
from otklik.desk.tickets.seeds.people import LEN, OTTISK, SHKOLA, VETROVA, ZERNO
from otklik.desk.tickets.seeds.telling import colleague

BAKERY = (
    ("Виртуальная АТС", "Бизнес", "42 номера, 8 филиалов", date(2023, 4, 1), Decimal(32_400)),
    ("Запись разговоров", "90 дней", "", date(2024, 2, 1), Decimal(9_800)),
    ("Номер 8-800", "", "8-800-555-18-27", date(2023, 9, 15), Decimal(6_000)),
)
OTHERS = (
    ("Клиника «Доктор Лен»", "Виртуальная АТС", "Старт", "6 номеров", date(2024, 1, 10), Decimal(4_200)),
    ("Типография «Оттиск»", "Виртуальная АТС", "Бизнес", "14 номеров", date(2022, 11, 1), Decimal(11_900)),
    ("Кофейни «Зерно»", "Виртуальная АТС", "Старт", "9 номеров", date(2025, 6, 1), Decimal(5_600)),
)


def fill_cards() -> None:
    by = colleague("marina")
    anna = Contact.objects.get(identities__value=VETROVA.email)
    bakery = Client.objects.get(name=VETROVA.organisation)
    _bakery(bakery, anna, by)
    _when_to_write(bakery, anna, by)
    _own_fields(bakery, anna, by)
    for name, product, plan, details, since, amount in OTHERS:
        client = Client.objects.filter(name=name).first()
        if client is not None:
            _has(client, product, plan, details, since, amount, by)
    _make_sure()


def _make_sure() -> None:
    """Whoever talks to a client asks by the way whether the card is still true; some were not asked for long."""
    for person, who, days, facts in (
        (VETROVA, "marina", 12, ("address_as", "time_zone", "literacy", "roles", "products")),
        (LEN, "marina", 47, ("address_as", "time_zone", "literacy")),
        (ZERNO, "olga", 130, ("address_as", "time_zone")),
        (OTTISK, "olga", 400, ("address_as", "time_zone", "literacy")),
        (SHKOLA, "marina", 3, ("address_as", "time_zone", "literacy")),
    ):
        contact = Contact.objects.filter(identities__value=person.email).first()
        if contact is not None:
            with clock.at(clock.now() - timedelta(days=days)):
                contact.confirm(facts, by=colleague(who))


def _own_fields(bakery: Client, anna: Contact, by: User) -> None:
    """A birthday is personal, and so are telephones; a card under account remembers who looked."""
    told: dict[str, tuple[str, str, bool, Contact | Client, object]] = {
        "День рождения": ("date", "contact", True, anna, "1987-03-14"),
        "Карточка в CRM": ("link", "contact", False, anna, "https://crm.example/people/417"),
        "Номер договора": ("text", "client", False, bakery, "СМ-4417"),
        "Филиалов": ("number", "client", False, bakery, 8),
    }
    for name, (kind, of, is_personal, holder, value) in told.items():
        field = CardField(name=name, kind=kind, of=of, is_personal=is_personal)
        field.stand_last()
        field.save()
        field.fill(holder, value, by=by)
    Secrecy(pk=1, facts=["phones"]).save()
    birthday = CardField.objects.get(name="День рождения")
    reveal(anna, [birthday.place], "готовим поздравление", Place.CARD, by=by)
    Contact.objects.get(identities__value=OTTISK.email).restrict("vip", by=colleague("olga"))


def _when_to_write(bakery: Client, anna: Contact, by: User) -> None:
    """The end of a month is hard at the bakery; Anna lunches without the phone, and reads our news."""
    month = QuietPeriod(client=bakery, reason="закрытие месяца", holds=Held.QUESTIONS, month_from=25, month_until=31)
    month.put(by=by)
    lunch = QuietPeriod(contact=anna, reason="обед", holds=Held.CALLS, hours_from=time(13), hours_until=time(14))
    lunch.put(by=by)
    anna.change("reach_by", "email", by=by)
    Consent(contact=anna, purpose=Agreed.MARKETING, version="2026-09", source="форма на сайте").put(by=by)


def _bakery(bakery: Client, anna: Contact, by: User) -> None:
    bakery.change("website", "hlebny-dvor.example", by=by)
    bakery.change("tax_number", "5404123987", by=by)
    bakery.change("manager", colleague("marina"), by=by)
    bakery.change("tags", "сеть, Новосибирск", by=by)
    for position, name, address, roles, area in (
        ("бухгалтер", "Зоя Кравец", "buh@hlebny-dvor.example", ["finance"], "договор и счета"),
        ("администратор сети", "Тимофей Рогов", "it@hlebny-dvor.example", ["technical"], "роутеры и телефоны"),
    ):
        person = Contact.objects.recognise("email", address, name=name, language="ru")
        Membership(contact=person, client=bakery, position=position, roles=roles, area=area).put(by=by)
    _twice(bakery, by)
    charity = Client.objects.create(name="Фонд «Тёплый хлеб»")
    Membership(contact=anna, client=charity, position="попечитель", roles=["decision"]).put(by=by)
    for product, plan, details, since, amount in BAKERY:
        _has(bakery, product, plan, details, since, amount, by)
    Advice(contact=anna, text="Закрыть международные звонки в филиалах: их взламывают по ночам", taken=True).put(by=by)
    Advice(contact=anna, text="Вход в кабинет по коду, а не только по паролю").put(by=by)
    CardNote(contact=anna, text="По утрам в пекарне шумно: лучше написать, чем звонить").put(by=by)
    CardNote(client=bakery, text="Счета ждут пятого числа, платят десятого", pinned_at=clock.now()).put(by=by)
    now = clock.now()
    for days, kind, data in (
        (40, "branch_opened", {"адрес": "Ленина, 12"}),
        (6, "balance_low", {"остаток": 1_850, "валюта": "RUB"}),
        (1, "contract_renewed", {"до": "2027-11-30"}),
    ):
        ClientEvent.objects.record(kind, by=by, client=bakery, at=now - timedelta(days=days), data=data)


def _has(client: Client, product: str, plan: str, details: str, since: date, amount: Decimal, by: User) -> None:
    known, _new = Product.objects.get_or_create(name=product)
    Subscription(
        client=client, product=known, plan=plan, details=details, starts_on=since, amount=amount, period="month"
    ).put(by=by)


def _twice(bakery: Client, by: User) -> None:
    """The administrator called before he wrote: two rows of one person, which a lead may merge."""
    written = Contact.objects.recognise("email", "it@hlebny-dvor.example")
    written.identities.create(kind="phone", value="+79135550142", added_by=by)
    called = Contact.objects.recognise("phone", "89135550142", name="Рогов Т.", language="ru")
    Membership(contact=called, client=bakery).put(by=by)
