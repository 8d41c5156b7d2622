"""The doors of a person: password, sessions, second factor."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction

from otklik.core.journal.news import publish
from otklik.core.staff import events

if TYPE_CHECKING:
    from otklik.core.staff.models.user import User


class Doors(AbstractBaseUser):
    """Trait of a person: what lets them in, and how each way is closed."""

    sessions_round = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def get_session_auth_hash(self) -> str:
        """Changes with the password and with every "log out everywhere": older sessions then know nobody."""
        return f"{super().get_session_auth_hash()}{self.sessions_round}"

    def get_session_auth_fallback_hash(self) -> Any:
        for older in super().get_session_auth_fallback_hash():
            yield f"{older}{self.sessions_round}"

    def end_sessions(self) -> None:
        """Every session of this person ends with its next request, in every process."""
        self.sessions_round = models.F("sessions_round") + 1
        self.save(update_fields=["sessions_round"])
        self.refresh_from_db(fields=["sessions_round"])

    @transaction.atomic
    def take_password(self: "User", password: str, *, how: str) -> None:  # type: ignore[misc]
        """Set the password; sessions and unused links of this person end."""
        self.set_password(password)
        self.save(update_fields=["password"])
        self.end_sessions()
        self.links.get_queryset().void()
        publish(events.PersonJoined(self.pk) if how == "invite" else events.PasswordSet(self.pk, how), by=self)

    @property
    def has_second_factor(self) -> bool:
        """A code generator or a key stands behind the password."""
        return self.authenticator_set.exclude(type="recovery_codes").exists()  # type: ignore[attr-defined]

    @property
    def owes_second_factor(self: "User") -> bool:  # type: ignore[misc]
        """The policy demands one of them, and there is none; the database is asked of those alone whom it names."""
        from otklik.core.staff.models.organisation import Organisation

        return Organisation.objects.current().asks_second_factor(self) and not self.has_second_factor

    @transaction.atomic
    def remove_second_factor(self: "User", *, by: "User") -> None:  # type: ignore[misc]
        """For a lost phone: the next sign-in needs the password alone; open sessions end."""
        self.authenticator_set.all().delete()  # type: ignore[attr-defined]
        self.end_sessions()
        publish(events.SecondFactorRemoved(self.pk), by=by)
