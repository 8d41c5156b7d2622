"""What people are good at, how good they are at it, and what each line needs (METRICS P5)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock

if TYPE_CHECKING:
    from otklik.core.staff.models.user import User

CONFIRMED_FOR = timedelta(days=365)
"""A level that nobody has confirmed for so long is stale."""
LONGEST = 60
MOST_PEOPLE = 50


class Level(models.IntegerChoices):
    """How good somebody is at a skill; who has none has no row."""

    NONE = 0, _("none")
    HELPED = 1, _("with help")
    ALONE = 2, _("alone")
    HARD = 3, _("hard cases")
    TEACHES = 4, _("teaches it")


class SkillManager(models.Manager["Skill"]):
    def named(self, names: Iterable[str]) -> "list[Skill]":
        """One for each name, whatever its case; a name that is new is a new skill."""
        return [self.filter(name__iexact=name).first() or self.create(name=name) for name in names]


class Skill(models.Model):
    """Something that not everybody of a line can do: a language, a product, a kind of work."""

    name = models.CharField(_("name"), max_length=LONGEST, unique=True)

    objects: SkillManager = SkillManager()

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class AbilityQuerySet(models.QuerySet["Ability"]):
    def able(self) -> "AbilityQuerySet":
        """Who needs nobody beside them: only they are given what needs the skill."""
        return self.filter(level__gte=Level.ALONE)


class AbilityManager(models.Manager.from_queryset(AbilityQuerySet)):  # type: ignore[misc]
    def say(self, person: "User", skill: Skill, level: int) -> bool:
        """Confirm or change it from today on; none takes it away.  False where this was known and is fresh."""
        known = self.filter(user=person, skill=skill).first()
        if level == Level.NONE:
            return bool(known and known.delete()[0])
        if known and known.level == level and known.confirmed_on == clock.house_today():
            return False
        self.update_or_create(
            user=person, skill=skill, defaults={"level": Level(level), "confirmed_on": clock.house_today()}
        )
        return True


class Ability(models.Model):
    """The level of one person in one skill.

    `confirmed_on` is the day on which a lead said so last, of the department; None where the skill was only named.
    """

    user = models.ForeignKey("staff.User", models.CASCADE, related_name="abilities", verbose_name=_("who"))
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="abilities", verbose_name=_("skill"))
    level = models.PositiveSmallIntegerField(
        _("level"), choices=Level, default=Level.ALONE, db_default=Level.ALONE.value
    )
    confirmed_on = models.DateField(_("confirmed"), null=True)

    objects: AbilityManager = AbilityManager()

    class Meta:
        db_table = "staff_user_skills"
        verbose_name = _("skill of a person")
        verbose_name_plural = _("skills of people")
        unique_together = [("user", "skill")]  # made with the table, when a skill had no level yet
        constraints = [models.CheckConstraint(condition=Q(level__gte=1, level__lte=4), name="ability_is_a_level")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.skill_id} {self.level}"

    @property
    def is_able(self) -> bool:
        return self.level >= Level.ALONE

    def is_stale(self, today: date) -> bool:
        return self.confirmed_on is None or self.confirmed_on + CONFIRMED_FOR < today


class Requirement(models.Model):
    """A line needs so many people of at least this level; `weight` is how much a missing level counts."""

    team = models.ForeignKey(
        "staff.Team", models.CASCADE, related_name="requirements", verbose_name=_("line"), db_index=False
    )
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="+", verbose_name=_("skill"))
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, default=Level.ALONE)
    people = models.PositiveSmallIntegerField(
        _("people"), default=2, validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)]
    )
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, validators=[MinValueValidator(1), MaxValueValidator(9)]
    )

    class Meta:
        verbose_name = _("skill that a line needs")
        verbose_name_plural = _("skills that lines need")
        constraints = [
            models.UniqueConstraint(fields=["team", "skill"], name="skill_of_a_line_once"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=4), name="requirement_is_a_level"),
            models.CheckConstraint(condition=Q(people__gte=1, weight__gte=1), name="requirement_asks_for_people"),
        ]

    def __str__(self) -> str:
        return f"{self.team_id}: {self.skill_id} {self.level} × {self.people}"
