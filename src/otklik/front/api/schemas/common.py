"""What several operations share."""

from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from ninja import Field, Schema
from pydantic import AfterValidator, field_validator


class Given(Schema):
    """What programs send: only text that can be stored."""

    @field_validator("*")
    @classmethod
    def _storable(cls, value: Any) -> Any:
        texts = value if isinstance(value, list) else [value]
        for text in texts:
            if isinstance(text, str) and "\x00" in text:
                raise ValueError("a text cannot hold the character U+0000")
            if isinstance(text, str) and not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text):
                raise ValueError("a text cannot hold half a character")
        return value


class PersonOut(Schema):
    """A person of the staff."""

    login: str
    name: str


def _addresses(value: list[str]) -> list[str]:
    try:
        for address in value:
            validate_email(address)
    except ValidationError as error:
        raise ValueError("not an e-mail address") from error
    return value


Addresses = Annotated[list[str], AfterValidator(_addresses)]


class Problem(Schema):
    """Why a request was refused (RFC 9457); `field` names the value to mend, `newer` messages that came meanwhile."""

    type: str
    title: str
    status: int
    detail: str
    instance: str = Field("", description="the address; absent where it would tell what is there from what is not")
    field: str = ""
    errors: list[dict[str, Any]] = Field(default=[], description="all values to mend, where the shape is wrong")
    newer: list[int] = []


BYTES = {
    "responses": {
        200: {
            "description": "OK",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}
"""For the schema of an operation that answers with a file."""
