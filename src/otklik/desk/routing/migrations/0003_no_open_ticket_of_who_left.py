"""An open ticket is never of somebody who left (docs/decisions/0027): two rules that wait for each other."""

from django.db import migrations

# Who gives a ticket to a person holds that person's row (FOR SHARE) until the end of the transaction; who deactivates
# the person must wait for it, and sees the ticket then.  The other way round the giver waits and reads "left".
TICKET = """
CREATE FUNCTION tickets_owner_works_here() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE works boolean;
BEGIN
    SELECT is_active INTO works FROM staff_user WHERE id = NEW.owner_id FOR SHARE;
    IF NOT works THEN
        RAISE EXCEPTION 'open ticket % cannot be of person %, who left', NEW.id, NEW.owner_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'open_ticket_is_not_of_who_left';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER open_ticket_is_not_of_who_left_new AFTER INSERT ON tickets_ticket FOR EACH ROW
    WHEN (NEW.owner_id IS NOT NULL AND NEW.due_at IS NOT NULL)
    EXECUTE FUNCTION tickets_owner_works_here();
CREATE TRIGGER open_ticket_is_not_of_who_left AFTER UPDATE ON tickets_ticket FOR EACH ROW
    WHEN (NEW.owner_id IS NOT NULL AND NEW.due_at IS NOT NULL
        AND (NEW.owner_id IS DISTINCT FROM OLD.owner_id OR OLD.due_at IS NULL))
    EXECUTE FUNCTION tickets_owner_works_here();
"""
PERSON = """
CREATE FUNCTION tickets_who_leaves_has_none() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE left_behind bigint;
BEGIN
    IF EXISTS (SELECT FROM staff_user WHERE id = NEW.id AND NOT is_active) THEN
        SELECT id INTO left_behind FROM tickets_ticket WHERE owner_id = NEW.id AND due_at IS NOT NULL LIMIT 1;
        IF left_behind IS NOT NULL THEN
            RAISE EXCEPTION 'person % cannot leave: ticket % is open', NEW.id, left_behind
                USING ERRCODE = 'check_violation', CONSTRAINT = 'who_leaves_has_no_open_ticket';
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER who_leaves_has_no_open_ticket AFTER UPDATE OF is_active ON staff_user
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.is_active AND NOT NEW.is_active)
    EXECUTE FUNCTION tickets_who_leaves_has_none();
"""
BACK = """
DROP TRIGGER open_ticket_is_not_of_who_left ON tickets_ticket;
DROP TRIGGER open_ticket_is_not_of_who_left_new ON tickets_ticket;
DROP TRIGGER who_leaves_has_no_open_ticket ON staff_user;
DROP FUNCTION tickets_owner_works_here();
DROP FUNCTION tickets_who_leaves_has_none();
"""


class Migration(migrations.Migration):
    dependencies = [("routing", "0002_tickets_of_who_left_go_back")]

    operations = [migrations.RunSQL(TICKET + PERSON, BACK)]
