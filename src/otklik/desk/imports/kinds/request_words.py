"""What other desks call states, priorities and directions."""

from django.utils.translation import gettext as _

from otklik.desk.imports import values
from otklik.desk.imports.values import Wrong
from otklik.desk.tickets.models import Priority, Status

STATES = {
    **dict.fromkeys(("new", "новая", "новое", "новый", "новая заявка"), Status.NEW),
    **dict.fromkeys(("open", "active", "in progress", "assigned", "reopened"), Status.OPEN),
    **dict.fromkeys(("открыта", "открыто", "открыт", "в работе", "назначена", "2"), Status.OPEN),
    **dict.fromkeys(
        ("pending", "pending customer", "waiting on customer", "awaiting user info"), Status.PENDING_CLIENT
    ),
    **dict.fromkeys(("pending reminder", "ждем клиента", "ожидает клиента", "3"), Status.PENDING_CLIENT),
    **dict.fromkeys(("hold", "on hold", "awaiting vendor", "awaiting problem", "awaiting evidence"), Status.SCHEDULED),
    **dict.fromkeys(("waiting on third party", "postponed", "отложена", "отложено", "отложен"), Status.SCHEDULED),
    **dict.fromkeys(("solved", "resolved", "closed", "done", "closed successful", "pending close"), Status.RESOLVED),
    **dict.fromkeys(("решена", "решено", "решен", "закрыта", "закрыто", "закрыт", "4", "5"), Status.RESOLVED),
    **dict.fromkeys(("refused", "rejected", "cancelled", "canceled", "отклонена", "отклонено"), Status.REFUSED),
    **dict.fromkeys(("deleted", "spam", "merged", "closed unsuccessful", "спам", "удалена"), Status.CLOSED),
}
"""By small letters; «ё» is written as «е».  Numbers are those of Freshdesk."""
PRIORITIES = {
    **dict.fromkeys(("low", "1 low", "низкий", "низкая", "1", "4 low", "5 planning"), Priority.LOW),
    **dict.fromkeys(("normal", "medium", "moderate", "3 moderate", "2 normal", "обычный", "обычная"), Priority.NORMAL),
    **dict.fromkeys(("средний", "средняя", "2"), Priority.NORMAL),
    **dict.fromkeys(("high", "2 high", "3 high", "высокий", "высокая", "3"), Priority.HIGH),
    **dict.fromkeys(("urgent", "critical", "emergency", "1 critical", "срочный", "срочная", "4"), Priority.URGENT),
    **dict.fromkeys(("критический", "критичный", "критическая"), Priority.URGENT),
}
WAYS = {
    **dict.fromkeys(("in", "incoming", "inbound", "customer", "client", "end user", "входящее", "клиент"), "in"),
    **dict.fromkeys(("out", "outgoing", "outbound", "agent", "reply", "исходящее", "ответ", "сотрудник"), "out"),
    **dict.fromkeys(("note", "private", "internal", "system", "заметка", "комментарий", "внутреннее"), "note"),
}


def status_of(value: str) -> Status | None:
    return _known(STATES, "status", value, _("«%(value)s» is no status that we know."))


def priority_of(value: str) -> Priority | None:
    return _known(PRIORITIES, "priority", value, _("«%(value)s» is no priority that we know."))


def way_of(value: str) -> str:
    return _known(WAYS, "direction", value, _("«%(value)s» says not who wrote to whom.")) or ""


def _known[Word](words: dict[str, Word], field: str, value: str, wrong: str) -> Word | None:
    told = values.text(value)
    if not told:
        return None
    plain = " ".join("".join(sign if sign.isalnum() else " " for sign in told.lower().replace("ё", "е")).split())
    if plain not in words:
        raise Wrong(field, wrong % {"value": told[:60]})
    return words[plain]
