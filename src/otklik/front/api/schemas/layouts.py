"""How the page of a request is laid out."""

from typing import Annotated

from ninja import Field, Schema

from otklik.front.api.schemas.common import Given

Codes = Annotated[list[Annotated[str, Field(max_length=30)]], Field(max_length=100)]


class BlockOut(Schema):
    """A block of the page: where it stands, and whether a layout may fold it or leave it out."""

    code: str = Field(description="as `client.note`: its area and its name")
    area: str
    label: str
    folds: bool
    hides: bool


class LayoutOut(Schema):
    """The layout of one kind of request; `order` has every block, area by area."""

    kind: str
    label: str
    as_delivered: bool
    order: list[str]
    folded: list[str]
    hidden: list[str]


class LayoutIn(Given):
    """The whole layout anew: what `order` leaves out stands where it is delivered; all empty is as delivered."""

    order: Codes = []
    folded: Codes = []
    hidden: Codes = []
