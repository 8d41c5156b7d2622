"""Who was taken and who was not, whose data is gone, who may work alone."""

from otklik.core.audit.registry import hears
from otklik.team.people import events

hears(events.CandidateDecided, events.CandidateErased, events.SkillAttested, events.AttestationsEnded)
