"""Who is behind a name and a password: one look-up and one hash, whatever the answer."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from otklik.core.staff.models import User
from otklik.core.staff.policies import PASSWORD_LONGEST


class StaffBackend(BaseBackend):
    """Login name or e-mail address with a password; people who left do not exist."""

    def authenticate(
        self, request: HttpRequest | None, username: str = "", password: str = "", **credentials: Any
    ) -> User | None:
        """None for a wrong pair; a stranger's attempt costs the same hash as a person's."""
        if not username or not password or len(password) > PASSWORD_LONGEST:
            return None
        person = User.objects.by_sign_in_name(username)
        if person is None or not person.has_usable_password():
            User().set_password(password)
            return None
        fits = person.check_password(password)
        return person if fits and person.is_active else None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.in_session(user_id)
