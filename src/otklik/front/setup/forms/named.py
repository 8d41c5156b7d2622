"""What has a name."""

from typing import Any


class Named:
    """A form whose names are kept in single blanks."""

    cleaned_data: dict[str, Any]

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())
