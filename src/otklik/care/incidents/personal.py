"""Incidents are about us: what clients are told is kept in their own conversations."""

from otklik.care.incidents.models import Incident, Told, Update
from otklik.core.datamap import free

OURS = "words of the desk about its own failure, the same for everybody; no client is named"
free(Incident, "title", "affects", "agreed", "learned", "post_mortem", "key", because=OURS)
free(Update, "key", "what", "whom", "doing", "workaround", "was_state", "was_agreed", because=OURS)
free(Told, "why", because="a code of ours: what a client asked for stands on their card alone")
