"""Who reads the trail."""

from typing import Any


def can_read(user: Any) -> bool:
    """Administrators, whose acts it mostly holds, and the head of service, who is no administrator."""
    return bool(getattr(user, "is_active", False)) and getattr(user, "role", "") in ("admin", "head")
