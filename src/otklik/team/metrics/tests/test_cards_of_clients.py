"""How complete the cards of active clients are."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import (
    Client,
    Confirmation,
    Confirmed,
    Contact,
    Membership,
    Merging,
    Product,
    Subscription,
)
from otklik.desk.clients.personal import PSEUDONYM
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.days import midnight, today
from otklik.team.metrics.layer import carded
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.layer.together import figures as together
from otklik.team.metrics.models import CardSum, TicketFact
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.tasks import count_cards
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db

CARDS = [name for name in METRICS if name.startswith("card.completeness")]
YEAR = timedelta(days=365)


@pytest.fixture
def phones() -> Product:
    return Product.objects.create(name="Виртуальная АТС")


def asked(name: str = "card.completeness", days: int = 7) -> Question:
    return Question(
        METRICS[name], Scope(midnight(today() - timedelta(days=days)), midnight(today() + timedelta(days=1)))
    )


def told(fact: str = "") -> tuple[int, int]:
    """(complete ones, active clients) after a night."""
    count_cards(0)
    found = layer.figure(asked(f"card.completeness.{fact}" if fact else "card.completeness"))
    return found.good or 0, found.n


def whole(contact: Contact, phones: Product, by: User, client: Client | None = None) -> None:
    """Everything is known of them and somebody made sure of it."""
    contact.change("address_as", "Павел Ильич", by=by)
    contact.change("time_zone", "Europe/Samara", by=by)
    contact.change("literacy", 3, by=by)
    if client is not None:
        Membership(contact=contact, client=client, roles=["decision"], is_main=True).put(by=by)
        contact.refresh_from_db()
        Subscription(client=client, product=phones).put(by=by)
    else:
        Subscription(contact=contact, product=phones).put(by=by)


def of(ticket: Ticket) -> Contact:
    return Contact.objects.get(pk=ticket.contact_id)


def test_METRICS_V24_420_of_600(db: None) -> None:
    """The figure of the sums of a night: 70.0 %."""
    CardSum.objects.create(day=today(), fact="all", good=420, n=600)
    found = layer.figure(asked())
    assert (found.value, found.good, found.n) == (0.7, 420, 600) and found.lo and found.hi


def test_a_card_is_complete_when_everything_is_known_and_confirmed(writes: Write, phones: Product, anna: User) -> None:
    somebody = of(writes(sender="a@volga.test"))
    whole(somebody, phones, anna)
    assert told() == (1, 1) and {told(fact)[0] for fact in Confirmed if fact != Confirmed.ROLES} == {1}
    assert told("roles") == (0, 0), "who speaks for nobody has no role, and lacks none"

    for fact in ("address_as", "time_zone", "literacy"):
        Confirmation.objects.filter(contact=somebody, fact=fact).delete()
        assert (told(), told(fact)) == ((0, 1), (0, 1))
        somebody.confirm([fact], by=anna)
    somebody.change("time_zone", "", by=anna)
    assert (told(), told("time_zone"), told("literacy")) == ((0, 1), (0, 1), (1, 1))


def test_who_speaks_for_an_organisation_needs_roles_and_its_products_are_confirmed_once(
    writes: Write, phones: Product, volga: Client, anna: User
) -> None:
    somebody, other = (of(writes(sender=f"{name}@volga.test")) for name in ("a", "b"))
    whole(somebody, phones, anna, volga)
    Membership(contact=other, client=volga, is_main=True).put(by=anna)

    assert (told(), told("roles"), told("products")) == ((1, 2), (1, 2), (2, 2))


def test_products_count_where_each_of_their_holders_is_sure(
    writes: Write, phones: Product, volga: Client, anna: User
) -> None:
    somebody, colleague = (of(writes(sender=f"{name}@volga.test")) for name in ("a", "b"))
    for one in (somebody, colleague):
        whole(one, phones, anna, volga)
        Subscription.objects.create(contact=one, product=phones)
    assert told("products") == (0, 2) and len(carded.behind(METRICS["card.completeness.products"], anna)) == 2
    somebody.confirm(["products"], by=anna)
    assert told("products") == (1, 2)
    (card,) = carded.behind(METRICS["card.completeness.products"], anna)
    assert (card.contact, card.unsure) == (colleague, ["products"])
    Confirmation.objects.filter(client=volga).delete()
    assert told("products") == (0, 2) and len(carded.behind(METRICS["card.completeness.products"], anna)) == 2


def test_what_was_confirmed_more_than_a_year_ago_is_not_any_more(writes: Write, phones: Product, anna: User) -> None:
    with clock.at(clock.now() - YEAR - timedelta(days=1)):
        somebody = of(writes(sender="a@volga.test"))
        whole(somebody, phones, anna)
    assert told() == (0, 1)
    somebody.confirm(["address_as", "time_zone", "literacy", "products"], by=anna)
    assert told() == (1, 1)


def test_active_is_who_wrote_within_a_year_or_has_a_product_of_then(
    writes: Write, phones: Product, volga: Client, anna: User
) -> None:
    old = clock.now() - YEAR - timedelta(days=2)
    with clock.at(old):
        wrote, served, ended, long_ended, place = (of(writes(sender=f"{n}@volga.test")) for n in range(5))
    Contact.objects.update(client=None)
    assert told()[1] == 0
    Subscription.objects.create(contact=served, product=phones)
    lately, before = today() - timedelta(days=300), today() - timedelta(days=400)
    for holder, day in ((ended, lately), (long_ended, before)):
        Subscription.objects.create(contact=holder, product=phones, state="ended", ends_on=day)
    Contact.objects.filter(pk=place.pk).update(client=volga)
    Subscription.objects.create(client=volga, product=phones)
    assert told()[1] == 3, "with a product, with one that ended lately, by the organisation"
    Ticket.objects.filter(contact=wrote).update(opened_at=clock.now() - timedelta(days=364))
    assert told()[1] == 4
    twin = of(writes(sender="twin@volga.test"))
    Merging.objects.merge(wrote, twin, by=anna)
    assert told()[1] == 4, "two rows of one person are one client"


def test_machines_and_who_was_erased_are_no_clients(writes: Write, phones: Product, anna: User) -> None:
    of(writes(sender="a@volga.test"))
    machine, erased = of(writes(sender="m@volga.test")), of(writes(sender="e@volga.test"))
    TicketFact.objects.count({one.pk for one in Ticket.objects.all()})
    TicketFact.objects.filter(ticket__contact=machine).update(excluded="bounce")
    Contact.objects.filter(pk=erased.pk).update(name=PSEUDONYM)
    Subscription.objects.create(contact=erased, product=phones)
    assert told()[1] == 1 and len(carded.behind(METRICS["card.completeness"], anna)) == 1
    TicketFact.objects.filter(ticket__contact=machine).update(excluded="merged")
    assert told()[1] == 2 and len(carded.behind(METRICS["card.completeness"], anna)) == 2


def test_a_night_is_counted_once_and_days_make_a_course(writes: Write, phones: Product, anna: User) -> None:
    whole(of(writes(sender="a@volga.test")), phones, anna)
    CardSum.objects.count_on(today())
    writes(sender="b@volga.test")
    CardSum.objects.count_on(today())
    CardSum.objects.create(day=today() - timedelta(days=3), fact="all", good=0, n=1)

    question = asked()
    days = {day: (one.good, one.n) for day, one in layer.by_day(question).items()}
    assert days == {today() - timedelta(days=3): (0, 1), today(): (1, 2)}
    assert CardSum.objects.filter(day=today()).count() == 6
    assert [one for _day, one in layer.course(question) if one is not None] == list(layer.by_day(question).values())


def test_before_the_first_night_and_of_a_part_nothing_is_known(writes: Write, phones: Product, anna: User) -> None:
    whole(of(writes(sender="a@volga.test")), phones, anna)
    assert (layer.figure(asked()).value, layer.figure(asked()).n) == (None, 0)
    count_cards(0)
    question = asked()
    assert layer.figure(question).n == 1 and layer.figure(question.before()).value is None
    narrowed = question.of("topic", "1")
    assert layer.figure(narrowed).value is None and layer.by_day(narrowed) == {}
    assert layer.figure(replace(question, scope=question.scope.of_team(1))).value is None
    assert set(layer.by_side(question, "day")) == {today().isoformat()}
    assert layer.by_side(question, "line") == {} and not METRICS["card.completeness"].knows("line")


def test_all_of_them_are_read_in_one_statement(writes: Write, phones: Product, anna: User) -> None:
    whole(of(writes(sender="a@volga.test")), phones, anna)
    count_cards(0)
    questions = [asked(name) for name in CARDS]
    with CaptureQueriesContext(connection) as found:
        figures = together(questions)
    assert len(found) == 1 and [one.n for one in figures] == [1, 1, 1, 1, 0, 1]


def test_the_list_has_the_cards_that_lack_something_and_says_what(
    writes: Write, phones: Product, volga: Client, anna: User, vera: User
) -> None:
    done, unsure = (of(writes(sender=f"{name}@volga.test")) for name in ("a", "b"))
    whole(done, phones, anna, volga)
    Membership(contact=unsure, client=volga, is_main=True).put(by=anna)
    Contact.objects.filter(pk=unsure.pk).update(time_zone="Europe/Samara")

    count_cards(0)
    (card,) = carded.behind(METRICS["card.completeness"], anna)
    assert card.contact == unsure and card.unsure == ["time_zone"]
    assert card.empty == ["address_as", "literacy", "roles"], "products were confirmed for the organisation"
    assert layer.figure(asked()).n - (layer.figure(asked()).good or 0) == 1
    assert not carded.behind(METRICS["card.completeness.products"], anna)
    assert not carded.behind(METRICS["card.completeness"], vera), "another line knows nobody of them"


@pytest.mark.parametrize("name", CARDS)
def test_the_list_and_the_number_agree(writes: Write, phones: Product, volga: Client, anna: User, name: str) -> None:
    """Whatever is missing: as many lack it as the sums say."""
    whole(of(writes(sender="a@volga.test")), phones, anna, volga)
    whole(of(writes(sender="b@volga.test")), phones, anna)
    for number, fact in enumerate(("address_as", "time_zone", "literacy")):
        one = of(writes(sender=f"{number}@volga.test"))
        whole(one, phones, anna)
        one.change(fact, None if fact == "literacy" else "", by=anna)
    Membership(contact=of(writes(sender="r@volga.test")), client=volga, is_main=True).put(by=anna)
    of(writes(sender="n@volga.test"))
    Subscription.objects.filter(contact__identities__value="b@volga.test").update(state="ended")
    count_cards(0)

    found = layer.figure(asked(name))
    assert found.n - (found.good or 0) == len(carded.behind(METRICS[name], anna))
