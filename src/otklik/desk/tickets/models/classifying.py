"""What a ticket is about, and how much it matters: topic, product, tags, priority."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.clients.models.product import Product
from otklik.desk.tickets import events
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models.states import Priority
from otklik.desk.tickets.models.tag import Tag, normalised
from otklik.desk.tickets.models.topic import Topic

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket


class Classifying:
    """Trait of the ticket: topic, product, tags, priority.  The client sees nothing of it."""

    @transaction.atomic
    def classify(self: "Ticket", topic: Topic | None, *, by: User | None) -> None:  # type: ignore[misc]
        """Say what it is about; None takes the topic away.  Raises Invalid for one that is not in use any more.

        A request without a product gets that of the topic.
        """
        self.lock()
        self.must_stand()
        was = self.topic
        if topic == was:
            return
        tree = Topic.objects.tree()
        if topic and not tree.in_use(topic.pk):
            raise Invalid(_("This topic is not in use any more."), "topic")
        self.topic = topic
        product = tree.product_of(topic.pk) if topic and self.product_id is None else None
        if product:
            self._take_product(Product.objects.get(pk=product), by)
        else:
            self.keep()
        publish(
            events.TopicChanged(
                ticket_id=self.pk,
                topic_id=topic.pk if topic else None,
                name=tree.said(topic.pk) if topic else "",
                was_id=was.pk if was else None,
                was=tree.said(was.pk) if was else "",
            ),
            by=by,
        )

    @transaction.atomic
    def name_product(self: "Ticket", product: Product | None, *, by: User | None) -> None:  # type: ignore[misc]
        """Which product it is about; a class promised for it covers the request.  Raises Invalid."""
        self.lock()
        self.must_stand()
        if self.product_id == (product.pk if product else None):
            return
        if product and not product.is_active:
            raise Invalid(_("This product is not in use any more."), "product")
        self._take_product(product, by)

    def _take_product(self: "Ticket", product: Product | None, by: User | None) -> None:  # type: ignore[misc]
        """Save the row; the class that covers it and its times are found anew while it is open."""
        was, self.product = self.product, product
        if self.is_open:
            self.cover()
            self.count_again(_("product: %(name)s") % {"name": product or "—"}, by=by)
        else:
            self.keep()
        publish(
            events.ProductChanged(
                ticket_id=self.pk,
                product_id=product.pk if product else None,
                name=str(product or ""),
                was=str(was or ""),
            ),
            by=by,
        )

    @transaction.atomic
    def tag(self: "Ticket", tags: Iterable[str], *, by: User | None) -> None:  # type: ignore[misc]
        """These and no others.  Raises Invalid for words that are no tags."""
        chosen = normalised(tags)
        self.lock()
        self.must_stand()
        was = list(self.tags)
        if chosen == was:
            return
        self.tags = chosen
        self.keep()
        added = [one for one in chosen if one not in was]
        Tag.objects.remember(added)
        gone = [one for one in was if one not in chosen]
        if added or gone:
            publish(events.TagsChanged(ticket_id=self.pk, added=added, removed=gone), by=by)

    @transaction.atomic
    def prioritise(self: "Ticket", priority: int, *, by: User | None) -> None:  # type: ignore[misc]
        """How urgent it is; the times that follow from that are counted anew.  Raises Invalid, Conflict."""
        if priority not in Priority.values:
            raise Invalid(_("Choose a priority."), "priority")
        self.lock()
        self.must_be_open()
        if priority == self.priority:
            return
        was, self.priority = self.priority, priority
        self.count_again(_("priority: %(name)s") % {"name": Priority(priority).label}, by=by)
        publish(events.PriorityChanged(ticket_id=self.pk, priority=priority, was=was), by=by)
