"""Where a chat is shown and what it asks for."""

from otklik.adapters.sitechat.models import Chat
from otklik.core.audit.registry import watch

watch(Chat)
