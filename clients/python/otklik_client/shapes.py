"""What the desk answers; moments are texts of ISO 8601.  Everything else of the schema is in `/api/v1/openapi.json`."""

from typing import Any, TypedDict

from otklik_client.cards import CardAddress as CardAddress
from otklik_client.cards import CardDetail as CardDetail
from otklik_client.cards import CardField as CardField
from otklik_client.cards import CardNote as CardNote
from otklik_client.cards import Consent as Consent
from otklik_client.cards import ConsentWord as ConsentWord
from otklik_client.cards import ContactCard as ContactCard
from otklik_client.cards import ContactRow as ContactRow
from otklik_client.cards import Look as Look
from otklik_client.cards import MayContact as MayContact
from otklik_client.cards import Member as Member
from otklik_client.cards import Membership as Membership
from otklik_client.cards import OrganisationCard as OrganisationCard
from otklik_client.cards import OrganisationRow as OrganisationRow
from otklik_client.cards import Payment as Payment
from otklik_client.cards import Person as Person
from otklik_client.cards import QuietPeriod as QuietPeriod
from otklik_client.cards import Subscription as Subscription
from otklik_client.cards import ZoneGuess as ZoneGuess
from otklik_client.caring import CallDraft as CallDraft
from otklik_client.caring import Caller as Caller
from otklik_client.caring import Complaint as Complaint
from otklik_client.caring import ComplaintFact as ComplaintFact
from otklik_client.caring import ComplaintMeasure as ComplaintMeasure
from otklik_client.caring import ComplaintRow as ComplaintRow
from otklik_client.caring import Concerned as Concerned
from otklik_client.caring import IncidentAction as IncidentAction
from otklik_client.caring import IncidentDetails as IncidentDetails
from otklik_client.caring import IncidentFinding as IncidentFinding
from otklik_client.caring import IncidentUpdate as IncidentUpdate
from otklik_client.caring import PhoneCall as PhoneCall
from otklik_client.caring import PhoneCallFull as PhoneCallFull
from otklik_client.caring import ProblemCandidate as ProblemCandidate
from otklik_client.caring import ProblemDetails as ProblemDetails
from otklik_client.caring import Review as Review
from otklik_client.caring import Survey as Survey
from otklik_client.caring import SurveyFull as SurveyFull
from otklik_client.caring import SurveyOption as SurveyOption
from otklik_client.caring import SurveyQuestion as SurveyQuestion
from otklik_client.caring import SurveyResults as SurveyResults
from otklik_client.caring import SurveyWords as SurveyWords
from otklik_client.caring import Through as Through
from otklik_client.caring import TicketOfMatter as TicketOfMatter
from otklik_client.caring import UpdateLook as UpdateLook
from otklik_client.caring import WhyLeftOut as WhyLeftOut
from otklik_client.panels import Panel as Panel
from otklik_client.panels import PanelAction as PanelAction
from otklik_client.panels import PanelCell as PanelCell
from otklik_client.panels import PanelContent as PanelContent
from otklik_client.panels import PanelHere as PanelHere
from otklik_client.panels import PanelRow as PanelRow
from otklik_client.panels import PanelSecret as PanelSecret
from otklik_client.panels import PanelShown as PanelShown
from otklik_client.panels import PanelTable as PanelTable
from otklik_client.panels import PanelTrial as PanelTrial
from otklik_client.standing import Appeal as Appeal
from otklik_client.standing import Block as Block
from otklik_client.standing import Certain as Certain
from otklik_client.standing import ContactKey as ContactKey
from otklik_client.standing import HeldAnswer as HeldAnswer
from otklik_client.standing import Incident as Incident
from otklik_client.standing import Invitation as Invitation
from otklik_client.standing import KnownProblem as KnownProblem
from otklik_client.standing import Layout as Layout
from otklik_client.standing import OpenerLine as OpenerLine
from otklik_client.standing import StillTrue as StillTrue
from otklik_client.standing import WayOut as WayOut
from otklik_client.watching import Alert as Alert
from otklik_client.watching import Board as Board
from otklik_client.watching import BoardFigures as BoardFigures
from otklik_client.watching import BoardRow as BoardRow
from otklik_client.watching import ChartNote as ChartNote
from otklik_client.watching import DayFigure as DayFigure
from otklik_client.watching import Figure as Figure
from otklik_client.watching import Report as Report
from otklik_client.watching import ReportLetter as ReportLetter
from otklik_client.watching import Ringing as Ringing
from otklik_client.watching import Tile as Tile
from otklik_client.watching import TileFigure as TileFigure
from otklik_client.watching import TileRow as TileRow
from otklik_client.work import Absence as Absence
from otklik_client.work import AnswerToMany as AnswerToMany
from otklik_client.work import LeftOut as LeftOut
from otklik_client.work import Many as Many
from otklik_client.work import Offered as Offered
from otklik_client.work import OwnAvailability as OwnAvailability
from otklik_client.work import Refused as Refused
from otklik_client.work import Sample as Sample
from otklik_client.work import Section as Section
from otklik_client.work import ShiftTemplate as ShiftTemplate
from otklik_client.work import Watcher as Watcher


class Contact(TypedDict):
    id: int
    name: str
    email: str
    organisation: str


class Named(TypedDict):
    id: int
    path: str


class TicketRow(TypedDict):
    """A ticket as a row of a list; with `fields` only those are there."""

    number: int
    subject: str
    status: str
    line: str
    owner: Person | None
    contact: Contact
    channel: str
    next_step: str
    next_note: str
    priority: int
    service_class: str
    due_at: str | None
    waits_for: str
    inform_by: str | None
    opened_at: str
    last_at: str
    waiting_since: str | None
    upset_since: str | None
    first_answer_at: str | None
    ended_at: str | None
    delivery_trouble: bool
    version: int
    merged_into: int | None
    topic: Named | None
    product: dict[str, Any] | None
    tags: list[str]


class File(TypedDict):
    name: str
    media_type: str
    size: int
    inline: bool
    url: str


class Message(TypedDict):
    id: int
    direction: str
    at: str
    author: str
    author_address: str
    channel: str
    subject: str
    text: str
    new_text: str
    to: list[str]
    cc: list[str]
    automatic: str
    message_id: str
    delivery: str
    forwarded: bool
    remarks: list[str]
    authenticity: str
    authenticity_reason: str
    passed_on_from: str
    invitation: Invitation | None
    attachments: list[File]


class Ticket(TicketRow):
    """One ticket with everything that happened in it."""

    commitments: list[dict[str, Any]]
    details: list[dict[str, Any]]
    ties: list[dict[str, Any]]
    tasks: list[dict[str, Any]]
    visits: list[dict[str, Any]]
    changes: list[dict[str, Any]]
    timeline: list[Message]
    relocations: list[dict[str, Any]]
    handovers: list[dict[str, Any]]
    participants: list[dict[str, Any]]
    partners: list[dict[str, Any]]
    watching: bool
    watchers: list[Person]
    refusal_asked: dict[str, Any] | None
    held_answer: HeldAnswer | None
    appeal: Appeal | None


class SurveyInvitation(TypedDict):
    id: int
    survey_id: int
    contact_id: int
    send_at: str
    why_not: str


class Import(TypedDict):
    """One file that is brought in, and how far it is."""

    id: int
    kind: str
    source: str
    name: str
    state: str
    trouble: str
    position: int
    counts: dict[str, Any]
    problems: int
    can_go_on: bool
    by: str | None
    created_at: str
    started_at: str | None
    ended_at: str | None
    columns: list[dict[str, Any]]


class Draft(TypedDict):
    """Unsent text of the person of the token in one ticket."""

    mode: str
    text: str
    to: list[str]
    cc: list[str]
    saved_at: str


class Notice(TypedDict):
    """One line that the desk told the person."""

    id: int
    kind: str
    text: str
    urgent: bool
    about: str
    about_id: int | None
    at: str
    seen_at: str | None
    hushed: bool


class Letter(TypedDict):
    """A letter that waits for its moment; of a colleague's the first 300 characters."""

    id: int
    by: Person
    own: bool
    text: str
    leave_at: str
    to: list[str]
    cc: list[str]
    seen: int | None
    next: str
    until: str | None
    saved_at: str


class Wording(TypedDict):
    """The same said on one channel, or to whom one speaks in one way; "" is any."""

    channel: str
    tone: str
    text: str
    text_en: str


class SavedReply(TypedDict):
    """A text that is written once and sent many times."""

    id: int
    name: str
    shortcut: str
    text: str
    text_en: str
    purpose: str
    wordings: list[Wording]
    line: str | None
    everybody: bool
    author: Person | None
    offered: Offered | None
    keeper: Person | None
    review_on: str | None
    can_change: bool
    changed_at: str


class Shift(TypedDict):
    """A person on a line; `published_at` since when they know of it, None in a plan."""

    id: int
    person: Person
    line_id: int
    line: str
    day: str
    starts_at: str
    ends_at: str
    breaks: list[dict[str, Any]]
    template: str | None
    published_at: str | None


class ArticleRow(TypedDict):
    """An article of the knowledge base without its text."""

    id: int
    title: str
    state: str
    audience: str
    language: str
    section_id: int | None
    original_id: int | None
    owner: Person
    review_on: str
    published_at: str | None
    changed_at: str
    edition: int


class Article(ArticleRow):
    """With its text, in Markdown; who writes it names the `edition` that they read."""

    text: str
    reviewed_at: str | None
    can_change: bool


class ArticleHit(TypedDict):
    """An article that was found; `snippet` is where the words stand."""

    id: int
    title: str
    state: str
    audience: str
    language: str
    snippet: str
