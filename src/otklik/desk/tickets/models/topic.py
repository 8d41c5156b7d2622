"""What requests are about: a tree of a few levels, kept by the company."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.desk.clients.models.product import Product

LEVELS = 4
BETWEEN = " › "


class TopicManager(models.Manager["Topic"]):
    def tree(self) -> "Tree":
        """All of them, read at once: a company has tens of topics, not thousands."""
        return Tree(self.order_by("position", "name", "id"))


class Topic(models.Model):
    """One subject of requests; those below it are its kinds.

    A request holds on to the topic itself, so that moving and renaming it loses nothing; what is not in use any more is
    not offered and still stands on the requests that have it.
    """

    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="kinds", verbose_name=_("belongs to")
    )
    position = models.PositiveSmallIntegerField(_("place among its neighbours"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="topics", verbose_name=_("product"), db_index=False
    )

    objects: TopicManager = TopicManager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.UniqueConstraint(
                "parent", Lower("name"), nulls_distinct=False, name="one_topic_of_a_name_in_a_place"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def put(self) -> None:
        """Save it where its `parent` says; a new one comes last.

        Raises ValidationError for a place below itself, too deep, or taken by another one of this name.  The whole tree
        is held meanwhile: two who move at once could make a circle.
        """
        tree = Tree(Topic.objects.select_for_update().order_by("position", "name", "id"))
        tree.check_place(self)
        if self.pk is None:
            self.position = 1 + max((one.position for one in tree.below(self.parent_id)), default=-1)
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError:  # made at the same moment: the tree that was held did not have it
            raise ValidationError({"name": _now("There is a topic of this name here already.")}) from None

    @transaction.atomic
    def step(self, by: int) -> None:
        """Change places with the neighbour before (-1) or after (1); at the end nothing happens."""
        tree = Tree(Topic.objects.select_for_update().order_by("position", "name", "id"))
        row = tree.below(self.parent_id)
        here = next(place for place, one in enumerate(row) if one.pk == self.pk)
        there = min(max(here + by, 0), len(row) - 1)
        row.insert(there, row.pop(here))
        for place, one in enumerate(row):
            one.position = place
        Topic.objects.bulk_update(row, ["position"])


class Tree:
    """Topics in the order in which people read them: each followed by its kinds."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self.topics = {topic.pk: topic for topic in topics}
        self.kinds: dict[int | None, list[Topic]] = {}
        for topic in self.topics.values():
            self.kinds.setdefault(topic.parent_id, []).append(topic)

    def below(self, pk: int | None) -> list[Topic]:
        return list(self.kinds.get(pk, []))

    def path(self, pk: int | None) -> list[Topic]:
        """From the top down to it; empty for none and for one that is not known."""
        found: list[Topic] = []
        while (topic := self.topics.get(pk or 0)) and len(found) < LEVELS:
            found.insert(0, topic)
            pk = topic.parent_id
        return found

    def said(self, pk: int | None) -> str:
        """Телефония › Качество связи; "" for none."""
        return BETWEEN.join(topic.name for topic in self.path(pk))

    def product_of(self, pk: int | None) -> int | None:
        """Of the topic itself, else of the nearest above it."""
        return next((topic.product_id for topic in reversed(self.path(pk)) if topic.product_id), None)

    def in_use(self, pk: int) -> bool:
        """It and everything above it."""
        path = self.path(pk)
        return bool(path) and all(topic.is_active for topic in path)

    def branch(self, pk: int) -> set[int]:
        """It and everything below it."""
        found = {pk}
        for topic in self.kinds.get(pk, []):
            found |= self.branch(topic.pk)
        return found

    def walk(self, pk: int | None = None) -> Iterable[tuple[int, Topic]]:
        """(level from 0, topic) of everything below."""
        for topic in self.kinds.get(pk, []):
            yield len(self.path(topic.pk)) - 1, topic
            yield from self.walk(topic.pk)

    def offered(self, chosen: int | None = None) -> list[tuple[int, Topic]]:
        """Those in use, and the chosen one whatever became of it."""
        return [(level, topic) for level, topic in self.walk() if topic.pk == chosen or self.in_use(topic.pk)]

    def named(self, words: str) -> set[int]:
        """Topics of this name, in whatever case, with everything below them."""
        name = words.casefold()
        return {pk for topic in self.topics.values() if topic.name.casefold() == name for pk in self.branch(topic.pk)}

    def check_place(self, topic: Topic) -> None:
        """Raises ValidationError where the topic cannot stand under its parent."""
        own = self.branch(topic.pk) if topic.pk else set()
        if topic.parent_id in own:
            raise ValidationError({"parent": _now("A topic cannot stand below itself.")})
        if len(self.path(topic.parent_id)) + self._height(topic.pk) > LEVELS:
            raise ValidationError({"parent": _now("The tree has at most %(levels)s levels.") % {"levels": LEVELS}})
        same = topic.name.casefold()
        if any(one.name.casefold() == same and one.pk != topic.pk for one in self.kinds.get(topic.parent_id, [])):
            raise ValidationError({"name": _now("There is a topic of this name here already.")})

    def _height(self, pk: int | None) -> int:
        below = self.kinds.get(pk, []) if pk else []
        return 1 + max((self._height(topic.pk) for topic in below), default=0)
