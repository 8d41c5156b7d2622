from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProblemsConfig(AppConfig):
    name = "otklik.care.problems"
    label = "problems"
    verbose_name = _("problems")

    def ready(self) -> None:
        from otklik.care.problems.many import tell_batches

        tell_batches()
