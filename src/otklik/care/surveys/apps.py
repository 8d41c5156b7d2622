from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "otklik.care.surveys"
    label = "surveys"
    verbose_name = _("surveys")

    def ready(self) -> None:
        from otklik.care.surveys import bringing
        from otklik.care.surveys.asked import tell_rules
        from otklik.care.surveys.reviews import line_of_letter
        from otklik.desk.imports.kinds import KINDS
        from otklik.desk.tickets.letters import BESIDE

        tell_rules()
        KINDS[bringing.FILE] = bringing.OutsideAnswers
        BESIDE.append(line_of_letter)
