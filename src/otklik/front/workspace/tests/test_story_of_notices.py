"""What a client was told of incidents and ahead of events stands in their story: once, by the reader's rights."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from otklik.care.incidents import sending
from otklik.care.incidents.letters import Words
from otklik.care.incidents.models import Incident, Told
from otklik.care.incidents.models.finding import How
from otklik.care.incidents.models.update import GRACE
from otklik.care.incidents.severity import Severity
from otklik.care.outreach import finding, writing
from otklik.care.outreach.models import Upcoming
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Client, Contact, Product, Subscription
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.queries.story import Asked, Place, story
from otklik.front.workspace.story import KINDS
from tests.fixtures.cast import Paper, Write

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true"}
NEWS = ("incident", "incident_apart")
AHEAD = ("ahead", "ahead_of_whole")


def broken(anna: User, **told: Any) -> Incident:
    usual: dict[str, Any] = {"title": "Не проходят звонки", "affects": "Звонки обрываются", "severity": Severity.S2}
    return Incident.objects.declare(**usual, by=anna, **told)


def tell(incident: Incident, what: str) -> None:
    """Everybody whom it concerns, at once."""
    now = clock.now()
    words = Words(what=what, next_at=incident.usual_next())
    incident.write(words, by=incident.leader, state=incident.state, key=f"{incident.pk}-{now.timestamp()}")
    with clock.at(clock.now() + GRACE):
        sending.send_due()


def ends(days: int, **told: Any) -> Upcoming:
    product, _made = Product.objects.get_or_create(name="Телефония")
    on = clock.house_today() + timedelta(days=days)
    Subscription.objects.create(product=product, plan="Старт", state="trial", ends_on=on, **told)
    finding.find()
    return Upcoming.objects.latest("pk")


def part(browser: Browser, holder: Contact | Client, **asked: Any) -> str:
    name = "contact" if isinstance(holder, Contact) else "client"
    answer = browser.get(reverse(f"workspace:{name}", args=[holder.pk]), asked, headers=PART)
    assert answer.status_code == 200
    return str(answer.content.decode())


def sources(holder: Contact | Client, user: User, **asked: Any) -> list[str]:
    return [row.source for row in story(holder, user, Asked(**asked), 50)]


def test_what_they_were_told_of_an_incident_stands_once(
    annas: Browser, ticket: Ticket, pavel: Contact, anna: User, paper: Paper
) -> None:
    incident = broken(anna, tickets=[ticket])
    tell(incident, "Авария у оператора")

    assert sources(pavel, anna, sources=NEWS) == ["incident"]
    letter = Told.objects.get().message
    assert letter is not None
    rows = story(pavel, anna, Asked(), 50)
    assert letter.pk not in {row.number for row in rows if row.source == "message"}, "not a second time"
    shown = part(annas, pavel, kind="incidents", q="")
    assert f"Рассказали об инциденте № {incident.pk}: объявлен" in shown and "Авария у оператора" in shown
    assert reverse("workspace:incident", args=[incident.pk]) in shown and f"№ {ticket.number}" in shown
    assert "Анна" in shown


def test_who_was_told_without_a_request_has_it_too(
    annas: Browser, pavel: Contact, volga: Client, ticket: Ticket, anna: User, paper: Paper
) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(status="resolved", due_at=None, next_step="", ended_at=clock.now())
    incident = broken(anna)
    incident.concern(How.HAND, by=anna, why="Узел", people=[pavel.pk])
    tell(incident, "Меняем кабель")

    assert sources(pavel, anna, sources=NEWS) == ["incident_apart"]
    Contact.objects.filter(pk=pavel.pk).update(client=volga)
    assert sources(volga, anna, sources=NEWS) == ["incident_apart"], "the organisation has the story of its people"
    assert "Меняем кабель" in part(annas, pavel, kind="incidents", q="")


def test_what_was_not_sent_was_not_told(pavel: Contact, ticket: Ticket, anna: User) -> None:
    incident = broken(anna, tickets=[ticket])
    words = Words(what="Ищем", next_at=incident.usual_next())
    update = incident.write(words, by=anna, state=incident.state, key="one")
    update.stop(by=anna)

    assert sources(pavel, anna, sources=NEWS) == []


def test_of_a_request_that_is_hidden_nothing_is_told(
    ticket: Ticket, writes: Write, pavel: Contact, anna: User, line_two: Team, paper: Paper
) -> None:
    other = writes("Ещё вопрос", subject="Другое")
    tell(broken(anna, tickets=[ticket]), "Авария у оператора")
    assert sources(pavel, anna, sources=NEWS) == ["incident"]

    Ticket.objects.filter(pk=ticket.pk).update(team=line_two, owner=None, works_with=[])

    assert sources(pavel, anna, sources=NEWS) == [] and "request" in sources(pavel, anna), other


def test_what_they_were_told_ahead_stands_once_also_after_they_answered(
    annas: Browser, door: Channel, pavel: Contact, ticket: Ticket, anna: User, writes: Write, paper: Paper
) -> None:
    row = ends(6, contact=pavel)
    assert sources(pavel, anna, sources=AHEAD) == [], "not written yet"
    assert writing.write(row.pk, by=anna) == ""
    writes("Хотим дальше", token=paper.letters[-1].token)

    row.refresh_from_db()
    assert row.message is not None
    assert sources(pavel, anna, sources=AHEAD) == ["ahead"]
    told = story(pavel, anna, Asked(), 50)
    assert row.message.pk not in {one.number for one in told if one.source == "message"}
    assert [one.said for one in told if one.source == "ahead"] == ["Телефония Старт"]
    assert all(one.request is None for one in told if one.source == "ahead"), "a request may be hidden"
    shown = part(annas, pavel, kind="ahead", q="")
    assert "Предупредили заранее: заканчивается пробный период" in shown and "Телефония Старт" in shown


def test_what_a_person_was_told_for_their_organisation(
    door: Channel, pavel: Contact, volga: Client, ticket: Ticket, anna: User, paper: Paper
) -> None:
    Contact.objects.filter(pk=pavel.pk).update(client=volga)
    assert writing.write(ends(6, client=volga).pk, by=anna) == ""

    assert sources(volga, anna, sources=AHEAD) == ["ahead"]
    assert sources(pavel, anna, sources=AHEAD) == ["ahead_of_whole"]


def test_they_are_narrowed_like_the_rest(
    annas: Browser, door: Channel, pavel: Contact, ticket: Ticket, anna: User, paper: Paper
) -> None:
    tell(broken(anna, tickets=[ticket]), "Авария у оператора")
    assert writing.write(ends(6, contact=pavel).pk, by=anna) == ""
    both = {"incident", "ahead"}

    assert both <= set(sources(pavel, anna, channel="paper"))
    assert not both & set(sources(pavel, anna, channel="telegram"))
    assert set(sources(pavel, anna, words="авариями")) >= {"incident"}, "in any form of the word"
    assert "incident" not in sources(pavel, anna, words="сурикат")
    assert not both & set(sources(pavel, anna, until=clock.now() - timedelta(days=1)))
    assert both <= set(sources(pavel, anna, since=clock.now() - timedelta(days=1)))
    page = whole_page(annas, pavel)
    assert "Рассказали об" in page and all(f'value="{kind}"' in page for kind in KINDS)


def whole_page(browser: Browser, contact: Contact) -> str:
    return str(browser.get(reverse("workspace:contact", args=[contact.pk])).content.decode())


@pytest.mark.usefixtures("kept_for_long")
def test_many_of_them_cost_one_statement_and_pages_have_no_gap(
    pavel: Contact, ticket: Ticket, anna: User, paper: Paper
) -> None:
    incident = broken(anna, tickets=[ticket])
    tell(incident, "Авария у оператора")
    update, now = incident.updates.get(), clock.now()
    story(pavel, anna, Asked(), 1)
    Told.objects.all().delete()
    updates = [type(update)(**{**_copied(update), "key": f"k{n}"}) for n in range(30)]
    made = type(update).objects.bulk_create(updates)
    Told.objects.bulk_create(Told(update=one, ticket=ticket, state="sent", at=now) for one in made[:15])
    Told.objects.bulk_create(Told(update=one, contact=pavel, state="sent", at=now) for one in made[15:])
    Upcoming.objects.bulk_create(
        Upcoming(kind="trial", contact=pavel, on=clock.house_today(), lead_days=3, told_at=now) for _number in range(9)
    )

    with CaptureQueriesContext(connection) as seen:
        whole = story(pavel, anna, Asked(), 200)
    assert len(seen) == 1 and len([row for row in whole if row.source in (*NEWS, *AHEAD)]) == 39

    found, after = [], None
    for _page in range(40):
        rows = story(pavel, anna, Asked(after=after), 4)
        found += rows[:4]
        if len(rows) <= 4:
            break
        after = Place(rows[3].at, rows[3].source, rows[3].number)
    assert found == whole


def _copied(update: Any) -> dict[str, Any]:
    return {one.attname: getattr(update, one.attname) for one in update._meta.concrete_fields if not one.primary_key}
