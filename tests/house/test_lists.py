"""No page of any door asks the database more often because it has more rows (PERFORMANCE, chapter 6)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from otklik.care.knowledge.models import Article, Section
from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.journal.models import Notice, NoticeKind
from otklik.core.staff.models import ApiToken, Brand, Role, Team, User
from otklik.desk.automation.models import Delivery, Endpoint, Firing, Macro, Panel, Rule
from otklik.desk.channels.models import Channel, Inbound
from otklik.desk.clients.models import CardNote, Client, Consent, Contact, Product, QuietPeriod, Subscription
from otklik.desk.clients.models import Membership as ClientMembership
from otklik.desk.conversations.models import SavedReply
from otklik.desk.imports.models import Import
from otklik.desk.tickets.models import Field, Ticket, Topic
from otklik.desk.tickets.steps import PromiseDate, Resolve
from otklik.front.workspace.queries.standing import VIEWS
from otklik.team.boards.models import Board, Shared
from otklik.team.boards.ready import begin
from otklik.team.metrics.layer.catalogue import METRICS
from tests.fixtures.cast import Paper, Write, person

pytestmark = pytest.mark.django_db

WORKSPACE = [*(f"/queue/{name}/" for name in VIEWS), "/mail/sent/", "/search/?q=Павел", "/tasks/", "/notices/"]
TABS = [f"/tickets/{{ticket}}/card/{name}/" for name in ("facts", "tasks", "related", "history")]
CARDS = ["/tickets/{ticket}/", *TABS, "/clients/contact/{contact}/", "/palette/?q=Павел", "/tickets/new/"]
BEHIND = [f"/board/metrics/{name}/requests/" for name, metric in METRICS.items() if metric.stands]
OWN = [f"/board/boards/{{board}}/{page}" for page in ("", "wall/", "change/")]
BOARD = ["/board/", "/board/shift/", "/board/notes/", "/board/boards/", *OWN, *BEHIND]
ROOMS = (
    *("people", "lines", "hours", "channels", "classes", "brands", "topics", "fields"),
    *("rules", "macros", "webhooks", "panels"),
)
LOGS = ["/settings/rules/{rule}/log/", "/settings/webhooks/{webhook}/"]
SETTINGS = ["/mail/quarantine/", *(f"/settings/{name}/" for name in ROOMS), *LOGS]
API = [f"/api/v1/{path}" for path in ("tickets", "tickets/{ticket}", "quarantine", "topics", "topics/fields", "tasks")]
API += [f"/api/v1/{path}" for path in ("rules", "rules/{rule}/log", "macros", "webhooks", "webhooks/{webhook}/calls")]
API += [f"/api/v1/{path}" for path in ("contacts", "contacts/{contact}", "organisations", "subscriptions", "imports")]
API += [f"/api/v1/{path}" for path in ("notices", "saved-replies", "articles", "articles/sections", "roster/lines")]
API += [f"/api/v1/contacts/{{contact}}/{path}" for path in ("notes", "consents", "mergings")]
API += ["/api/v1/panels"]
SCOPES = (
    *("tickets:read", "quarantine:read", "automation:write", "imports:read", "notices:read"),
    *("knowledge:read", "roster:read"),
)

type Grow = Callable[[int], None]


@pytest.fixture
def grow(
    writes: Write, paper: Paper, door: Channel, calendar: BusinessCalendar, anna: User, head: User, tomorrow
) -> Grow:
    """So many more of everything that a page may list, each of them another's."""

    def more(count: int) -> None:
        for number in range(count):
            mark = f"{count}-{number}"
            team = Team.objects.create(name=f"Линия {mark}", level=3, calendar=calendar)
            Board.objects.make(by=head, name=f"Доска {mark}", shared=Shared.EVERYBODY)
            agent = person(f"agent-{mark}", f"Агент {mark}", Role.AGENT, team, door.team)
            BusinessCalendar.objects.create(name=f"Часы {mark}", time_zone="UTC", weekly=calendar.weekly)
            brand = Brand.objects.create(name=f"Бренд {mark}", colour="#0a7f5a")
            told = {"kind": "paper", "name": f"Стол {mark}", "address": f"{mark}@desk.test"}
            Channel.objects.create(**told, team=team, brand=brand)
            writes("Павел пишет", sender=f"{mark}@volga.test", sender_name=f"Павел {mark}")
            for step in (PromiseDate(tomorrow), Resolve("готово")):
                writes("Павел пишет", sender=f"{mark}@volga.test").reply("Ответ", by=agent, then=step)
                writes("Павел пишет ещё").reply("Ответ", by=anna, then=step)
            _divided(writes("Павел пишет вновь"), mark, anna)
            _by_itself(writes("Павел пишет сам"), mark)
            _on_the_card(Contact.objects.earliest("id"), mark)
            Inbound.objects.create(
                channel=door, content_hash=mark, size=1, raw=b"{}", state="quarantined", received_at=clock.now()
            )

    return more


def _on_the_card(contact: Contact, mark: str) -> None:
    """An organisation, a product and a quiet period more of a person; a saved reply and an import more of all."""
    client, product = Client.objects.create(name=f"Организация {mark}"), Product.objects.create(name=f"Продукт {mark}")
    ClientMembership.objects.create(contact=contact, client=client)
    Subscription.objects.create(contact=contact, product=product)
    Subscription.objects.create(client=client, product=product)
    QuietPeriod.objects.create(contact=contact, weekdays=[1])
    CardNote.objects.create(contact=contact, text=mark)
    Consent.objects.create(contact=contact, purpose="surveys", given=False, source=mark, by=User.objects.earliest("id"))
    Article.objects.begin(title=mark, text=mark, by=User.objects.get(login=f"agent-{mark}"))
    Section.objects.create(name=mark)
    SavedReply.objects.create(name=f"Текст {mark}", text=mark)
    Import.objects.create(kind=Import.Kind.CONTACTS, name=mark)


def _by_itself(ticket: Ticket, mark: str) -> None:
    """One more of everything that works by itself or asks others, and of what it did.

    A rule and a run of the first one, a macro, a webhook and a call of the first one, a data panel, a notice.
    """
    Rule(name=f"Правило {mark}", what="opened", acts=[{"act": "tag", "tags": mark}]).begin()
    Macro.objects.create(name=f"Макрос {mark}", acts=[{"act": "tag", "tags": mark}], team=ticket.team)
    Endpoint(name=f"Вебхук {mark}", url="https://billing.example/", events=["closed"]).renew_secret()
    Panel(name=f"Панель {mark}", url="https://billing.example/").renew_secret()
    rule, endpoint = Rule.objects.earliest("id"), Endpoint.objects.earliest("id")
    Firing.objects.create(rule=rule, ticket=ticket, cause=mark, why="проверка")
    Delivery.objects.create(endpoint=endpoint, ticket=ticket, event="opened", key=mark, body="{}")
    Notice.objects.tell(
        User.objects.values_list("pk", flat=True), mark, kind=NoticeKind.RULE, about="ticket", about_id=ticket.pk
    )


def _divided(ticket: Ticket, mark: str, by: User) -> None:
    """With a topic, a field, a tag, tasks, and a link to the first of all requests, which gets tasks too."""
    topic = Topic(name=f"Тема {mark}", parent=Topic.objects.order_by("id").first())
    topic.put()
    ticket.classify(topic, by=by)
    ticket.tag([f"метка {mark}"], by=by)
    field = Field.objects.create(name=f"Поле {mark}")
    ticket.fill({field.pk: mark}, by=by)
    first = Ticket.objects.earliest("id")
    ticket.tie("part", first, by=by)
    for one in (ticket, first):
        one.plan([f"Дело {mark}"], executor=by, by=by)


@pytest.mark.usefixtures("kept_for_long")
def test_a_page_asks_as_often_for_many_as_for_few(
    ticket: Ticket, pavel: Contact, admin: User, head: User, grow: Grow
) -> None:
    administrator, leader = Browser(), Browser()
    administrator.force_login(admin)
    leader.force_login(head)
    _token, secret = ApiToken.objects.issue(admin, SCOPES)
    program = Browser(headers={"Authorization": f"Bearer {secret}"})
    doors = {leader: [*WORKSPACE, *CARDS, *BOARD], administrator: SETTINGS, program: API}
    grow(2)
    numbers = {"ticket": ticket.number, "contact": pavel.pk}
    numbers |= {"board": begin("department", by=head, called="Отдел").pk}
    numbers |= {"rule": Rule.objects.earliest("id").pk, "webhook": Endpoint.objects.earliest("id").pk}
    pages = [(browser, address.format(**numbers)) for browser, addresses in doors.items() for address in addresses]

    few = {path: asked(browser, path) for browser, path in pages}
    grow(5)
    many = {path: asked(browser, path) for browser, path in pages}

    assert {path: (few[path], many[path]) for path in few if many[path] > few[path]} == {}


def asked(browser: Browser, path: str) -> int:
    """Statements of a page; names and the figures of the menu are read once in a while, so it is opened before."""
    browser.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200, path
    return len(queries)
