"""Nouns of the telephone."""

from otklik.desk.calls.models.call import Call as Call
from otklik.desk.calls.models.call_back import CallBack as CallBack
from otklik.desk.calls.models.call_event import CallEvent as CallEvent
from otklik.desk.calls.models.draft import Draft as Draft
from otklik.desk.calls.models.extension import Extension as Extension
from otklik.desk.calls.models.manner import Manner as Manner
