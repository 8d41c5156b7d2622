"""Whom we serve, as programs read it, and what they tell of them."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal

from ninja import Field, Schema

from otklik.front.api.schemas.common import Given, PersonOut

LARGEST = 2**63


class AddressOut(Schema):
    id: int
    kind: str
    value: str
    shown: str = Field(description="as people see it, where the address itself is a number of a messenger")
    confirmed_at: datetime | None = Field(description="since when a colleague vouches that the person is behind it")
    failed_at: datetime | None = Field(description="since when our letters come back")


class MembershipOut(Schema):
    """An organisation of a person; `main` is the one for which their requests are counted."""

    id: int
    organisation_id: int
    organisation: str
    main: bool
    position: str
    roles: list[str]
    area: str
    may_ask: str


class MemberOut(Schema):
    """A person who speaks for an organisation; `id` is that of the membership."""

    id: int
    contact_id: int
    name: str
    main: bool
    position: str
    roles: list[str]
    area: str
    may_ask: str


class QuietPeriodOut(Schema):
    """When somebody is left alone: while everything that is named holds at their place, `holds` waits."""

    id: int
    reason: str
    holds: Literal["calls", "questions", "notices", "all"]
    starts_on: date | None
    ends_on: date | None
    month_from: int | None = Field(description="every month from this day")
    month_until: int | None
    weekdays: list[int] = Field(description="1 is Monday")
    months: list[int]
    hours_from: time | None
    hours_until: time | None


class ConsentOut(Schema):
    """What a person said last of one purpose."""

    id: int
    purpose: Literal["service", "surveys", "marketing"]
    given: bool
    version: str
    source: str
    at: datetime


class ConsentFull(ConsentOut):
    """One word of a person with the text that it was given to, as far as it is kept; `holds`: none came after it."""

    text: str
    by: PersonOut | None = Field(description="who wrote it down; null where the person said it on a page of ours")
    holds: bool


class MayContactOut(Schema):
    """Whether somebody may be contacted at a moment; `why` is a code, `reason` the same in words."""

    allowed: bool
    why: str = Field(
        description="quiet, reach, house, notices, asked, asked_kind, asked_client, asked_role, open_case, withdrawn, "
        "not_given; empty where it is allowed"
    )
    reason: str
    not_before: datetime | None = Field(description="the earliest moment that is allowed; null where none is known")
    by: str = Field(description="how they like to be reached best")


class CardNoteOut(Schema):
    """What colleagues should know; the first pinned one is the `note` of the card."""

    id: int
    text: str
    pinned: bool
    own: bool = Field(description="its words are the person's to change: their own, or nobody's")
    by: PersonOut | None = Field(description="null where nobody knows any more who wrote it")
    at: datetime
    changed_at: datetime | None
    archived_at: datetime | None
    archived_by: PersonOut | None


class ZoneGuessOut(Schema):
    """Where somebody lives as long as nobody has said it, and by what that is guessed."""

    zone: str
    by: Literal["phone", "city"]


class SubscriptionOut(Schema):
    """What somebody has of us; of exactly one of a person and an organisation."""

    id: int
    contact_id: int | None
    organisation_id: int | None
    product: str
    plan: str
    details: str
    state: str
    starts_on: date | None
    ends_on: date | None
    amount: Decimal | None
    currency: str
    period: str


class ContactRow(Schema):
    id: int
    name: str
    organisation_id: int | None
    organisation: str | None
    tags: list[str]


Kind = Literal["text", "number", "date", "choice", "flag", "link"]


class CardFieldOut(Schema):
    """A field that the company keeps on its cards."""

    id: int
    name: str
    kind: Kind
    options: list[str]
    hint: str
    personal: bool = Field(description="shown by role")
    in_use: bool


class CardDetailOut(Schema):
    """What a card says to a field: null is no answer, or one that is hidden; a date is a text such as 2026-11-28."""

    id: int
    name: str
    kind: Kind
    personal: bool
    value: str | bool | int | float | None


class RevealIn(Given):
    """Which hidden facts are needed, and why; the reason is written down."""

    names: list[str] = Field(description="as `hidden` names them", min_length=1, max_length=50)
    reason: str = Field(min_length=1, max_length=200)


class RevealedOut(Schema):
    values: dict[str, str] = Field(description="each in words")


class RestrictedIn(Schema):
    """Why every look at the card is written down; "" for an ordinary card."""

    why: Literal["", "vip", "employee", "public"]


class OrganisationRestrictedIn(Schema):
    """Why every look at the card is written down; "" for an ordinary card."""

    why: Literal["", "vip", "secrecy"]


class LookOut(Schema):
    """A look that was written down: `names` are hidden facts that were shown, and why."""

    at: datetime
    login: str | None
    place: Literal["card", "ticket", "api", "export"]
    names: list[str]
    reason: str


class ContactOut(ContactRow):
    address_as: str
    position: str
    language: str
    time_zone: str = Field(description="as it was set; `time_zone_guess` where it was not")
    time_zone_guess: ZoneGuessOut | None
    literacy: int | None = Field(description="technical level, 1 to 5")
    interests: str
    reach_by: str
    reach_hours: str = Field(description="at their place, as 09:00-18:00")
    quiet_hours: str = Field(description="in words; `quiet_periods` are what the desk keeps to")
    note: str
    restricted: Literal["", "vip", "employee", "public"] = Field(description="every look is written down")
    details: list[CardDetailOut]
    hidden: list[str] = Field(description="personal facts that are not told to this person; see `reveal`")
    addresses: list[AddressOut]
    memberships: list[MembershipOut]
    subscriptions: list[SubscriptionOut] = Field(description="of the person and of their main organisation")
    quiet_periods: list[QuietPeriodOut]
    consents: list[ConsentOut] = Field(description="the last word of each purpose")


class OrganisationRow(Schema):
    id: int
    name: str
    website: str
    tax_number: str
    tags: list[str]


class OrganisationOut(OrganisationRow):
    quiet_hours: str = Field(description="in words; `quiet_periods` are what the desk keeps to")
    note: str
    details: list[CardDetailOut]
    hidden: list[str] = Field(description="personal facts that are not told to this person; see `reveal`")
    restricted: Literal["", "vip", "secrecy"] = Field(description="every look is written down")
    manager: str | None = Field(description="the login of who of ours looks after it")
    subscriptions: list[SubscriptionOut]
    quiet_periods: list[QuietPeriodOut]


class EventIn(Given):
    """What happened to a person or to an organisation: exactly one of `contact_id`, `email`, `organisation_id`."""

    what: str = Field(description="small Latin letters, digits and _, as in trial_started", max_length=40)
    contact_id: int | None = Field(default=None, ge=1, lt=LARGEST)
    email: str | None = Field(default=None, max_length=320)
    organisation_id: int | None = Field(default=None, ge=1, lt=LARGEST)
    at: datetime | None = Field(default=None, description="now, unless it is said")
    data: dict[str, str | int | float | bool | None] = Field(default={}, description="at most 50 values")
    external_id: str = Field(default="", max_length=200, description="told twice, it is kept once")


class EventOut(Schema):
    id: int
    what: str
    at: datetime
    contact_id: int | None
    organisation_id: int | None
    new: bool = Field(description="false: it was told before under this external id")


class ContactKeyOut(Schema):
    """An OpenPGP key by which signed letters of a person are known; a colleague made sure whose it is."""

    id: int
    fingerprint: str
    name: str = Field(description="as the key names its owner")
    added_by: PersonOut
    added_at: datetime


class OpenerLine(Schema):
    """A line with which an answer may begin, its places filled in for this person."""

    id: int
    situation: str = Field(description="why it fits: upset, missed, first, holiday, rain, morning and the like")
    text: str


class CertainOut(Schema):
    """A fact that has to be known of everybody; `value` is empty where the card says nothing."""

    fact: Literal["address_as", "time_zone", "literacy", "roles", "products"]
    value: str
    confirmed_at: datetime | None = Field(description="when somebody made sure last, within a year")
    confirmed_by: PersonOut | None


class StillTrueOut(Schema):
    """How sure we are of a card; `seen` stands for all values: who confirms sends it along."""

    seen: str
    facts: list[CertainOut]
