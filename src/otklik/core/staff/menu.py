"""What stands under one's own portrait."""

from django.utils.translation import gettext_lazy as _

from otklik.core.ui import nav


def register() -> None:
    nav.add(nav.Entry("profile", _("My profile"), icon="user", url="staff:profile", section="me", order=10))
    nav.add(nav.Entry("security", _("Sign-in and security"), icon="lock", url="staff:security", section="me", order=20))
    nav.add(nav.Entry("tokens", _("Keys for programs"), icon="key", url="staff:tokens", section="me", order=30))
    nav.add(nav.Entry("sign-out", _("Sign out"), icon="x", url="account_logout", section="me", order=90, post=True))
    nav.open_door("preferences", "staff:preferences")
