"""Addresses of sign-in and of one's own pages.

allauth finds its views by bare names, so those stand outside of our namespace; what is not listed here (sign-up,
changing addresses) has no door at all.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from otklik.core.staff.views import absences, entry, hotkeys, me

_own: list[URLPattern | URLResolver] = [
    path("sign-in/link/<str:secret>/", entry.link, name="link"),
    path("me/", me.profile, name="profile"),
    path("me/hotkeys/", hotkeys.hotkeys, name="hotkeys"),
    path("me/preferences/", me.preferences, name="preferences"),
    path("me/availability/<slug:what>/", me.availability, name="availability"),
    path("me/pause/", me.pause, name="pause"),
    path("absences/", absences.absences, name="absences"),
    path("absences/<int:pk>/move/", absences.move, name="absence_move"),
    path("absences/<int:pk>/deputy/", absences.stand_in, name="absence_deputy"),
    path("absences/<int:pk>/end/", absences.end, name="absence_end"),
    path("me/security/", me.security, name="security"),
    path("me/security/sessions/end/", me.end_sessions, name="end_sessions"),
    path("me/security/sessions/<int:pk>/end/", me.end_session, name="end_session"),
    path("me/keys/", me.tokens, name="tokens"),
    path("me/keys/<int:pk>/revoke/", me.revoke, name="revoke"),
]

_to_security = RedirectView.as_view(pattern_name="staff:security")

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", entry.SignInView.as_view(), name="account_login"),
    path("sign-in/forgot/", entry.forgot, name="account_reset_password"),
    path("sign-in/code/", factor.authenticate, name="mfa_authenticate"),
    path("sign-in/key/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path("sign-in/again/code/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("sign-in/again/key/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("sign-out/", account.logout, name="account_logout"),
    path("me/security/password/", account.password_change, name="account_change_password"),
    path("me/second-factor/", _to_security, name="mfa_index"),
    path("me/second-factor/keys/", _to_security, name="mfa_list_webauthn"),
    path("me/second-factor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("me/second-factor/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("me/second-factor/keys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("me/second-factor/keys/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("me/second-factor/keys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("me/second-factor/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("me/second-factor/codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("", include((_own, "staff"))),
]
