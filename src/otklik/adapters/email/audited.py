"""How letters are fetched and sent; of secrets only that they changed."""

from otklik.adapters.email.models import Application, Mailbox
from otklik.core.audit.registry import watch

WORKING = ("fetched_at", "failed_at", "next_try_at", "access_secret", "access_until", "grant_lost_at", "smtp_trouble")

watch(Application)
watch(Mailbox, codes=("imap_host", "smtp_host"), passing=(*WORKING, "changed_at"))
