"""Addresses of the acts."""

from django.urls import include, path

from otklik.front.workspace.acts import (
    bulk,
    delivery,
    draft,
    elsewhere,
    files,
    fragments,
    going,
    inviting,
    joining,
    keeping,
    moving,
    note,
    owning,
    passing,
    presence,
    preview,
    reply,
    saved,
    undo,
)

of_ticket = [
    path("reply/", reply.reply, name="reply"),
    path("note/", note.note, name="note"),
    path("draft/", draft.draft, name="draft"),
    path("preview/", preview.preview, name="preview"),
    path("saved/", saved.choose, name="saved"),
    path("saved/names/", saved.names, name="saved_names"),
    path("saved/<int:reply_id>/", saved.show, name="saved_look"),
    path("saved/<int:reply_id>/insert/", saved.insert, name="saved_insert"),
    path("files/", files.upload, name="upload"),
    path("files/<uuid:key>/remove/", files.remove, name="upload_remove"),
    path("undo/<int:message_id>/", undo.take_back, name="take_back"),
    path("take/", owning.take, name="take"),
    path("assign/", owning.assign, name="assign"),
    path("handover/", owning.hand_over, name="hand_over"),
    path("aside/", moving.put_aside, name="put_aside"),
    path("close/", moving.close, name="close"),
    path("reopen/", moving.reopen, name="reopen"),
    path("unread/", moving.unread, name="unread"),
    path("pin/", keeping.pin, name="pin"),
    path("join/", joining.join, name="join"),
    path("relocations/<int:pk>/undo/", joining.bring_back, name="bring_back"),
    path("messages/<int:message_id>/elsewhere/", elsewhere.elsewhere, name="elsewhere"),
    path("messages/<int:message_id>/again/", delivery.again, name="send_again"),
    path("messages/<int:message_id>/arrived/", delivery.arrived, name="arrived"),
    path("messages/<int:message_id>/client/", passing.author_is_client, name="author_is_client"),
    path("messages/<int:message_id>/client/back/", passing.sender_is_client, name="sender_is_client"),
    path("messages/<int:message_id>/invitation/", inviting.answer, name="answer_invitation"),
    path("presence/", presence.presence, name="presence"),
    path("composer/", fragments.composer, name="composer"),
    path("newer/", fragments.newer, name="newer"),
]

urlpatterns = [
    path("queue/bulk/", bulk.bulk, name="bulk"),
    path("queue/next/", going.take_next, name="take_next"),
    path("tickets/<int:number>/", include(of_ticket)),
]
