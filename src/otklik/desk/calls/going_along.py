"""Calls go where their request goes on, and come back with it, just as what was said in it does."""

from django.db.models import QuerySet

from otklik.core.journal.news import publish
from otklik.desk.calls.events import CallStands, CallTurned, CallWent
from otklik.desk.calls.models import Call, CallBack
from otklik.desk.tickets.models import Relocation


def along(relocation: Relocation) -> None:
    """Of a request that was joined all calls and what is owed to callers; of messages the calls whose words they are.

    What went is remembered on the relocation, beside what the request itself handed over.
    """
    calls, owed = Call.objects.filter(ticket=relocation.source_id), list[int]()
    if relocation.kind == Relocation.Kind.MERGE:
        owed = _owe_there(CallBack.objects.filter(ticket=relocation.source_id), relocation.target_id)
    else:
        calls = calls.filter(note__in=relocation.message_ids)
    gone = _stand(calls, relocation.target_id)
    if gone or owed:
        relocation.before |= {"calls": gone, "call_backs": owed}
        relocation.save(update_fields=["before"])


def back(relocation: Relocation) -> None:
    """Undone: what went comes back; of a request that was split off and ends, also what has come to it since."""
    calls = Call.objects.filter(ticket=relocation.target_id)
    owed = CallBack.objects.filter(ticket=relocation.target_id)
    if relocation.kind != Relocation.Kind.SPLIT:
        calls = calls.filter(pk__in=relocation.before.get("calls", []))
        owed = owed.filter(pk__in=relocation.before.get("call_backs", []))
    _stand(calls, relocation.source_id)
    _owe_there(owed, relocation.source_id)


def _stand(calls: "QuerySet[Call]", number: int) -> list[int]:
    """Each of these belongs to that request; whose call it was, and what came of it, stays."""
    held = list(calls.select_for_update(of=("self",), no_key=True).order_by("pk"))
    Call.objects.filter(pk__in=[call.pk for call in held]).update(ticket=number)
    for call in held:
        left, call.ticket_id = call.ticket_id, number
        if left:
            publish(CallWent(ticket_id=left, call_id=call.pk))
        publish(CallStands(ticket_id=number, call_id=call.pk))
        if not call.result:
            publish(CallTurned(call_id=call.pk, state=call.state, people=sorted(call.people)))
    return [call.pk for call in held]


def _owe_there(owed: "QuerySet[CallBack]", number: int) -> list[int]:
    numbers = list(owed.values_list("pk", flat=True))
    CallBack.objects.filter(pk__in=numbers).update(ticket=number)
    return numbers
