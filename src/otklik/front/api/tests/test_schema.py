"""The whole schema, tried by a program that believes it: what fits is answered as it says, what does not is refused.

Each example is undone; the seed is fixed, so that the same examples are tried everywhere.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection, transaction

from otklik.care.complaints.models import Complaint, Filing
from otklik.care.incidents.models import Incident
from otklik.care.knowledge.models import Article
from otklik.care.problems.models import Problem
from otklik.care.surveys.models import Survey
from otklik.core.journal import clock
from otklik.core.staff.models import ApiToken, User
from otklik.desk.automation import calling
from otklik.desk.automation.models import Endpoint, Macro
from otklik.desk.calls.models import Call
from otklik.desk.conversations.models import SavedReply
from otklik.desk.tickets.models import SavedList, Ticket
from otklik.front.api.interface import api
from otklik.front.api.tests.conftest import ALL
from otklik.team.alerts.models import Alert
from otklik.team.boards.models import Board
from otklik.team.reports.models import Report
from otklik.team.shifts.models import ShiftTemplate

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EXAMPLES = int(os.environ.get("OTKLIK_SCHEMA_EXAMPLES", "4"))
SEED = 20261128
REFUSED = ["400", "401", "403", "404", "405", "409", "412", "413", "415", "422", "429"]


@pytest.fixture
def program(settings: Any, admin: User, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """The head of an administrator's program, which may do everything and is never too fast."""
    settings.API_PER_MINUTE = 1_000_000
    for signal in (request_started, request_finished):  # the transaction of the test goes on
        signal.disconnect(close_old_connections)
    with connection.cursor() as cursor:  # on a busy machine the schema takes longer to read than a page may be idle
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
    monkeypatch.setattr(calling, "call", lambda *_rest, **_named: True)  # nothing leaves
    _token, secret = ApiToken.objects.issue(admin, (*ALL, "automation:write"))
    yield {"Authorization": f"Bearer {secret}"}
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def there(ticket: Ticket, admin: User) -> Callable[[str, str], int | None]:
    """Numbers of what is there, so that more is tried than what is missing."""
    endpoint = Endpoint(name="В", url="https://hooks.test/x", events=["opened"])
    endpoint.renew_secret()
    macro = Macro.objects.create(name="М", text="Здравствуйте", changed_by=admin)
    saved = SavedList.objects.keep(admin, "С", "all", "tag:vip")
    reply = SavedReply(name="Т", text="Текст", owner=admin)
    reply.keep(by=admin)
    hours = {"name": "День", "short": "Д", "starts": "09:00", "ends": "18:00"}
    template = ShiftTemplate.objects.create(line=ticket.team, **hours)
    article = Article.objects.begin(title="Статья", text="Текст", by=admin)
    known: dict[str, int | None] = {"webhooks": endpoint.pk, "macros": macro.pk, "lists": saved.pk}
    known |= {"saved-replies": reply.pk, "roster": template.pk}
    known |= {"articles": article.pk, "contacts": ticket.contact_id, "organisations": ticket.contact.client_id}
    known |= _rooms(ticket, admin)

    def number(path: str, name: str) -> int | None:
        return ticket.number if name == "number" else known.get(path.split("/")[3]) if name == "pk" else None

    return number


def _rooms(ticket: Ticket, admin: User) -> dict[str, int | None]:
    """One of each of what whole rooms keep, led by the person of the program where it can be."""
    now = clock.now()
    held: dict[str, Any] = {"holder": admin, "answered_by": admin, "begun_at": now, "answered_at": now, "ended_at": now}
    call = Call.objects.create(channel=ticket.conversation.channel, team=ticket.team, **held)
    incident = Incident.objects.declare(title="Лежит", affects="Нет связи", severity=2, by=admin, tickets=[ticket])
    problem = Problem.objects.begin(title="Нет звука", notices="Не слышно", by=admin, tickets=[ticket])
    told = Filing(words="Тишина", stated="Не ответили", ticket=ticket, contact=ticket.contact, owner=admin)
    complaint = Complaint.objects.file(told, by=admin)
    survey = Survey.objects.create(name="После доставки", occasion="event")
    survey.draft().questions.create(kind="ces7")
    survey.begin()
    board = Board.objects.make(by=admin, name="Утро")
    board.add(metric="frt", form="course")
    alert = Alert(name="Долго", metric="frt", bound=3600)
    alert.make([], by=admin)
    report = Report.objects.make([admin], by=admin, name="Отчёт")
    rooms: dict[str, Any] = {
        "calls": call,
        "incidents": incident,
        "problems": problem,
        "complaints": complaint,
        "surveys": survey,
    }
    rooms |= {"boards": board, "alerts": alert, "reports": report}
    return {name: one.pk for name, one in rooms.items()}


@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_what_the_schema_says_is_so(
    mode: str, program: dict[str, str], there: Callable[[str, str], int | None]
) -> None:
    import schemathesis
    from hypothesis import HealthCheck, Phase, given, seed, settings
    from schemathesis.config import SchemathesisConfig
    from schemathesis.generation import GenerationMode

    config = SchemathesisConfig.from_dict(
        {
            "checks": {
                # What is right by its shape may still be refused: nobody has this login, this moment has passed.
                "positive_data_acceptance": {"expected-statuses": ["2xx", *REFUSED]},
                "negative_data_rejection": {"expected-statuses": REFUSED},
            }
        }
    )
    schema = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix="api/v1/"), config=config)
    schema.app = get_wsgi_application()
    troubles = []
    for result in schema.get_all_operations():
        operation: Any = result.ok()  # type: ignore[union-attr]

        @seed(SEED)
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=GenerationMode(mode)))
        def hold(case: Any) -> None:
            for name in case.path_parameters or {} if mode == "positive" else ():
                known = there(case.operation.path, name)
                case.path_parameters[name] = known or case.path_parameters[name]
            with transaction.atomic():
                try:
                    case.call_and_validate(headers=program)
                finally:
                    transaction.set_rollback(True)

        try:
            hold()
        except (Exception, BaseExceptionGroup) as error:
            causes = "; ".join(f"{type(one).__name__}: {one}" for one in getattr(error, "exceptions", [error]))
            troubles.append(f"{operation.label}: {causes}"[:1500])
    assert not troubles, "\n\n".join(troubles)
