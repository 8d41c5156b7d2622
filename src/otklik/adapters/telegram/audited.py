"""How a bot reaches us; of its token only that it changed."""

from otklik.adapters.telegram.models import Bot
from otklik.core.audit.registry import watch

watch(Bot, passing=("offset", "offset_at", "hooked_at", "tries", "next_try_at", "changed_at"))
