"""What a survey asks: numbered versions that never change once they are asked, and their questions."""

from collections.abc import Mapping, Sequence

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.care.surveys.models.survey import MOST_QUESTIONS, CannotBegin, Survey
from otklik.care.surveys.scales import SCALES, USUAL_WORDS, Kind, Scale
from otklik.core.versions.part import Part

LONGEST = 300
MOST_CHOICES = 12

type Marks = Mapping[int, int]
"""What was chosen, by the number of the question's row."""


class Version(models.Model):
    """One wording of a survey; `frozen_at` is when clients began to be asked by it."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="versions", verbose_name=_("survey"))
    number = models.PositiveSmallIntegerField(_("number"))
    frozen_at = models.DateTimeField(_("asked since"), null=True)

    class Meta:
        verbose_name = _("version of a survey")
        verbose_name_plural = _("versions of surveys")
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="one_version_of_a_number"),
            models.UniqueConstraint(
                fields=["survey"], condition=models.Q(frozen_at=None), name="one_draft_of_a_survey"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey}, {self.number}"

    def asked(self) -> "list[Question]":
        """Its questions in their order, read once."""
        if not hasattr(self, "_asked"):
            self._asked = list(self.questions.select_related("follows"))
        return self._asked

    @property
    def first(self) -> "Question | None":
        """The question that a click in the letter answers: the first one, if it has a scale."""
        first = next(iter(self.asked()), None)
        return first if first and first.scale else None

    def first_of(self, kind: str) -> int | None:
        """The number of its first question of a kind: the one that metrics count.  None of a kind it does not ask."""
        return next((one.pk for one in self.questions.all() if one.kind == kind), None)

    def shown(self, marks: Marks) -> "list[Question]":
        """What is asked of somebody who has chosen this so far."""
        seen: list[Question] = []
        for question in self.asked():
            if question.is_asked({one.pk: marks[one.pk] for one in seen if one.pk in marks}):
                seen.append(question)
        return seen

    def check_words(self, survey: Survey) -> None:
        """Raises CannotBegin where a client would be asked nothing, or too much."""
        questions = self.asked()
        if not questions:
            raise CannotBegin(_now("Add at least one question."))
        if questions[0].follows_id:
            raise CannotBegin(_now("The first question is asked of everybody: take its condition away."))
        for place, one in enumerate(questions):
            if one.follows and (one.follows not in questions[:place] or not one.follows.allows(one.bound)):
                raise CannotBegin(_now("The condition of “%s” can never be met: change it.") % one.words)
        self._check_once(survey, [one for one in questions if one.kind == Kind.ONCE])
        if len(questions) > MOST_QUESTIONS and not survey.reason_for_more.strip():
            raise CannotBegin(
                _now("More than %(most)s questions need a reason: write it in the settings of the survey.")
                % {"most": MOST_QUESTIONS}
            )

    def _check_once(self, survey: Survey, asked: "Sequence[Question]") -> None:
        """Whether a matter was solved at once only who had one can tell, and only once of each."""
        if asked and survey.occasion != Survey.Occasion.RESOLVED:
            raise CannotBegin(_now("Whether it was solved at once is asked after a solution alone."))
        if len(asked) > 1:
            raise CannotBegin(_now("Ask only once whether it was solved at once."))

    @transaction.atomic
    def copy_into(self, other: "Version") -> None:
        twins: dict[int, Question] = {}
        for question in self.asked():
            follows = twins.get(question.follows_id or 0)
            twins[question.pk] = other.questions.create(follows=follows, **question.told())

    def differences(self, before: "Version") -> list[str]:
        """What another version asks otherwise, a sentence each; questions are told apart by place."""
        was, now = before.asked(), self.asked()
        said = [
            _now("%(place)s: “%(was)s” becomes “%(now)s”") % {"place": place, "was": old.said(), "now": new.said()}
            for place, (old, new) in enumerate(zip(was, now, strict=False), 1)
            if old.said() != new.said()
        ]
        said += [_now("new: “%s”") % one.said() for one in now[len(was) :]]
        return said + [_now("no longer asked: “%s”") % one.said() for one in was[len(now) :]]


class Question(Part):
    """One thing that is asked, in two languages; without words of its own a known scale has the usual ones.

    `choices` are pairs [Russian, English].  With `follows` it is asked only of those whose answer to that question is
    at most (`most`), at least (`least`) or exactly (`is`) `bound`; of answers to choose from, their place from 0.
    """

    class How(models.TextChoices):
        MOST = "most", _("is at most")
        LEAST = "least", _("is at least")
        IS = "is", _("is exactly")

    version = models.ForeignKey(Version, models.CASCADE, related_name="questions")
    kind = models.CharField(_("kind of answer"), max_length=8, choices=Kind)
    words_ru = models.CharField(_("question in Russian"), max_length=LONGEST, blank=True)
    words_en = models.CharField(_("question in English"), max_length=LONGEST, blank=True)
    choices = models.JSONField(_("answers to choose from"), default=list, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("importance"), default=1, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    follows = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("asked when the answer to")
    )
    how = models.CharField(_("how"), max_length=5, choices=How, default=How.MOST)
    bound = models.PositiveSmallIntegerField(_("bound"), default=0)

    class Meta:
        verbose_name = _("question of a survey")
        verbose_name_plural = _("questions of surveys")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.words

    @property
    def scale(self) -> Scale | None:
        return SCALES.get(self.kind)

    @property
    def words(self) -> str:
        """In the language of whoever reads it, else in the other one; where nothing is written, the usual words."""
        mine, other = self.words_ru, self.words_en
        if not (get_language() or "ru").startswith("ru"):
            mine, other = other, mine
        return mine or other or str(USUAL_WORDS.get(self.kind, ""))

    @property
    def options(self) -> list[tuple[int, str]]:
        """What can be chosen, with its value; of a scale its points."""
        if self.scale:
            return self.scale.named
        russian = (get_language() or "ru").startswith("ru")
        return [(place, (pair[0] if russian else pair[1]) or pair[0]) for place, pair in enumerate(self.choices)]

    @property
    def field(self) -> str:
        """Its name in the client's form."""
        return f"q{self.pk}"

    def allows(self, value: int) -> bool:
        return value in self.scale.points if self.scale else 0 <= value < len(self.choices)

    def is_asked(self, marks: Marks) -> bool:
        if self.follows_id is None:
            return True
        given = marks.get(self.follows_id)
        if given is None:
            return False
        if self.how == self.How.IS:
            return given == self.bound
        return given <= self.bound if self.how == self.How.MOST else given >= self.bound

    def condition(self) -> str:
        """When it is asked, in words; empty of everybody."""
        if self.follows is None:
            return ""
        if self.follows.scale is None or self.follows.scale.words:
            marks = [(words, {self.follows.pk: value}) for value, words in self.follows.options]
            answers = " / ".join(words for words, chosen in marks if self.is_asked(chosen))
            return _now("if the answer to “%(question)s” is “%(answer)s”") % {
                "question": self.follows.words,
                "answer": answers,
            }
        said = {"question": self.follows.words, "bound": self.bound}
        if self.how == self.How.IS:
            return _now("if the answer to “%(question)s” is %(bound)s") % said
        if self.how == self.How.MOST:
            return _now("if the answer to “%(question)s” is at most %(bound)s") % said
        return _now("if the answer to “%(question)s” is at least %(bound)s") % said

    def said(self) -> str:
        """The whole question in one line, to tell versions apart."""
        parts = [self.words, str(self.get_kind_display()), self.condition()]
        parts.append(", ".join(words for _value, words in self.options) if self.kind == Kind.CHOICE else "")
        return "; ".join(part for part in parts if part)

    @classmethod
    def may_stand(cls, order: "Sequence[Question]") -> bool:
        """A question never comes before the one whose answer it follows."""
        places = {one.pk: place for place, one in enumerate(order)}
        return all(places.get(one.follows_id, place) < place for place, one in enumerate(order) if one.follows_id)
