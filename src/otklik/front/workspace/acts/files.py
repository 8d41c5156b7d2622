"""Files of a letter that is still being written."""

from collections.abc import Sequence

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from otklik.core.staff.models import User
from otklik.core.ui.words import file_size
from otklik.desk.channels.port import talk_on
from otklik.desk.conversations import letters, placed
from otklik.desk.conversations.models import Attachment
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.doors import act
from otklik.front.workspace.door import person

MOST_FILES = 30


def most_bytes(ticket: Ticket | None = None) -> int:
    """The largest file, and the largest sum of a letter.

    On the channel of a request, where one is given: a chat may take less.
    """
    of_channel = talk_on(ticket.channel_kind).most_bytes if ticket else 0
    return min(filter(None, (int(settings.UPLOAD_BYTES), letters.most_bytes(), of_channel)))


@act("POST")
def upload(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """One file of the composer; answers with the key that the reply will name."""
    file = request.FILES.get("file")
    try:
        kept = keep(ticket, person(request), file)
    except Invalid as error:
        return JsonResponse({"error": error.text}, status=422)
    return JsonResponse({"id": str(kept.key), "name": kept.name, "size": kept.size, "picture": bool(kept.raster)})


@act("POST")
def remove(request: HttpRequest, ticket: Ticket, key: str) -> HttpResponse:
    """Forget an upload that was not sent; one that is gone already is no error."""
    for file in Attachment.objects.unsent(ticket.conversation, person(request), [str(key)]):
        file.file.delete(save=False)
        file.delete()
    return HttpResponse(status=204)


def keep(ticket: Ticket, user: User, file: UploadedFile | None) -> Attachment:
    if file is None:
        raise Invalid(_("Choose a file first."), "files")
    if (file.size or 0) > (most := most_bytes(ticket)):
        raise Invalid(_("This file is larger than %(limit)s.") % {"limit": file_size(most)}, "files")
    return Attachment.objects.upload(ticket.conversation, file, user)


def of_form(request: HttpRequest, ticket: Ticket) -> list[Attachment]:
    """Files of a posted letter: uploads named by key, and those that came with the form itself (without scripts)."""
    came = [keep(ticket, person(request), file) for file in request.FILES.getlist("upload")]
    return [*chosen(request, ticket, "files", "text"), *came]


def chosen(request: HttpRequest, ticket: Ticket, name: str, text: str) -> list[Attachment]:
    """Uploads that the form names, and those that the field `text` of it shows in place."""
    keys = [*request.POST.getlist(name), *placed.keys_in(request.POST.get(text, ""))]
    return Attachment.objects.unsent(ticket.conversation, person(request), keys)


def check_size(files: Sequence[Attachment], ticket: Ticket | None = None) -> None:
    """What goes along with one message, on the channel of `ticket`; else with a letter.  Raises Invalid."""
    if len(files) > MOST_FILES:
        raise Invalid(_("No more than %(most)s files in one letter.") % {"most": MOST_FILES}, "files")
    if sum(file.size for file in files) > (most := most_bytes(ticket)):
        raise Invalid(
            _("All files together are larger than %(limit)s; a letter of that size does not arrive.")
            % {"limit": file_size(most)},
            "files",
        )
