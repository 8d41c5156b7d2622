"""Telegram: the first messenger, by its Bot API (docs/decisions/0069)."""
