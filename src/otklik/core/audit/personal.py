"""The trail holds no words of clients, so that the erasure of a person leaves it as it is."""

from otklik.core.audit.models import Line, Seal
from otklik.core.datamap import free

free(Line, "kind", "about", "about_id", "session", "call", because="names and numbers of ours, digests")
free(Line, "address", because="from where people who work here acted")
free(Line, "before", "after", because="figures, dates, references and codes; words are left out before they are stored")
free(Seal, "mac", "key", because="digests")
