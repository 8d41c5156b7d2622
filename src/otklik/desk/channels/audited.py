"""Where letters come in and go out."""

from otklik.core.audit.registry import watch
from otklik.desk.channels.models import Channel

watch(Channel, passing=("trouble", "trouble_since", "checked_at", "rests_until"))
