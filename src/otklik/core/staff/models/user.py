"""A person who works here."""

from functools import cached_property
from typing import Any

from django.contrib.auth.base_user import BaseUserManager
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import lookups
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from otklik.core.journal.bare import run
from otklik.core.journal.rows import columns, read
from otklik.core.staff.models.attending import Attending
from otklik.core.staff.models.career import Career
from otklik.core.staff.models.doors import Doors

LINES = """
SELECT m.team_id FROM staff_membership m WHERE m.user_id = {person}
UNION SELECT m.team_id FROM staff_absence a JOIN staff_membership m ON m.user_id = a.user_id
WHERE a.deputy_id = {person} AND a.given_back_at IS NULL
    AND a.since <= statement_timestamp() AND a.until > statement_timestamp()
"""
"""The lines of a person, and for the time of an absence those of whom they stand in for."""

IN_SESSION = """
SELECT {columns}, ARRAY({lines} ORDER BY 1)
FROM staff_user u WHERE u.id = %s AND u.is_active
"""


LIST_WIDTHS = (18, 32)
ROW_PARTS = ("face", "letter", "line", "owner")
"""What a row of the queue can do without; subject, client and the nearest moment always stand there."""
"""Bounds of the list's width, in rem."""
OPENED_LONGEST = 400


class Role(models.TextChoices):
    AGENT = "agent", _("agent")
    LEAD = "lead", _("lead")
    HEAD = "head", _("head of service")
    QUALITY = "quality", _("quality controller")
    ADMIN = "admin", _("administrator")


class UserManager(BaseUserManager["User"]):
    def create_user(self, login: str, email: str = "", password: str | None = None, **fields: Any) -> "User":
        """Add a person; without a password nobody can sign in as them until one is set."""
        user = self.model(login=login.strip().lower(), email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def by_sign_in_name(self, typed: str) -> "User | None":
        """The person of a login or an e-mail address, in one query whether they exist or not."""
        name = typed.strip().lower()
        found = self.filter(models.Q(login=name) | models.Q(email__iexact=name))
        return min(found, key=lambda person: person.login != name, default=None)

    def of_address(self, address: str) -> "User | None":
        """The person who works or worked here under an e-mail address."""
        return self.filter(lookups.Exact(Lower("email"), address.lower())).first() if address else None

    def in_session(self, pk: int) -> "User | None":
        """Who is behind a session, with their lines: one bare statement, since every page begins with it."""
        statement = IN_SESSION.format(columns=columns(self.model, "u"), lines=LINES.format(person="u.id"))
        row = run(statement, [pk]).fetchone()
        if row is None:
            return None
        person = read(self.model, row[:-1])
        person.team_ids = row[-1]
        return person

    def hold(self, *numbers: int | None) -> "models.QuerySet[User]":
        """These people, held from when they are read until the transaction ends, and always in one order."""
        return self.select_for_update(no_key=True).filter(pk__in={pk for pk in numbers if pk}).order_by("pk")

    def administrators(self) -> "models.QuerySet[User]":
        return self.filter(role=Role.ADMIN)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(login=(username or "").lower())


class User(Career, Attending, Doors):
    """One person of the staff; `role` says what they may do, `teams` where."""

    login = models.CharField(_("login"), max_length=60, unique=True)
    email = models.EmailField(_("e-mail"), blank=True)
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("position"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.AGENT)
    portrait = models.CharField(_("portrait"), max_length=60, blank=True)
    is_active = models.BooleanField(_("works here"), default=True)
    created_at = models.DateTimeField(_("added"), default=timezone.now)

    language = models.CharField(_("language"), max_length=5, default="ru")
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/Moscow")
    theme = models.CharField(
        _("theme"),
        max_length=6,
        default="system",
        choices=[("system", _("as in the system")), ("light", _("light")), ("dark", _("dark"))],
    )
    compact = models.BooleanField(_("compact lists"), default=False)
    keys_on = models.BooleanField(_("single-key shortcuts"), default=True)
    own_keys = models.JSONField(
        _("keys of one's own"), default=dict, blank=True, db_default=models.Value({}, models.JSONField())
    )
    """Name of an action: the key that does it for this person, where it is not the usual one; "" is none."""
    list_width = models.PositiveSmallIntegerField(
        _("width of the list"),
        null=True,
        blank=True,
        validators=[MinValueValidator(LIST_WIDTHS[0]), MaxValueValidator(LIST_WIDTHS[1])],
    )
    """In rem; None is as designed."""
    row_without = models.CharField(
        _("left out in rows of the queue"), max_length=40, blank=True, default="", db_default=""
    )
    """Some of ROW_PARTS, with blanks between them."""
    list_orders = models.JSONField(
        _("orders of lists"), default=dict, blank=True, db_default=models.Value({}, models.JSONField())
    )
    """Name of a list: the order in which this person looks at it, where it is not the usual one."""
    card_folded = models.BooleanField(_("the client's card is folded"), default=False, db_default=False)
    card_tab = models.CharField(_("open tab of the card"), max_length=10, blank=True, default="", db_default="")
    card_opened = models.CharField(
        _("blocks of the panel that stay open"), max_length=OPENED_LONGEST, blank=True, default="", db_default=""
    )
    """Codes, with blanks between them, of blocks that this person opened although the page folds them."""
    replies_to_line = models.BooleanField(
        _("while I am away, replies to me go to the line"), default=False, db_default=False
    )
    undo_seconds = models.PositiveSmallIntegerField(
        _("seconds to take a reply back"), null=True, blank=True, validators=[MaxValueValidator(60)]
    )

    teams = models.ManyToManyField(
        "staff.Team", through="staff.Membership", related_name="members", verbose_name=_("lines")
    )
    skills = models.ManyToManyField(
        "staff.Skill", through="staff.Ability", blank=True, related_name="people", verbose_name=_("skills")
    )

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    objects: UserManager = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="one_person_per_email"),
        ]

    def __str__(self) -> str:
        return self.name or self.login

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]

    @cached_property
    def team_ids(self) -> list[int]:
        """Lines the person answers for now; one query per request."""
        found = run(LINES.format(person="%(me)s") + " ORDER BY 1", {"me": self.pk})
        return [line for (line,) in found.fetchall()]

    def keep_block(self, code: str, *, is_open: bool) -> None:
        """A block of the panel stays open for this person, or is folded as the layout has it; the oldest go first."""
        with transaction.atomic():  # of two presses at once none is lost
            kept = User.objects.select_for_update().values_list("card_opened", flat=True).get(pk=self.pk).split()
            codes = [one for one in kept if one != code] + ([code] if is_open else [])
            while len(" ".join(codes)) > OPENED_LONGEST:
                codes.pop(0)
            self.card_opened = " ".join(codes)
            self.save(update_fields=["card_opened"])

    @property
    def sees_everything(self) -> bool:
        """Heads, quality controllers and administrators look at the whole department."""
        return self.role in (Role.HEAD, Role.QUALITY, Role.ADMIN)

    @property
    def leads(self) -> bool:
        return self.role in (Role.LEAD, Role.HEAD, Role.ADMIN)

    @property
    def answers(self) -> bool:
        """Quality controllers read and review, they do not write to clients."""
        return self.role != Role.QUALITY

    @property
    def administers(self) -> bool:
        return self.role == Role.ADMIN
