"""What arrives becomes a message of a conversation; what left or failed is told to those who care."""

from dataclasses import replace

from django.utils.translation import gettext as _

from otklik.core.journal.news import on, publish
from otklik.core.journal.rows import first, insert
from otklik.core.staff.models import User
from otklik.desk.channels import returns
from otklik.desk.channels.events import Delivered, DeliveryFailed, LeftUnread, MessageArrived, ReachChanged
from otklik.desk.channels.models import Channel, Inbound, Outbound
from otklik.desk.channels.port import Authenticity, Incoming, talk_on
from otklik.desk.clients.events import ContactChanged, ContactMerged, ContactsParted
from otklik.desk.clients.models import Contact, Identity, Merging
from otklik.desk.clients.models.address import MESSENGERS, kind_on
from otklik.desk.conversations import going_by_letter
from otklik.desk.conversations.events import FateChanged, MessageReceived
from otklik.desk.conversations.models import Conversation, Message
from otklik.desk.conversations.signatures import check_again, checked


@on(MessageArrived)
def join_or_begin(news: MessageArrived) -> None:
    inbound, incoming = news.inbound, news.incoming
    chat = inbound.channel if talk_on(inbound.channel.kind).is_chat else None
    if incoming.references:
        inbound.wait_for_earlier(incoming.references)
    reported = _reported(incoming)
    contact = _contact(inbound, incoming)
    incoming = checked(incoming, inbound, contact)
    conversation = reported or Conversation.objects.continued_by(incoming, contact, chat)
    is_new = conversation is None
    if conversation is None:
        conversation = Conversation(contact=contact, channel=inbound.channel, subject=incoming.subject[:1000])
        insert(conversation)
    if incoming.passed_on_from and not _is_colleague(incoming.sender, inbound.channel):
        incoming = replace(incoming, passed_on_from="", passed_on_name="")
    message = conversation.hear(incoming, contact, inbound_id=inbound.pk, at=inbound.received_at)
    message.conversation = conversation
    publish(
        MessageReceived(
            message=message,
            inbound=inbound,
            is_new=is_new,
            sender_proper=incoming.sender_proper,
            language=incoming.language,
            corrects=incoming.corrects,
        )
    )


@on(ContactChanged, later=True)
def judge_signatures_anew(news: ContactChanged) -> None:
    """In a job: hundreds of letters are read again, and nobody waits for that."""
    if news.field == "keys":
        check_again(news.contact_id)


@on(ReachChanged)
def remember_reach(news: ReachChanged) -> None:
    """They closed the chat to us, or opened it again."""
    if news.reachable:
        Identity.objects.arrives(news.addresses)
    else:
        Identity.objects.came_back(news.addresses)


@on(LeftUnread)
def tell_by_letter(news: LeftUnread) -> None:
    going_by_letter.tell(news.outbound_ids, news.address)


@on(Delivered)
def tell_delivered(news: Delivered) -> None:
    _tell(news.outbound_id, Outbound.State.SENT, news.warning)


@on(DeliveryFailed)
def tell_failed(news: DeliveryFailed) -> None:
    outbound = Outbound.objects.only("state").get(pk=news.outbound_id)
    _tell(news.outbound_id, outbound.state, news.detail or _("no reason given"))


def _tell(outbound_id: int, fate: str, trouble: str) -> None:
    if ids := first("SELECT conversation_id, id FROM conversations_message WHERE outbound_id = %s", outbound_id):
        publish(FateChanged(conversation_id=ids[0], message_id=ids[1], fate=fate, trouble=trouble))


def _is_colleague(address: str, channel: Channel) -> bool:
    """Somebody of the staff, or of the same house as the mailbox."""
    house = channel.address.rpartition("@")[2].lower()
    return address.rpartition("@")[2].lower() == house or User.objects.of_address(address) is not None


def _contact(inbound: Inbound, incoming: Incoming) -> Contact:
    """Who does not name exactly one plain address is nobody we know (SENDER-6)."""
    if incoming.sender and incoming.sender_proper:
        kind = kind_on(inbound.channel.kind)
        if kind in MESSENGERS and incoming.sender_shown.startswith("@"):
            Identity.objects.comes_true(kind, incoming.sender, incoming.sender_shown)
        contact = Contact.objects.recognise(
            kind,
            incoming.sender,
            name=incoming.sender_name,
            language=incoming.language,
            doubtful=incoming.authenticity == Authenticity.FAILED,
        )
        if kind in MESSENGERS:
            Identity.objects.shows(kind, incoming.sender, incoming.sender_shown[:120])
            Identity.objects.arrives([incoming.sender])
        return contact
    return Contact.objects.create(name=incoming.sender_name[:200] or _("unknown sender"))


def _reported(incoming: Incoming) -> Conversation | None:
    """A bounce names the message of ours that did not arrive: note its fate, find its conversation."""
    if incoming.automatic != "bounce" or not incoming.failed:
        return None
    message = Message.objects.filter(outbound__external_id__in=list(incoming.failed)).first()
    if message is None or message.outbound is None:
        return None
    if incoming.failed_for_good:
        said = (incoming.automatic_reason or incoming.subject)[:2000]
        Identity.objects.came_back(returns.came_back(message.outbound, incoming.failed_for, said))
        publish(
            FateChanged(
                conversation_id=message.conversation_id,
                message_id=message.pk,
                fate=Outbound.State.FAILED,
                trouble=said,
            )
        )
    return message.conversation


def is_ours(address: str) -> bool:
    """An address of one of our own channels: what comes from it is a loop."""
    return Channel.objects.is_own(address) if address else False


@on(ContactMerged)
def talks_go_along(news: ContactMerged) -> None:
    merging = Merging.objects.get(pk=news.merging_id)
    for model in (Conversation, Message):
        merging.carry(model)


@on(ContactsParted)
def talks_go_back(news: ContactsParted) -> None:
    merging = Merging.objects.get(pk=news.merging_id)
    for model in (Conversation, Message):
        merging.give_back(model)
