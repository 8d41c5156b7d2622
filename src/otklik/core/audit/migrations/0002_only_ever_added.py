"""Rows are only ever added, and the watched tables know how to leave one.

The first function refuses every change of the trail, whoever asks; the application's role has no right to it either.
The second is what `watching` puts on the tables: it compares the named columns and tells the values of the first
list, of the second only that they changed.  Who acts stands in `otklik.door`.
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is only ever added to' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_line
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""
ALLOW = """
DROP TRIGGER audit_refuse ON audit_seal;
DROP TRIGGER audit_refuse ON audit_line;
DROP FUNCTION audit_refuse();
"""
WATCH = """
CREATE FUNCTION audit_watch() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    past jsonb := '{}'; present jsonb := '{}'; was jsonb := '{}'; became jsonb := '{}';
    door jsonb := coalesce(nullif(current_setting('otklik.door', true), '')::jsonb, '{}');
    name text;
BEGIN
    IF TG_OP <> 'INSERT' THEN past := to_jsonb(OLD); END IF;
    IF TG_OP <> 'DELETE' THEN present := to_jsonb(NEW); END IF;
    FOREACH name IN ARRAY string_to_array(TG_ARGV[1], ',') LOOP
        IF past->name IS DISTINCT FROM present->name THEN
            IF TG_OP <> 'INSERT' THEN was := was || jsonb_build_object(name, past->name); END IF;
            IF TG_OP <> 'DELETE' THEN became := became || jsonb_build_object(name, present->name); END IF;
        END IF;
    END LOOP;
    FOREACH name IN ARRAY string_to_array(TG_ARGV[2], ',') LOOP
        IF past->name IS DISTINCT FROM present->name THEN
            IF TG_OP <> 'INSERT' THEN was := was || jsonb_build_object(name, '*'); END IF;
            IF TG_OP <> 'DELETE' THEN became := became || jsonb_build_object(name, '*'); END IF;
        END IF;
    END LOOP;
    IF was = '{}' AND became = '{}' THEN RETURN NULL; END IF;
    INSERT INTO audit_line (kind, outcome, about, about_id, actor_id, program_id, door, address, session, call,
                            before, after)
    VALUES ('row.' || lower(TG_OP), 'done', TG_ARGV[0],
            coalesce(present->>'id', past->>'id', present->>'code', ''),
            (door->>'actor')::bigint, (door->>'program')::bigint, coalesce(door->>'door', 'database'),
            coalesce(door->>'address', ''), coalesce(door->>'session', ''), coalesce(door->>'call', ''), was, became);
    RETURN NULL;
END $$;
"""
FORGET = "DROP FUNCTION audit_watch() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, ALLOW), migrations.RunSQL(WATCH, FORGET)]
