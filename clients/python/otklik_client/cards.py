"""Cards of people and organisations, as the desk answers them; moments and days are texts of ISO 8601."""

from typing import TypedDict


class Person(TypedDict):
    login: str
    name: str


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
    shown: str
    confirmed_at: str | None
    failed_at: str | None


class CardNote(TypedDict):
    """What colleagues should know; the first pinned one is the `note` of the card."""

    id: int
    text: str
    pinned: bool
    own: bool
    by: Person | None
    at: str
    changed_at: str | None
    archived_at: str | None
    archived_by: Person | None


class ZoneGuess(TypedDict):
    """Where somebody lives as long as nobody has said it; guessed `by` a phone or a city."""

    zone: str
    by: str


class MayContact(TypedDict):
    """Whether somebody may be contacted at a moment; `why` is a code, `reason` the same in words."""

    allowed: bool
    why: str
    reason: str
    not_before: str | None
    by: str


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


class ConsentWord(Consent):
    """One word of a person with the text that it was given to; `holds`: none came after it."""

    text: str
    by: Person | None
    holds: bool


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
    time_zone_guess: ZoneGuess | None
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
