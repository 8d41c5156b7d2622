"""What a company wants to know of its clients beyond what every card has: typed fields of people and organisations.

Answers stand in rows of their own, so that they move with a person who is merged (docs/decisions/0044).
"""

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from django.contrib.postgres.indexes import HashIndex
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.clients.events import ClientChanged, ContactChanged
from otklik.desk.clients.models.client import Client
from otklik.desk.clients.models.question import Question, Value

if TYPE_CHECKING:
    from otklik.desk.clients.models.contact import Contact

SHOWN = 300
"""Letters of an answer that the journal keeps."""
MOST_DIGITS = 17


class Holds(models.TextChoices):
    CONTACT = "contact", _("a person")
    CLIENT = "client", _("an organisation")


class Answered(NamedTuple):
    """A field of a card with what the card says to it."""

    field: "CardField"
    value: Value


class CardFieldQuerySet(models.QuerySet["CardField"]):
    def of(self, holder: "Contact | Client") -> "CardFieldQuerySet":
        """Those in use on the card of this person or organisation."""
        return self.filter(of=kind_of(holder), is_active=True)

    def answered(self, holder: "Contact | Client") -> list[Answered]:
        """The whole form of a card, in its order."""
        said: dict[int, Value] = dict(CardAnswer.objects.of(holder).values_list("field", "value"))
        return [Answered(field, said.get(field.pk)) for field in self.of(holder)]

    def named(self, holder: "Contact | Client", place: str) -> "CardField | None":
        """The field in use that has this name in forms."""
        number = place.removeprefix("field-")
        if number == place or not number.isdecimal() or len(number) > MOST_DIGITS:
            return None
        return self.of(holder).filter(pk=int(number)).first()


class CardField(Question):
    """One field of the cards of people, or of organisations."""

    of = models.CharField(_("stands on the card of"), max_length=8, choices=Holds, default=Holds.CONTACT)
    is_personal = models.BooleanField(_("personal"), default=False)

    objects = CardFieldQuerySet.as_manager()

    class Meta(Question.Meta):
        verbose_name = _("field of cards")
        verbose_name_plural = _("fields of cards")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="choice") | Q(options__len__gte=1),
                name="a_card_offers_something_to_choose",
            ),
        ]

    def form(self) -> CardFieldQuerySet:
        return CardField.objects.filter(of=self.of)

    def present(self, holder: "Contact | Client") -> Value:
        """What the card says now."""
        known = CardAnswer.objects.of(holder).filter(field=self).first()
        value: Value = known.value if known else None
        return value

    @transaction.atomic
    def fill(self, holder: "Contact | Client", given: object, *, by: User) -> Value:
        """Keep what somebody says; nothing takes the answer away.  Raises ValidationError.

        The journal knows of every change; what a personal field says it does not repeat.
        """
        type(holder)._default_manager.select_for_update(of=("self",)).only("pk").get(pk=holder.pk)
        present = self.present(holder)
        value = self.read(given, present)
        if value == present and type(value) is type(present):
            return value
        kept = CardAnswer.objects.of(holder).filter(field=self)
        if value is None:
            kept.delete()
        elif not kept.update(value=value):
            CardAnswer.objects.create(field=self, value=value, **{kind_of(holder): holder})
        said = "" if self.is_personal else self.said(value)[:SHOWN]
        if isinstance(holder, Client):
            publish(ClientChanged(client_id=holder.pk, field=self.place, value=said), by=by)
        else:
            publish(ContactChanged(contact_id=holder.pk, field=self.place, value=said), by=by)
        return value


class CardAnswerQuerySet(models.QuerySet["CardAnswer"]):
    def of(self, holder: "Contact | Client") -> "CardAnswerQuerySet":
        return self.filter(**{kind_of(holder): holder})

    def saying(self, words: str, fields: "Iterable[CardField]") -> "CardAnswerQuerySet":
        """Exactly this, in any of these fields; yes and no are said by too many to be looked for."""
        found = Q(pk=None)
        for field in fields:
            with suppress(ValidationError):
                value = field.read(words, words)
                if field.kind != CardField.Kind.FLAG and value is not None:
                    found |= Q(field=field, value=value)
        return self.filter(found)

    def said_of(self, kind: str, numbers: Iterable[int]) -> dict[int, dict[int, Value]]:
        """Of many people or organisations: their answers by the field."""
        found: dict[int, dict[int, Value]] = {}
        for holder, field, value in self.filter(**{f"{kind}__in": numbers}).values_list(kind, "field", "value"):
            found.setdefault(holder, {})[field] = value
        return found


class CardAnswer(models.Model):
    """What one card says to one field; a field without a row has no answer."""

    field = models.ForeignKey(CardField, models.CASCADE, related_name="answers", verbose_name=_("field"))
    contact: models.ForeignKey["Contact | None"] = models.ForeignKey(
        "clients.Contact", models.CASCADE, null=True, related_name="answers", verbose_name=_("contact")
    )
    client = models.ForeignKey(
        Client, models.CASCADE, null=True, related_name="answers", verbose_name=_("organisation")
    )
    value = models.JSONField(_("answer"))

    objects = CardAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer on a card")
        verbose_name_plural = _("answers on cards")
        # By a hash: a link of a thousand letters is too long for an ordered index.
        indexes = [HashIndex(fields=["value"], name="card_answer_value")]
        constraints = [
            models.UniqueConstraint(fields=["field", "contact"], name="answered_once_of_a_person"),
            models.UniqueConstraint(fields=["field", "client"], name="answered_once_of_an_organisation"),
            models.CheckConstraint(
                condition=Q(contact=None, client__isnull=False) | Q(contact__isnull=False, client=None),
                name="answer_has_one_holder",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field_id} of {self.contact_id or self.client_id}"


def kind_of(holder: "Contact | Client") -> str:
    return Holds.CLIENT.value if isinstance(holder, Client) else Holds.CONTACT.value
