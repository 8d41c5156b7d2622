"""Incidents are about us: what clients are told is kept in their own conversations, whom they concern by number."""

from otklik.care.incidents.models import Action, Cause, Concerned, Finding, Incident, Told, Update
from otklik.core.datamap import Fate, Place, declare, free

OURS = "words of the desk about its own failure, the same for everybody; no client is named"
free(Incident, "title", "affects", "agreed", "learned", "post_mortem", "key", because=OURS)
free(Update, "key", "what", "whom", "doing", "workaround", "was_state", "was_agreed", because=OURS)
declare(Place(Concerned, {"contact": "contact"}, fate=Fate.REMOVED))
free(Finding, "source", "why", because="words of ours about a failure; the form asks to name no client")
free(Told, "why", because="a code of ours: what a client asked for stands on their card alone")
free(Action, "text", "result", because="what we change about ourselves; the form asks to name no client")
free(Cause, "name", because=OURS)
