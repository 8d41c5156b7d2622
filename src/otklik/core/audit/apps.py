from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class AuditConfig(AppConfig):
    name = "otklik.core.audit"
    label = "audit"

    def ready(self) -> None:
        from otklik.core.audit.watching import put_in_place

        autodiscover_modules("audited")
        post_migrate.connect(put_in_place, sender=self, dispatch_uid="audit.watching")
