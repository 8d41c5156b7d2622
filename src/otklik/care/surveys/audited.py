"""Whether people have public pages."""

from otklik.care.surveys.models import PublicPages
from otklik.core.audit.registry import watch

watch(PublicPages)
