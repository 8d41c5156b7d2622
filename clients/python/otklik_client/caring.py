"""Calls, incidents and problems, complaints, surveys and reviews."""

from typing import TypedDict

from otklik_client.cards import Person


class Caller(TypedDict):
    id: int
    name: str


class PhoneCall(TypedDict):
    """A call of the telephone exchange, or one that a colleague wrote down (`by_hand`); durations are seconds."""

    id: int
    state: str
    by_hand: bool
    direction: str
    number: str
    number_hidden: bool
    line: str
    queue: str
    contact: Caller | None
    ticket: int | None
    begun_at: str
    answered_at: str | None
    ended_at: str | None
    waited: int
    talked: int
    held: int
    transfers: int
    holder: Person | None
    result: str
    recording: str
    can_act: bool


class PhoneCallFull(PhoneCall):
    """With the words that were written of it, and who it may be."""

    note: str
    several: list[Caller]


class CallDraft(TypedDict):
    """What the person has typed and not written as the result; `saved_at` is "" where nothing is kept."""

    note: str
    result: str
    until: str
    name: str
    saved_at: str


class IncidentDetails(TypedDict):
    """What is behind the row of `GET /incidents/{pk}`."""

    id: int
    worst: int
    detected_at: str
    declared_at: str
    told_at: str | None
    closed_at: str | None
    overdue: bool
    post_mortem_due: str | None
    learned: str
    post_mortem: str
    causes: list[str]
    clients: int
    may_lead: bool


class IncidentUpdate(TypedDict):
    """An update and how many have it by now; letters leave some seconds after it was written."""

    id: int
    author: Person
    at: str
    state: str
    what: str
    whom: str
    doing: str
    workaround: str
    no_news: bool
    quiet: bool
    ends: bool
    next_at: str | None
    going: bool
    stopped_at: str | None
    waiting: int
    sent: int
    left_out: int
    stopped: int


class WhyLeftOut(TypedDict):
    reason: str
    count: int


class Through(TypedDict):
    channel: str
    count: int


class UpdateLook(TypedDict):
    """What would leave: nothing is written by looking."""

    count: int
    people: int
    channels: list[Through]
    left_out: list[WhyLeftOut]
    sample: str
    sample_of: int | None


class IncidentAction(TypedDict):
    """What changes after an incident."""

    id: int
    text: str
    owner: Person
    due_on: str
    late: bool
    ended_at: str | None
    dropped: bool
    result: str


class IncidentFinding(TypedDict):
    """How some of its clients were found, and how many they are."""

    id: int
    how: str
    source: str
    why: str
    by: Person
    at: str
    count: int


class Concerned(TypedDict):
    """Somebody whom it concerns and whom the person knows: a contact, or an organisation as a whole."""

    id: int
    finding_id: int
    contact_id: int | None
    organisation_id: int | None
    name: str


class TicketOfMatter(TypedDict):
    """A ticket of an incident or of a problem, as far as the person sees it."""

    number: int
    subject: str
    status: str
    client: str


class ProblemDetails(TypedDict):
    """What is behind the row of `GET /problems/{pk}`."""

    id: int
    cause: str
    topic: int | None
    product: str
    fix_cost: str | None
    effect: int | None
    reason: str
    result: str
    checked: str
    checked_at: str | None
    waiting: int
    may_lead: bool


class ProblemCandidate(TypedDict):
    """A problem that nobody has named yet, of the last thirty days; of a spike of one hour."""

    id: int
    found: str
    topic: int
    product: str
    article: str
    count: int
    clients: int
    hour: str | None
    usual: float | None
    chance: float | None


class ComplaintRow(TypedDict):
    """A complaint that the person may know of; `next_at` is the nearest of its dates, null once it is closed."""

    id: int
    stated: str
    state: str
    level: int
    severity: int
    client: str
    contact_id: int | None
    ticket: int | None
    line: str
    owner: Person
    received_at: str
    next_at: str | None
    next_due: str
    late: bool


class ComplaintFact(TypedDict):
    text: str
    source: str
    by: Person
    at: str


class ComplaintMeasure(TypedDict):
    """What is done so that it does not happen again."""

    id: int
    kind: str
    text: str
    owner: Person
    due_at: str
    done_at: str | None
    result: str


class Complaint(ComplaintRow):
    words: str
    source: str
    said_by: str
    desired: str
    risks: list[str]
    lines: list[str]
    against: Person | None
    investigator: Person | None
    filed_by: Person
    stated_cause: str
    acknowledged_at: str | None
    answered_at: str | None
    closed_at: str | None
    legal_due: str
    check_at: str | None
    whys: list[str]
    found: str
    found_cause: str
    decision: str
    finding: str
    remedy: str
    reaction: str
    reaction_words: str
    bodies: str
    helped: str
    verdict: str
    facts: list[ComplaintFact]
    measures: list[ComplaintMeasure]
    alike: list[int]
    may: list[str]


class Survey(TypedDict):
    """A survey that clients were asked by."""

    id: int
    name: str
    occasion: str
    state: str
    share: int
    began_at: str | None
    ended_at: str | None
    versions: list[int]


class SurveyFull(Survey):
    sources: list[str]


class SurveyOption(TypedDict):
    label: str
    count: int


class SurveyQuestion(TypedDict):
    """One question with how often each answer was given, and the figure of them."""

    id: int
    kind: str
    words: str
    condition: str
    n: int
    status: str
    unit: str
    value: float | None
    lo: float | None
    hi: float | None
    mean: float | None
    counts: list[SurveyOption]


class SurveyResults(TypedDict):
    """Of one version, asked in one way, of the person's lines."""

    survey_id: int
    version: int
    source: str
    sent: int
    mature: int
    undeliverable: int
    completed: int
    partial: int
    rate: float | None
    not_sent: dict[str, int]
    questions: list[SurveyQuestion]


class SurveyWords(TypedDict):
    """What a client wrote, in answer to a question or beside a mark."""

    id: int
    at: str
    words: str
    question: str
    ticket: int | None


class Review(TypedDict):
    """Words beside a mark that their client lets us show on the public page of who answered."""

    id: int
    ticket: int | None
    contact_id: int | None
    agent: Person
    text: str
    signed_as: str
    mark: str
    state: str
    given_at: str
    moderated_at: str | None
    reply: str
    replied_at: str | None
