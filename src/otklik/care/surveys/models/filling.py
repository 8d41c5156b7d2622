"""What came back: marks, words, and what follows from them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from otklik.care.surveys import praising
from otklik.care.surveys.events import SurveyAnswered, SurveyCompleted
from otklik.care.surveys.scales import SATISFACTION, Kind
from otklik.core.journal import clock
from otklik.core.journal.news import publish

if TYPE_CHECKING:
    from otklik.care.surveys.models import Answer, Invitation, Question, Score

LONGEST = 4000
BEST = 5


class TooLate(Exception):
    """Two weeks after the question nobody remembers the answer well enough to rate it."""


class Filling:
    """Trait of the invitation: its answers."""

    def answer(self: "Invitation", score: int, comment: str = "") -> "Score":  # type: ignore[misc]
        """Keep the client's mark of an answer; the last one counts.

        Raises ValueError outside of the scale, TooLate after two weeks (METRICS S2).
        """
        from otklik.care.surveys.models.answer import Score

        first = self.version.first if self.version else None
        if first is None or not first.allows(score):
            raise ValueError("a score is one of the points of its scale")
        self.fill({first.pk: score}, comment=comment)
        return Score.objects.get(invitation=self)

    @transaction.atomic
    def fill(  # type: ignore[misc]
        self: "Invitation",
        marks: Mapping[int, int],
        words: Mapping[int, str] | None = None,
        comment: str | None = None,
    ) -> None:
        """Keep what was chosen and written, by the numbers of questions; the last answer to each counts.

        What is not asked of somebody who has chosen so is not kept.  `comment` are the words beside the first mark,
        None where they had no place to write them.
        Raises ValueError outside of a scale, TooLate after two weeks.
        """
        if not self.is_open or self.version is None:
            raise TooLate
        questions = {question.pk: question for question in self.version.asked()}
        for number, value in marks.items():
            if number not in questions or not questions[number].allows(value):
                raise ValueError("a score is one of the points of its scale")
        type(self).objects.select_for_update().get(pk=self.pk)
        self._read_anew()
        known = {**self.marks(), **marks}
        asked = self.version.shown(known)
        said = {number: cleaned(text) for number, text in (words or {}).items()}
        first, kept = self.version.first, {one.pk: known[one.pk] for one in asked if one.pk in known}
        if comment is not None and first and first.pk in marks and not self.begins_with_faces:
            said[first.pk] = cleaned(comment)
        rated, before = self._rated(kept), {one.question_id: (one.value, one.words) for one in self.answers.all()}
        self._keep(kept, said, first.pk if first and self.begins_with_faces else None)
        self._read_anew()
        self.finished_at = clock.now() if all(one.pk in kept for one in asked if one.kind != Kind.TEXT) else None
        mine: Invitation = self
        mine.remind_at = None
        self.save(update_fields=["finished_at", "remind_at"])
        if self.about_answer and self.ticket_id:
            self._remind_no_more()
        if first and first.pk in marks and self.begins_with_faces:
            self._score(marks[first.pk], comment)
        elif rated and rated.pk in marks:
            self._rate(rated, before.get(rated.pk))
        if self.ticket_id:
            publish(SurveyCompleted(ticket_id=self.ticket_id, invitation_id=self.pk))
        self._tell_of_before()
        self._follow_up(kept)

    def _read_anew(self: "Invitation") -> None:  # type: ignore[misc]
        """What was read with the row before it was held may be over: they press twice, or in two windows."""
        self.__dict__.pop("_prefetched_objects_cache", None)
        self._state.fields_cache.pop("score", None)

    def _remind_no_more(self: "Invitation") -> None:  # type: ignore[misc]
        """Nor of another question about the answers to this request."""
        others = type(self).objects.filter(ticket=self.ticket_id).exclude(remind_at=None)
        others.filter(survey__occasion=self.survey.occasion).update(remind_at=None)

    def marks(self: "Invitation") -> dict[int, int]:  # type: ignore[misc]
        """What was chosen so far."""
        if self.pk is None:
            return {}
        given = {one.question_id: one.value for one in self.answers.all() if one.value is not None}
        score, first = getattr(self, "score", None), self.version.first if self.version else None
        return {first.pk: score.value, **given} if score and first else given

    def words(self: "Invitation") -> dict[int, str]:  # type: ignore[misc]
        """What was written so far in answer to questions."""
        return {one.question_id: one.words for one in self.answers.all() if one.words} if self.pk else {}

    @property
    def first_mark(self: "Invitation") -> "Score | Answer | None":  # type: ignore[misc]
        """What was given in answer to the first question about a request, on whichever scale."""
        first = self.version.first if self.begins_with_mark and self.version else None
        if first is None:
            return None
        if self.begins_with_faces:
            return getattr(self, "score", None)
        return next((one for one in self.answers.all() if one.question_id == first.pk and one.value is not None), None)

    def comment(self: "Invitation") -> str:  # type: ignore[misc]
        """What was written beside the first mark."""
        score, first = getattr(self, "score", None) if self.pk else None, self.version.first if self.version else None
        if score:
            return str(score.comment)
        return self.words().get(first.pk, "") if first else ""

    def _keep(self: "Invitation", marks: Mapping[int, int], words: Mapping[int, str], faces: int | None) -> None:  # type: ignore[misc]
        rows, now = {one.question_id: one for one in self.answers.all()}, clock.now()
        for question in self.version.asked():  # type: ignore[union-attr]
            value, text = marks.get(question.pk), words.get(question.pk)
            row = rows.get(question.pk)
            if question.pk == faces:
                continue
            if row and question.kind != Kind.TEXT and value is None:
                row.delete()  # it is not asked any more of somebody who changed an earlier answer
            elif row and (value != row.value or (text is not None and text != row.words)):
                row.value, row.words, row.at = value, row.words if text is None else text, now
                row.save()
            elif row is None and (value is not None or text):
                self.answers.create(question=question, value=value, words=text or "", at=now)

    def _score(self: "Invitation", score: int, comment: str | None) -> None:  # type: ignore[misc]
        from otklik.care.surveys.models.answer import Score

        assert self.ticket_id
        values: dict[str, Any] = {"value": score, "at": clock.now()}
        values |= {} if comment is None else {"comment": cleaned(comment)}
        before = Score.objects.filter(invitation=self).values_list("value", "comment").first() or (0, "")
        given, _created = Score.objects.update_or_create(
            invitation=self,
            defaults=values,
            create_defaults=values | {"ticket": self.ticket, "team": self.team, "agent": self.agent},
        )
        self.score = given
        publish(SurveyAnswered(ticket_id=self.ticket_id, score_id=given.pk, value=score))
        if score == BEST and before != (score, given.comment) and self.ticket:
            praising.pass_on(self.ticket, self.agent, given.comment)

    def _rated(self: "Invitation", marks: Mapping[int, int]) -> "Question | None":  # type: ignore[misc]
        """The question by which they say how satisfied they are with the solution, of those that were answered."""
        if self.version is None or not (self.about_answer and self.ticket_id):
            return None
        asked = (one for one in self.version.asked() if one.kind in SATISFACTION and one.pk in marks)
        return next((one for one in asked if self.version.first_of(one.kind) == one.pk), None)

    def _rate(self: "Invitation", question: "Question", before: tuple[int | None, str] | None) -> None:  # type: ignore[misc]
        """A mark that is no `Score` is told of in the same way."""
        given = self.answers.get(question=question)
        assert self.ticket_id and given.value is not None
        publish(SurveyAnswered(ticket_id=self.ticket_id, score_id=None, value=given.value, answer_id=given.pk))
        if given.value == BEST and before != (given.value, given.words) and self.ticket:
            praising.pass_on(self.ticket, self.agent, given.words)

    def _tell_of_before(self: "Invitation") -> None:  # type: ignore[misc]
        """Whoever was dissatisfied before has answered again: the request of that time is counted anew."""
        from otklik.care.surveys.models.follow_up import FollowUp

        before = FollowUp.objects.filter(invitation__contact=self.contact_id, invitation__ticket__isnull=False)
        own = FollowUp.objects.filter(invitation=self).values_list("opened_at", flat=True).first()
        last = before.exclude(invitation=self).filter(opened_at__lt=own or clock.now()).select_related("invitation")
        if self.contact_id and (one := last.order_by("-opened_at").first()):
            one.tell()

    def _follow_up(self: "Invitation", marks: Mapping[int, int]) -> None:  # type: ignore[misc]
        from otklik.care.surveys.models.follow_up import FollowUp

        for question in self.version.asked():  # type: ignore[union-attr]
            scale, value = question.scale, marks.get(question.pk)
            if scale and value is not None and scale.is_low(value):
                FollowUp.objects.open_for(self, value, question.kind)
                return


def cleaned(text: str) -> str:
    return text.replace("\x00", "").strip()[:LONGEST]
