from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    name = "otklik.core.staff"
    label = "staff"
    verbose_name = _("staff")

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added, authenticator_removed
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from otklik.core.staff import menu, sessions

        user_logged_in.connect(sessions.begin, dispatch_uid="staff.session")
        user_logged_out.connect(sessions.left, dispatch_uid="staff.left")
        authenticator_added.connect(sessions.second_factor_changed, dispatch_uid="staff.factor")
        authenticator_removed.connect(sessions.second_factor_changed, dispatch_uid="staff.factor")
        menu.register()
