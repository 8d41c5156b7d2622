"""The page is about us.  Who asked to be written to is known by an address alone, and goes with it."""

from collections.abc import Collection

from django.db.models import Q, lookups
from django.db.models.functions import Upper

from otklik.care.status.models import (
    Check,
    Component,
    Group,
    Mailed,
    Note,
    Outage,
    Report,
    StatusPolicy,
    Subscriber,
    Works,
)
from otklik.core.datamap import Fate, Place, declare, free


def _of(addresses: Collection[str]) -> Q:
    return Q(lookups.In(Upper("address"), [address.upper() for address in addresses]))


PUBLIC = "words of the desk that everybody may read; the form asks to name no client"
declare(Place(Subscriber, {"address": _of}, words=("address", "key", "wanted"), secret=("key",), fate=Fate.REMOVED))
free(Group, "name_ru", "name_en", because=PUBLIC)
free(Component, "name_ru", "name_en", because=PUBLIC)
free(Check, "address", "why", because="an address of our own service, and a code of ours")
free(Outage, "reason", "withdrawn_why", because="words of ours about a failure of ours")
free(Report, "title_ru", "title_en", because=PUBLIC)
free(Note, "text_ru", "text_en", because=PUBLIC)
free(Works, "title_ru", "title_en", "text_ru", "text_en", "told", because=PUBLIC)
free(StatusPolicy, "about_ru", "about_en", "tiers", because=PUBLIC)
free(Mailed, "why", because="a code of ours")
for keyed in (Outage, Report, Note, Works):
    free(keyed, "key", because="a key against repeating")
