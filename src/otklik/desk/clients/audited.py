"""How clients are to be met, and which of them were put together."""

from otklik.core.audit.registry import hears, watch
from otklik.desk.clients import events
from otklik.desk.clients.models import ContactPolicy, Opener, Product

for model in (ContactPolicy, Opener, Product):
    watch(model)
hears(events.ContactMerged, events.ContactsParted, events.OrganisationMerged, events.OrganisationsParted)
hears(events.RestrictionEnded)
