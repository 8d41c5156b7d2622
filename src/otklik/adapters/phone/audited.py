"""How an exchange reaches us; of its secrets only that they changed."""

from otklik.adapters.phone.models import Exchange
from otklik.core.audit.registry import watch

watch(Exchange)
