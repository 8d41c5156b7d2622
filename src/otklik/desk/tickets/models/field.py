"""What a company wants to know of requests beyond their text: typed fields, for all or for a topic and what is below.

Values stand in `Ticket.details` under the number of the field, typed as JSON knows it (docs/decisions/0026).
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal.rows import every
from otklik.desk.clients.models.question import Question, Value
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models.topic import Topic

OF_TOPIC = """
WITH RECURSIVE above AS (
    SELECT id, parent_id FROM tickets_topic WHERE id = %s
    UNION ALL SELECT t.id, t.parent_id FROM tickets_topic t JOIN above ON t.id = above.parent_id)
SELECT * FROM tickets_field WHERE is_active AND (topic_id IS NULL OR topic_id IN (SELECT id FROM above))
ORDER BY position, id
"""


class FieldManager(models.Manager["Field"]):
    def of_topic(self, topic_id: int | None) -> "list[Field]":
        """The form of a request with this topic: fields in use for all, for the topic and for what stands above it."""
        return every(Field, OF_TOPIC, topic_id)


class Field(Question):
    """One question of the form of requests."""

    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="fields", verbose_name=_("asked for")
    )
    is_required = models.BooleanField(_("required at resolve"), default=False)

    objects: FieldManager = FieldManager()

    class Meta(Question.Meta):
        verbose_name = _("field")
        verbose_name_plural = _("fields")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="choice") | models.Q(options__len__gte=1),
                name="a_choice_has_something_to_choose",
            )
        ]

    def read(self, given: object, present: Value = None) -> Value:
        """As every question does; raises Invalid, which names the field."""
        try:
            return super().read(given, present)
        except ValidationError as error:
            raise Invalid(error.messages[0], self.place) from error


def value_of(details: dict[str, Any], field: Field) -> Value:
    """What a request says about the field."""
    value: Value = details.get(str(field.pk))
    return value
