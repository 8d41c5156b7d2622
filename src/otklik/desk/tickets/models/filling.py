"""What a ticket says in the fields of its form."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.tickets import events
from otklik.desk.tickets.errors import Invalid, Unfilled
from otklik.desk.tickets.models.field import Field, value_of

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket


class Filling:
    """Trait of the ticket: its form.  The client sees nothing of it."""

    def form(self: "Ticket") -> list[Field]:  # type: ignore[misc]
        """The fields that are asked for with the present topic."""
        return Field.objects.of_topic(self.topic_id)

    @transaction.atomic
    def fill(self: "Ticket", given: Mapping[int, object], *, by: User | None) -> None:  # type: ignore[misc]
        """Answers by the numbers of fields; None or "" takes one away, fields that are not named stay as they are.

        All of them or none.  Raises Invalid with the field to mend, also for one that is not in the form.
        """
        self.lock()
        self.must_stand()
        known = {field.pk: field for field in self.form()}
        if strange := next((number for number in given if number not in known), None):
            raise Invalid(_("This field is not asked for with this topic."), f"field-{strange}")
        details, news = dict(self.details), []
        for number, told in given.items():
            field, was = known[number], value_of(self.details, known[number])
            value = field.read(told, was)
            if value == was and type(value) is type(was):
                continue
            details[str(number)] = value
            words = {"name": field.name, "value": field.said(value)[:200], "was": field.said(was)[:200]}
            news.append(events.FieldFilled(ticket_id=self.pk, field_id=number, **words))
        if not news:
            return
        self.details = {number: value for number, value in details.items() if value is not None}
        self.keep()
        for item in news:
            publish(item, by=by)

    def unfilled(self: "Ticket") -> list[Field]:  # type: ignore[misc]
        """What has to be filled in before the matter is solved."""
        return [field for field in self.form() if field.is_required and value_of(self.details, field) is None]

    def must_be_filled(self: "Ticket") -> None:  # type: ignore[misc]
        """Raises Unfilled."""
        if missing := self.unfilled():
            said = ngettext(
                "Fill in before it is solved: %(names)s.", "Fill these in before it is solved: %(names)s.", len(missing)
            )
            names = ", ".join(field.name for field in missing)
            raise Unfilled(said % {"names": names}, missing)
