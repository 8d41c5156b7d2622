"""The database refuses to change what a month was, what was planned for it, and what was approved.

A close may only be reopened, an approved statement only be read, a dispute only be answered.
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION indicators_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is frozen', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION indicators_refuse_approved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM indicators_statement WHERE id = OLD.statement_id AND state = 'approved') THEN
        RAISE EXCEPTION '% is frozen', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON indicators_plan
    FOR EACH ROW EXECUTE FUNCTION indicators_refuse();
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON indicators_frozen
    FOR EACH ROW EXECUTE FUNCTION indicators_refuse();
CREATE TRIGGER frozen BEFORE UPDATE ON indicators_close FOR EACH ROW
    WHEN (OLD.reopened_at IS NOT NULL OR (OLD.month, OLD.at, OLD.by_id, OLD.entry_id)
          IS DISTINCT FROM (NEW.month, NEW.at, NEW.by_id, NEW.entry_id))
    EXECUTE FUNCTION indicators_refuse();
CREATE TRIGGER frozen_row BEFORE DELETE ON indicators_close
    FOR EACH ROW EXECUTE FUNCTION indicators_refuse();
CREATE TRIGGER frozen BEFORE UPDATE ON indicators_statement FOR EACH ROW
    WHEN (OLD.state = 'approved' AND to_jsonb(OLD) - 'seen_at' IS DISTINCT FROM to_jsonb(NEW) - 'seen_at')
    EXECUTE FUNCTION indicators_refuse();
CREATE TRIGGER frozen_row BEFORE DELETE ON indicators_statement FOR EACH ROW
    WHEN (OLD.state = 'approved') EXECUTE FUNCTION indicators_refuse();
CREATE TRIGGER frozen BEFORE UPDATE ON indicators_part
    FOR EACH ROW EXECUTE FUNCTION indicators_refuse();
CREATE TRIGGER frozen_row BEFORE DELETE ON indicators_part
    FOR EACH ROW EXECUTE FUNCTION indicators_refuse_approved();
CREATE TRIGGER frozen BEFORE UPDATE ON indicators_dispute FOR EACH ROW
    WHEN (OLD.answered_at IS NOT NULL) EXECUTE FUNCTION indicators_refuse();
CREATE TRIGGER frozen_row BEFORE DELETE ON indicators_dispute
    FOR EACH ROW EXECUTE FUNCTION indicators_refuse();
"""
ALLOW = """
DROP FUNCTION indicators_refuse() CASCADE;
DROP FUNCTION indicators_refuse_approved() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
