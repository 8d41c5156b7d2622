"""Addresses of the agents' door."""

from django.urls import include, path

from otklik.front.workspace.door import staff
from otklik.front.workspace.live.view import stream
from otklik.front.workspace.views import (
    client,
    files,
    keys,
    mail,
    messages,
    new,
    quarantine,
    queue,
    saved,
    search,
    ticket,
)

app_name = "workspace"

urlpatterns = [
    path("", staff(queue.home), name="inbox"),
    path("", include("otklik.front.workspace.acts.urls")),
    path("queue/<slug:name>/", staff(queue.of_view), name="queue"),
    path("queue/<slug:name>/rows/", staff(queue.changes), name="rows"),
    path("queue/<slug:name>/counts/", staff(queue.figures), name="counts"),
    path("queue/<slug:name>/next/", staff(ticket.following), name="next"),
    path("tickets/new/", staff(new.new), name="new"),
    path("tickets/<int:number>/", staff(ticket.ticket), name="ticket"),
    path("tickets/<int:number>/row/", staff(queue.row), name="row"),
    path("tickets/<int:number>/timeline/", staff(ticket.timeline), name="timeline"),
    path("tickets/<int:number>/strip/", staff(ticket.part_strip), name="strip"),
    path("tickets/<int:number>/head/", staff(ticket.head), name="head"),
    path("tickets/<int:number>/client/", staff(ticket.client), name="panel"),
    path("tickets/<int:number>/card/<slug:name>/", staff(ticket.tab), name="tab"),
    path("messages/<int:pk>/body/", staff(messages.body), name="message_body"),
    path("messages/<int:pk>/pictures/", staff(messages.show_pictures), name="show_pictures"),
    path("messages/<int:pk>/source/", staff(messages.source), name="message_source"),
    path("files/<uuid:key>/", staff(files.file), name="file"),
    path("files/<uuid:key>/original/", staff(files.original), name="file_original"),
    path("files/<uuid:key>/preview/", staff(files.preview), name="file_preview"),
    path("files/<uuid:key>/preview/<int:number>/", staff(files.page), name="file_page"),
    path("files/letter/<str:name>", files.picture, name="picture"),
    path("files/remote/<str:name>", files.remote_picture, name="remote_picture"),
    path("search/", staff(search.page), name="search"),
    path("palette/", staff(search.palette), name="palette"),
    path("clients/contact/<int:pk>/", staff(client.contact), name="contact"),
    path("clients/contact/<int:pk>/addresses/<int:address>/again/", staff(client.use_again), name="use_again"),
    path("clients/contact/<int:pk>/keys/", staff(keys.add), name="key_add"),
    path("clients/contact/<int:pk>/keys/<int:key>/remove/", staff(keys.remove), name="key_remove"),
    path("clients/contact/<int:pk>/<slug:name>/", staff(client.fact), name="fact"),
    path("saved/", staff(saved.replies), name="saved_replies"),
    path("saved/new/", staff(saved.reply), name="saved_reply_new"),
    path("saved/look/", staff(saved.look), name="saved_reply_look"),
    path("saved/<int:pk>/", staff(saved.reply), name="saved_reply"),
    path("saved/<int:pk>/remove/", staff(saved.remove), name="saved_reply_remove"),
    path("mail/sent/", staff(mail.sent), name="sent"),
    path("mail/sent/<int:pk>/", staff(mail.letter), name="letter"),
    path("mail/sent/<int:pk>/body/", staff(mail.body), name="letter_body"),
    path("mail/sent/<int:pk>/source/", staff(mail.source), name="letter_source"),
    path("mail/quarantine/", staff(quarantine.quarantine), name="quarantine"),
    path("mail/quarantine/<int:pk>/", staff(quarantine.original), name="quarantined"),
    path("mail/quarantine/<int:pk>/release/", staff(quarantine.release), name="release"),
    path("mail/quarantine/<int:pk>/dismiss/", staff(quarantine.dismiss), name="dismiss"),
    path("live", stream, name="live"),
]
