"""Personal facts of a card in plain words."""

from otklik.desk.clients.models import CardField, Channelled, Client, Contact, PersonalFact


def said_of(holder: Contact | Client, name: str) -> str:
    """What the card says under this name: a fact that may be personal, or a field of the company."""
    field = CardField.objects.named(holder, name)
    if field is not None:
        return field.said(field.present(holder))
    if name == PersonalFact.PHONES and isinstance(holder, Contact):
        return ", ".join(one.value for one in holder.identities.all() if one.kind == Channelled.PHONE)
    if name == PersonalFact.MONEY:
        paid = holder.subscriptions.shown().exclude(amount=None)
        return "; ".join(f"{one.product.name}: {one.amount} {one.currency}, {one.period}" for one in paid)
    if name == PersonalFact.NOTE:
        return "\n\n".join(one.text for one in holder.notes.all().shown())
    return str(getattr(holder, name) or "")
