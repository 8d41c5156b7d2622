"""What the desk answers; moments are texts of ISO 8601.  Everything else of the schema is in `/api/v1/openapi.json`."""

from typing import Any, TypedDict


class Person(TypedDict):
    login: str
    name: str


class Contact(TypedDict):
    id: int
    name: str
    email: str
    organisation: str


class CardField(TypedDict):
    """A field that the company keeps on its cards."""

    id: int
    name: str
    kind: str
    options: list[str]
    hint: str
    personal: bool
    in_use: bool


class CardDetail(TypedDict):
    """What a card says to a field; None is no answer, or one that is hidden from the person of the token."""

    id: int
    name: str
    kind: str
    personal: bool
    value: str | bool | int | float | None


class CardAddress(TypedDict):
    """A way to reach a person; `confirmed_at` since when a colleague vouches that they are behind it."""

    id: int
    kind: str
    value: str
    confirmed_at: str | None
    failed_at: str | None


class Membership(TypedDict):
    """An organisation of a person; who decides has the role `decision`."""

    id: int
    organisation_id: int
    organisation: str
    main: bool
    position: str
    roles: list[str]
    area: str
    may_ask: str


class Member(TypedDict):
    """A person of an organisation; `id` is that of the membership."""

    id: int
    contact_id: int
    name: str
    main: bool
    position: str
    roles: list[str]
    area: str
    may_ask: str


class Subscription(TypedDict):
    """What a person or an organisation has of us; days and the amount as texts."""

    id: int
    contact_id: int | None
    organisation_id: int | None
    product: str
    plan: str
    details: str
    state: str
    starts_on: str | None
    ends_on: str | None
    amount: str | None
    currency: str
    period: str


class QuietPeriod(TypedDict):
    """When somebody is left alone, while all that is named holds."""

    id: int
    reason: str
    holds: str
    starts_on: str | None
    ends_on: str | None
    month_from: int | None
    month_until: int | None
    weekdays: list[int]
    months: list[int]
    hours_from: str | None
    hours_until: str | None


class Consent(TypedDict):
    """What a person said last of one purpose."""

    id: int
    purpose: str
    given: bool
    version: str
    source: str
    at: str


class ContactRow(TypedDict):
    """A person as a row of a list; with `fields` only those are there."""

    id: int
    name: str
    organisation_id: int | None
    organisation: str | None
    tags: list[str]


class OrganisationRow(TypedDict):
    """An organisation as a row of a list; with `fields` only those are there."""

    id: int
    name: str
    website: str
    tax_number: str
    tags: list[str]


class ContactCard(TypedDict):
    """A person with all that is known of them; `hidden` names what a role does not see at once."""

    id: int
    name: str
    organisation_id: int | None
    organisation: str | None
    tags: list[str]
    address_as: str
    position: str
    language: str
    time_zone: str
    literacy: int | None
    interests: str
    reach_by: str
    reach_hours: str
    quiet_hours: str
    note: str
    restricted: str
    details: list[CardDetail]
    hidden: list[str]
    addresses: list[CardAddress]
    memberships: list[Membership]
    subscriptions: list[Subscription]
    quiet_periods: list[QuietPeriod]
    consents: list[Consent]


class OrganisationCard(TypedDict):
    id: int
    name: str
    website: str
    tax_number: str
    tags: list[str]
    quiet_hours: str
    note: str
    restricted: str
    details: list[CardDetail]
    hidden: list[str]
    manager: str | None
    subscriptions: list[Subscription]
    quiet_periods: list[QuietPeriod]


class Payment(TypedDict):
    """What a client paid, or got back; days as texts, the amount as a text with kopecks."""

    id: int
    external_id: str | None
    source: str
    kind: str
    amount: str
    currency: str
    paid_on: str
    covers_from: str | None
    covers_until: str | None
    product: str | None
    contact_id: int | None
    organisation_id: int | None


class Look(TypedDict):
    """A look at a card that was written down."""

    at: str
    login: str | None
    place: str
    names: list[str]
    reason: str


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


class SavedReply(TypedDict):
    """A text that is written once and sent many times."""

    id: int
    name: str
    shortcut: str
    text: str
    text_en: str
    purpose: str
    line: str | None
    everybody: bool
    can_change: bool
    changed_at: str
