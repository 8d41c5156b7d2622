"""A complaint that is open: nobody asks its client, or anybody of the same organisation, how content they are."""

from otklik.desk.clients import cases

OPEN = """
EXISTS (SELECT FROM complaints_complaint x LEFT JOIN tickets_ticket t ON t.id = x.ticket_id
    JOIN clients_contact p ON p.id = coalesce(x.contact_id, t.contact_id)
    WHERE x.state <> 'closed' AND (p.id = c.id OR p.client_id = c.client_id))
"""


def tell_policy() -> None:
    cases.add("complaint", OPEN)
