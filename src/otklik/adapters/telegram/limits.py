"""What the Bot API allows (core.telegram.org/bots/api)."""

LONGEST = 4096
"""Characters of a message, counted as UTF-16 does."""
MOST_DOWN = 20 * 1024 * 1024
"""Bytes of a file that a bot may fetch."""
MOST_UP = 50 * 1024 * 1024
"""Bytes of a file that a bot may send."""
MOST_PHOTO = 10 * 1024 * 1024
"""Bytes of a picture sent as one; a larger one is sent as a file."""
MOST_UPDATE = 1024 * 1024
"""Bytes of one update; what Telegram posts is far smaller."""
