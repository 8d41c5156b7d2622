"""News about candidates, newcomers and attestations; none of them carries a name."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News


@dataclass(frozen=True)
class CandidateNews(News):
    about: ClassVar[str] = "applicant"
    key: ClassVar[str] = "candidate_id"
    candidate_id: int


@dataclass(frozen=True)
class CandidateScored(CandidateNews):
    """One interviewer has given all marks."""


@dataclass(frozen=True)
class CandidateDecided(CandidateNews):
    """A person has signed what becomes of a candidate."""

    outcome: str


@dataclass(frozen=True)
class CandidateErased(CandidateNews):
    """What was known of a candidate is gone; by nobody where its time was over."""


@dataclass(frozen=True)
class OnboardingBegun(News):
    about: ClassVar[str] = "onboarding"
    key: ClassVar[str] = "onboarding_id"
    onboarding_id: int
    person_id: int


@dataclass(frozen=True)
class CheckpointJudged(News):
    about: ClassVar[str] = "onboarding"
    key: ClassVar[str] = "onboarding_id"
    onboarding_id: int
    day: int


@dataclass(frozen=True)
class SkillAttested(News):
    """Passed or not."""

    about: ClassVar[str] = "attestation"
    key: ClassVar[str] = "attestation_id"
    attestation_id: int
    person_id: int
    skill_id: int


@dataclass(frozen=True)
class AttestationsEnded(News):
    """A product has changed so much that nobody is attested in it any more."""

    about: ClassVar[str] = "skill"
    key: ClassVar[str] = "skill_id"
    skill_id: int
    count: int
