"""The shapes of the Python client are those of the schema, name by name (docs/api.md)."""

from datetime import date, datetime, time
from decimal import Decimal
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

import pytest
from ninja import Schema
from otklik_client import shapes

from otklik.front.api.schemas import (
    appeals,
    articles,
    boards,
    calls,
    clients,
    common,
    complaints,
    data_panels,
    imports,
    incidents,
    known,
    layouts,
    letters,
    many,
    matters,
    metrics,
    payments,
    people,
    roster,
    shown,
    standing,
    surveyed,
    surveys,
    texts,
)

PAIRS: list[tuple[type, type[Schema]]] = [
    (shapes.Person, common.PersonOut),
    (shapes.Contact, shown.TicketContact),
    (shapes.CardField, clients.CardFieldOut),
    (shapes.CardDetail, clients.CardDetailOut),
    (shapes.CardNote, clients.CardNoteOut),
    (shapes.ZoneGuess, clients.ZoneGuessOut),
    (shapes.MayContact, clients.MayContactOut),
    (shapes.ConsentWord, clients.ConsentFull),
    (shapes.Letter, letters.LetterOut),
    (shapes.Wording, texts.WordingOut),
    (shapes.Shift, roster.ShiftOut),
    (shapes.ArticleRow, articles.ArticleRow),
    (shapes.Article, articles.ArticleOut),
    (shapes.ArticleHit, articles.ArticleHit),
    (shapes.CardAddress, clients.AddressOut),
    (shapes.Membership, clients.MembershipOut),
    (shapes.Member, clients.MemberOut),
    (shapes.Subscription, clients.SubscriptionOut),
    (shapes.QuietPeriod, clients.QuietPeriodOut),
    (shapes.Consent, clients.ConsentOut),
    (shapes.ContactRow, clients.ContactRow),
    (shapes.OrganisationRow, clients.OrganisationRow),
    (shapes.ContactCard, clients.ContactOut),
    (shapes.OrganisationCard, clients.OrganisationOut),
    (shapes.Payment, payments.PaymentOut),
    (shapes.Look, clients.LookOut),
    (shapes.Named, shown.NamedTopic),
    (shapes.TicketRow, shown.TicketOut),
    (shapes.File, shown.FileOut),
    (shapes.Message, shown.MessageOut),
    (shapes.Ticket, shown.TicketFull),
    (shapes.Import, imports.ImportFull),
    (shapes.Draft, texts.DraftOut),
    (shapes.Notice, texts.NoticeOut),
    (shapes.Watcher, many.WatcherOut),
    (shapes.Refused, shown.RefusedOf),
    (shapes.Many, shown.ManyOut),
    (shapes.LeftOut, many.LeftOutOf),
    (shapes.Sample, many.SampleOut),
    (shapes.AnswerToMany, many.AnswerManyOut),
    (shapes.Absence, people.AbsenceOut),
    (shapes.OwnAvailability, people.OwnAvailabilityOut),
    (shapes.Offered, texts.OfferedOut),
    (shapes.Section, articles.SectionOut),
    (shapes.ShiftTemplate, roster.TemplateOut),
    (shapes.SavedReply, texts.SavedReplyOut),
    (shapes.HeldAnswer, shown.HeldAnswerOut),
    (shapes.Appeal, appeals.AppealOut),
    (shapes.Invitation, standing.InvitationOut),
    (shapes.WayOut, standing.WayOut),
    (shapes.KnownProblem, matters.ProblemRow),
    (shapes.Incident, matters.IncidentRow),
    (shapes.Block, layouts.BlockOut),
    (shapes.Layout, layouts.LayoutOut),
    (shapes.ContactKey, clients.ContactKeyOut),
    (shapes.OpenerLine, clients.OpenerLine),
    (shapes.Certain, clients.CertainOut),
    (shapes.StillTrue, clients.StillTrueOut),
    (shapes.Panel, data_panels.PanelOut),
    (shapes.PanelSecret, data_panels.PanelSecretOut),
    (shapes.PanelTrial, data_panels.TrialOut),
    (shapes.PanelHere, data_panels.PanelHere),
    (shapes.PanelCell, data_panels.PanelCell),
    (shapes.PanelRow, data_panels.PanelRow),
    (shapes.PanelTable, data_panels.PanelTable),
    (shapes.PanelAction, data_panels.PanelAction),
    (shapes.PanelContent, data_panels.PanelContent),
    (shapes.PanelShown, data_panels.PanelShown),
    (shapes.SurveyInvitation, surveys.SurveyInvitationOut),
    (shapes.Caller, calls.CallerOut),
    (shapes.PhoneCall, calls.PhoneCallOut),
    (shapes.PhoneCallFull, calls.PhoneCallFull),
    (shapes.CallDraft, calls.CallDraftOut),
    (shapes.IncidentDetails, incidents.IncidentDetails),
    (shapes.IncidentUpdate, incidents.UpdateOut),
    (shapes.WhyLeftOut, incidents.WhyOut),
    (shapes.Through, incidents.ThroughOut),
    (shapes.UpdateLook, incidents.UpdateLookOut),
    (shapes.IncidentAction, incidents.ActionOut),
    (shapes.IncidentFinding, incidents.FindingOut),
    (shapes.Concerned, incidents.ConcernedOut),
    (shapes.TicketOfMatter, incidents.OfMatter),
    (shapes.ProblemDetails, known.ProblemDetails),
    (shapes.ProblemCandidate, known.CandidateOut),
    (shapes.ComplaintRow, complaints.ComplaintRow),
    (shapes.ComplaintFact, complaints.ComplaintFactOut),
    (shapes.ComplaintMeasure, complaints.MeasureOut),
    (shapes.Complaint, complaints.ComplaintFull),
    (shapes.Survey, surveyed.SurveyOut),
    (shapes.SurveyFull, surveyed.SurveyFull),
    (shapes.SurveyOption, surveyed.OptionOut),
    (shapes.SurveyQuestion, surveyed.QuestionOut),
    (shapes.SurveyResults, surveyed.SurveyResultsOut),
    (shapes.SurveyWords, surveyed.SurveyWordsOut),
    (shapes.Review, surveyed.ReviewOut),
    (shapes.Figure, metrics.FigureOut),
    (shapes.Tile, boards.TileOut),
    (shapes.BoardRow, boards.BoardRow),
    (shapes.Board, boards.BoardFull),
    (shapes.TileRow, boards.TileRowOut),
    (shapes.DayFigure, boards.DayFigureOut),
    (shapes.TileFigure, boards.TileFigureOut),
    (shapes.BoardFigures, boards.BoardFiguresOut),
    (shapes.Alert, boards.AlertOut),
    (shapes.Ringing, boards.RingingOut),
    (shapes.Report, boards.ReportOut),
    (shapes.ReportLetter, boards.SendingOut),
    (shapes.ChartNote, boards.ChartNoteOut),
]
NAMED = {schema: shape for shape, schema in PAIRS}


def as_json(told: Any) -> Any:
    """What a program reads of a type: moments are texts, objects without a shape of their own are dictionaries."""
    if get_origin(told) in (Union, UnionType):
        return frozenset(map(as_json, get_args(told)))
    if get_origin(told) is list:
        return list, as_json(get_args(told)[0])
    if get_origin(told) is Literal:
        return type(get_args(told)[0])
    if told in (datetime, date, time, Decimal):
        return str
    if isinstance(told, type) and issubclass(told, Schema):
        return NAMED.get(told, dict[str, Any])
    return told


@pytest.mark.parametrize(("shape", "schema"), PAIRS, ids=lambda one: one.__name__)
def test_the_client_knows_what_the_desk_answers(shape: type, schema: type[Schema]) -> None:
    theirs = {name: as_json(told) for name, told in get_type_hints(shape).items()}
    assert theirs == {name: as_json(field.annotation) for name, field in schema.model_fields.items()}


def test_no_shape_is_without_its_schema() -> None:
    assert {one for one in vars(shapes).values() if is_typeddict(one)} == {shape for shape, _schema in PAIRS}
