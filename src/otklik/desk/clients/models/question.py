"""One question with a typed answer: how it is asked, read, checked and said.

Fields of requests and fields of cards are such questions; what an answer may be is decided here alone.
"""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models, transaction
from django.utils import formats
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

type Value = str | int | float | bool | None

LONGEST, LONGEST_LINK = 500, 1000
LARGEST, PLACES = Decimal(10) ** 11, 4
"""A number of these bounds is the same in JSON, in Python and in the database."""
DATES = ("%Y-%m-%d", "%d.%m.%Y")


class Question(models.Model):
    """Its kind is fixed, so that what was answered stays readable."""

    class Kind(models.TextChoices):
        TEXT = "text", _("text")
        NUMBER = "number", _("number")
        DATE = "date", _("date")
        CHOICE = "choice", _("choice of a list")
        FLAG = "flag", _("yes or no")
        LINK = "link", _("link")

    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.TEXT)
    options = ArrayField(models.CharField(max_length=120), verbose_name=_("choices"), default=list, blank=True)
    hint = models.CharField(_("hint"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the form"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        abstract = True
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """Its name in forms and in errors."""
        return f"field-{self.pk}"

    def form(self) -> "models.QuerySet[Self]":
        """The questions among which it has its place."""
        return type(self)._default_manager.all()

    @transaction.atomic
    def step(self, by: int) -> None:
        """Change places with the one before (-1) or after (1); at the end nothing happens."""
        row = list(self.form().select_for_update())
        here = next(place for place, one in enumerate(row) if one.pk == self.pk)
        row.insert(min(max(here + by, 0), len(row) - 1), row.pop(here))
        for place, one in enumerate(row):
            one.position = place
        type(self)._default_manager.bulk_update(row, ["position"])

    def stand_last(self) -> None:
        """A new one comes after those that are there."""
        last = self.form().order_by("-position").first()
        self.position = last.position + 1 if last else 0

    def read(self, given: object, present: Value = None) -> Value:
        """What a form or a program gave, as it is kept; None for nothing.

        `present` is the answer of now: a choice that is not offered any more may stay.  Raises ValidationError.
        """
        text = _text(given)
        if not text:
            return None
        if "\x00" in text:
            raise self._wrong(_now("It has a sign that cannot be kept."))
        if len(text) > (LONGEST_LINK if self.kind == self.Kind.LINK else LONGEST):
            raise self._wrong(_now("This is too long."))
        match self.kind:
            case self.Kind.NUMBER:
                return self._number(text)
            case self.Kind.DATE:
                return self._date(text)
            case self.Kind.CHOICE:
                if text in self.options or text == present:
                    return text
                raise self._wrong(_now("Choose one of the list."))
            case self.Kind.FLAG:
                if text in ("yes", "no"):
                    return text == "yes"
                raise self._wrong(_now("Answer yes or no."))
            case self.Kind.LINK:
                return self._link(text)
        return " ".join(text.split())

    def said(self, value: Value) -> str:
        """The value in words; "" for nothing."""
        if value is None:
            return ""
        if self.kind == self.Kind.FLAG:
            return _now("yes") if value else _now("no")
        if self.kind == self.Kind.NUMBER and not isinstance(value, str):
            return formats.number_format(value, use_l10n=True, force_grouping=True)
        if self.kind == self.Kind.DATE:
            return formats.date_format(date.fromisoformat(str(value)), "DATE_FORMAT")
        return str(value)

    def _number(self, text: str) -> int | float:
        try:
            number = Decimal("".join(text.split()).replace("−", "-").replace(",", "."))
        except InvalidOperation:
            raise self._wrong(_now("This is no number.")) from None
        if not number.is_finite() or abs(number) >= LARGEST:
            raise self._wrong(_now("This number is too large."))
        if number != (rounded := round(number, PLACES)):
            raise self._wrong(_now("At most %(count)s digits after the point.") % {"count": PLACES})
        return int(rounded) if rounded == int(rounded) else float(rounded)

    def _date(self, text: str) -> str:
        for form in DATES:
            try:
                day = datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
            if 1900 <= day.year <= 2200:
                return day.isoformat()
        raise self._wrong(_now("Write a date, such as 28.11.2026."))

    def _link(self, text: str) -> str:
        try:
            URLValidator(schemes=["http", "https"])(text)
        except ValidationError:
            raise self._wrong(_now("Write a link that begins with https://.")) from None
        return text

    def _wrong(self, text: str) -> ValidationError:
        return ValidationError(_now("%(field)s: %(error)s") % {"field": self.name, "error": text})


def _text(given: object) -> str:
    if given is None:
        return ""
    if isinstance(given, bool):
        return "yes" if given else "no"
    if isinstance(given, float):
        return format(Decimal(str(given)), "f")
    return str(given).strip()


def typed(value: Value) -> str:
    """How an answer stands in an input."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
