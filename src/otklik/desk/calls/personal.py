"""Numbers of callers, and where their voice lies."""

from django.db import models
from django.db.models import Value
from django.db.models.functions import Cast, Concat

from otklik.core.datamap import Fate, Place, are_codes, declare, free
from otklik.desk.calls.models import Call, CallBack, CallEvent, Draft, Extension

UNNAMED = Concat(Value("erased-"), Cast("pk", models.CharField()))
"""Of one number a single call-back is owed: two that were erased are two."""

declare(
    Place(
        Call,
        {"ticket": "ticket", "contact": "contact"},
        words=("number", "recording"),
        replaced={"recording": ""},
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
    Place(CallBack, {"ticket": "ticket"}, words=("number",), replaced={"number": UNNAMED}),
)
are_codes("calls.CallTurned.state")
free(Call, "external_id", "queue", "rings", "beside", because="identifiers of the exchange and numbers of our people")
free(Call, "caller", because="a random mark: that calls were of one caller, not of whom")
free(CallBack, "caller", because="the same mark")
free(CallEvent, "key", "extension", "queue", because="identifiers of the exchange and inner numbers")
free(Extension, "number", because="an inner number of ours")
