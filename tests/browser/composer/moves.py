"""Moves at the composer that several journeys make."""

from typing import Any

from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket


def open_ticket(page: Any, ticket: Ticket) -> None:
    page.goto(f"/tickets/{ticket.number}/?view=mine")
    page.wait_for_selector("#reply-text")


def send(page: Any) -> None:
    page.locator("[data-key=send]:visible").click()


def sent(page: Any) -> None:
    """The bar stands there and the form below it is empty and open: what is pressed from now on is done."""
    page.wait_for_selector("#composer:not([data-busy]) .sentbar")


def without_network(page: Any) -> None:
    """htmx reports a lost request to the console, which a test would take for a fault of the page."""
    page.evaluate("console.error = () => {}")


def answers() -> Any:
    return Message.objects.filter(direction="out", automatic="", taken_back_at=None)


def first_letter(ticket: Ticket) -> str:
    message = ticket.conversation.messages.order_by("id").first()
    assert message
    return message.external_id
