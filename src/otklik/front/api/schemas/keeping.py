"""What programs write on the cards of people and organisations; a member that is not there leaves what is."""

from datetime import date, time
from decimal import Decimal
from typing import Annotated, Literal
from zoneinfo import available_timezones

from django.conf import settings
from ninja import Field
from pydantic import AfterValidator, field_validator

from otklik.front.api.schemas.clients import LARGEST
from otklik.front.api.schemas.common import Given

Number = Annotated[int, Field(ge=1, lt=LARGEST)]
Tags = Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=100)]


def _language(value: str) -> str:
    known = [code for code, _name in settings.LANGUAGES]
    if value and value not in known:
        raise ValueError(f"one of {', '.join(known)}, or nothing")
    return value


def _zone(value: str) -> str:
    if value and value not in available_timezones():
        raise ValueError("a time zone of the IANA database, as Europe/Moscow, or nothing")
    return value


class ContactChange(Given):
    """Facts of a person; only those that are named are changed, all of them or none."""

    name: str = Field("", min_length=1, max_length=200)
    address_as: str = Field("", max_length=120)
    position: str = Field("", max_length=120)
    language: Annotated[str, AfterValidator(_language)] = Field("", max_length=5)
    time_zone: Annotated[str, AfterValidator(_zone)] = Field("", max_length=60)
    literacy: Literal[1, 2, 3, 4, 5] | None = None
    interests: str = Field("", max_length=300)
    reach_by: Literal["", "email", "phone", "chat"] = ""
    reach_hours: str = Field("", max_length=11, description="at their place, as 09:00-18:00")
    quiet_hours: str = Field("", max_length=300)
    note: str = Field("", max_length=4000)
    tags: Tags = []


class Named(Given):
    """What another system calls it; by this it is found and an import knows it again."""

    external_id: str = Field("", max_length=200)
    source: str = Field("api", min_length=1, max_length=40, description="which system")


class ContactIn(ContactChange, Named):
    """A new person; whoever does not see everything names an organisation that they know."""

    email: str = Field(max_length=320)
    name: str = Field("", max_length=200, description="the address, unless it is said")
    organisation_id: Number | None = None


class ContactPatch(ContactChange, Named):
    """Facts of a person, and what another system calls them."""


class OrganisationChange(Given):
    """Facts of an organisation; only those that are named are changed, all of them or none."""

    name: str = Field("", min_length=1, max_length=200)
    website: str = Field("", max_length=200)
    tax_number: str = Field("", max_length=20)
    manager: str | None = Field(None, max_length=60, description="login of who of ours looks after it; null for nobody")
    quiet_hours: str = Field("", max_length=300)
    note: str = Field("", max_length=4000)
    tags: Tags = []


class OrganisationIn(OrganisationChange, Named):
    """A new organisation."""

    name: str = Field(min_length=1, max_length=200)


class OrganisationPatch(OrganisationChange, Named):
    """Facts of an organisation, and what another system calls it."""


class AddressIn(Given):
    """One more address of a person: `email`, or `value` of a `kind`; `sure` where somebody made sure of it."""

    email: str = Field("", max_length=320)
    kind: Literal["email", "phone", "telegram"] = "email"
    value: str = Field("", max_length=320, description="+7 913 555-01-42, @name or t.me/name, or a mail address")
    sure: bool = False


class SureIn(Given):
    """Whether somebody made sure that the person is behind the address, in the name of the person of the token."""

    sure: bool


class MembershipChange(Given):
    """How a person stands in an organisation; only what is named is changed."""

    main: bool = Field(False, description="their requests are counted for it; the first one always is")
    position: str = Field("", max_length=120)
    roles: list[Literal["decision", "finance", "technical", "user"]] = Field([], max_length=4)
    area: str = Field("", max_length=200, description="what they answer for there")
    may_ask: str = Field("", max_length=200, description="what they may ask us for")


class MembershipIn(MembershipChange):
    """An organisation of a person: one by its number, or by its name, which may be new."""

    organisation_id: Number | None = None
    organisation: str = Field("", max_length=200)


class MemberIn(MembershipChange):
    """A person of an organisation by their mail address; they may be new to us."""

    email: str = Field(max_length=320)
    name: str = Field("", max_length=200)


class QuietPeriodIn(Given):
    """When they are left alone; everything that is named has to hold.  A change leaves what is not named."""

    reason: str = Field("", max_length=120, description="what colleagues read")
    holds: Literal["calls", "questions", "notices", "all"] = "all"
    starts_on: date | None = None
    ends_on: date | None = None
    month_from: int | None = Field(None, ge=1, le=31)
    month_until: int | None = Field(None, ge=1, le=31)
    weekdays: list[Annotated[int, Field(ge=1, le=7)]] = Field([], max_length=7)
    months: list[Annotated[int, Field(ge=1, le=12)]] = Field([], max_length=12)
    hours_from: time | None = None
    hours_until: time | None = None

    @field_validator("hours_from", "hours_until")
    @classmethod
    def _of_the_wall(cls, value: time | None) -> time | None:
        if value is not None and value.tzinfo is not None:
            raise ValueError("a time of the day at their place, without an offset")
        return value


class CardNoteIn(Given):
    """One more note in the name of the person of the token."""

    text: str = Field(min_length=1, max_length=4000)
    pinned: bool = Field(False, description="above the others; the one pinned last stands beside every request")


class CardNoteChange(Given):
    """Only what is named is changed."""

    text: str = Field("", min_length=1, max_length=4000)
    pinned: bool = False


class ConsentIn(Given):
    """What the person said now; the earlier word stays in the history."""

    purpose: Literal["service", "surveys", "marketing"]
    given: bool
    version: str = Field("", max_length=60, description="of the text they agreed to; a consent has to name it")
    text: str = Field("", max_length=4000, description="the words themselves, where they are known")
    source: str = Field(min_length=1, max_length=200, description="how we know: a letter, a form")


class SubscriptionChange(Given):
    """What is had of us; only what is named is changed.  Amounts need a person who sees them."""

    product: str = Field("", min_length=1, max_length=120, description="the name of a product of ours")
    plan: str = Field("", max_length=120)
    details: str = Field("", max_length=200, description="how much of it")
    state: Literal["trial", "active", "paused", "ended"] = "active"
    starts_on: date | None = None
    ends_on: date | None = None
    amount: Decimal | None = Field(None, ge=0, max_digits=14, decimal_places=2)
    currency: str = Field("RUB", pattern=r"^[A-Z]{3}$")
    period: Literal["month", "quarter", "year", "once"] = "month"


class SubscriptionIn(SubscriptionChange):
    """One more product or service."""

    product: str = Field(min_length=1, max_length=120, description="the name of a product of ours")


class ContactKeyIn(Given):
    """A public OpenPGP key in its text form."""

    key: str = Field(min_length=1, max_length=200_000, description="from -----BEGIN PGP PUBLIC KEY BLOCK----- on")


class TakenIn(Given):
    """For which ticket of the person a line was taken; null: for none."""

    ticket: Number | None = None


class StillTrueIn(Given):
    """Facts that are still true, of a card whose `seen` was read."""

    facts: list[Literal["address_as", "time_zone", "literacy", "roles", "products"]] = Field(min_length=1, max_length=5)
    seen: str = Field(min_length=1, max_length=16)
