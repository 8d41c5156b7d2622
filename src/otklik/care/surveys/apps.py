from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "otklik.care.surveys"
    label = "surveys"
    verbose_name = _("surveys")

    def ready(self) -> None:
        from otklik.care.surveys.events import SurveyAnswered
        from otklik.desk.automation.moments import Event
        from otklik.desk.automation.reactions import listen_to

        listen_to(Event("score", _("the client has given a score"), (SurveyAnswered,)))
