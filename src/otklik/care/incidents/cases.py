"""An incident that goes on: nobody whom it concerns is asked how content they are."""

from otklik.desk.clients import cases

CONCERNED = """
EXISTS (SELECT FROM incidents_incident i WHERE i.next_at IS NOT NULL AND i.ended_at IS NULL AND (
    EXISTS (SELECT FROM incidents_affected a JOIN tickets_ticket t ON t.id = a.ticket_id
        JOIN clients_contact p ON p.id = t.contact_id
        WHERE a.incident_id = i.id AND a.stands AND (p.id = c.id OR p.client_id = c.client_id))
    OR EXISTS (SELECT FROM incidents_concerned k JOIN incidents_finding f ON f.id = k.finding_id
        WHERE f.incident_id = i.id AND (k.contact_id = c.id OR k.client_id = c.client_id))))
"""
"""By a request of theirs or of a colleague in their organisation, or found without one."""


def tell_policy() -> None:
    cases.add("incident", CONCERNED)
