"""Of colleagues and candidates, not of clients: candidates are erased in this room, on request and by time."""

from otklik.core.datamap import free
from otklik.team.people.models import (
    AnswerSheet,
    Attestation,
    Candidate,
    Checkpoint,
    Course,
    Discussion,
    HiringProfile,
    KnowledgeTest,
    Mark,
    ProfileCriterion,
    StandardStep,
    Vacancy,
    Wave,
)

OURS = "how the department works"
OF_CANDIDATES = "of who wants to work here, no client; erased by the room of people itself"
free(HiringProfile, "name", because=OURS)
free(ProfileCriterion, "name", "question", "anchors", because=OURS)
free(Vacancy, "title", because=OURS)
free(Candidate, "name", "contact", "source", "note", "word", "group", "comment", because=OF_CANDIDATES)
free(Mark, "evidence", because=OF_CANDIDATES)
free(Discussion, "words", because=OF_CANDIDATES)
free(StandardStep, "result", because=OURS)
free(Checkpoint, "result", "word", because=OURS)
free(Course, "name", because=OURS)
free(Wave, "teacher", because=OURS)
free(Attestation, "word", because=OURS)
free(KnowledgeTest, "name", because=OURS)
free(AnswerSheet, "answers", because=OURS)
