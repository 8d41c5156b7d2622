"""The demo company: escalations, a rule that sorts, macros of every day; a webhook and a data panel are not on yet."""

from datetime import timedelta

from otklik.core.journal import clock
from otklik.core.staff.models import Role, Team, User
from otklik.desk.automation import due
from otklik.desk.automation.models import Endpoint, Macro, Panel, Rule, Trigger
from otklik.desk.tickets.models import Topic

SINCE = timedelta(hours=3)
VIP = "VIP 24/7"


def load() -> None:
    admin = User.objects.filter(role=Role.ADMIN).order_by("pk").first()
    lines = {line.level: line for line in Team.objects.all()}
    with clock.at(clock.now() - SINCE):
        for told in _rules(lines):
            Rule(**told).begin(admin)
    _macros(lines, admin)
    _webhook(admin)
    _panel(admin)
    due.look()


def _rules(lines: dict[int, Team]) -> list[dict]:
    return [
        {
            "name": "Ответ скоро опоздает",
            "trigger": Trigger.DUE,
            "what": "answer",
            "minutes": -15,
            "conditions": [{"fact": "waits", "how": "is", "value": "yes"}],
            "acts": [
                {"act": "tell", "whom": "leads", "text": "Через 15 минут опоздает ответ: № {{номер}}, {{клиент}}"}
            ],
        },
        {
            "name": "VIP не дождался",
            "trigger": Trigger.EVENT,
            "what": "breached",
            "conditions": [{"fact": "class", "how": "in", "value": [VIP]}],
            "acts": [
                {"act": "page", "whom": "leads", "text": "Норматив VIP нарушен: № {{номер}}, {{организация}}"},
                {"act": "priority", "priority": "4"},
                {"act": "line", "line": str(lines[2].pk), "expected": "Ответить клиенту VIP вне очереди"},
            ],
        },
        {
            "name": "Вернули дважды",
            "trigger": Trigger.EVENT,
            "what": "returned",
            "conditions": [{"fact": "returns", "how": "least", "value": 2}],
            "acts": [
                {"act": "tell", "whom": "leads", "text": "№ {{номер}} вернули во второй раз"},
                {
                    "act": "task",
                    "text": "Созвониться линиям и решить вместе",
                    "executor": "leads",
                    "hours": "4",
                },
            ],
        },
        {
            "name": "Клиент недоволен",
            "trigger": Trigger.EVENT,
            "what": "upset",
            "conditions": [],
            "acts": [{"act": "tell", "whom": "leads", "text": "Клиент недоволен: № {{номер}}, {{клиент}}"}],
        },
        {
            "name": "Недоволен и ждёт",
            "trigger": Trigger.SINCE,
            "what": "upset",
            "minutes": 60,
            "conditions": [{"fact": "waits", "how": "is", "value": "yes"}],
            "acts": [{"act": "page", "whom": "leads", "text": "Недовольный клиент ждёт час: № {{номер}}"}],
        },
        {
            "name": "Уходят к другому",
            "trigger": Trigger.EVENT,
            "what": "client_wrote",
            "conditions": [
                {"fact": "words", "how": "says", "value": ["расторгнуть", "уходим", "жалоба", "в суд"]},
            ],
            "acts": [
                {"act": "tag", "tags": "может уйти"},
                {"act": "priority", "priority": "3"},
                {"act": "tell", "whom": "leads", "text": "Клиент может уйти: № {{номер}}, {{клиент}}"},
            ],
        },
        {
            "name": "Ничьи с вечера",
            "trigger": Trigger.SCHEDULE,
            "what": "",
            "days": [0, 1, 2, 3, 4],
            "at_time": "09:15",
            "conditions": [{"fact": "owner", "how": "in", "value": ["0"]}],
            "acts": [{"act": "tell", "whom": "leads", "text": "С вечера никто не взял № {{номер}}"}],
            "is_active": False,
        },
    ]


def _macros(lines: dict[int, Team], admin: User | None) -> None:
    topic = Topic.objects.filter(is_active=True).order_by("position", "pk").first()
    about = [{"act": "topic", "topic": str(topic.pk)}] if topic else []
    told = (
        ("Нужен трейс звонка", "просим пример звонка и ждём", None, [*about, {"act": "tag", "tags": "нужен пример"}],
         "Здравствуйте, {{клиент}}! Пришлите, пожалуйста, время и номер одного такого звонка — найдём его в журнале."),
        ("К инженерам", "авария на узле: важность, метка и задача", lines.get(1),
         [{"act": "priority", "priority": "3"}, {"act": "tag", "tags": "узел"},
          {"act": "task", "text": "Снять дамп с узла", "executor": "nobody", "hours": "2"}], ""),
        ("Документы", "закрывающие документы для бухгалтерии", None,
         [{"act": "tag", "tags": "документы"}, {"act": "priority", "priority": "1"}],
         "{{клиент}}, добрый день! Документы за прошлый месяц подготовим и пришлём."),
    )  # fmt: skip
    for name, what_for, team, acts, text in told:
        Macro.objects.create(name=name, about=what_for, team=team, acts=acts, text=text, changed_by=admin)


def _webhook(admin: User | None) -> None:
    endpoint = Endpoint(
        name="Биллинг", url="https://billing.severny-most.example/otklik", is_active=False, changed_by=admin
    )
    endpoint.events = ["opened", "resolved", "breached"]
    endpoint.renew_secret()


def _panel(admin: User | None) -> None:
    url = "https://billing.severny-most.example/panel"
    tells = [Panel.Tells.EMAIL.value]
    Panel(name="Баланс и счета", url=url, tells=tells, is_active=False, changed_by=admin).renew_secret()
