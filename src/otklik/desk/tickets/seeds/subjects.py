"""What the demo company's clients ask about, and what its people write down beside the conversation."""

from typing import Any

from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Field, SavedList, Topic

TREE = {
    "Телефония": ("Качество связи", "Звонки не проходят", "Настройка АТС"),
    "Номера": ("Подключение", "Перенос от другого оператора"),
    "Оплата и документы": ("Списания", "Счета и акты", "Смена тарифа"),
    "Личный кабинет": (),
}
FIELDS: tuple[dict[str, Any], ...] = (
    {"name": "Номер договора", "hint": "как в личном кабинете, например СМ-4417"},
    {"name": "Телефонов в офисе", "kind": "number", "topic": "Телефония"},
    {
        "name": "Где была причина",
        "kind": "choice",
        "options": ["у нас", "у клиента", "у стороннего провайдера", "не нашли"],
        "topic": "Телефония",
        "is_required": True,
    },
    {"name": "Дата переключения", "kind": "date", "topic": "Перенос от другого оператора"},
    {"name": "Нужен выезд", "kind": "flag", "topic": "Качество связи"},
    {"name": "Карточка в базе знаний", "kind": "link"},
)


def keep_subjects() -> None:
    for name, kinds in TREE.items():
        top = _topic(name, None)
        for kind in kinds:
            _topic(kind, top)
    for position, told in enumerate(FIELDS):
        topic = Topic.objects.get(name=told["topic"]) if "topic" in told else None
        Field.objects.create(**{**told, "topic": topic, "position": position})
    visits = Field.objects.get(name="Нужен выезд")
    lead, line = User.objects.get(login="olga"), Team.objects.first_line()
    SavedList.objects.keep(lead, "Нужен выезд", "line", f"field:{visits.pk}=yes", line)


def _topic(name: str, parent: Topic | None) -> Topic:
    topic = Topic(name=name, parent=parent)
    topic.put()
    return topic
