"""Merging, splitting, moving and undoing by programs."""

import pytest

from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Ask, Tell
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(ticket: Ticket, writes: Write) -> tuple[Ticket, Ticket]:
    return ticket, writes("Звонок всё ещё не работает")


def test_merged_once_for_each_key_and_undone(pair: tuple[Ticket, Ticket], anna: User, tell: Tell) -> None:
    first, second = pair
    done, again = (tell(anna, second.number, "merge", {"into": first.number}, key="k") for _ in range(2))

    assert (done.status_code, done.content) == (200, again.content)
    assert (done.json()["merged_into"], done.json()["timeline"]) == (first.number, [])
    (act,) = done.json()["relocations"]
    assert (act["kind"], act["source"], act["target"], act["undone_at"]) == ("merge", second.pk, first.pk, None)
    assert tell(anna, second.number, "merge", {"into": first.number}).status_code == 409

    back = tell(anna, first.number, f"relocations/{act['id']}/undo")
    assert back.json()["number"] == second.number and back.json()["merged_into"] is None
    assert tell(anna, first.number, f"relocations/{act['id']}/undo").status_code == 409


def test_letters_of_another_person_need_a_word(ticket: Ticket, writes: Write, anna: User, tell: Tell) -> None:
    other = writes("Чужое", sender="olga@volga.test")
    refused = tell(anna, other.number, "merge", {"into": ticket.number})
    assert (refused.status_code, refused.json()["field"]) == (422, "disclose")
    assert tell(anna, other.number, "merge", {"into": ticket.number, "disclose": True}).status_code == 200


def test_split_and_moved(pair: tuple[Ticket, Ticket], writes: Write, anna: User, tell: Tell) -> None:
    first, second = pair
    writes("И смените тариф", token=first.conversation.token)
    letter = first.conversation.messages.order_by("-id").first()
    assert letter
    begun = tell(anna, first.number, "split", {"messages": [letter.pk], "subject": "Тариф"})
    assert begun.status_code == 201 and begun.json()["subject"] == "Тариф"

    undone = tell(anna, begun.json()["number"], f"relocations/{begun.json()['relocations'][0]['id']}/undo")
    assert [one["id"] for one in undone.json()["timeline"]][-1] == letter.pk

    moved = tell(anna, first.number, "move", {"messages": [letter.pk], "to": second.number})
    assert moved.status_code == 200 and letter.pk not in [one["id"] for one in moved.json()["timeline"]]


def test_ACCESS_3_what_the_person_may_not_see_is_the_same_as_none(
    pair: tuple[Ticket, Ticket], anna: User, vera: User, tell: Tell, line_two: Team
) -> None:
    first, second = pair
    act = second.merge_into(first, by=anna)
    Ticket.objects.filter(pk=first.pk).update(team=line_two)

    answers = [
        tell(anna, second.number, f"relocations/{act.pk}/undo"),
        tell(vera, first.number, f"relocations/{act.pk}/undo"),
        tell(anna, second.number, "merge", {"into": first.number}),
        tell(anna, second.number, "move", {"messages": [1], "to": first.number}),
        tell(anna, second.number, "merge", {"into": 999999}),
        tell(anna, second.number, "relocations/999999/undo"),
    ]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}


def test_who_takes_part_is_told(writes: Write, anna: User, tell: Tell) -> None:
    ticket = writes(cc=["olga@volga.test"])
    told = tell(anna, ticket.number, "note", {"text": "Заметка"}).json()["participants"]
    assert told == [{"address": "olga@volga.test", "name": "", "role": "copy", "standing": "proposed"}]


def test_ACCESS_3_a_ticket_that_the_person_may_not_see_is_not_named(
    pair: tuple[Ticket, Ticket], writes: Write, anna: User, head: User, ask: Ask, line_two: Team
) -> None:
    first, second = pair
    writes("И смените тариф", token=first.conversation.token)
    letter = first.conversation.messages.order_by("-id")[0]
    begun = Ticket.objects.get(pk=first.pk).split_off([letter.pk], by=anna)
    second.merge_into(Ticket.objects.get(pk=first.pk), by=anna)
    Ticket.objects.filter(pk__in=(begun.pk, second.pk)).update(team=line_two, owner=None)

    def ends(user: User) -> list[tuple[int | None, int | None]]:
        told = ask("get", f"tickets/{first.number}", user).json()
        return [(act["source"], act["target"]) for act in told["relocations"]]

    assert ends(anna) == [(first.pk, None), (None, first.pk)]
    assert ends(head) == [(first.pk, begun.pk), (second.pk, first.pk)]
