"""Updates as Telegram tells them."""

import itertools
from typing import Any

NUMBERS = itertools.count(1000)
OLGA: dict[str, Any] = {"id": 4242, "is_bot": False, "first_name": "Ольга", "last_name": "Нечаева"}
OLGA |= {"username": "olga_n", "language_code": "ru"}
DATE = 1_795_000_000


def update(**told: Any) -> dict[str, Any]:
    return {"update_id": next(NUMBERS), **told}


def message(text: str = "", number: int = 0, who: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    who = who or OLGA
    number = number or next(NUMBERS)
    chat = {"id": who["id"], "type": "private", "first_name": who["first_name"]}
    told = {"message_id": number, "from": who, "chat": chat, "date": DATE + number}
    return told | ({"text": text} if text else {}) | more


def says(text: str = "", **more: Any) -> dict[str, Any]:
    return update(message=message(text, **more))


def edits(text: str, number: int, **more: Any) -> dict[str, Any]:
    return update(edited_message=message(text, number, edit_date=DATE + next(NUMBERS), **more))


def presses(data: str, above: int = 501, who: dict[str, Any] | None = None) -> dict[str, Any]:
    who = who or OLGA
    under = {"message_id": above, "chat": {"id": who["id"], "type": "private"}, "date": DATE}
    return update(callback_query={"id": str(next(NUMBERS)), "from": who, "message": under, "data": data})


def lets_in(status: str) -> dict[str, Any]:
    chat = {"id": OLGA["id"], "type": "private"}
    return update(my_chat_member={"chat": chat, "from": OLGA, "date": DATE, "new_chat_member": {"status": status}})
