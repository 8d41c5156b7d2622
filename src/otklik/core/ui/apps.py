"""Registration of the component set."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "otklik.core.ui"
    label = "ui"

    def ready(self) -> None:
        from otklik.core.ui.quick import masking, standing

        standing.settle()
        masking.settle()
