"""Logs: one JSON object a line (or readable text at a terminal), secrets replaced by field name."""

import logging
import logging.config
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

SECRET_FIELDS = re.compile(r"passw|secret|token|authorization|cookie|api_?key|private|credential|otp", re.IGNORECASE)
SECRET_IN_TEXT = re.compile(
    r"(?i)\b(bearer\s+|(?:password|passwd|token|secret|key)=)[^\s&'\"]+|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"
)
BREAKS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
"""What ends a line for some reader of logs, or speaks to the terminal (a tab does neither)."""
TRACES = ("exception", "stack")
HIDDEN = "[hidden]"

type Event = MutableMapping[str, Any]


def hide_secrets(logger: object, method: str, event: Event) -> Event:
    """Fields whose name speaks of a secret, at any depth, and credentials inside texts."""
    return {name: HIDDEN if SECRET_FIELDS.search(name) else _cleaned(value) for name, value in event.items()}


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return SECRET_IN_TEXT.sub(lambda found: (found[1] or "") + HIDDEN, value)
    if isinstance(value, dict):
        return {key: HIDDEN if SECRET_FIELDS.search(str(key)) else _cleaned(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(part) for part in value]
    return value


def keep_one_line(logger: object, method: str, event: Event) -> Event:
    """Foreign words in a field begin no line of their own; only traces, which are ours, have several."""
    return {name: value if name in TRACES else _on_one_line(value) for name, value in event.items()}


def _on_one_line(value: object) -> object:
    if isinstance(value, str):
        return BREAKS.sub(lambda found: f"\\u{ord(found[0]):04x}", value)
    if isinstance(value, dict):
        return {_on_one_line(key): _on_one_line(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_on_one_line(part) for part in value]
    return value


def _shared() -> list[Any]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.UnicodeDecoder(),
    ]


def _last(shape: str) -> list[Any]:
    """Traces become text before the secrets are looked for, so that none hides in a trace."""
    readable = shape == "text" or (shape == "auto" and sys.stderr.isatty())
    renderer: Any = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0)
        if readable
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    return [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        hide_secrets,
        keep_one_line,
        renderer,
    ]


def logging_settings(level: str, shape: str) -> dict[str, Any]:
    """The LOGGING dictionary; `shape` is json, text or auto (text at a terminal)."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [*_shared(), structlog.stdlib.ExtraAdder()],
                "processors": _last(shape),
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "procrastinate": {"level": "WARNING"},
            "uvicorn": {"level": "WARNING"},
            "mail.log": {"level": "WARNING"},
            "asyncio": {"level": "WARNING"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
        },
    }


def configure(settings: dict[str, Any]) -> None:
    """LOGGING_CONFIG: both structlog and the standard library end in the same lines."""
    logging.config.dictConfig(settings)
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
