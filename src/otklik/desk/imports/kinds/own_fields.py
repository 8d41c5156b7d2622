"""Fields that the company keeps on its cards, as columns of a file."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.utils import timezone

from otklik.desk.clients.models import CardAnswer, CardField
from otklik.desk.clients.models.question import Value
from otklik.desk.imports import values
from otklik.desk.imports.kinds.base import Field
from otklik.desk.imports.values import Wrong


class OwnFields:
    """Those in use on the cards of people (`contact`) or of organisations (`client`), read once for a file."""

    def __init__(self, of: str) -> None:
        self.known = list(CardField.objects.filter(of=of, is_active=True))

    def columns(self) -> tuple[Field, ...]:
        return tuple(Field(one.place, one.name, ()) for one in self.known)

    def read(self, cells: Mapping[str, str]) -> dict[int, Value]:
        """What a row answers, by the field; an empty cell answers nothing.  Raises Wrong."""
        given = {one: values.text(cells.get(one.place, "")) for one in self.known}
        return {one.pk: _read(one, text) for one, text in given.items() if text}

    def shown(self, answers: Mapping[int, Value]) -> dict[str, str]:
        return {one.place: one.said(answers.get(one.pk)) for one in self.known}


def _read(field: CardField, text: str) -> Value:
    try:
        return field.read(_meant(field, text))
    except ValidationError as error:
        raise Wrong(field.place, error.messages[0]) from error


def _meant(field: CardField, text: str) -> object:
    """As files write it: да for yes, any form of a date, a choice in small letters."""
    match field.kind:
        case CardField.Kind.FLAG:
            return values.yes(field.place, text)
        case CardField.Kind.DATE:
            found = values.moment(field.place, text)
            return timezone.localtime(found).date().isoformat() if found else ""
        case CardField.Kind.CHOICE:
            return next((one for one in field.options if one.casefold() == text.casefold()), text)
    return text


class Answers:
    """The answers of a batch of rows: what is known is read in one statement, and so is written what differs."""

    def __init__(self, of: str) -> None:
        self.of = of
        self.known: dict[int, dict[int, Value]] = {}
        self.told: dict[tuple[int, int], Value] = {}

    def look_up(self, numbers: Iterable[int]) -> None:
        self.known = CardAnswer.objects.said_of(self.of, numbers)

    def put(self, number: int, answers: Mapping[int, Value]) -> bool:
        """Whether this row says anything else than the card."""
        card = self.known.setdefault(number, {})
        different = {field: value for field, value in answers.items() if field not in card or card[field] != value}
        card.update(different)
        self.told.update({(field, number): value for field, value in different.items()})
        return bool(different)

    def write(self) -> None:
        rows = [
            CardAnswer(field_id=field, value=value, **{f"{self.of}_id": number})
            for (field, number), value in self.told.items()
        ]
        CardAnswer.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["field", self.of], update_fields=["value"]
        )
