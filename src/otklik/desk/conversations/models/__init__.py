"""A conversation, its messages and files, what is still being written and what is written once for many."""

from otklik.desk.conversations.models.attachment import Attachment
from otklik.desk.conversations.models.conversation import Conversation
from otklik.desk.conversations.models.draft import Draft
from otklik.desk.conversations.models.invitation import Invitation
from otklik.desk.conversations.models.message import Message
from otklik.desk.conversations.models.pictures import PicturesFrom
from otklik.desk.conversations.models.saved_reply import (
    SavedReply,
    SavedReplyPut,
    SavedReplyUse,
    SavedReplyWording,
)

__all__ = [
    "Attachment",
    "Conversation",
    "Draft",
    "Invitation",
    "Message",
    "PicturesFrom",
    "SavedReply",
    "SavedReplyPut",
    "SavedReplyUse",
    "SavedReplyWording",
]
