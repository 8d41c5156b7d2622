"""Numbers of callers, and where their voice lies."""

from secrets import token_hex

from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.functions import Cast, Concat

from otklik.core.datamap import GONE, Fate, Place, are_codes, declare, free
from otklik.desk.calls.models import Call, CallBack, CallEvent, Draft, Extension

UNNAMED = Concat(Value("erased-"), Cast("pk", models.CharField()))
"""Of one number a single call-back is owed: two that were erased are two."""
REKEYED = Func(
    F("caller"), Value(token_hex(32)), template="MD5(%(expressions)s)::uuid", arg_joiner="::text || ",
    output_field=models.UUIDField(),
)  # fmt: skip
"""Another mark for each mark, the same in all batches of a run: nobody knows by which secret, which ends with it."""


def parted(erased: Q) -> Case:
    """What was of one caller stays so, and leads no more to calls of the number that still have it."""
    return Case(When(erased, then=F("caller")), default=REKEYED)


declare(
    Place(
        Call,
        {"ticket": "ticket", "contact": "contact"},
        words=("number", "recording"),
        replaced={"recording": "", "caller": parted(Q(number=GONE))},
    ),
    Place(
        CallEvent,
        {"ticket": "call__ticket", "contact": "call__contact"},
        words=("number", "address"),
        replaced={"address": ""},
    ),
    Place(
        Draft,
        {"ticket": "call__ticket", "contact": "call__contact"},
        words=("form",),
        fate=Fate.REMOVED,
        inside=models.Q(pk__isnull=False),  # what is typed there becomes a note
    ),
    Place(
        CallBack,
        {"ticket": "ticket"},
        words=("number",),
        replaced={"number": UNNAMED, "caller": parted(Q(number__startswith="erased-"))},
    ),
)
are_codes("calls.CallTurned.state")
free(Call, "external_id", "queue", "rings", "beside", because="identifiers of the exchange and numbers of our people")
free(Call, "caller", because="a random mark, another one after an erasure: that calls were of one caller, not of whom")
free(CallBack, "caller", because="the same mark")
free(CallEvent, "key", "extension", "queue", because="identifiers of the exchange and inner numbers")
free(Extension, "number", because="an inner number of ours")
