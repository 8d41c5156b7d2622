"""Every entry of somebody's timeline is announced to the listeners, when its transaction commits."""

from django.db import migrations

TELL = """
CREATE FUNCTION journal_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('otklik', json_build_object(
        'id', NEW.id, 'about', NEW.about, 'about_id', NEW.about_id)::text);
    RETURN NULL;
END $$;
CREATE TRIGGER journal_tell AFTER INSERT ON journal_entry
    FOR EACH ROW WHEN (NEW.about <> '') EXECUTE FUNCTION journal_tell();
"""
SILENCE = "DROP TRIGGER journal_tell ON journal_entry; DROP FUNCTION journal_tell();"


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_once")]

    operations = [migrations.RunSQL(TELL, SILENCE)]
