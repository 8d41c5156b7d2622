"""What was taken in from elsewhere, and what was taken away."""

from otklik.core.audit.registry import hears
from otklik.desk.imports import events

hears(events.ImportFinished, events.Exported)
