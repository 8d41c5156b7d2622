"""Rooms of the desk by name: calls, incidents and problems, complaints, surveys and reviews, boards and reports."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from otklik_client.calls import Calls, Read
from otklik_client.shapes import (
    Alert,
    Board,
    BoardFigures,
    BoardRow,
    CallDraft,
    ChartNote,
    Complaint,
    ComplaintRow,
    Incident,
    IncidentAction,
    IncidentFinding,
    IncidentUpdate,
    KnownProblem,
    PhoneCall,
    PhoneCallFull,
    ProblemCandidate,
    Report,
    ReportLetter,
    Review,
    Ringing,
    Survey,
    SurveyResults,
    SurveyWords,
    TicketOfMatter,
    UpdateLook,
)


class OfCalls(Calls):
    """Calls, as the card of a call has them."""

    def phone_calls(self, *, owed: bool = False) -> Iterator[PhoneCall]:
        """Those that are over, the newest first; `owed`: the person's own without a result."""
        return self.each("calls", owed="true" if owed else "")

    def calls_now(self) -> list[PhoneCall]:
        """What stands on the person's screen at this moment."""
        return cast(list[PhoneCall], self.read("calls/now").value)

    def phone_call(self, pk: int) -> Read[PhoneCallFull]:
        read = self.read(f"calls/{pk}")
        return Read(cast(PhoneCallFull, read.value), read.tag)

    def say_who_calls(self, pk: int, contact: int, *, tag: str = "", key: str = "") -> PhoneCallFull:
        told = self.change(f"calls/{pk}/client", {"contact_id": contact}, tag=tag, key=key)
        return cast(PhoneCallFull, told)

    def file_call(
        self, pk: int, ticket: int | None = None, *, tag: str = "", key: str = "", **of: Any
    ) -> PhoneCallFull:
        """To a ticket that is there, or to a new one (of `contact_id`, or of somebody by `name`)."""
        told = self.change(f"calls/{pk}/ticket", {"ticket": ticket, **of}, tag=tag, key=key)
        return cast(PhoneCallFull, told)

    def conclude_call(self, pk: int, result: str, *, tag: str = "", key: str = "", **more: Any) -> PhoneCallFull:
        """`answered`, `promised` (`until`), `passed_on`, `no_one` or `wrong`; the `note` stays inside."""
        told = self.change(f"calls/{pk}/result", {"result": result, **more}, tag=tag, key=key)
        return cast(PhoneCallFull, told)

    def keep_call_draft(self, pk: int, **typed: str) -> CallDraft:
        """`note`, `result`, `until`, `name`; `base` is the `saved_at` that you know."""
        return cast(CallDraft, self.change(f"calls/{pk}/draft", typed, method="PUT"))


class OfMatters(Calls):
    """Incidents and problems by who leads them."""

    def declare_incident(self, title: str, affects: str, severity: int, *, key: str = "", **more: Any) -> Incident:
        body = {"title": title, "affects": affects, "severity": severity, **more}
        return cast(Incident, self.change("incidents", body, key=key))

    def change_incident(self, pk: int, better: Mapping[str, Any], *, tag: str = "") -> Incident:
        """Only what is named, all of it or nothing."""
        return cast(Incident, self.change(f"incidents/{pk}", better, method="PATCH", tag=tag))

    def turn_incident(self, pk: int, act: str, *, tag: str = "", key: str = "", **told: Any) -> Incident:
        """`severity`, `state` or `close`, with what its body has."""
        return cast(Incident, self.change(f"incidents/{pk}/{act}", told, tag=tag, key=key))

    def preview_update(self, pk: int, state: str, **words: Any) -> UpdateLook:
        """To how many it would go and who would be left out; nothing is written."""
        return cast(UpdateLook, self.change(f"incidents/{pk}/updates/preview", {"state": state, **words}))

    def write_update(self, pk: int, state: str, *, tag: str = "", key: str = "", **words: Any) -> IncidentUpdate:
        """`what` happened, `doing`, `workaround`, `next_at`; with `resolved` it is over."""
        told = self.change(f"incidents/{pk}/updates", {"state": state, **words}, tag=tag, key=key)
        return cast(IncidentUpdate, told)

    def stop_update(self, pk: int, update: int, *, key: str = "") -> IncidentUpdate:
        return cast(IncidentUpdate, self.change(f"incidents/{pk}/updates/{update}/stop", key=key))

    def updates(self, pk: int) -> Iterator[IncidentUpdate]:
        return self.each(f"incidents/{pk}/updates")

    def actions_after(self, pk: int) -> Iterator[IncidentAction]:
        return self.each(f"incidents/{pk}/actions")

    def concern(self, pk: int, why: str, *, key: str = "", **whom: Any) -> IncidentFinding:
        """Who else is affected: by `product`, by `tag`, or by the numbers of `contacts` and `organisations`."""
        return cast(IncidentFinding, self.change(f"incidents/{pk}/findings", {"why": why, **whom}, key=key))

    def tickets_of(self, matter: str) -> Iterator[TicketOfMatter]:
        """Of `incidents/3` or `problems/5`, as far as the person sees them."""
        return self.each(f"{matter}/tickets")

    def begin_problem(self, title: str, notices: str, *, key: str = "", **more: Any) -> KnownProblem:
        return cast(KnownProblem, self.change("problems", {"title": title, "notices": notices, **more}, key=key))

    def change_problem(self, pk: int, better: Mapping[str, Any], *, tag: str = "") -> KnownProblem:
        """Only what is named, all of it or nothing; with `tag` only if it is still as it was read."""
        return cast(KnownProblem, self.change(f"problems/{pk}", better, method="PATCH", tag=tag))

    def turn_problem(self, pk: int, act: str, *, tag: str = "", key: str = "", **told: Any) -> KnownProblem:
        """`state`, `live`, `remove` or `check`, with what its body has."""
        return cast(KnownProblem, self.change(f"problems/{pk}/{act}", told, tag=tag, key=key))

    def problem_candidates(self) -> Iterator[ProblemCandidate]:
        """What the night found and nobody has spoken of."""
        return self.each("problems/candidates")


class OfComplaints(Calls):
    """Complaints, as far as the person may know of them."""

    def complaints(self, *, show: str = "open") -> Iterator[ComplaintRow]:
        """`mine`, `open`, `late` by the nearest date, or `all`, the newest first."""
        return self.each("complaints", show=show)

    def complaint(self, pk: int) -> Read[Complaint]:
        read = self.read(f"complaints/{pk}")
        return Read(cast(Complaint, read.value), read.tag)

    def file_complaint(self, words: str, stated: str, *, key: str = "", **of: Any) -> Complaint:
        """Of a `ticket`, or with its `source` of a `contact_id` or of nobody who names themselves."""
        return cast(Complaint, self.change("complaints", {"words": words, "stated": stated, **of}, key=key))

    def turn_complaint(self, pk: int, act: str, *, tag: str = "", key: str = "", **told: Any) -> Complaint:
        """`acknowledge`, `assess`, `investigate`, `explain`, `decide`, `hear`, …, with what its body has."""
        return cast(Complaint, self.change(f"complaints/{pk}/{act}", told, tag=tag, key=key))


class OfSurveys(Calls):
    """What clients answered, and what they let us show."""

    def surveys(self) -> Iterator[Survey]:
        return self.each("surveys")

    def survey_results(self, pk: int, *, version: int | None = None, source: str = "") -> SurveyResults:
        read = self.read(f"surveys/{pk}/results", version=version, source=source)
        return cast(SurveyResults, read.value)

    def survey_words(self, pk: int, *, of: str = "answers", **scope: Any) -> Iterator[SurveyWords]:
        """What clients wrote, in answer to questions or beside `marks`."""
        return self.each(f"surveys/{pk}/words", of=of, **scope)

    def reviews(self, of: str = "waiting") -> Iterator[Review]:
        """`waiting` and `decided` for who leads, `me`: one's own that are shown."""
        return self.each("reviews", of=of)

    def moderate_review(self, pk: int, state: str, *, key: str = "") -> Review:
        """`shown` or `hidden`."""
        return cast(Review, self.change(f"reviews/{pk}/moderate", {"state": state}, key=key))

    def reply_to_review(self, pk: int, text: str, *, key: str = "") -> Review:
        return cast(Review, self.change(f"reviews/{pk}/reply", {"text": text}, key=key))


class OfBoards(Calls):
    """Boards with their figures, alerts, reports by mail, notes on charts."""

    def boards(self) -> Iterator[BoardRow]:
        return self.each("boards")

    def board(self, pk: int) -> Read[Board]:
        read = self.read(f"boards/{pk}")
        return Read(cast(Board, read.value), read.tag)

    def board_figures(self, pk: int, *, span: str = "") -> BoardFigures:
        """What its tiles show to the person."""
        return cast(BoardFigures, self.read(f"boards/{pk}/figures", span=span).value)

    def create_board(self, name: str, *, key: str = "", **more: Any) -> Board:
        return cast(Board, self.change("boards", {"name": name, **more}, key=key))

    def add_tile(self, pk: int, metric: str, *, tag: str = "", key: str = "", **more: Any) -> Board:
        return cast(Board, self.change(f"boards/{pk}/tiles", {"metric": metric, **more}, tag=tag, key=key))

    def alerts(self) -> Iterator[Alert]:
        return self.each("alerts")

    def ringings(self, pk: int) -> Iterator[Ringing]:
        return self.each(f"alerts/{pk}/ringings")

    def pause_alert(self, pk: int, *, paused: bool = True, key: str = "") -> Alert:
        return cast(Alert, self.change(f"alerts/{pk}/pause", {"paused": paused}, key=key))

    def reports(self) -> Iterator[Report]:
        return self.each("reports")

    def create_report(self, name: str, readers: list[str], *, key: str = "", **more: Any) -> Report:
        return cast(Report, self.change("reports", {"name": name, "readers": readers, **more}, key=key))

    def send_report(self, pk: int, *, key: str = "") -> ReportLetter:
        """Now, to the person of the token alone."""
        return cast(ReportLetter, self.change(f"reports/{pk}/send", key=key))

    def chart_notes(self) -> Iterator[ChartNote]:
        return self.each("chart-notes")

    def add_chart_note(self, on: str, words: str, *, key: str = "", **more: Any) -> ChartNote:
        return cast(ChartNote, self.change("chart-notes", {"on": on, "words": words, **more}, key=key))
