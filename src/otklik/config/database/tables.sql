-- Of migrations 8ff440b5ff1aaf4dc126bf9031e75d38678ea8797f8f9a1298477c030e297ab6
-- Written by `otklik snapshot`, by nobody else: all migrations together, for a database that is still empty.
SET LOCAL search_path = '';
SET LOCAL check_function_bodies = off;

CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);

CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);

CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);

CREATE FUNCTION public.audit_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is only ever added to' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION public.audit_watch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.indicators_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '% is frozen', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION public.indicators_refuse_approved() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT FROM indicators_statement WHERE id = OLD.statement_id AND state = 'approved') THEN
        RAISE EXCEPTION '% is frozen', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$;

CREATE FUNCTION public.journal_tell() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM pg_notify('otklik', json_build_object(
        'id', NEW.id, 'about', NEW.about, 'about_id', NEW.about_id)::text);
    RETURN NULL;
END $$;

CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;

CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;

    RETURN job_ids;
END;
$$;

CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;

CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);

CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

 RETURN found_jobs;
END;
$$;

CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;

CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;

CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;

END;
$$;

CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);

	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;

CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;

CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;

CREATE FUNCTION public.tickets_owner_works_here() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE works boolean;
BEGIN
    SELECT is_active INTO works FROM staff_user WHERE id = NEW.owner_id FOR SHARE;
    IF NOT works THEN
        RAISE EXCEPTION 'open ticket % cannot be of person %, who left', NEW.id, NEW.owner_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'open_ticket_is_not_of_who_left';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.tickets_who_leaves_has_none() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id bigint NOT NULL
);

ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);

ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.alerts_alert (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    metric character varying(32) NOT NULL,
    side character varying(8) NOT NULL,
    key character varying(20) NOT NULL,
    kind character varying(9) NOT NULL,
    way character varying(6) NOT NULL,
    bound double precision,
    days smallint NOT NULL,
    weeks smallint NOT NULL,
    fewest integer NOT NULL,
    whom character varying(6) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    paused_at timestamp with time zone,
    retired_at timestamp with time zone,
    judged_on date,
    streak smallint NOT NULL,
    owner_id bigint NOT NULL,
    team_id bigint,
    CONSTRAINT alerts_alert_days_check CHECK ((days >= 0)),
    CONSTRAINT alerts_alert_fewest_check CHECK ((fewest >= 0)),
    CONSTRAINT alerts_alert_streak_check CHECK ((streak >= 0)),
    CONSTRAINT alerts_alert_weeks_check CHECK ((weeks >= 0)),
    CONSTRAINT threshold_has_a_bound CHECK ((((kind)::text = 'anomaly'::text) OR (bound IS NOT NULL)))
);

ALTER TABLE public.alerts_alert ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.alerts_alert_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.alerts_alert_people (
    id bigint NOT NULL,
    alert_id bigint NOT NULL,
    user_id bigint NOT NULL
);

ALTER TABLE public.alerts_alert_people ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.alerts_alert_people_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.alerts_ringing (
    id bigint NOT NULL,
    began timestamp with time zone NOT NULL,
    ended timestamp with time zone,
    value double precision NOT NULL,
    n bigint NOT NULL,
    lo double precision,
    hi double precision,
    first date,
    last date,
    definition character varying(12) NOT NULL,
    alert_id bigint NOT NULL,
    CONSTRAINT alerts_ringing_n_check CHECK ((n >= 0))
);

ALTER TABLE public.alerts_ringing ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.alerts_ringing_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audit_line (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    kind character varying(80) NOT NULL,
    outcome character varying(8) NOT NULL,
    about character varying(80) NOT NULL,
    about_id character varying(40) NOT NULL,
    program_id bigint,
    door character varying(8) NOT NULL,
    address character varying(45) NOT NULL,
    session character varying(16) NOT NULL,
    call character varying(16) NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    entry_id bigint,
    actor_id bigint
);

ALTER TABLE public.audit_line ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.audit_line_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audit_seal (
    number bigint NOT NULL,
    mac character varying(64) NOT NULL,
    key character varying(8) NOT NULL,
    line_id bigint NOT NULL
);

CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);

ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);

ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);

ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.automation_application (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    changed jsonb NOT NULL,
    undone_at timestamp with time zone,
    by_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    macro_id bigint
);

ALTER TABLE public.automation_application ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.automation_application_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.automation_delivery (
    id bigint NOT NULL,
    event character varying(20) NOT NULL,
    key character varying(80) NOT NULL,
    body text NOT NULL,
    state character varying(9) NOT NULL,
    tries jsonb NOT NULL,
    next_at timestamp with time zone,
    at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    ticket_id bigint,
    endpoint_id bigint NOT NULL,
    tries_before smallint DEFAULT 0 NOT NULL,
    CONSTRAINT automation_delivery_tries_before_check CHECK ((tries_before >= 0))
);

ALTER TABLE public.automation_delivery ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.automation_delivery_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.automation_endpoint (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    url character varying(1000) NOT NULL,
    events character varying(20)[] NOT NULL,
    is_active boolean NOT NULL,
    secret text NOT NULL,
    old_secret text NOT NULL,
    old_until timestamp with time zone,
    failing_since timestamp with time zone,
    paused_at timestamp with time zone,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id bigint
);

ALTER TABLE public.automation_endpoint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.automation_endpoint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.automation_firing (
    id bigint NOT NULL,
    cause character varying(80) NOT NULL,
    at timestamp with time zone NOT NULL,
    why character varying(300) NOT NULL,
    facts jsonb NOT NULL,
    done jsonb NOT NULL,
    in_trouble boolean NOT NULL,
    entry_id bigint,
    ticket_id bigint NOT NULL,
    rule_id bigint NOT NULL
);

ALTER TABLE public.automation_firing ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.automation_firing_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.automation_macro (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    about character varying(200) NOT NULL,
    text text NOT NULL,
    acts jsonb NOT NULL,
    is_active boolean NOT NULL,
    "position" smallint NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id bigint,
    team_id bigint,
    CONSTRAINT automation_macro_position_check CHECK (("position" >= 0))
);

ALTER TABLE public.automation_macro ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.automation_macro_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.automation_panel (
    id bigint NOT NULL,
    secret text NOT NULL,
    old_secret text NOT NULL,
    old_until timestamp with time zone,
    name character varying(80) NOT NULL,
    kind character varying(5) NOT NULL,
    url character varying(1000) NOT NULL,
    tells character varying(12)[] NOT NULL,
    roles character varying(10)[] NOT NULL,
    lines bigint[] NOT NULL,
    clients character varying(13) NOT NULL,
    on_cards boolean NOT NULL,
    opens boolean NOT NULL,
    height smallint NOT NULL,
    is_active boolean NOT NULL,
    answered_at timestamp with time zone,
    took_ms integer,
    failing_since timestamp with time zone,
    failures integer NOT NULL,
    rest_until timestamp with time zone,
    trouble character varying(9) NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id bigint,
    topic_id bigint,
    on_organisations boolean NOT NULL,
    trouble_at character varying(80) NOT NULL,
    trouble_detail character varying(120) NOT NULL,
    trouble_is character varying(8) NOT NULL,
    CONSTRAINT automation_panel_failures_check CHECK ((failures >= 0)),
    CONSTRAINT automation_panel_height_check CHECK ((height >= 0)),
    CONSTRAINT automation_panel_took_ms_check CHECK ((took_ms >= 0))
);

ALTER TABLE public.automation_panel ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.automation_panel_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.automation_rule (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    is_active boolean NOT NULL,
    "position" smallint NOT NULL,
    stops boolean NOT NULL,
    trigger character varying(8) NOT NULL,
    what character varying(20) NOT NULL,
    minutes integer NOT NULL,
    days smallint[] NOT NULL,
    at_time time without time zone,
    matches_any boolean NOT NULL,
    conditions jsonb NOT NULL,
    acts jsonb NOT NULL,
    hourly integer NOT NULL,
    paused_at timestamp with time zone,
    paused_why character varying(300) NOT NULL,
    active_from timestamp with time zone NOT NULL,
    looked_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id bigint,
    CONSTRAINT automation_rule_hourly_check CHECK ((hourly >= 0)),
    CONSTRAINT automation_rule_position_check CHECK (("position" >= 0))
);

ALTER TABLE public.automation_rule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.automation_rule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.boards_board (
    id bigint NOT NULL,
    side character varying(8) NOT NULL,
    key character varying(20) NOT NULL,
    name character varying(80) NOT NULL,
    shared character varying(9) NOT NULL,
    span character varying(10) NOT NULL,
    place integer NOT NULL,
    made_at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone,
    owner_id bigint NOT NULL,
    shared_with_id bigint,
    team_id bigint,
    present boolean DEFAULT false NOT NULL,
    CONSTRAINT board_is_shared_with_a_line_or_not CHECK (((((shared)::text = 'line'::text) AND (shared_with_id IS NOT NULL)) OR ((NOT ((shared)::text = 'line'::text)) AND (shared_with_id IS NULL)))),
    CONSTRAINT boards_board_place_check CHECK ((place >= 0))
);

ALTER TABLE public.boards_board ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.boards_board_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.boards_tile (
    id bigint NOT NULL,
    side character varying(8) NOT NULL,
    key character varying(20) NOT NULL,
    place integer NOT NULL,
    metric character varying(32) NOT NULL,
    form character varying(6) NOT NULL,
    by character varying(8) NOT NULL,
    width smallint NOT NULL,
    board_id bigint NOT NULL,
    team_id bigint,
    CONSTRAINT boards_tile_place_check CHECK ((place >= 0)),
    CONSTRAINT boards_tile_width_check CHECK ((width >= 0))
);

ALTER TABLE public.boards_tile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.boards_tile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cache (
    cache_key character varying(255) NOT NULL,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);

CREATE TABLE public.calendar_businesscalendar (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    time_zone character varying(60) NOT NULL,
    weekly jsonb NOT NULL,
    is_default boolean NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE public.calendar_businesscalendar ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calendar_businesscalendar_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.calendar_calendarexception (
    id bigint NOT NULL,
    date date NOT NULL,
    windows jsonb NOT NULL,
    name character varying(120) NOT NULL,
    is_imported boolean NOT NULL,
    calendar_id bigint NOT NULL
);

ALTER TABLE public.calendar_calendarexception ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calendar_calendarexception_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.calls_call (
    id bigint NOT NULL,
    external_id character varying(120) NOT NULL,
    by_hand boolean NOT NULL,
    queue character varying(80) NOT NULL,
    outward boolean NOT NULL,
    number character varying(32) NOT NULL,
    opened_it boolean NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    held_since timestamp with time zone,
    ended_at timestamp with time zone,
    waited integer NOT NULL,
    talked integer NOT NULL,
    held integer NOT NULL,
    holds smallint NOT NULL,
    transfers smallint NOT NULL,
    answer_within smallint NOT NULL,
    rings bigint[] NOT NULL,
    beside bigint[] NOT NULL,
    recording character varying(500) NOT NULL,
    result character varying(10) NOT NULL,
    wrap_until timestamp with time zone,
    wrapped_at timestamp with time zone,
    lead_told_at timestamp with time zone,
    answered_by_id bigint,
    channel_id bigint NOT NULL,
    contact_id bigint,
    holder_id bigint,
    team_id bigint NOT NULL,
    ticket_id bigint,
    note_id bigint,
    caller uuid,
    CONSTRAINT a_result_stands_in_a_ticket CHECK ((((result)::text = ''::text) OR ((ticket_id IS NOT NULL) AND (wrapped_at IS NOT NULL)))),
    CONSTRAINT calls_call_answer_within_check CHECK ((answer_within >= 0)),
    CONSTRAINT calls_call_held_check CHECK ((held >= 0)),
    CONSTRAINT calls_call_holds_check CHECK ((holds >= 0)),
    CONSTRAINT calls_call_talked_check CHECK ((talked >= 0)),
    CONSTRAINT calls_call_transfers_check CHECK ((transfers >= 0)),
    CONSTRAINT calls_call_waited_check CHECK ((waited >= 0))
);

ALTER TABLE public.calls_call ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calls_call_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.calls_callback (
    id bigint NOT NULL,
    number character varying(32) NOT NULL,
    missed_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    counts_until timestamp with time zone NOT NULL,
    in_time boolean NOT NULL,
    done_at timestamp with time zone,
    channel_id bigint NOT NULL,
    reached_by_id bigint,
    ticket_id bigint NOT NULL,
    caller uuid
);

ALTER TABLE public.calls_callback ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calls_callback_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.calls_callevent (
    id bigint NOT NULL,
    key character varying(80) NOT NULL,
    kind character varying(12) NOT NULL,
    at timestamp with time zone NOT NULL,
    extension character varying(16) NOT NULL,
    number character varying(32) NOT NULL,
    outward boolean,
    queue character varying(80) NOT NULL,
    address character varying(500) NOT NULL,
    heard_at timestamp with time zone NOT NULL,
    call_id bigint NOT NULL
);

ALTER TABLE public.calls_callevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calls_callevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.calls_draft (
    id bigint NOT NULL,
    form jsonb NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    author_id bigint NOT NULL,
    call_id bigint NOT NULL
);

ALTER TABLE public.calls_draft ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calls_draft_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.calls_extension (
    id bigint NOT NULL,
    number character varying(16) NOT NULL,
    user_id bigint NOT NULL
);

ALTER TABLE public.calls_extension ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calls_extension_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.calls_manner (
    id bigint NOT NULL,
    answer_within smallint NOT NULL,
    wrap_seconds smallint NOT NULL,
    call_back_minutes smallint NOT NULL,
    channel_id bigint NOT NULL,
    CONSTRAINT calls_manner_answer_within_check CHECK ((answer_within >= 0)),
    CONSTRAINT calls_manner_call_back_minutes_check CHECK ((call_back_minutes >= 0)),
    CONSTRAINT calls_manner_wrap_seconds_check CHECK ((wrap_seconds >= 0))
);

ALTER TABLE public.calls_manner ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calls_manner_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.channels_channel (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    name character varying(80) NOT NULL,
    address character varying(320) NOT NULL,
    from_name character varying(120) NOT NULL,
    signature text NOT NULL,
    acknowledges boolean NOT NULL,
    is_active boolean NOT NULL,
    trouble text NOT NULL,
    trouble_since timestamp with time zone,
    checked_at timestamp with time zone,
    team_id bigint NOT NULL,
    rests_until timestamp with time zone,
    brand_id bigint
);

ALTER TABLE public.channels_channel ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_channel_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.channels_inbound (
    id bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    envelope_from character varying(1000) NOT NULL,
    envelope_to jsonb NOT NULL,
    external_id character varying(500) NOT NULL,
    content_hash character varying(64) NOT NULL,
    size bigint NOT NULL,
    raw bytea NOT NULL,
    source character varying(200) NOT NULL,
    state character varying(12) NOT NULL,
    outcome character varying(20) NOT NULL,
    tries smallint NOT NULL,
    not_before timestamp with time zone,
    reason text NOT NULL,
    channel_id bigint NOT NULL,
    automatic character varying(20) NOT NULL,
    let_in boolean NOT NULL,
    CONSTRAINT channels_inbound_size_check CHECK ((size >= 0)),
    CONSTRAINT channels_inbound_tries_check CHECK ((tries >= 0))
);

ALTER TABLE public.channels_inbound ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_inbound_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.channels_outbound (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    external_id character varying(200) NOT NULL,
    sender character varying(320) NOT NULL,
    recipients jsonb NOT NULL,
    first_recipient character varying(320) NOT NULL,
    subject character varying(1000) NOT NULL,
    raw bytea NOT NULL,
    state character varying(10) NOT NULL,
    attempt smallint NOT NULL,
    not_before timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sending_since timestamp with time zone,
    sent_at timestamp with time zone,
    detail text NOT NULL,
    server character varying(255) NOT NULL,
    idempotency_key character varying(100),
    channel_id bigint NOT NULL,
    leaving_at timestamp with time zone,
    fates jsonb NOT NULL,
    CONSTRAINT channels_outbound_attempt_check CHECK ((attempt >= 0))
);

ALTER TABLE public.channels_outbound ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_outbound_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_abusereport (
    id bigint NOT NULL,
    ticket_number bigint NOT NULL,
    message_number bigint,
    at timestamp with time zone NOT NULL,
    step character varying(8) NOT NULL,
    what text NOT NULL,
    quote text NOT NULL,
    decision character varying(8) NOT NULL,
    decided_at timestamp with time zone,
    words text NOT NULL,
    by_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    decided_by_id bigint,
    CONSTRAINT nobody_reviews_their_own_report CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = by_id) AND (decided_by_id IS NOT NULL)))))
);

ALTER TABLE public.clients_abusereport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_abusereport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_advice (
    id bigint NOT NULL,
    text character varying(300) NOT NULL,
    taken boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint,
    contact_id bigint NOT NULL
);

ALTER TABLE public.clients_advice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_advice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_cardanswer (
    id bigint NOT NULL,
    value jsonb NOT NULL,
    client_id bigint,
    contact_id bigint,
    field_id bigint NOT NULL,
    CONSTRAINT answer_has_one_holder CHECK ((((client_id IS NOT NULL) AND (contact_id IS NULL)) OR ((client_id IS NULL) AND (contact_id IS NOT NULL))))
);

ALTER TABLE public.clients_cardanswer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_cardanswer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_cardfield (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    kind character varying(6) NOT NULL,
    options character varying(120)[] NOT NULL,
    hint character varying(200) NOT NULL,
    "position" smallint NOT NULL,
    is_active boolean NOT NULL,
    of character varying(8) NOT NULL,
    is_personal boolean NOT NULL,
    CONSTRAINT a_card_offers_something_to_choose CHECK (((NOT ((kind)::text = 'choice'::text)) OR (
CASE
    WHEN (options IS NULL) THEN NULL::integer
    ELSE COALESCE(array_length(options, 1), 0)
END >= 1))),
    CONSTRAINT clients_cardfield_position_check CHECK (("position" >= 0))
);

ALTER TABLE public.clients_cardfield ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_cardfield_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_cardnote (
    id bigint NOT NULL,
    text text NOT NULL,
    at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone,
    pinned_at timestamp with time zone,
    archived_at timestamp with time zone,
    archived_by_id bigint,
    by_id bigint,
    client_id bigint,
    contact_id bigint,
    CONSTRAINT archived_note_is_not_pinned CHECK (((archived_at IS NULL) OR (pinned_at IS NULL))),
    CONSTRAINT card_note_has_one_holder CHECK ((((client_id IS NOT NULL) AND (contact_id IS NULL)) OR ((client_id IS NULL) AND (contact_id IS NOT NULL))))
);

ALTER TABLE public.clients_cardnote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_cardnote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_client (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    note text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    manager_id bigint,
    quiet_hours character varying(300) NOT NULL,
    tags character varying(40)[] NOT NULL,
    tax_number character varying(20) NOT NULL,
    website character varying(200) NOT NULL,
    merged_into_id bigint,
    restricted_as character varying(8) DEFAULT ''::character varying NOT NULL
);

ALTER TABLE public.clients_client ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_client_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_clientevent (
    id bigint NOT NULL,
    kind character varying(40) NOT NULL,
    at timestamp with time zone NOT NULL,
    data jsonb NOT NULL,
    external_id character varying(200),
    recorded_at timestamp with time zone NOT NULL,
    client_id bigint,
    contact_id bigint,
    CONSTRAINT event_has_one_holder CHECK ((((client_id IS NOT NULL) AND (contact_id IS NULL)) OR ((client_id IS NULL) AND (contact_id IS NOT NULL))))
);

ALTER TABLE public.clients_clientevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_clientevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_clientmerging (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    moved jsonb NOT NULL,
    changed jsonb NOT NULL,
    undone_at timestamp with time zone,
    by_id bigint NOT NULL,
    loser_id bigint NOT NULL,
    undone_by_id bigint,
    winner_id bigint NOT NULL
);

ALTER TABLE public.clients_clientmerging ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_clientmerging_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_confirmation (
    id bigint NOT NULL,
    fact character varying(10) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    client_id bigint,
    contact_id bigint,
    CONSTRAINT confirmation_has_one_holder CHECK ((((client_id IS NOT NULL) AND (contact_id IS NULL)) OR ((client_id IS NULL) AND (contact_id IS NOT NULL))))
);

ALTER TABLE public.clients_confirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_confirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_consent (
    id bigint NOT NULL,
    purpose character varying(10) NOT NULL,
    given boolean NOT NULL,
    version character varying(60) NOT NULL,
    source character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint,
    contact_id bigint NOT NULL,
    text text DEFAULT ''::text NOT NULL,
    CONSTRAINT consent_names_its_text CHECK (((NOT given) OR (NOT ((version)::text = ''::text)))),
    CONSTRAINT own_consent_keeps_its_text CHECK (((by_id IS NOT NULL) OR ((NOT ((version)::text = ''::text)) AND (NOT (text = ''::text)))))
);

ALTER TABLE public.clients_consent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_consent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_contact (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    address_as character varying(120) NOT NULL,
    "position" character varying(120) NOT NULL,
    language character varying(5) NOT NULL,
    time_zone character varying(60) NOT NULL,
    literacy smallint,
    interests character varying(300) NOT NULL,
    quiet_hours character varying(300) NOT NULL,
    note text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    client_id bigint,
    conduct_since timestamp with time zone,
    tags character varying(40)[] NOT NULL,
    merged_into_id bigint,
    reach_by character varying(8) NOT NULL,
    reach_hours character varying(11) NOT NULL,
    restricted_as character varying(8) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT clients_contact_literacy_check CHECK ((literacy >= 0))
);

ALTER TABLE public.clients_contact ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_contact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_contacted (
    id bigint NOT NULL,
    purpose character varying(10) NOT NULL,
    at timestamp with time zone NOT NULL,
    client_id bigint,
    contact_id bigint NOT NULL,
    asks character varying(8) DEFAULT ''::character varying NOT NULL
);

ALTER TABLE public.clients_contacted ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_contacted_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_contactkey (
    id bigint NOT NULL,
    fingerprint character varying(64) NOT NULL,
    name character varying(300) NOT NULL,
    armored text NOT NULL,
    added_at timestamp with time zone NOT NULL,
    added_by_id bigint NOT NULL,
    contact_id bigint NOT NULL
);

ALTER TABLE public.clients_contactkey ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_contactkey_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_contactpolicy (
    id bigint NOT NULL,
    surveys_of_person smallint NOT NULL,
    surveys_of_client smallint NOT NULL,
    survey_days smallint NOT NULL,
    notices_a_day smallint NOT NULL,
    hours character varying(11) NOT NULL,
    act_days smallint DEFAULT 90 NOT NULL,
    relation_days smallint DEFAULT 180 NOT NULL,
    survey_share smallint DEFAULT 20 NOT NULL,
    surveys_of_role smallint,
    CONSTRAINT clients_contactpolicy_act_days_check CHECK ((act_days >= 0)),
    CONSTRAINT clients_contactpolicy_notices_a_day_check CHECK ((notices_a_day >= 0)),
    CONSTRAINT clients_contactpolicy_relation_days_check CHECK ((relation_days >= 0)),
    CONSTRAINT clients_contactpolicy_survey_days_check CHECK ((survey_days >= 0)),
    CONSTRAINT clients_contactpolicy_survey_share_check CHECK ((survey_share >= 0)),
    CONSTRAINT clients_contactpolicy_surveys_of_client_check CHECK ((surveys_of_client >= 0)),
    CONSTRAINT clients_contactpolicy_surveys_of_person_check CHECK ((surveys_of_person >= 0)),
    CONSTRAINT clients_contactpolicy_surveys_of_role_check CHECK ((surveys_of_role >= 0)),
    CONSTRAINT one_contact_policy CHECK ((id = 1))
);

ALTER TABLE public.clients_contactpolicy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_contactpolicy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_different (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    first bigint NOT NULL,
    second bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    CONSTRAINT different_in_order CHECK ((first < second))
);

ALTER TABLE public.clients_different ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_different_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_identity (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    value character varying(320) NOT NULL,
    verified_at timestamp with time zone,
    failed_at timestamp with time zone,
    contact_id bigint NOT NULL,
    added_by_id bigint,
    verified_by_id bigint,
    shown character varying(120) DEFAULT ''::character varying NOT NULL
);

ALTER TABLE public.clients_identity ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_identity_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_membership (
    id bigint NOT NULL,
    is_main boolean NOT NULL,
    "position" character varying(120) NOT NULL,
    roles character varying(12)[] NOT NULL,
    area character varying(200) NOT NULL,
    may_ask character varying(200) NOT NULL,
    joined_at timestamp with time zone NOT NULL,
    left_at timestamp with time zone,
    client_id bigint NOT NULL,
    contact_id bigint NOT NULL
);

ALTER TABLE public.clients_membership ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_membership_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_merging (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    moved jsonb NOT NULL,
    changed jsonb NOT NULL,
    undone_at timestamp with time zone,
    by_id bigint NOT NULL,
    loser_id bigint NOT NULL,
    undone_by_id bigint,
    winner_id bigint NOT NULL
);

ALTER TABLE public.clients_merging ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_merging_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_opened (
    contact_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    opener_id bigint NOT NULL
);

CREATE TABLE public.clients_opener (
    id bigint NOT NULL,
    language character varying(5) NOT NULL,
    situation character varying(10) NOT NULL,
    text character varying(300) NOT NULL,
    is_active boolean NOT NULL
);

ALTER TABLE public.clients_opener ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_opener_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_payment (
    id bigint NOT NULL,
    kind character varying(7) NOT NULL,
    amount numeric(14,2) NOT NULL,
    currency character varying(3) NOT NULL,
    paid_on date NOT NULL,
    covers_from date,
    covers_until date,
    source character varying(40) NOT NULL,
    external_id character varying(200),
    recorded_at timestamp with time zone NOT NULL,
    client_id bigint,
    contact_id bigint,
    product_id bigint,
    CONSTRAINT payment_covers_forwards CHECK (((covers_from IS NULL) OR (covers_until IS NULL) OR (covers_until >= covers_from))),
    CONSTRAINT payment_has_one_holder CHECK ((((client_id IS NOT NULL) AND (contact_id IS NULL)) OR ((client_id IS NULL) AND (contact_id IS NOT NULL)))),
    CONSTRAINT payment_is_above_zero CHECK ((amount > (0)::numeric))
);

ALTER TABLE public.clients_payment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_payment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_placeweather (
    id bigint NOT NULL,
    time_zone character varying(60) NOT NULL,
    wanted_at timestamp with time zone NOT NULL,
    tried_at timestamp with time zone,
    at timestamp with time zone,
    degrees double precision,
    code smallint,
    trouble character varying(200) NOT NULL,
    CONSTRAINT clients_placeweather_code_check CHECK ((code >= 0))
);

ALTER TABLE public.clients_placeweather ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_placeweather_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_product (
    id bigint CONSTRAINT tickets_product_id_not_null NOT NULL,
    name character varying(120) CONSTRAINT tickets_product_name_not_null NOT NULL,
    is_active boolean CONSTRAINT tickets_product_is_active_not_null NOT NULL,
    created_at timestamp with time zone CONSTRAINT tickets_product_created_at_not_null NOT NULL
);

CREATE TABLE public.clients_quietperiod (
    id bigint NOT NULL,
    reason character varying(120) NOT NULL,
    holds character varying(10) NOT NULL,
    starts_on date,
    ends_on date,
    month_from smallint,
    month_until smallint,
    weekdays smallint[] NOT NULL,
    months smallint[] NOT NULL,
    hours_from time without time zone,
    hours_until time without time zone,
    created_at timestamp with time zone NOT NULL,
    by_id bigint,
    client_id bigint,
    contact_id bigint,
    CONSTRAINT clients_quietperiod_month_from_check CHECK ((month_from >= 0)),
    CONSTRAINT clients_quietperiod_month_until_check CHECK ((month_until >= 0)),
    CONSTRAINT quiet_period_has_one_holder CHECK ((((client_id IS NOT NULL) AND (contact_id IS NULL)) OR ((client_id IS NULL) AND (contact_id IS NOT NULL))))
);

ALTER TABLE public.clients_quietperiod ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_quietperiod_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_restriction (
    id bigint NOT NULL,
    mode character varying(8) NOT NULL,
    until timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    by_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    ended_by_id bigint,
    lead_id bigint,
    report_id bigint NOT NULL,
    team_id bigint,
    CONSTRAINT restricted_to_some_line CHECK (((NOT ((mode)::text = 'line'::text)) OR (team_id IS NOT NULL)))
);

ALTER TABLE public.clients_restriction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_restriction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_secrecy (
    id bigint NOT NULL,
    facts character varying(12)[] NOT NULL,
    open_to character varying(10)[] NOT NULL,
    asking character varying(10)[] NOT NULL,
    CONSTRAINT one_secrecy CHECK ((id = 1))
);

ALTER TABLE public.clients_secrecy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_secrecy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_subscription (
    id bigint NOT NULL,
    plan character varying(120) NOT NULL,
    details character varying(200) NOT NULL,
    state character varying(8) NOT NULL,
    starts_on date,
    ends_on date,
    amount numeric(14,2),
    currency character varying(3) NOT NULL,
    period character varying(8) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    client_id bigint,
    contact_id bigint,
    product_id bigint NOT NULL,
    CONSTRAINT subscription_ends_after_it_begins CHECK (((starts_on IS NULL) OR (ends_on IS NULL) OR (ends_on >= starts_on))),
    CONSTRAINT subscription_has_one_holder CHECK ((((client_id IS NOT NULL) AND (contact_id IS NULL)) OR ((client_id IS NULL) AND (contact_id IS NOT NULL))))
);

ALTER TABLE public.clients_subscription ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_subscription_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.complaints_complaint (
    id bigint NOT NULL,
    source character varying(8) NOT NULL,
    words text NOT NULL,
    said_by character varying(200) NOT NULL,
    said_at timestamp with time zone,
    stated character varying(500) NOT NULL,
    stated_cause character varying(24) NOT NULL,
    desired character varying(1000) NOT NULL,
    severity smallint NOT NULL,
    risks character varying(10)[] NOT NULL,
    state character varying(14) NOT NULL,
    level smallint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    acknowledged_at timestamp with time zone,
    informed_at timestamp with time zone,
    assessed_at timestamp with time zone,
    begun_at timestamp with time zone,
    answered_at timestamp with time zone,
    reacted_at timestamp with time zone,
    acting_at timestamp with time zone,
    done_at timestamp with time zone,
    closed_at timestamp with time zone,
    turned_at timestamp with time zone NOT NULL,
    ack_due timestamp with time zone NOT NULL,
    progress_due timestamp with time zone,
    progress_days smallint NOT NULL,
    legal_due timestamp with time zone NOT NULL,
    legal_days smallint NOT NULL,
    step_due timestamp with time zone,
    check_at timestamp with time zone,
    next_at timestamp with time zone,
    next_due character varying(12) NOT NULL,
    soon_at timestamp with time zone,
    warned_at timestamp with time zone,
    late_at timestamp with time zone,
    whys character varying(500)[] NOT NULL,
    found character varying(1000) NOT NULL,
    found_cause character varying(24) NOT NULL,
    decision character varying(8) NOT NULL,
    finding text NOT NULL,
    remedy character varying(1000) NOT NULL,
    reaction character varying(10) NOT NULL,
    reaction_words character varying(1000) NOT NULL,
    bodies character varying(500) NOT NULL,
    helped character varying(8) NOT NULL,
    verdict character varying(10) NOT NULL,
    checks smallint NOT NULL,
    against_id bigint,
    against_line_id bigint,
    contact_id bigint,
    filed_by_id bigint NOT NULL,
    first_investigator_id bigint,
    investigator_id bigint,
    line_id bigint NOT NULL,
    owner_id bigint NOT NULL,
    ticket_id bigint,
    first_decider_id bigint,
    CONSTRAINT answered_complaint_is_decided CHECK (((answered_at IS NULL) OR (NOT ((decision)::text = ''::text)))),
    CONSTRAINT complaint_has_words_and_a_reason CHECK (((NOT (words = ''::text)) AND (NOT ((stated)::text = ''::text)))),
    CONSTRAINT complaint_is_not_investigated_by_its_subject CHECK (((against_id IS NULL) OR (investigator_id IS NULL) OR (NOT ((investigator_id = against_id) AND (investigator_id IS NOT NULL) AND (against_id IS NOT NULL))))),
    CONSTRAINT complaint_is_not_managed_by_its_subject CHECK (((against_id IS NULL) OR (NOT ((owner_id = against_id) AND (against_id IS NOT NULL))))),
    CONSTRAINT complaints_complaint_checks_check CHECK ((checks >= 0)),
    CONSTRAINT complaints_complaint_legal_days_check CHECK ((legal_days >= 0)),
    CONSTRAINT complaints_complaint_level_check CHECK ((level >= 0)),
    CONSTRAINT complaints_complaint_progress_days_check CHECK ((progress_days >= 0)),
    CONSTRAINT complaints_complaint_severity_check CHECK ((severity >= 0)),
    CONSTRAINT open_complaint_has_a_next_date CHECK ((((closed_at IS NOT NULL) AND (next_at IS NULL) AND ((state)::text = 'closed'::text)) OR ((NOT ((state)::text = 'closed'::text)) AND (closed_at IS NULL) AND (next_at IS NOT NULL) AND (soon_at IS NOT NULL) AND (NOT ((next_due)::text = ''::text))))),
    CONSTRAINT risks_raise_the_severity CHECK ((((risks = '{}'::character varying(10)[]) OR (severity >= 2)) AND ((NOT (risks @> ARRAY['safety'::character varying(10)])) OR (severity = 3)))),
    CONSTRAINT second_level_is_another_person CHECK (((first_investigator_id IS NULL) OR (investigator_id IS NULL) OR (NOT ((investigator_id = first_investigator_id) AND (investigator_id IS NOT NULL) AND (first_investigator_id IS NOT NULL)))))
);

ALTER TABLE public.complaints_complaint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.complaints_complaint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.complaints_complaint_lines (
    id bigint NOT NULL,
    complaint_id bigint NOT NULL,
    team_id bigint NOT NULL
);

ALTER TABLE public.complaints_complaint_lines ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.complaints_complaint_lines_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.complaints_complaintpolicy (
    id bigint NOT NULL,
    acknowledge_days smallint NOT NULL,
    progress_days smallint NOT NULL,
    legal_days smallint NOT NULL,
    bodies character varying(500) NOT NULL,
    manager_id bigint,
    CONSTRAINT complaints_complaintpolicy_acknowledge_days_check CHECK ((acknowledge_days >= 0)),
    CONSTRAINT complaints_complaintpolicy_legal_days_check CHECK ((legal_days >= 0)),
    CONSTRAINT complaints_complaintpolicy_progress_days_check CHECK ((progress_days >= 0)),
    CONSTRAINT one_complaint_policy CHECK ((id = 1))
);

ALTER TABLE public.complaints_complaintpolicy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.complaints_complaintpolicy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.complaints_fact (
    id bigint NOT NULL,
    text character varying(1000) NOT NULL,
    source character varying(300) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    complaint_id bigint NOT NULL,
    CONSTRAINT fact_has_a_source CHECK (((NOT ((text)::text = ''::text)) AND (NOT ((source)::text = ''::text))))
);

ALTER TABLE public.complaints_fact ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.complaints_fact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.complaints_likeness (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    one_id bigint NOT NULL,
    other_id bigint NOT NULL,
    CONSTRAINT smaller_complaint_stands_first CHECK ((one_id < other_id))
);

ALTER TABLE public.complaints_likeness ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.complaints_likeness_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.complaints_measure (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    text character varying(500) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    planned_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    result character varying(1000) NOT NULL,
    complaint_id bigint NOT NULL,
    owner_id bigint NOT NULL,
    CONSTRAINT measure_is_done_with_a_result CHECK (((done_at IS NULL) OR (NOT ((result)::text = ''::text))))
);

ALTER TABLE public.complaints_measure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.complaints_measure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.complaints_nocomplaint (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    ticket_id bigint NOT NULL
);

ALTER TABLE public.complaints_nocomplaint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.complaints_nocomplaint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.continuity_drill (
    id bigint NOT NULL,
    due_on date NOT NULL,
    held_on date,
    passed boolean,
    minutes integer,
    target_minutes integer,
    findings text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    observer_id bigint,
    scenario_id bigint NOT NULL,
    CONSTRAINT continuity_drill_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT continuity_drill_target_minutes_check CHECK ((target_minutes >= 0)),
    CONSTRAINT drill_held_has_a_result CHECK ((((held_on IS NULL) AND (passed IS NULL)) OR ((held_on IS NOT NULL) AND (observer_id IS NOT NULL) AND (passed IS NOT NULL))))
);

ALTER TABLE public.continuity_drill ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.continuity_drill_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.continuity_scenario (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    sort character varying(10) NOT NULL,
    trigger text NOT NULL,
    first_minutes text NOT NULL,
    roles text NOT NULL,
    contacts text NOT NULL,
    channel text NOT NULL,
    client_message text NOT NULL,
    back text NOT NULL,
    target_minutes integer NOT NULL,
    state character varying(8) NOT NULL,
    read_on date,
    approved_at timestamp with time zone,
    version integer NOT NULL,
    made_at timestamp with time zone NOT NULL,
    approved_by_id bigint,
    made_by_id bigint NOT NULL,
    owner_id bigint NOT NULL,
    CONSTRAINT continuity_scenario_target_minutes_check CHECK ((target_minutes >= 0)),
    CONSTRAINT continuity_scenario_version_check CHECK ((version >= 0)),
    CONSTRAINT scenario_is_approved_by_somebody CHECK (((NOT ((state)::text = 'approved'::text)) OR (approved_by_id IS NOT NULL)))
);

ALTER TABLE public.continuity_scenario ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.continuity_scenario_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_attachment (
    id bigint NOT NULL,
    key uuid NOT NULL,
    file character varying(200) NOT NULL,
    name character varying(255) NOT NULL,
    media_type character varying(120) NOT NULL,
    content_id character varying(255) NOT NULL,
    inline boolean NOT NULL,
    size bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    uploaded_by_id bigint,
    conversation_id bigint NOT NULL,
    message_id bigint,
    threat character varying(200) DEFAULT ''::character varying NOT NULL,
    verdict character varying(10) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT conversations_attachment_size_check CHECK ((size >= 0))
);

ALTER TABLE public.conversations_attachment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_attachment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_conversation (
    id bigint NOT NULL,
    subject character varying(1000) NOT NULL,
    token character varying(32) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    channel_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    continues_in_id bigint
);

ALTER TABLE public.conversations_conversation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_conversation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_draft (
    id bigint NOT NULL,
    mode character varying(8) NOT NULL,
    text text NOT NULL,
    form jsonb NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    author_id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    leave_at timestamp with time zone,
    CONSTRAINT who_leaves_later_has_a_moment CHECK ((((leave_at IS NOT NULL) AND ((mode)::text = 'later'::text)) OR ((NOT ((mode)::text = 'later'::text)) AND (leave_at IS NULL))))
);

ALTER TABLE public.conversations_draft ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_draft_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_invitation (
    id bigint NOT NULL,
    method character varying(20) NOT NULL,
    uid character varying(500) NOT NULL,
    sequence integer NOT NULL,
    events jsonb NOT NULL,
    answer character varying(10) NOT NULL,
    answered_at timestamp with time zone,
    message_id bigint NOT NULL,
    CONSTRAINT conversations_invitation_sequence_check CHECK ((sequence >= 0))
);

ALTER TABLE public.conversations_invitation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_invitation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_message (
    id bigint NOT NULL,
    direction character varying(4) NOT NULL,
    author_name character varying(200) NOT NULL,
    author_address character varying(320) NOT NULL,
    automatic character varying(20) NOT NULL,
    subject character varying(1000) NOT NULL,
    text text NOT NULL,
    new_text text NOT NULL,
    html text NOT NULL,
    "to" jsonb NOT NULL,
    cc jsonb NOT NULL,
    remarks jsonb NOT NULL,
    external_id character varying(500) NOT NULL,
    at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    taken_back_at timestamp with time zone,
    search tsvector GENERATED ALWAYS AS (to_tsvector('public.otklik_ru'::regconfig, (((COALESCE(subject, ''::character varying))::text || ' '::text) || COALESCE("left"(new_text, 200000), ''::text)))) STORED,
    author_id bigint,
    contact_id bigint,
    conversation_id bigint NOT NULL,
    inbound_id bigint,
    outbound_id bigint,
    authenticity character varying(10) NOT NULL,
    authenticity_reason character varying(500) NOT NULL,
    passed_on_from character varying(320) NOT NULL,
    passed_on_name character varying(200) NOT NULL,
    protection jsonb,
    CONSTRAINT notes_never_leave CHECK (((NOT ((direction)::text = 'note'::text)) OR (outbound_id IS NULL)))
);

ALTER TABLE public.conversations_message ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_message_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_picturesfrom (
    id bigint NOT NULL,
    address character varying(320) NOT NULL,
    user_id bigint NOT NULL
);

ALTER TABLE public.conversations_picturesfrom ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_picturesfrom_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_savedreply (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    shortcut character varying(40) NOT NULL,
    text text NOT NULL,
    text_en text NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id bigint,
    owner_id bigint,
    team_id bigint,
    purpose character varying(8) DEFAULT ''::character varying NOT NULL,
    asked_at timestamp with time zone,
    keeper_id bigint,
    offered_at timestamp with time zone,
    offered_team_id bigint,
    review_on date,
    reviewed_at timestamp with time zone,
    CONSTRAINT letters_of_the_desk_are_shared CHECK (((owner_id IS NULL) OR ((purpose)::text = ANY ((ARRAY[''::character varying, 'boundary'::character varying])::text[])))),
    CONSTRAINT saved_for_one_or_for_a_line CHECK (((owner_id IS NULL) OR (team_id IS NULL)))
);

ALTER TABLE public.conversations_savedreply ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_savedreply_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_savedreplyput (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    conversation_id bigint NOT NULL,
    reply_id bigint NOT NULL
);

ALTER TABLE public.conversations_savedreplyput ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_savedreplyput_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_savedreplyuse (
    id bigint NOT NULL,
    times integer NOT NULL,
    reply_id bigint NOT NULL,
    user_id bigint NOT NULL,
    last_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT conversations_savedreplyuse_times_check CHECK ((times >= 0))
);

ALTER TABLE public.conversations_savedreplyuse ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_savedreplyuse_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_savedreplywording (
    id bigint NOT NULL,
    channel character varying(12) NOT NULL,
    tone character varying(8) NOT NULL,
    text text NOT NULL,
    text_en text NOT NULL,
    reply_id bigint NOT NULL,
    CONSTRAINT a_wording_is_for_some CHECK ((NOT (((channel)::text = ''::text) AND ((tone)::text = ''::text))))
);

ALTER TABLE public.conversations_savedreplywording ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_savedreplywording_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);

ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);

ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);

CREATE TABLE public.email_application (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    client_id character varying(255) NOT NULL,
    client_secret text NOT NULL,
    own_authorize_url character varying(500) NOT NULL,
    own_token_url character varying(500) NOT NULL
);

ALTER TABLE public.email_application ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.email_application_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.email_folder (
    id bigint NOT NULL,
    name character varying(255) NOT NULL,
    uidvalidity bigint,
    last_uid bigint NOT NULL,
    old_uid bigint NOT NULL,
    started_at timestamp with time zone,
    found integer NOT NULL,
    taken integer NOT NULL,
    mailbox_id bigint NOT NULL,
    ahead_uid bigint NOT NULL,
    CONSTRAINT email_folder_ahead_uid_check CHECK ((ahead_uid >= 0)),
    CONSTRAINT email_folder_found_check CHECK ((found >= 0)),
    CONSTRAINT email_folder_last_uid_check CHECK ((last_uid >= 0)),
    CONSTRAINT email_folder_old_uid_check CHECK ((old_uid >= 0)),
    CONSTRAINT email_folder_taken_check CHECK ((taken >= 0)),
    CONSTRAINT email_folder_uidvalidity_check CHECK ((uidvalidity >= 0))
);

ALTER TABLE public.email_folder ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.email_folder_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.email_mailbox (
    id bigint NOT NULL,
    fetches boolean NOT NULL,
    imap_host character varying(253) NOT NULL,
    imap_port integer NOT NULL,
    imap_security character varying(8) NOT NULL,
    imap_login character varying(320) NOT NULL,
    imap_secret text NOT NULL,
    only_new boolean NOT NULL,
    poll_seconds integer NOT NULL,
    fetched_at timestamp with time zone,
    failed_at timestamp with time zone,
    failures integer NOT NULL,
    next_try_at timestamp with time zone,
    delivery character varying(8) NOT NULL,
    smtp_host character varying(253) NOT NULL,
    smtp_port integer NOT NULL,
    smtp_security character varying(8) NOT NULL,
    smtp_login character varying(320) NOT NULL,
    smtp_secret text NOT NULL,
    smtp_trouble text NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    channel_id bigint NOT NULL,
    border character varying(253) NOT NULL,
    keeps_out boolean NOT NULL,
    per_minute integer,
    per_hour integer,
    dkim_selector character varying(63) NOT NULL,
    dkim_secret text NOT NULL,
    signs_in character varying(12) NOT NULL,
    refresh_secret text NOT NULL,
    access_secret text NOT NULL,
    access_until timestamp with time zone,
    grant_lost_at timestamp with time zone,
    imap_folders jsonb NOT NULL,
    after_reading character varying(8) NOT NULL,
    move_to character varying(255) NOT NULL,
    reading_stopped boolean NOT NULL,
    hook character varying(10) NOT NULL,
    hook_secret text NOT NULL,
    hook_key character varying(32) NOT NULL,
    sealers jsonb NOT NULL,
    CONSTRAINT email_mailbox_failures_check CHECK ((failures >= 0)),
    CONSTRAINT email_mailbox_imap_port_check CHECK ((imap_port >= 0)),
    CONSTRAINT email_mailbox_per_hour_check CHECK ((per_hour >= 0)),
    CONSTRAINT email_mailbox_per_minute_check CHECK ((per_minute >= 0)),
    CONSTRAINT email_mailbox_poll_seconds_check CHECK ((poll_seconds >= 0)),
    CONSTRAINT email_mailbox_smtp_port_check CHECK ((smtp_port >= 0))
);

ALTER TABLE public.email_mailbox ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.email_mailbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.email_spent (
    id bigint NOT NULL,
    proof character varying(64) NOT NULL,
    letter character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE public.email_spent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.email_spent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.goals_carry (
    id bigint NOT NULL,
    out_of date NOT NULL,
    "into" date NOT NULL,
    why character varying(300) NOT NULL,
    was character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    task_id bigint NOT NULL
);

ALTER TABLE public.goals_carry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.goals_carry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.goals_criterion (
    id bigint NOT NULL,
    place smallint NOT NULL,
    words character varying(200) NOT NULL,
    met boolean,
    evidence character varying(500) NOT NULL,
    seen_at timestamp with time zone,
    seen_by_id bigint,
    goal_id bigint NOT NULL,
    CONSTRAINT goals_criterion_place_check CHECK ((place >= 0))
);

ALTER TABLE public.goals_criterion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.goals_criterion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.goals_goal (
    id bigint NOT NULL,
    level character varying(8) NOT NULL,
    statement character varying(200) NOT NULL,
    reason character varying(500) NOT NULL,
    kind character varying(8) NOT NULL,
    metric character varying(32) NOT NULL,
    base double precision,
    target double precision,
    strict boolean NOT NULL,
    weeks smallint NOT NULL,
    due_on date,
    state character varying(8) NOT NULL,
    agreed_at timestamp with time zone,
    verdict character varying(12) NOT NULL,
    judged_at timestamp with time zone,
    figure double precision,
    definition character varying(16) NOT NULL,
    current double precision,
    counted_on date,
    lesson character varying(500) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    judge_id bigint,
    judged_by_id bigint,
    made_by_id bigint NOT NULL,
    owner_id bigint NOT NULL,
    parent_id bigint,
    team_id bigint,
    CONSTRAINT goal_judge_is_not_its_owner CHECK (((judge_id IS NULL) OR (NOT ((judge_id = owner_id) AND (judge_id IS NOT NULL))))),
    CONSTRAINT goal_judged_has_a_verdict CHECK (((NOT ((state)::text = 'judged'::text)) OR (NOT ((verdict)::text = ''::text)))),
    CONSTRAINT goals_goal_weeks_check CHECK ((weeks >= 0))
);

ALTER TABLE public.goals_goal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.goals_goal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.goals_goalchange (
    id bigint NOT NULL,
    was jsonb NOT NULL,
    why character varying(500) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    goal_id bigint NOT NULL
);

ALTER TABLE public.goals_goalchange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.goals_goalchange_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.goals_plantask (
    id bigint NOT NULL,
    title character varying(200) NOT NULL,
    quarter date NOT NULL,
    first_quarter date NOT NULL,
    size smallint NOT NULL,
    spent smallint,
    state character varying(8) NOT NULL,
    unplanned boolean NOT NULL,
    carries smallint NOT NULL,
    ended_on date,
    why character varying(500) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    goal_id bigint,
    improvement_id bigint,
    made_by_id bigint NOT NULL,
    owner_id bigint NOT NULL,
    part_of_id bigint,
    team_id bigint,
    CONSTRAINT goals_plantask_carries_check CHECK ((carries >= 0)),
    CONSTRAINT goals_plantask_size_check CHECK ((size >= 0)),
    CONSTRAINT goals_plantask_spent_check CHECK ((spent >= 0)),
    CONSTRAINT plan_task_over_has_a_day CHECK ((((ended_on IS NOT NULL) AND ((state)::text = ANY ((ARRAY['done'::character varying, 'dropped'::character varying, 'split'::character varying])::text[]))) OR ((NOT ((state)::text = ANY ((ARRAY['done'::character varying, 'dropped'::character varying, 'split'::character varying])::text[]))) AND (ended_on IS NULL))))
);

ALTER TABLE public.goals_plantask ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.goals_plantask_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.goals_retro (
    id bigint NOT NULL,
    quarter date,
    due_on date NOT NULL,
    held_on date,
    facts text NOT NULL,
    keep text NOT NULL,
    stop text NOT NULL,
    attempt text NOT NULL,
    themes character varying(40)[] NOT NULL,
    facilitator_id bigint,
    incident_id bigint,
    CONSTRAINT retro_looks_back_at_one_thing CHECK ((((incident_id IS NOT NULL) AND (quarter IS NULL)) OR ((incident_id IS NULL) AND (quarter IS NOT NULL))))
);

ALTER TABLE public.goals_retro ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.goals_retro_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.goals_retroaction (
    id bigint NOT NULL,
    words character varying(200) NOT NULL,
    due_on date NOT NULL,
    ended_on date,
    done boolean NOT NULL,
    result character varying(300) NOT NULL,
    ended_by_id bigint,
    owner_id bigint NOT NULL,
    retro_id bigint NOT NULL,
    CONSTRAINT retro_action_ends_with_a_word CHECK ((((NOT done) AND (ended_on IS NULL) AND ((result)::text = ''::text)) OR ((ended_on IS NOT NULL) AND (NOT ((result)::text = ''::text)))))
);

ALTER TABLE public.goals_retroaction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.goals_retroaction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.imports_externalid (
    id bigint NOT NULL,
    source character varying(40) NOT NULL,
    kind character varying(16) NOT NULL,
    external_id character varying(200) NOT NULL,
    object_id bigint NOT NULL
);

ALTER TABLE public.imports_externalid ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.imports_externalid_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.imports_import (
    id bigint NOT NULL,
    kind character varying(16) NOT NULL,
    source character varying(40) NOT NULL,
    file character varying(300) NOT NULL,
    name character varying(255) NOT NULL,
    mapping jsonb NOT NULL,
    state character varying(8) NOT NULL,
    trouble character varying(500) NOT NULL,
    "position" bigint NOT NULL,
    counts jsonb NOT NULL,
    checked jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    by_id bigint,
    channel_id bigint,
    looked jsonb NOT NULL,
    takeover_id bigint
);

ALTER TABLE public.imports_import ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.imports_import_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.imports_problem (
    id bigint NOT NULL,
    line bigint NOT NULL,
    "column" character varying(300) NOT NULL,
    words character varying(500) NOT NULL,
    cells jsonb NOT NULL,
    kept boolean NOT NULL,
    of_id bigint NOT NULL
);

ALTER TABLE public.imports_problem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.imports_problem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.imports_takeover (
    id bigint NOT NULL,
    system character varying(40) NOT NULL,
    address character varying(300) NOT NULL,
    token text NOT NULL,
    state character varying(8) NOT NULL,
    trouble character varying(500) NOT NULL,
    read bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    by_id bigint,
    channel_id bigint NOT NULL,
    source character varying(40) DEFAULT ''::character varying NOT NULL
);

ALTER TABLE public.imports_takeover ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.imports_takeover_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.incidents_action (
    id bigint NOT NULL,
    text character varying(500) NOT NULL,
    due_on date NOT NULL,
    planned_at timestamp with time zone NOT NULL,
    told_late_at timestamp with time zone,
    ended_at timestamp with time zone,
    dropped boolean NOT NULL,
    result character varying(500) NOT NULL,
    by_id bigint NOT NULL,
    incident_id bigint NOT NULL,
    owner_id bigint NOT NULL,
    CONSTRAINT action_ends_with_a_word CHECK ((((NOT dropped) AND (ended_at IS NULL) AND ((result)::text = ''::text)) OR ((ended_at IS NOT NULL) AND (NOT ((result)::text = ''::text)))))
);

ALTER TABLE public.incidents_action ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.incidents_action_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.incidents_affected (
    id bigint NOT NULL,
    stands boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint,
    ticket_id bigint NOT NULL,
    incident_id bigint NOT NULL
);

ALTER TABLE public.incidents_affected ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.incidents_affected_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.incidents_cause (
    id bigint NOT NULL,
    name character varying(120) NOT NULL
);

ALTER TABLE public.incidents_cause ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.incidents_cause_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.incidents_concerned (
    id bigint NOT NULL,
    client_id bigint,
    contact_id bigint,
    finding_id bigint NOT NULL,
    CONSTRAINT concerned_is_one CHECK ((((client_id IS NOT NULL) AND (contact_id IS NULL)) OR ((client_id IS NULL) AND (contact_id IS NOT NULL))))
);

ALTER TABLE public.incidents_concerned ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.incidents_concerned_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.incidents_finding (
    id bigint NOT NULL,
    how character varying(8) NOT NULL,
    source character varying(200) NOT NULL,
    why text NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    incident_id bigint NOT NULL
);

ALTER TABLE public.incidents_finding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.incidents_finding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.incidents_incident (
    id bigint NOT NULL,
    title character varying(200) NOT NULL,
    affects text NOT NULL,
    agreed text NOT NULL,
    severity smallint NOT NULL,
    worst smallint NOT NULL,
    state character varying(12) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    detected_at timestamp with time zone NOT NULL,
    declared_at timestamp with time zone NOT NULL,
    told_at timestamp with time zone,
    ended_at timestamp with time zone,
    closed_at timestamp with time zone,
    next_at timestamp with time zone,
    overdue_at timestamp with time zone,
    learned text NOT NULL,
    post_mortem text NOT NULL,
    leader_id bigint NOT NULL,
    key character varying(40),
    post_mortem_due timestamp with time zone,
    warned_at timestamp with time zone,
    CONSTRAINT incident_has_next_moment_until_closed CHECK ((((closed_at IS NOT NULL) AND (next_at IS NULL) AND ((state)::text = 'closed'::text)) OR ((NOT ((state)::text = 'closed'::text)) AND (closed_at IS NULL) AND (next_at IS NOT NULL)))),
    CONSTRAINT incident_is_over_since CHECK (((((state)::text = ANY ((ARRAY['declared'::character varying, 'identified'::character varying, 'mitigating'::character varying, 'monitoring'::character varying])::text[])) AND (ended_at IS NULL)) OR ((NOT ((state)::text = ANY ((ARRAY['declared'::character varying, 'identified'::character varying, 'mitigating'::character varying, 'monitoring'::character varying])::text[]))) AND (ended_at IS NOT NULL)))),
    CONSTRAINT incident_post_mortem_after_its_end CHECK (((post_mortem_due IS NULL) OR (NOT ((state)::text = ANY ((ARRAY['declared'::character varying, 'identified'::character varying, 'mitigating'::character varying, 'monitoring'::character varying])::text[]))))),
    CONSTRAINT incident_worst_is_worst CHECK ((worst <= severity)),
    CONSTRAINT incidents_incident_severity_check CHECK ((severity >= 0)),
    CONSTRAINT incidents_incident_worst_check CHECK ((worst >= 0))
);

CREATE TABLE public.incidents_incident_causes (
    id bigint NOT NULL,
    incident_id bigint NOT NULL,
    cause_id bigint NOT NULL
);

ALTER TABLE public.incidents_incident_causes ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.incidents_incident_causes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.incidents_incident ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.incidents_incident_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.incidents_incidentpolicy (
    id bigint NOT NULL,
    s1_first smallint NOT NULL,
    s1_every smallint NOT NULL,
    s2_first smallint NOT NULL,
    s2_every smallint NOT NULL,
    s3_first smallint NOT NULL,
    s3_every smallint NOT NULL,
    closed_within smallint DEFAULT 10 NOT NULL,
    post_mortem_from smallint DEFAULT 2 NOT NULL,
    s1_closed_within smallint DEFAULT 5 NOT NULL,
    CONSTRAINT incidents_incidentpolicy_closed_within_check CHECK ((closed_within >= 0)),
    CONSTRAINT incidents_incidentpolicy_post_mortem_from_check CHECK ((post_mortem_from >= 0)),
    CONSTRAINT incidents_incidentpolicy_s1_closed_within_check CHECK ((s1_closed_within >= 0)),
    CONSTRAINT incidents_incidentpolicy_s1_every_check CHECK ((s1_every >= 0)),
    CONSTRAINT incidents_incidentpolicy_s1_first_check CHECK ((s1_first >= 0)),
    CONSTRAINT incidents_incidentpolicy_s2_every_check CHECK ((s2_every >= 0)),
    CONSTRAINT incidents_incidentpolicy_s2_first_check CHECK ((s2_first >= 0)),
    CONSTRAINT incidents_incidentpolicy_s3_every_check CHECK ((s3_every >= 0)),
    CONSTRAINT incidents_incidentpolicy_s3_first_check CHECK ((s3_first >= 0)),
    CONSTRAINT one_incident_policy CHECK ((id = 1))
);

ALTER TABLE public.incidents_incidentpolicy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.incidents_incidentpolicy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.incidents_told (
    id bigint NOT NULL,
    state character varying(8) NOT NULL,
    why character varying(12) NOT NULL,
    at timestamp with time zone,
    message_id bigint,
    ticket_id bigint,
    update_id bigint NOT NULL,
    contact_id bigint,
    CONSTRAINT told_is_one CHECK ((((contact_id IS NOT NULL) AND (ticket_id IS NULL)) OR ((contact_id IS NULL) AND (ticket_id IS NOT NULL))))
);

ALTER TABLE public.incidents_told ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.incidents_told_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.incidents_update (
    id bigint NOT NULL,
    key character varying(40) NOT NULL,
    state character varying(12) NOT NULL,
    what text NOT NULL,
    whom text NOT NULL,
    doing text NOT NULL,
    workaround text NOT NULL,
    no_news boolean NOT NULL,
    quiet boolean NOT NULL,
    ends boolean NOT NULL,
    next_at timestamp with time zone,
    was_next_at timestamp with time zone,
    was_agreed text NOT NULL,
    at timestamp with time zone NOT NULL,
    begins_at timestamp with time zone NOT NULL,
    told_at timestamp with time zone,
    finished_at timestamp with time zone,
    stopped_at timestamp with time zone,
    author_id bigint NOT NULL,
    incident_id bigint NOT NULL,
    stopped_by_id bigint,
    was_state character varying(12) DEFAULT ''::character varying NOT NULL
);

ALTER TABLE public.incidents_update ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.incidents_update_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.indicators_close (
    id bigint NOT NULL,
    month date NOT NULL,
    at timestamp with time zone NOT NULL,
    entry_id bigint NOT NULL,
    reopened_at timestamp with time zone,
    why character varying(500) NOT NULL,
    by_id bigint NOT NULL,
    reopened_by_id bigint
);

ALTER TABLE public.indicators_close ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.indicators_close_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.indicators_dispute (
    id bigint NOT NULL,
    words character varying(1000) NOT NULL,
    at timestamp with time zone NOT NULL,
    outcome character varying(9) NOT NULL,
    amount numeric(12,2),
    answer character varying(1000) NOT NULL,
    answered_at timestamp with time zone,
    answered_by_id bigint,
    statement_id bigint NOT NULL
);

ALTER TABLE public.indicators_dispute ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.indicators_dispute_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.indicators_frozen (
    id bigint NOT NULL,
    n integer NOT NULL,
    value double precision,
    lo double precision,
    hi double precision,
    p90 double precision,
    good integer,
    exact boolean NOT NULL,
    definition character varying(12) NOT NULL,
    tickets bigint[] NOT NULL,
    close_id bigint NOT NULL,
    plan_id bigint NOT NULL,
    CONSTRAINT indicators_frozen_good_check CHECK ((good >= 0)),
    CONSTRAINT indicators_frozen_n_check CHECK ((n >= 0))
);

ALTER TABLE public.indicators_frozen ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.indicators_frozen_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.indicators_indicator (
    id bigint NOT NULL,
    metric character varying(32) NOT NULL,
    of character varying(10) NOT NULL,
    span character varying(7) NOT NULL,
    ends_on date,
    made_at timestamp with time zone NOT NULL,
    made_by_id bigint NOT NULL,
    person_id bigint,
    team_id bigint,
    CONSTRAINT indicator_is_of_somebody CHECK (((((of)::text = 'own'::text) AND (person_id IS NOT NULL) AND (team_id IS NULL)) OR (((of)::text = 'line'::text) AND (team_id IS NOT NULL)) OR (((of)::text = 'department'::text) AND (team_id IS NULL))))
);

ALTER TABLE public.indicators_indicator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.indicators_indicator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.indicators_part (
    id bigint NOT NULL,
    score double precision NOT NULL,
    neutral boolean NOT NULL,
    brought numeric(12,2) NOT NULL,
    moved numeric(12,2) NOT NULL,
    frozen_id bigint NOT NULL,
    statement_id bigint NOT NULL
);

ALTER TABLE public.indicators_part ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.indicators_part_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.indicators_plan (
    id bigint NOT NULL,
    number smallint NOT NULL,
    starts_on date NOT NULL,
    floor double precision NOT NULL,
    target double precision NOT NULL,
    stretch double precision,
    weight numeric(5,2) NOT NULL,
    fewest integer NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    indicator_id bigint NOT NULL,
    CONSTRAINT indicators_plan_fewest_check CHECK ((fewest >= 0)),
    CONSTRAINT indicators_plan_number_check CHECK ((number >= 0))
);

ALTER TABLE public.indicators_plan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.indicators_plan_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.indicators_scheme (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    role character varying(10) NOT NULL,
    span character varying(7) NOT NULL,
    base numeric(12,2) NOT NULL,
    currency character varying(3) NOT NULL,
    cap numeric(3,2) NOT NULL,
    fewest integer NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    made_at timestamp with time zone NOT NULL,
    approver_id bigint NOT NULL,
    made_by_id bigint NOT NULL,
    team_id bigint,
    CONSTRAINT indicators_scheme_fewest_check CHECK ((fewest >= 0))
);

ALTER TABLE public.indicators_scheme ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.indicators_scheme_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.indicators_statement (
    id bigint NOT NULL,
    starts_on date NOT NULL,
    base numeric(12,2) NOT NULL,
    currency character varying(3) NOT NULL,
    cap numeric(3,2) NOT NULL,
    fewest integer NOT NULL,
    gate double precision,
    total double precision NOT NULL,
    payout numeric(12,2) NOT NULL,
    cut numeric(12,2) NOT NULL,
    cut_why character varying(500) NOT NULL,
    state character varying(8) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    approved_at timestamp with time zone,
    dispute_until timestamp with time zone,
    seen_at timestamp with time zone,
    approved_by_id bigint,
    close_id bigint NOT NULL,
    person_id bigint NOT NULL,
    scheme_id bigint NOT NULL,
    worked_until date,
    CONSTRAINT cut_within_the_bonus CHECK (((cut >= (0)::numeric) AND (cut <= payout))),
    CONSTRAINT indicators_statement_fewest_check CHECK ((fewest >= 0))
);

ALTER TABLE public.indicators_statement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.indicators_statement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.journal_entry (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    kind character varying(80) NOT NULL,
    about character varying(24) NOT NULL,
    about_id bigint,
    data jsonb NOT NULL,
    tx bigint DEFAULT ((pg_current_xact_id())::text)::bigint NOT NULL,
    actor_id bigint,
    cause_id bigint
);

ALTER TABLE public.journal_entry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.journal_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.journal_notice (
    id bigint NOT NULL,
    about character varying(24) NOT NULL,
    about_id bigint,
    text character varying(500) NOT NULL,
    urgent boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone,
    person_id bigint NOT NULL,
    kind character varying(12) DEFAULT 'desk'::character varying NOT NULL,
    mailed_at timestamp with time zone,
    pushed_why character varying(12) DEFAULT ''::character varying NOT NULL,
    hushed boolean DEFAULT false NOT NULL
);

ALTER TABLE public.journal_notice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.journal_notice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.journal_once (
    id bigint NOT NULL,
    key character varying(100) NOT NULL,
    fingerprint character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL,
    person_id bigint NOT NULL,
    answer jsonb
);

ALTER TABLE public.journal_once ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.journal_once_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_article (
    id bigint NOT NULL,
    audience character varying(8) NOT NULL,
    state character varying(9) NOT NULL,
    language character varying(2) NOT NULL,
    title character varying(200) NOT NULL,
    text text NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    review_on date NOT NULL,
    reviewed_at timestamp with time zone,
    overdue_at timestamp with time zone,
    edition integer NOT NULL,
    search tsvector GENERATED ALWAYS AS ((setweight(to_tsvector('public.otklik_ru'::regconfig, (COALESCE(title, ''::character varying))::text), 'A'::"char") || setweight(to_tsvector('public.otklik_ru'::regconfig, COALESCE(text, ''::text)), 'B'::"char"))) STORED,
    begun_by_id bigint NOT NULL,
    original_id bigint,
    owner_id bigint NOT NULL,
    section_id bigint,
    CONSTRAINT article_was_published_when CHECK (((NOT ((state)::text = 'published'::text)) OR (published_at IS NOT NULL))),
    CONSTRAINT knowledge_article_edition_check CHECK ((edition >= 0))
);

ALTER TABLE public.knowledge_article ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_article_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_articleday (
    id bigint NOT NULL,
    day date NOT NULL,
    views integer NOT NULL,
    article_id bigint NOT NULL,
    CONSTRAINT knowledge_articleday_views_check CHECK ((views >= 0))
);

ALTER TABLE public.knowledge_articleday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_articleday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_articleuse (
    id bigint NOT NULL,
    how character varying(6) NOT NULL,
    at timestamp with time zone NOT NULL,
    article_id bigint NOT NULL,
    by_id bigint,
    ticket_id bigint NOT NULL
);

ALTER TABLE public.knowledge_articleuse ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_articleuse_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_flag (
    id bigint NOT NULL,
    text text NOT NULL,
    at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    told_late_at timestamp with time zone,
    done_at timestamp with time zone,
    mended boolean NOT NULL,
    answer text NOT NULL,
    article_id bigint NOT NULL,
    by_id bigint NOT NULL,
    ticket_id bigint
);

ALTER TABLE public.knowledge_flag ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_flag_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_formvisit (
    id bigint NOT NULL,
    digest character varying(64) NOT NULL,
    is_known boolean NOT NULL,
    began_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL,
    offered bigint[] NOT NULL,
    opened bigint[] NOT NULL,
    helped_at timestamp with time zone,
    sent_at timestamp with time zone,
    came_back boolean,
    settled_at timestamp with time zone,
    contact_id bigint
);

ALTER TABLE public.knowledge_formvisit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_formvisit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_linkcheck (
    id bigint NOT NULL,
    due_at timestamp with time zone NOT NULL,
    told_late_at timestamp with time zone,
    fit character varying(6) NOT NULL,
    looked_at timestamp with time zone,
    article_id bigint NOT NULL,
    holder_id bigint NOT NULL,
    linked_by_id bigint,
    looked_by_id bigint,
    ticket_id bigint NOT NULL,
    draw_id bigint NOT NULL,
    CONSTRAINT link_is_judged_by_somebody CHECK (((((fit)::text = ''::text) AND (looked_at IS NULL) AND (looked_by_id IS NULL)) OR ((NOT ((fit)::text = ''::text)) AND (looked_at IS NOT NULL) AND (looked_by_id IS NOT NULL))))
);

ALTER TABLE public.knowledge_linkcheck ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_linkcheck_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_linkdraw (
    id bigint NOT NULL,
    week date NOT NULL,
    seed bigint NOT NULL,
    pool integer NOT NULL,
    taken integer NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT knowledge_linkdraw_pool_check CHECK ((pool >= 0)),
    CONSTRAINT knowledge_linkdraw_seed_check CHECK ((seed >= 0)),
    CONSTRAINT knowledge_linkdraw_taken_check CHECK ((taken >= 0))
);

ALTER TABLE public.knowledge_linkdraw ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_linkdraw_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_opinion (
    id bigint NOT NULL,
    edition integer NOT NULL,
    helped boolean NOT NULL,
    missing text NOT NULL,
    at timestamp with time zone NOT NULL,
    article_id bigint NOT NULL,
    CONSTRAINT knowledge_opinion_edition_check CHECK ((edition >= 0))
);

ALTER TABLE public.knowledge_opinion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_opinion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_section (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    name_en character varying(80) NOT NULL,
    place smallint NOT NULL,
    CONSTRAINT knowledge_section_place_check CHECK ((place >= 0))
);

ALTER TABLE public.knowledge_section ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_section_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_sought (
    id bigint NOT NULL,
    day date NOT NULL,
    side character varying(7) NOT NULL,
    words character varying(80) NOT NULL,
    times integer NOT NULL,
    empty integer NOT NULL,
    opened integer NOT NULL,
    CONSTRAINT knowledge_sought_empty_check CHECK ((empty >= 0)),
    CONSTRAINT knowledge_sought_opened_check CHECK ((opened >= 0)),
    CONSTRAINT knowledge_sought_times_check CHECK ((times >= 0))
);

ALTER TABLE public.knowledge_sought ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_sought_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_version (
    id bigint NOT NULL,
    number integer NOT NULL,
    title character varying(200) NOT NULL,
    text text NOT NULL,
    audience character varying(8) NOT NULL,
    at timestamp with time zone NOT NULL,
    article_id bigint NOT NULL,
    by_id bigint NOT NULL,
    CONSTRAINT knowledge_version_number_check CHECK ((number >= 0))
);

ALTER TABLE public.knowledge_version ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.metrics_annotation (
    id bigint NOT NULL,
    "on" date NOT NULL,
    words character varying(160) NOT NULL,
    kind character varying(8) NOT NULL,
    written_at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    team_id bigint
);

ALTER TABLE public.metrics_annotation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.metrics_annotation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.metrics_cardsum (
    id bigint NOT NULL,
    day date NOT NULL,
    fact character varying(10) NOT NULL,
    good bigint NOT NULL,
    n bigint NOT NULL,
    CONSTRAINT metrics_cardsum_good_check CHECK ((good >= 0)),
    CONSTRAINT metrics_cardsum_n_check CHECK ((n >= 0))
);

ALTER TABLE public.metrics_cardsum ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.metrics_cardsum_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.metrics_cell (
    day date NOT NULL,
    measure smallint NOT NULL,
    team_id bigint NOT NULL,
    side character varying(8) NOT NULL,
    key character varying(20) NOT NULL,
    bucket smallint NOT NULL,
    n bigint NOT NULL,
    total bigint NOT NULL,
    CONSTRAINT metrics_cell_bucket_check CHECK ((bucket >= 0)),
    CONSTRAINT metrics_cell_measure_check CHECK ((measure >= 0))
)
WITH (autovacuum_vacuum_scale_factor='0.02', autovacuum_vacuum_insert_scale_factor='0.02');

CREATE TABLE public.metrics_improvement (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    hypothesis character varying(500) NOT NULL,
    metric character varying(32) NOT NULL,
    "least" double precision NOT NULL,
    starts_on date NOT NULL,
    weeks smallint NOT NULL,
    written_at timestamp with time zone NOT NULL,
    decision character varying(8) NOT NULL,
    decided_at timestamp with time zone,
    lesson character varying(500) NOT NULL,
    by_id bigint NOT NULL,
    decided_by_id bigint,
    team_id bigint,
    CONSTRAINT metrics_improvement_weeks_check CHECK ((weeks >= 0))
);

ALTER TABLE public.metrics_improvement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.metrics_improvement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.metrics_reading (
    id bigint NOT NULL,
    measure smallint NOT NULL,
    at timestamp with time zone NOT NULL,
    value bigint NOT NULL,
    kind smallint NOT NULL,
    team_id bigint NOT NULL,
    agent_id bigint,
    channel character varying(12) NOT NULL,
    topic_id bigint,
    class_id bigint,
    product_id bigint,
    contact_id bigint NOT NULL,
    client_id bigint,
    ticket_id bigint NOT NULL,
    CONSTRAINT metrics_reading_kind_check CHECK ((kind >= 0)),
    CONSTRAINT metrics_reading_measure_check CHECK ((measure >= 0))
)
WITH (autovacuum_vacuum_scale_factor='0.02', autovacuum_vacuum_insert_scale_factor='0.02');

ALTER TABLE public.metrics_reading ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.metrics_reading_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.metrics_ticketfact (
    ticket_id bigint NOT NULL,
    channel_kind character varying(12) NOT NULL,
    excluded character varying(20) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    first_answer_at timestamp with time zone,
    ended_at timestamp with time zone,
    ended_as character varying(16) NOT NULL,
    frt_business_s double precision,
    frt_calendar_s double precision,
    resolution_business_s double precision,
    resolution_calendar_s double precision,
    reopened smallint NOT NULL,
    agent_id bigint,
    team_id bigint NOT NULL,
    CONSTRAINT metrics_ticketfact_reopened_check CHECK ((reopened >= 0))
);

CREATE TABLE public.metrics_watermark (
    id bigint NOT NULL,
    entry_id bigint NOT NULL,
    anew_after bigint,
    up_since timestamp with time zone,
    flags_since timestamp with time zone
);

ALTER TABLE public.metrics_watermark ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.metrics_watermark_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);

ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notices_browser (
    id bigint NOT NULL,
    place character varying(64) NOT NULL,
    endpoint character varying(2000) NOT NULL,
    key character varying(100) NOT NULL,
    secret character varying(40) NOT NULL,
    session character varying(40) NOT NULL,
    name character varying(80) NOT NULL,
    allowed_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL,
    person_id bigint NOT NULL
);

ALTER TABLE public.notices_browser ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_browser_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notices_delivery (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    browser_id bigint NOT NULL,
    notice_id bigint NOT NULL
);

ALTER TABLE public.notices_delivery ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_delivery_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notices_letter (
    id bigint NOT NULL,
    slot timestamp with time zone NOT NULL,
    notices integer NOT NULL,
    at timestamp with time zone NOT NULL,
    person_id bigint NOT NULL,
    CONSTRAINT notices_letter_notices_check CHECK ((notices >= 0))
);

ALTER TABLE public.notices_letter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_letter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notices_linechoice (
    id bigint NOT NULL,
    routes jsonb NOT NULL,
    team_id bigint
);

ALTER TABLE public.notices_linechoice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_linechoice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notices_personchoice (
    person_id bigint NOT NULL,
    routes jsonb NOT NULL,
    digest character varying(8) NOT NULL,
    bare boolean NOT NULL
);

CREATE TABLE public.notices_signature (
    id bigint NOT NULL,
    sealed text NOT NULL,
    CONSTRAINT one_signature_of_the_desk CHECK ((id = 1))
);

ALTER TABLE public.notices_signature ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_signature_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.outreach_outreachpolicy (
    id bigint NOT NULL,
    writes boolean NOT NULL,
    begin_days smallint NOT NULL,
    lead_days smallint NOT NULL,
    CONSTRAINT one_outreach_policy CHECK ((id = 1)),
    CONSTRAINT outreach_outreachpolicy_begin_days_check CHECK ((begin_days >= 0)),
    CONSTRAINT outreach_outreachpolicy_lead_days_check CHECK ((lead_days >= 0))
);

ALTER TABLE public.outreach_outreachpolicy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.outreach_outreachpolicy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.outreach_upcoming (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    "on" date NOT NULL,
    lead_days smallint NOT NULL,
    known_at timestamp with time zone NOT NULL,
    dropped character varying(5) NOT NULL,
    told_at timestamp with time zone,
    held_back character varying(12) NOT NULL,
    client_id bigint,
    contact_id bigint,
    event_id bigint,
    message_id bigint,
    subscription_id bigint,
    told_by_id bigint,
    CONSTRAINT outreach_upcoming_lead_days_check CHECK ((lead_days >= 0)),
    CONSTRAINT upcoming_has_one_holder CHECK ((((client_id IS NOT NULL) AND (contact_id IS NULL)) OR ((client_id IS NULL) AND (contact_id IS NOT NULL))))
);

ALTER TABLE public.outreach_upcoming ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.outreach_upcoming_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_answersheet (
    id bigint NOT NULL,
    answers smallint[] NOT NULL,
    person_id bigint NOT NULL,
    test_id bigint NOT NULL
);

ALTER TABLE public.people_answersheet ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_answersheet_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_attestation (
    id bigint NOT NULL,
    taken_on date NOT NULL,
    passed boolean NOT NULL,
    of_product boolean NOT NULL,
    valid_until date,
    ended_on date,
    word character varying(500) NOT NULL,
    reminded smallint NOT NULL,
    written_at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    person_id bigint NOT NULL,
    skill_id bigint NOT NULL,
    CONSTRAINT attestation_passed_has_an_end CHECK (((passed AND (valid_until IS NOT NULL)) OR ((NOT passed) AND (valid_until IS NULL)))),
    CONSTRAINT nobody_attests_themselves CHECK ((NOT (person_id = by_id))),
    CONSTRAINT people_attestation_reminded_check CHECK ((reminded >= 0))
);

ALTER TABLE public.people_attestation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_attestation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_candidate (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    contact character varying(200) NOT NULL,
    source character varying(120) NOT NULL,
    note text NOT NULL,
    came_on date NOT NULL,
    stage character varying(9) NOT NULL,
    word text NOT NULL,
    score double precision,
    "group" character varying(6) NOT NULL,
    decided_at timestamp with time zone,
    hired_on date,
    comment text NOT NULL,
    keep_until date NOT NULL,
    erased_at timestamp with time zone,
    decided_by_id bigint,
    made_by_id bigint NOT NULL,
    person_id bigint,
    vacancy_id bigint NOT NULL,
    CONSTRAINT candidate_is_decided_about_by_a_person CHECK ((((decided_at IS NULL) AND (decided_by_id IS NULL) AND ((stage)::text = 'open'::text)) OR ((NOT ((stage)::text = 'open'::text)) AND (decided_at IS NOT NULL) AND (decided_by_id IS NOT NULL) AND (NOT (word = ''::text))))),
    CONSTRAINT candidate_who_was_taken_works_here CHECK ((((hired_on IS NOT NULL) AND (person_id IS NOT NULL) AND ((stage)::text = 'hired'::text)) OR ((NOT ((stage)::text = 'hired'::text)) AND (hired_on IS NULL) AND (person_id IS NULL))))
);

ALTER TABLE public.people_candidate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_candidate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_checkpoint (
    id bigint NOT NULL,
    day smallint NOT NULL,
    due_on date NOT NULL,
    result character varying(300) NOT NULL,
    passed boolean,
    word character varying(500) NOT NULL,
    wellbeing smallint,
    judged_on date,
    judged_by_id bigint,
    onboarding_id bigint NOT NULL,
    CONSTRAINT checkpoint_is_judged_with_a_word CHECK ((((judged_on IS NULL) AND (passed IS NULL)) OR ((judged_by_id IS NOT NULL) AND (judged_on IS NOT NULL) AND (passed IS NOT NULL) AND (NOT ((word)::text = ''::text))))),
    CONSTRAINT people_checkpoint_day_check CHECK ((day >= 0)),
    CONSTRAINT people_checkpoint_wellbeing_check CHECK ((wellbeing >= 0))
);

ALTER TABLE public.people_checkpoint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_checkpoint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_course (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    outside boolean NOT NULL,
    skill_id bigint
);

ALTER TABLE public.people_course ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_course_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_discussion (
    id bigint NOT NULL,
    words text NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    candidate_id bigint NOT NULL,
    criterion_id bigint NOT NULL
);

ALTER TABLE public.people_discussion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_discussion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_hiringprofile (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by_id bigint NOT NULL
);

ALTER TABLE public.people_hiringprofile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_hiringprofile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_knowledgetest (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    held_on date NOT NULL,
    made_by_id bigint NOT NULL,
    skill_id bigint NOT NULL
);

ALTER TABLE public.people_knowledgetest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_knowledgetest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_mark (
    id bigint NOT NULL,
    level smallint NOT NULL,
    evidence text NOT NULL,
    criterion_id bigint NOT NULL,
    sheet_id bigint NOT NULL,
    CONSTRAINT interview_mark_stands_on_evidence CHECK (((level >= 1) AND (level <= 5) AND (NOT (evidence = ''::text)))),
    CONSTRAINT people_mark_level_check CHECK ((level >= 0))
);

ALTER TABLE public.people_mark ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_mark_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_onboarding (
    id bigint NOT NULL,
    begins_on date NOT NULL,
    ended_on date,
    curator_id bigint NOT NULL,
    made_by_id bigint NOT NULL,
    person_id bigint NOT NULL,
    CONSTRAINT newcomer_has_another_as_curator CHECK ((NOT (person_id = curator_id)))
);

ALTER TABLE public.people_onboarding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_onboarding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_profilecriterion (
    id bigint NOT NULL,
    place smallint NOT NULL,
    name character varying(120) NOT NULL,
    sort character varying(9) NOT NULL,
    required smallint NOT NULL,
    trainable boolean NOT NULL,
    question character varying(300) NOT NULL,
    anchors text NOT NULL,
    profile_id bigint NOT NULL,
    CONSTRAINT people_profilecriterion_place_check CHECK ((place >= 0)),
    CONSTRAINT people_profilecriterion_required_check CHECK ((required >= 0)),
    CONSTRAINT profile_criterion_has_a_level CHECK (((required >= 1) AND (required <= 5)))
);

ALTER TABLE public.people_profilecriterion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_profilecriterion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_seat (
    id bigint NOT NULL,
    before smallint,
    after smallint,
    person_id bigint NOT NULL,
    wave_id bigint NOT NULL,
    CONSTRAINT people_seat_after_check CHECK ((after >= 0)),
    CONSTRAINT people_seat_before_check CHECK ((before >= 0)),
    CONSTRAINT seat_points_to_a_hundred CHECK ((((before IS NULL) OR (before <= 100)) AND ((after IS NULL) OR (after <= 100))))
);

ALTER TABLE public.people_seat ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_seat_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_sheet (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    candidate_id bigint NOT NULL
);

ALTER TABLE public.people_sheet ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_sheet_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_standardstep (
    id bigint NOT NULL,
    day smallint NOT NULL,
    result character varying(300) NOT NULL,
    CONSTRAINT people_standardstep_day_check CHECK ((day >= 0))
);

ALTER TABLE public.people_standardstep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_standardstep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_vacancy (
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    opened_on date NOT NULL,
    closed_on date,
    made_by_id bigint NOT NULL,
    profile_id bigint NOT NULL,
    team_id bigint
);

ALTER TABLE public.people_vacancy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_vacancy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_vacancy_interviewers (
    id bigint NOT NULL,
    vacancy_id bigint NOT NULL,
    user_id bigint NOT NULL
);

ALTER TABLE public.people_vacancy_interviewers ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_vacancy_interviewers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people_wave (
    id bigint NOT NULL,
    teacher character varying(120) NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    course_id bigint NOT NULL,
    made_by_id bigint NOT NULL,
    CONSTRAINT wave_ends_after_it_starts CHECK ((ends_on >= starts_on))
);

ALTER TABLE public.people_wave ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_wave_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.phone_exchange (
    id bigint NOT NULL,
    key character varying(32) NOT NULL,
    secret text NOT NULL,
    old_secret text NOT NULL,
    old_until timestamp with time zone,
    channel_id bigint NOT NULL
);

ALTER TABLE public.phone_exchange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.phone_exchange_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.privacy_breach (
    id bigint NOT NULL,
    what text NOT NULL,
    data character varying(300) NOT NULL,
    people integer NOT NULL,
    learned_at timestamp with time zone NOT NULL,
    reported_at timestamp with time zone,
    results_at timestamp with time zone,
    closed_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    told character varying(20)[] NOT NULL,
    by_id bigint NOT NULL,
    CONSTRAINT privacy_breach_people_check CHECK ((people >= 0))
);

ALTER TABLE public.privacy_breach ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_breach_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.privacy_breachnote (
    id bigint NOT NULL,
    text text NOT NULL,
    at timestamp with time zone NOT NULL,
    breach_id bigint NOT NULL,
    by_id bigint NOT NULL
);

ALTER TABLE public.privacy_breachnote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_breachnote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.privacy_datarequest (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    law character varying(6) NOT NULL,
    confirmed character varying(10) NOT NULL,
    remark text NOT NULL,
    ground character varying(10) NOT NULL,
    asked_on date NOT NULL,
    due_on date NOT NULL,
    state character varying(8) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    how character varying(6) NOT NULL,
    words text NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    cursor jsonb NOT NULL,
    counts jsonb NOT NULL,
    trouble character varying(200) NOT NULL,
    file character varying(200) NOT NULL,
    file_until timestamp with time zone,
    told_on date,
    by_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    decided_by_id bigint,
    notes_why text NOT NULL,
    with_notes boolean NOT NULL
);

ALTER TABLE public.privacy_datarequest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_datarequest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.privacy_hold (
    id bigint NOT NULL,
    why character varying(500) NOT NULL,
    at timestamp with time zone NOT NULL,
    lifted_at timestamp with time zone,
    by_id bigint NOT NULL,
    contact_id bigint,
    lifted_by_id bigint,
    ticket_id bigint,
    CONSTRAINT hold_of_one CHECK ((((contact_id IS NULL) AND (ticket_id IS NOT NULL)) OR ((contact_id IS NOT NULL) AND (ticket_id IS NULL))))
);

ALTER TABLE public.privacy_hold ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_hold_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.privacy_term (
    id bigint NOT NULL,
    code character varying(20) NOT NULL,
    days integer NOT NULL,
    is_on boolean NOT NULL,
    through timestamp with time zone,
    changed_at timestamp with time zone,
    changed_by_id bigint,
    CONSTRAINT privacy_term_days_check CHECK ((days >= 0))
);

ALTER TABLE public.privacy_term ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_term_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.privacy_termrun (
    id bigint NOT NULL,
    before timestamp with time zone NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    rows integer NOT NULL,
    held integer NOT NULL,
    term_id bigint NOT NULL,
    CONSTRAINT privacy_termrun_held_check CHECK ((held >= 0)),
    CONSTRAINT privacy_termrun_rows_check CHECK ((rows >= 0))
);

ALTER TABLE public.privacy_termrun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_termrun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.problems_candidate (
    id bigint NOT NULL,
    found character varying(8) NOT NULL,
    key character varying(80) NOT NULL,
    article bigint,
    article_name character varying(200) NOT NULL,
    count integer NOT NULL,
    clients integer NOT NULL,
    hour timestamp with time zone,
    usual double precision,
    chance double precision,
    found_at timestamp with time zone NOT NULL,
    why character varying(300) NOT NULL,
    refused_until date,
    gone_at timestamp with time zone,
    by_id bigint,
    product_id bigint,
    topic_id bigint NOT NULL,
    problem_id bigint,
    CONSTRAINT candidate_refused_says_why CHECK ((((refused_until IS NULL) AND ((why)::text = ''::text)) OR ((refused_until IS NOT NULL) AND (NOT ((why)::text = ''::text))))),
    CONSTRAINT candidate_spike_is_measured CHECK (((NOT ((found)::text = 'spike'::text)) OR ((chance IS NOT NULL) AND (hour IS NOT NULL) AND (usual IS NOT NULL)))),
    CONSTRAINT problems_candidate_clients_check CHECK ((clients >= 0)),
    CONSTRAINT problems_candidate_count_check CHECK ((count >= 0))
);

ALTER TABLE public.problems_candidate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.problems_candidate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.problems_candidate_tickets (
    id bigint NOT NULL,
    candidate_id bigint NOT NULL,
    ticket_id bigint NOT NULL
);

ALTER TABLE public.problems_candidate_tickets ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.problems_candidate_tickets_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.problems_linked (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint,
    ticket_id bigint NOT NULL,
    problem_id bigint NOT NULL
);

ALTER TABLE public.problems_linked ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.problems_linked_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.problems_problem (
    id bigint NOT NULL,
    title character varying(200) NOT NULL,
    notices text NOT NULL,
    workaround text NOT NULL,
    cause text NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    state character varying(10) NOT NULL,
    wake_on date,
    woken smallint NOT NULL,
    article bigint,
    article_name character varying(200) NOT NULL,
    fix_cost numeric(12,2),
    effect smallint,
    reason text NOT NULL,
    result text NOT NULL,
    removed_at timestamp with time zone,
    checked_at timestamp with time zone,
    checked text NOT NULL,
    key character varying(40),
    edition integer NOT NULL,
    by_id bigint NOT NULL,
    decided_by_id bigint,
    owner_id bigint NOT NULL,
    product_id bigint,
    topic_id bigint,
    CONSTRAINT known_error_has_a_cause CHECK (((NOT ((state)::text = 'known'::text)) OR (NOT (cause = ''::text)))),
    CONSTRAINT problem_lived_with_by_a_decision CHECK (((NOT ((state)::text = 'lived'::text)) OR ((decided_by_id IS NOT NULL) AND (NOT (reason = ''::text))))),
    CONSTRAINT problem_removed_says_how CHECK ((((removed_at IS NOT NULL) AND ((state)::text = 'removed'::text) AND (NOT (result = ''::text))) OR ((NOT ((state)::text = 'removed'::text)) AND (removed_at IS NULL)))),
    CONSTRAINT problem_wakes_until_it_is_over CHECK ((((checked_at IS NULL) AND (wake_on IS NOT NULL)) OR ((checked_at IS NOT NULL) AND ((state)::text = 'removed'::text) AND (wake_on IS NULL)))),
    CONSTRAINT problems_problem_edition_check CHECK ((edition >= 0)),
    CONSTRAINT problems_problem_effect_check CHECK ((effect >= 0)),
    CONSTRAINT problems_problem_woken_check CHECK ((woken >= 0))
);

ALTER TABLE public.problems_problem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.problems_problem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.problems_unlinked (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    problem_id bigint NOT NULL,
    ticket_id bigint NOT NULL
);

ALTER TABLE public.problems_unlinked ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.problems_unlinked_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);

CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;

CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;

CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);

CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;

CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.quality_calibration (
    id bigint NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    units integer NOT NULL,
    same integer NOT NULL,
    alpha double precision,
    lo double precision,
    hi double precision,
    by_id bigint NOT NULL,
    CONSTRAINT quality_calibration_same_check CHECK ((same >= 0)),
    CONSTRAINT quality_calibration_units_check CHECK ((units >= 0))
);

ALTER TABLE public.quality_calibration ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.quality_calibration_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.quality_criterion (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    element character varying(16) NOT NULL,
    name character varying(160) NOT NULL,
    guidance character varying(500) NOT NULL,
    weight smallint NOT NULL,
    steps smallint NOT NULL,
    may_skip boolean NOT NULL,
    critical character varying(10) NOT NULL,
    version_id bigint NOT NULL,
    CONSTRAINT quality_criterion_position_check CHECK (("position" >= 0)),
    CONSTRAINT quality_criterion_steps_check CHECK ((steps >= 0)),
    CONSTRAINT quality_criterion_weight_check CHECK ((weight >= 0))
);

ALTER TABLE public.quality_criterion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.quality_criterion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.quality_draw (
    id bigint NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    seed bigint NOT NULL,
    count smallint NOT NULL,
    pool integer NOT NULL,
    candidates jsonb NOT NULL,
    taken integer NOT NULL,
    at timestamp with time zone NOT NULL,
    plan_id bigint NOT NULL,
    CONSTRAINT quality_draw_count_check CHECK ((count >= 0)),
    CONSTRAINT quality_draw_pool_check CHECK ((pool >= 0)),
    CONSTRAINT quality_draw_taken_check CHECK ((taken >= 0))
);

ALTER TABLE public.quality_draw ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.quality_draw_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.quality_mark (
    id bigint NOT NULL,
    mark character varying(1) NOT NULL,
    ruled character varying(1) NOT NULL,
    quote character varying(1000) NOT NULL,
    comment character varying(1000) NOT NULL,
    criterion_id bigint NOT NULL,
    message_id bigint,
    review_id bigint NOT NULL
);

ALTER TABLE public.quality_mark ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.quality_mark_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.quality_plan (
    id bigint NOT NULL,
    channel character varying(12) NOT NULL,
    count smallint NOT NULL,
    every character varying(5) NOT NULL,
    days smallint NOT NULL,
    risks character varying(10)[] NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    next_at timestamp with time zone,
    looked_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    controller_id bigint NOT NULL,
    line_id bigint,
    person_id bigint,
    CONSTRAINT nobody_is_planned_to_review_themselves CHECK (((person_id IS NULL) OR (NOT ((person_id = controller_id) AND (person_id IS NOT NULL))))),
    CONSTRAINT quality_plan_count_check CHECK ((count >= 0)),
    CONSTRAINT quality_plan_days_check CHECK ((days >= 0)),
    CONSTRAINT running_plan_has_a_next_draw CHECK (((ended_at IS NOT NULL) OR (next_at IS NOT NULL)))
);

ALTER TABLE public.quality_plan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.quality_plan_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.quality_review (
    id bigint NOT NULL,
    channel character varying(12) NOT NULL,
    stream character varying(12) NOT NULL,
    risk character varying(10) NOT NULL,
    state character varying(10) NOT NULL,
    assigned_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    next_at timestamp with time zone,
    late_at timestamp with time zone,
    comment text NOT NULL,
    praise text NOT NULL,
    skipped_why character varying(500) NOT NULL,
    score double precision,
    errors smallint NOT NULL,
    published_at timestamp with time zone,
    accepted_at timestamp with time zone,
    disputed_at timestamp with time zone,
    disputed_why text NOT NULL,
    decided_at timestamp with time zone,
    verdict character varying(8) NOT NULL,
    ruling text NOT NULL,
    ruled_score double precision,
    ruled_errors smallint,
    agent_id bigint NOT NULL,
    calibration_id bigint,
    decider_id bigint,
    draw_id bigint,
    holder_id bigint,
    plan_id bigint,
    reviewer_id bigint NOT NULL,
    team_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    version_id bigint NOT NULL,
    CONSTRAINT calibration_has_a_session CHECK (((NOT ((stream)::text = 'calibration'::text)) OR (calibration_id IS NOT NULL))),
    CONSTRAINT dispute_is_decided_by_somebody_else CHECK (((decider_id IS NULL) OR ((NOT ((decider_id = reviewer_id) AND (decider_id IS NOT NULL))) AND (NOT ((decider_id = agent_id) AND (decider_id IS NOT NULL)))))),
    CONSTRAINT nobody_reviews_themselves CHECK ((NOT (reviewer_id = agent_id))),
    CONSTRAINT published_review_has_a_score CHECK (((published_at IS NULL) OR (score IS NOT NULL))),
    CONSTRAINT quality_review_errors_check CHECK ((errors >= 0)),
    CONSTRAINT quality_review_ruled_errors_check CHECK ((ruled_errors >= 0)),
    CONSTRAINT review_has_a_holder_and_a_date_until_it_is_over CHECK ((((holder_id IS NOT NULL) AND (next_at IS NOT NULL) AND ((state)::text = ANY ((ARRAY['open'::character varying, 'published'::character varying, 'disputed'::character varying])::text[]))) OR ((NOT ((state)::text = ANY ((ARRAY['open'::character varying, 'published'::character varying, 'disputed'::character varying])::text[]))) AND (holder_id IS NULL) AND (next_at IS NULL))))
);

ALTER TABLE public.quality_review ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.quality_review_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.quality_reviewpolicy (
    id bigint NOT NULL,
    review_days smallint NOT NULL,
    dispute_days smallint NOT NULL,
    decide_days smallint NOT NULL,
    step_days smallint NOT NULL,
    CONSTRAINT dispute_is_over_in_time CHECK ((dispute_days <= (10 - decide_days))),
    CONSTRAINT one_review_policy CHECK ((id = 1)),
    CONSTRAINT quality_reviewpolicy_decide_days_check CHECK ((decide_days >= 0)),
    CONSTRAINT quality_reviewpolicy_dispute_days_check CHECK ((dispute_days >= 0)),
    CONSTRAINT quality_reviewpolicy_review_days_check CHECK ((review_days >= 0)),
    CONSTRAINT quality_reviewpolicy_step_days_check CHECK ((step_days >= 0))
);

ALTER TABLE public.quality_reviewpolicy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.quality_reviewpolicy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.quality_scorecard (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    channel character varying(12) NOT NULL,
    ended_at timestamp with time zone
);

ALTER TABLE public.quality_scorecard ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.quality_scorecard_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.quality_step (
    id bigint NOT NULL,
    text character varying(500) NOT NULL,
    until timestamp with time zone NOT NULL,
    agreed_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    late_at timestamp with time zone,
    agreed_by_id bigint NOT NULL,
    owner_id bigint NOT NULL,
    review_id bigint NOT NULL
);

ALTER TABLE public.quality_step ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.quality_step_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.quality_version (
    id bigint NOT NULL,
    number smallint NOT NULL,
    frozen_at timestamp with time zone,
    scorecard_id bigint NOT NULL,
    CONSTRAINT quality_version_number_check CHECK ((number >= 0))
);

ALTER TABLE public.quality_version ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.quality_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reports_reader (
    id bigint NOT NULL,
    stopped_at timestamp with time zone,
    person_id bigint NOT NULL,
    report_id bigint NOT NULL
);

ALTER TABLE public.reports_reader ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reports_reader_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reports_report (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    subject character varying(10) NOT NULL,
    every character varying(5) NOT NULL,
    weekday smallint NOT NULL,
    hour smallint NOT NULL,
    is_on boolean NOT NULL,
    next_at timestamp with time zone,
    made_at timestamp with time zone NOT NULL,
    board_id bigint,
    owner_id bigint NOT NULL,
    CONSTRAINT report_day_of_a_week CHECK (((weekday >= 1) AND (weekday <= 7))),
    CONSTRAINT report_hour_of_a_day CHECK ((hour <= 23)),
    CONSTRAINT reports_report_hour_check CHECK ((hour >= 0)),
    CONSTRAINT reports_report_weekday_check CHECK ((weekday >= 0))
);

ALTER TABLE public.reports_report ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reports_report_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reports_sending (
    id bigint NOT NULL,
    moment timestamp with time zone NOT NULL,
    by_hand boolean NOT NULL,
    state character varying(9) NOT NULL,
    at timestamp with time zone,
    tries smallint NOT NULL,
    why character varying(200) NOT NULL,
    person_id bigint NOT NULL,
    report_id bigint NOT NULL,
    CONSTRAINT reports_sending_tries_check CHECK ((tries >= 0))
);

ALTER TABLE public.reports_sending ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reports_sending_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.routing_delegation (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    over_at timestamp with time zone,
    returned boolean,
    absence_id bigint NOT NULL,
    deputy_id bigint,
    person_id bigint NOT NULL,
    ticket_id bigint NOT NULL
);

ALTER TABLE public.routing_delegation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.routing_delegation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.routing_distribution (
    id bigint NOT NULL,
    mode character varying(8) NOT NULL,
    last_given_id bigint,
    team_id bigint NOT NULL
);

ALTER TABLE public.routing_distribution ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.routing_distribution_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.routing_handover (
    id bigint NOT NULL,
    question text NOT NULL,
    tried text NOT NULL,
    expected text NOT NULL,
    at timestamp with time zone NOT NULL,
    warn_at timestamp with time zone NOT NULL,
    late_at timestamp with time zone NOT NULL,
    warned_at timestamp with time zone,
    told_late_at timestamp with time zone,
    accepted_at timestamp with time zone,
    returned_at timestamp with time zone,
    return_reason text NOT NULL,
    answer_id bigint,
    accepted_by_id bigint,
    by_id bigint,
    owner_was_id bigint,
    returned_by_id bigint,
    source_id bigint NOT NULL,
    target_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    CONSTRAINT what_is_returned_has_a_reason CHECK (((returned_at IS NULL) OR (NOT (return_reason = ''::text))))
);

ALTER TABLE public.routing_handover ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.routing_handover_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.routing_need (
    id bigint NOT NULL,
    channel_id bigint NOT NULL,
    skill_id bigint NOT NULL
);

ALTER TABLE public.routing_need ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.routing_need_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.routing_pick (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    way character varying(6) NOT NULL,
    reason character varying(8) NOT NULL,
    level smallint NOT NULL,
    passed bigint[] NOT NULL,
    is_inversion boolean NOT NULL,
    person_id bigint NOT NULL,
    team_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    CONSTRAINT routing_pick_level_check CHECK ((level >= 0))
);

ALTER TABLE public.routing_pick ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.routing_pick_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.shifts_excepted (
    id bigint NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    reason character varying(200) NOT NULL,
    state character varying(8) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    asked_by_id bigint NOT NULL,
    decided_by_id bigint,
    person_id bigint NOT NULL,
    CONSTRAINT shift_exception_has_a_length CHECK ((ends_at > starts_at))
);

ALTER TABLE public.shifts_excepted ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.shifts_excepted_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.shifts_feed (
    id bigint NOT NULL,
    turn integer NOT NULL,
    renewed_at timestamp with time zone NOT NULL,
    person_id bigint NOT NULL,
    CONSTRAINT shifts_feed_turn_check CHECK ((turn >= 0))
);

ALTER TABLE public.shifts_feed ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.shifts_feed_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.shifts_rules (
    id bigint NOT NULL,
    week_hours numeric(4,1) NOT NULL,
    accounting smallint NOT NULL,
    rest_hours smallint NOT NULL,
    ahead_days smallint NOT NULL,
    CONSTRAINT one_set_of_roster_rules CHECK ((id = 1)),
    CONSTRAINT shifts_rules_accounting_check CHECK ((accounting >= 0)),
    CONSTRAINT shifts_rules_ahead_days_check CHECK ((ahead_days >= 0)),
    CONSTRAINT shifts_rules_rest_hours_check CHECK ((rest_hours >= 0))
);

ALTER TABLE public.shifts_rules ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.shifts_rules_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.shifts_shift (
    id bigint NOT NULL,
    day date NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    breaks tstzrange[] NOT NULL,
    night integer NOT NULL,
    published_at timestamp with time zone,
    line_id bigint NOT NULL,
    person_id bigint NOT NULL,
    template_id bigint,
    CONSTRAINT shift_has_a_length CHECK ((ends_at > starts_at)),
    CONSTRAINT shift_published_before_it CHECK (((published_at IS NULL) OR (published_at < starts_at))),
    CONSTRAINT shifts_shift_night_check CHECK ((night >= 0))
);

ALTER TABLE public.shifts_shift ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.shifts_shift_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.shifts_shifttemplate (
    id bigint NOT NULL,
    name character varying(40) NOT NULL,
    short character varying(3) NOT NULL,
    starts time without time zone NOT NULL,
    ends time without time zone NOT NULL,
    breaks jsonb NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    line_id bigint NOT NULL
);

ALTER TABLE public.shifts_shifttemplate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.shifts_shifttemplate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.shifts_swap (
    id bigint NOT NULL,
    words character varying(200) NOT NULL,
    state character varying(9) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    asker_id bigint NOT NULL,
    back_id bigint,
    decided_by_id bigint,
    shift_id bigint NOT NULL,
    taker_id bigint NOT NULL
);

ALTER TABLE public.shifts_swap ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.shifts_swap_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.shifts_week (
    id bigint NOT NULL,
    monday date NOT NULL,
    published_at timestamp with time zone NOT NULL,
    line_id bigint NOT NULL,
    published_by_id bigint NOT NULL
);

ALTER TABLE public.shifts_week ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.shifts_week_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sitechat_chat (
    id bigint NOT NULL,
    key character varying(32) NOT NULL,
    sites jsonb NOT NULL,
    language character varying(2) NOT NULL,
    welcome_ru text NOT NULL,
    welcome_en text NOT NULL,
    asks_address character varying(5) NOT NULL,
    leaves_after smallint NOT NULL,
    keeps_page boolean NOT NULL,
    channel_id bigint NOT NULL,
    CONSTRAINT sitechat_chat_leaves_after_check CHECK ((leaves_after >= 0))
);

ALTER TABLE public.sitechat_chat ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sitechat_chat_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sitechat_line (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone,
    mailed_at timestamp with time zone,
    inbound_id bigint,
    instead_of_id bigint,
    outbound_id bigint,
    visitor_id bigint NOT NULL,
    CONSTRAINT a_line_is_theirs_or_ours CHECK ((((inbound_id IS NULL) OR (outbound_id IS NULL)) AND (1 = (
CASE
    WHEN (inbound_id IS NULL) THEN 1
    ELSE 0
END +
CASE
    WHEN (outbound_id IS NULL) THEN 1
    ELSE 0
END))))
);

ALTER TABLE public.sitechat_line ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sitechat_line_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sitechat_visitor (
    id bigint NOT NULL,
    digest character varying(64) NOT NULL,
    email character varying(254) NOT NULL,
    page character varying(500) NOT NULL,
    language character varying(2) NOT NULL,
    began_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    channel_id bigint NOT NULL,
    typing_at timestamp with time zone
);

ALTER TABLE public.sitechat_visitor ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sitechat_visitor_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sla_agreement (
    id bigint NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    note character varying(200) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    channel_id bigint,
    client_id bigint,
    contact_id bigint,
    made_by_id bigint,
    service_class_id bigint NOT NULL,
    product_id bigint,
    CONSTRAINT agreement_ends_after_it_begins CHECK (((ends_on IS NULL) OR (ends_on >= starts_on))),
    CONSTRAINT agreement_has_one_holder CHECK ((((channel_id IS NULL) AND (client_id IS NULL) AND (contact_id IS NOT NULL) AND (product_id IS NULL)) OR ((channel_id IS NULL) AND (client_id IS NOT NULL) AND (contact_id IS NULL) AND (product_id IS NULL)) OR ((channel_id IS NOT NULL) AND (client_id IS NULL) AND (contact_id IS NULL) AND (product_id IS NULL)) OR ((channel_id IS NULL) AND (client_id IS NULL) AND (contact_id IS NULL) AND (product_id IS NOT NULL))))
);

ALTER TABLE public.sla_agreement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sla_agreement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sla_clock (
    id bigint NOT NULL,
    priority smallint NOT NULL,
    kind character varying(12) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    within double precision NOT NULL,
    paused double precision NOT NULL,
    paused_from timestamp with time zone,
    over double precision NOT NULL,
    due_at timestamp with time zone NOT NULL,
    next_at timestamp with time zone,
    warned_at timestamp with time zone,
    breached_at timestamp with time zone,
    stopped_at timestamp with time zone,
    dropped_at timestamp with time zone,
    team_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    version_id bigint,
    CONSTRAINT nothing_falls_due_of_what_is_over CHECK (((next_at IS NULL) OR ((dropped_at IS NULL) AND (stopped_at IS NULL)))),
    CONSTRAINT sla_clock_priority_check CHECK ((priority >= 0))
);

ALTER TABLE public.sla_clock ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sla_clock_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sla_hours (
    calendar_id bigint NOT NULL,
    version bigint NOT NULL
);

CREATE TABLE public.sla_recount (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    was_due timestamp with time zone NOT NULL,
    due timestamp with time zone NOT NULL,
    why character varying(300) NOT NULL,
    by_id bigint,
    of_id bigint NOT NULL
);

ALTER TABLE public.sla_recount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sla_recount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sla_serviceclass (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    promise character varying(300) NOT NULL,
    rank smallint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    compensation text DEFAULT ''::text NOT NULL,
    exclusions text DEFAULT ''::text NOT NULL,
    published_at timestamp with time zone,
    CONSTRAINT sla_serviceclass_rank_check CHECK ((rank >= 0))
);

ALTER TABLE public.sla_serviceclass ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sla_serviceclass_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sla_target (
    id bigint NOT NULL,
    priority smallint NOT NULL,
    first_answer interval NOT NULL,
    next_answer interval NOT NULL,
    resolution interval NOT NULL,
    version_id bigint NOT NULL,
    CONSTRAINT sla_target_priority_check CHECK ((priority >= 0))
);

ALTER TABLE public.sla_target ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sla_target_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sla_version (
    id bigint NOT NULL,
    number smallint NOT NULL,
    update_every interval,
    pause_limit interval NOT NULL,
    warn_share smallint NOT NULL,
    share smallint NOT NULL,
    suppliers_fit boolean,
    made_at timestamp with time zone NOT NULL,
    found jsonb,
    checked_at timestamp with time zone,
    accepted text NOT NULL,
    override text NOT NULL,
    valid_from timestamp with time zone,
    valid_until timestamp with time zone,
    approved_by_id bigint,
    calendar_id bigint,
    made_by_id bigint,
    service_class_id bigint NOT NULL,
    CONSTRAINT nothing_is_promised_unchecked CHECK (((valid_from IS NULL) OR (checked_at IS NOT NULL))),
    CONSTRAINT only_what_began_ends CHECK (((valid_until IS NULL) OR (valid_from IS NOT NULL))),
    CONSTRAINT sla_version_number_check CHECK ((number >= 0)),
    CONSTRAINT sla_version_share_check CHECK ((share >= 0)),
    CONSTRAINT sla_version_warn_share_check CHECK ((warn_share >= 0))
);

ALTER TABLE public.sla_version ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sla_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_absence (
    id bigint NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    sudden boolean NOT NULL,
    reason character varying(300) NOT NULL,
    declared_at timestamp with time zone NOT NULL,
    begun_at timestamp with time zone,
    given_back_at timestamp with time zone,
    declared_by_id bigint NOT NULL,
    deputy_id bigint,
    user_id bigint NOT NULL,
    CONSTRAINT absence_has_a_length CHECK ((until > since)),
    CONSTRAINT nobody_stands_in_for_oneself CHECK (((deputy_id IS NULL) OR (NOT ((deputy_id = user_id) AND (deputy_id IS NOT NULL)))))
);

ALTER TABLE public.staff_absence ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_absence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_apicall (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    address character varying(45) NOT NULL,
    operation character varying(200) NOT NULL,
    status smallint NOT NULL,
    token_id bigint NOT NULL,
    CONSTRAINT staff_apicall_status_check CHECK ((status >= 0))
);

ALTER TABLE public.staff_apicall ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_apicall_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_apitoken (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    digest character varying(64) NOT NULL,
    scopes character varying(40)[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    user_id bigint NOT NULL,
    used_at timestamp with time zone
);

ALTER TABLE public.staff_apitoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_apitoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_brand (
    id bigint NOT NULL,
    is_usual boolean NOT NULL,
    name character varying(120) NOT NULL,
    sender_name character varying(120) NOT NULL,
    colour character varying(7) NOT NULL,
    signature text NOT NULL,
    language character varying(5) NOT NULL,
    logo_id character varying(32),
    CONSTRAINT colour_is_a_colour CHECK ((((colour)::text = ''::text) OR ((colour)::text ~ '^#[0-9a-f]{6}$'::text))),
    CONSTRAINT other_brands_have_a_name CHECK ((is_usual OR (NOT ((name)::text = ''::text))))
);

ALTER TABLE public.staff_brand ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_brand_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_logo (
    digest character varying(32) NOT NULL,
    png bytea NOT NULL,
    width smallint NOT NULL,
    height smallint NOT NULL,
    plate character varying(7) NOT NULL,
    added_at timestamp with time zone NOT NULL,
    CONSTRAINT staff_logo_height_check CHECK ((height >= 0)),
    CONSTRAINT staff_logo_width_check CHECK ((width >= 0))
);

CREATE TABLE public.staff_membership (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    team_id bigint NOT NULL,
    capacity jsonb DEFAULT '{}'::jsonb NOT NULL
);

ALTER TABLE public.staff_membership ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_membership_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_onetimelink (
    id bigint NOT NULL,
    purpose character varying(8) NOT NULL,
    digest character varying(64) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    made_by_id bigint,
    user_id bigint
);

ALTER TABLE public.staff_onetimelink ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_onetimelink_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_organisation (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    site_url character varying(200) NOT NULL,
    language character varying(5) NOT NULL,
    time_zone character varying(60) NOT NULL,
    set_up_at timestamp with time zone,
    is_demo boolean NOT NULL,
    second_factor character varying(10) NOT NULL,
    undo_seconds smallint DEFAULT 15 NOT NULL,
    pause_reasons character varying(60)[] DEFAULT '{}'::character varying(60)[] NOT NULL,
    CONSTRAINT one_organisation CHECK ((id = 1)),
    CONSTRAINT staff_organisation_undo_seconds_check CHECK ((undo_seconds >= 0))
);

ALTER TABLE public.staff_organisation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_organisation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_requirement (
    id bigint NOT NULL,
    level smallint NOT NULL,
    people smallint NOT NULL,
    weight smallint NOT NULL,
    skill_id bigint NOT NULL,
    team_id bigint NOT NULL,
    CONSTRAINT requirement_asks_for_people CHECK (((people >= 1) AND (weight >= 1))),
    CONSTRAINT requirement_is_a_level CHECK (((level >= 1) AND (level <= 4))),
    CONSTRAINT staff_requirement_level_check CHECK ((level >= 0)),
    CONSTRAINT staff_requirement_people_check CHECK ((people >= 0)),
    CONSTRAINT staff_requirement_weight_check CHECK ((weight >= 0))
);

ALTER TABLE public.staff_requirement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_requirement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_skill (
    id bigint NOT NULL,
    name character varying(60) NOT NULL
);

ALTER TABLE public.staff_skill ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_skill_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_stint (
    id bigint NOT NULL,
    state character varying(8) NOT NULL,
    lines bigint[] NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone,
    lapsed boolean NOT NULL,
    user_id bigint NOT NULL,
    takes character varying(8) DEFAULT 'any'::character varying NOT NULL,
    reason character varying(60) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT stint_has_a_length CHECK (((until IS NULL) OR (until > since))),
    CONSTRAINT stint_is_at_work CHECK (((state)::text = ANY ((ARRAY['ready'::character varying, 'busy'::character varying, 'break'::character varying])::text[])))
);

ALTER TABLE public.staff_stint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_stint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_team (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    level smallint NOT NULL,
    first_answer interval NOT NULL,
    next_answer interval NOT NULL,
    resolution interval NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    calendar_id bigint NOT NULL,
    brand_id bigint,
    signature text DEFAULT ''::text NOT NULL,
    shows_drafts boolean DEFAULT false NOT NULL,
    CONSTRAINT staff_team_level_check CHECK ((level >= 0))
);

ALTER TABLE public.staff_team ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_team_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_throttle (
    key character varying(64) NOT NULL,
    failures integer NOT NULL,
    free_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    CONSTRAINT staff_throttle_failures_check CHECK ((failures >= 0))
);

CREATE TABLE public.staff_user (
    id bigint NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    login character varying(60) NOT NULL,
    email character varying(254) NOT NULL,
    name character varying(120) NOT NULL,
    title character varying(120) NOT NULL,
    role character varying(10) NOT NULL,
    portrait character varying(60) NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    language character varying(5) NOT NULL,
    time_zone character varying(60) NOT NULL,
    theme character varying(6) NOT NULL,
    compact boolean NOT NULL,
    keys_on boolean NOT NULL,
    undo_seconds smallint,
    sessions_round integer NOT NULL,
    list_width smallint,
    card_folded boolean DEFAULT false NOT NULL,
    card_tab character varying(10) DEFAULT ''::character varying NOT NULL,
    availability character varying(8) DEFAULT 'away'::character varying NOT NULL,
    availability_since timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    row_without character varying(40) DEFAULT ''::character varying NOT NULL,
    list_orders jsonb DEFAULT '{}'::jsonb NOT NULL,
    replies_to_line boolean DEFAULT false NOT NULL,
    own_keys jsonb DEFAULT '{}'::jsonb NOT NULL,
    takes character varying(8) DEFAULT 'any'::character varying NOT NULL,
    pause_reason character varying(60) DEFAULT ''::character varying NOT NULL,
    card_opened character varying(400) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT staff_user_list_width_check CHECK ((list_width >= 0)),
    CONSTRAINT staff_user_sessions_round_check CHECK ((sessions_round >= 0)),
    CONSTRAINT staff_user_undo_seconds_check CHECK ((undo_seconds >= 0))
);

ALTER TABLE public.staff_user ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_user_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_user_skills (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    skill_id bigint NOT NULL,
    level smallint DEFAULT 2 NOT NULL,
    confirmed_on date,
    CONSTRAINT ability_is_a_level CHECK (((level >= 1) AND (level <= 4))),
    CONSTRAINT staff_user_skills_level_check CHECK ((level >= 0))
);

ALTER TABLE public.staff_user_skills ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_user_skills_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.status_check (
    id bigint NOT NULL,
    kind character varying(4) NOT NULL,
    address character varying(500) NOT NULL,
    tells character varying(8) NOT NULL,
    every smallint NOT NULL,
    misses_needed smallint NOT NULL,
    hits_needed smallint NOT NULL,
    is_on boolean NOT NULL,
    misses integer NOT NULL,
    hits integer NOT NULL,
    failing boolean NOT NULL,
    first_miss_at timestamp with time zone,
    first_hit_at timestamp with time zone,
    checked_at timestamp with time zone,
    next_at timestamp with time zone NOT NULL,
    took_ms integer,
    why character varying(40) NOT NULL,
    component_id bigint NOT NULL,
    CONSTRAINT status_check_every_check CHECK ((every >= 0)),
    CONSTRAINT status_check_hits_check CHECK ((hits >= 0)),
    CONSTRAINT status_check_hits_needed_check CHECK ((hits_needed >= 0)),
    CONSTRAINT status_check_misses_check CHECK ((misses >= 0)),
    CONSTRAINT status_check_misses_needed_check CHECK ((misses_needed >= 0)),
    CONSTRAINT status_check_took_ms_check CHECK ((took_ms >= 0))
);

ALTER TABLE public.status_check ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.status_check_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.status_component (
    id bigint NOT NULL,
    name_ru character varying(120) NOT NULL,
    name_en character varying(120) NOT NULL,
    place smallint NOT NULL,
    target numeric(5,3) NOT NULL,
    since timestamp with time zone NOT NULL,
    is_shown boolean NOT NULL,
    product_id bigint,
    group_id bigint NOT NULL,
    CONSTRAINT status_component_place_check CHECK ((place >= 0))
);

ALTER TABLE public.status_component ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.status_component_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.status_group (
    id bigint NOT NULL,
    name_ru character varying(120) NOT NULL,
    name_en character varying(120) NOT NULL,
    place smallint NOT NULL,
    CONSTRAINT status_group_place_check CHECK ((place >= 0))
);

ALTER TABLE public.status_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.status_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.status_mailed (
    id bigint NOT NULL,
    what character varying(9) NOT NULL,
    state character varying(8) NOT NULL,
    why character varying(12) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    at timestamp with time zone,
    note_id bigint,
    subscriber_id bigint NOT NULL,
    works_id bigint
);

ALTER TABLE public.status_mailed ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.status_mailed_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.status_note (
    id bigint NOT NULL,
    stage character varying(8) NOT NULL,
    text_ru text NOT NULL,
    text_en text NOT NULL,
    at timestamp with time zone NOT NULL,
    update bigint,
    addressed_at timestamp with time zone,
    key character varying(60),
    by_id bigint,
    report_id bigint NOT NULL,
    CONSTRAINT status_note_update_check CHECK ((update >= 0))
);

ALTER TABLE public.status_note ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.status_note_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.status_outage (
    id bigint NOT NULL,
    state character varying(8) NOT NULL,
    source character varying(8) NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    affected integer,
    reason character varying(500) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    withdrawn_why character varying(500) NOT NULL,
    key character varying(60),
    by_id bigint,
    check_id bigint,
    component_id bigint NOT NULL,
    report_id bigint,
    CONSTRAINT outage_ends_after_it_begins CHECK (((ended_at IS NULL) OR (ended_at >= began_at))),
    CONSTRAINT status_outage_affected_check CHECK ((affected >= 0))
);

ALTER TABLE public.status_outage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.status_outage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.status_report (
    id bigint NOT NULL,
    title_ru character varying(160) NOT NULL,
    title_en character varying(160) NOT NULL,
    incident bigint,
    follows boolean NOT NULL,
    is_automatic boolean NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    made_at timestamp with time zone NOT NULL,
    key character varying(60),
    by_id bigint,
    continued_by_id bigint,
    CONSTRAINT status_report_incident_check CHECK ((incident >= 0))
);

ALTER TABLE public.status_report ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.status_report_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.status_statuspolicy (
    id bigint NOT NULL,
    is_open boolean NOT NULL,
    speaks_itself boolean NOT NULL,
    about_ru text NOT NULL,
    about_en text NOT NULL,
    slow numeric(5,2) NOT NULL,
    partial numeric(5,2) NOT NULL,
    notice_hours smallint NOT NULL,
    works_hours smallint NOT NULL,
    tiers jsonb NOT NULL,
    cap numeric(5,2) NOT NULL,
    CONSTRAINT one_status_policy CHECK ((id = 1)),
    CONSTRAINT status_statuspolicy_notice_hours_check CHECK ((notice_hours >= 0)),
    CONSTRAINT status_statuspolicy_works_hours_check CHECK ((works_hours >= 0))
);

ALTER TABLE public.status_statuspolicy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.status_statuspolicy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.status_subscriber (
    id bigint NOT NULL,
    address character varying(254) NOT NULL,
    language character varying(2) NOT NULL,
    key character varying(43) NOT NULL,
    everything boolean NOT NULL,
    wanted jsonb NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    left_at timestamp with time zone
);

CREATE TABLE public.status_subscriber_components (
    id bigint NOT NULL,
    subscriber_id bigint NOT NULL,
    component_id bigint NOT NULL
);

ALTER TABLE public.status_subscriber_components ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.status_subscriber_components_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.status_subscriber ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.status_subscriber_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.status_target (
    id bigint NOT NULL,
    target numeric(5,3) NOT NULL,
    component_id bigint NOT NULL,
    service_class_id bigint NOT NULL
);

ALTER TABLE public.status_target ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.status_target_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.status_works (
    id bigint NOT NULL,
    title_ru character varying(160) NOT NULL,
    title_en character varying(160) NOT NULL,
    text_ru text NOT NULL,
    text_en text NOT NULL,
    begins_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    announced_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    cancelled_at timestamp with time zone,
    warned_at timestamp with time zone,
    told jsonb NOT NULL,
    key character varying(60),
    by_id bigint NOT NULL,
    CONSTRAINT works_end_after_they_begin CHECK ((ends_at > begins_at))
);

CREATE TABLE public.status_works_components (
    id bigint NOT NULL,
    works_id bigint NOT NULL,
    component_id bigint NOT NULL
);

ALTER TABLE public.status_works_components ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.status_works_components_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.status_works ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.status_works_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.surveys_answer (
    id bigint NOT NULL,
    value smallint,
    words text NOT NULL,
    at timestamp with time zone NOT NULL,
    invitation_id bigint NOT NULL,
    question_id bigint NOT NULL,
    CONSTRAINT surveys_answer_value_check CHECK ((value >= 0))
);

ALTER TABLE public.surveys_answer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_answer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.surveys_followup (
    id bigint NOT NULL,
    value smallint NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    late_at timestamp with time zone,
    closed_at timestamp with time zone,
    closed_by_id bigint,
    invitation_id bigint NOT NULL,
    owner_id bigint,
    task_id bigint,
    team_id bigint NOT NULL,
    cause character varying(10) DEFAULT ''::character varying NOT NULL,
    finish_by timestamp with time zone,
    finished_at timestamp with time zone,
    finished_by_id bigint,
    result character varying(10) DEFAULT ''::character varying NOT NULL,
    unfinished_at timestamp with time zone,
    words text DEFAULT ''::text NOT NULL,
    kind character varying(8) DEFAULT ''::character varying NOT NULL,
    survey_id bigint,
    CONSTRAINT surveys_followup_value_check CHECK ((value >= 0))
);

ALTER TABLE public.surveys_followup ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_followup_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.surveys_invitation (
    id bigint NOT NULL,
    digest character varying(64),
    send_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    cancelled_at timestamp with time zone,
    agent_id bigint,
    contact_id bigint,
    team_id bigint,
    ticket_id bigint,
    finished_at timestamp with time zone,
    letter bigint,
    source character varying(8) DEFAULT 'letter'::character varying NOT NULL,
    why_not character varying(16) DEFAULT ''::character varying NOT NULL,
    survey_id bigint NOT NULL,
    version_id bigint,
    digest_again character varying(64),
    remind_at timestamp with time zone,
    reminded_at timestamp with time zone,
    asked_by_id bigint,
    ring_at timestamp with time zone,
    rings smallint DEFAULT 0 NOT NULL,
    turn_at timestamp with time zone,
    CONSTRAINT surveys_invitation_rings_check CHECK ((rings >= 0))
);

ALTER TABLE public.surveys_invitation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_invitation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.surveys_outsideanswer (
    id bigint NOT NULL,
    source character varying(40) NOT NULL,
    external_id character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    kind character varying(8) NOT NULL,
    value smallint NOT NULL,
    words text NOT NULL,
    area character varying(120) NOT NULL,
    contact_id bigint,
    team_id bigint,
    ticket_id bigint,
    CONSTRAINT surveys_outsideanswer_value_check CHECK ((value >= 0))
);

ALTER TABLE public.surveys_outsideanswer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_outsideanswer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.surveys_publicpage (
    id bigint NOT NULL,
    slug character varying(40) NOT NULL,
    shown_name character varying(60) NOT NULL,
    bio text NOT NULL,
    has_portrait boolean NOT NULL,
    is_on boolean NOT NULL,
    is_blocked boolean NOT NULL,
    user_id bigint NOT NULL
);

ALTER TABLE public.surveys_publicpage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_publicpage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.surveys_publicpages (
    id bigint NOT NULL,
    is_on boolean NOT NULL,
    CONSTRAINT one_switch_of_public_pages CHECK ((id = 1))
);

ALTER TABLE public.surveys_publicpages ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_publicpages_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.surveys_question (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    kind character varying(8) NOT NULL,
    words_ru character varying(300) NOT NULL,
    words_en character varying(300) NOT NULL,
    choices jsonb NOT NULL,
    weight smallint NOT NULL,
    how character varying(5) NOT NULL,
    bound smallint NOT NULL,
    follows_id bigint,
    version_id bigint NOT NULL,
    CONSTRAINT surveys_question_bound_check CHECK ((bound >= 0)),
    CONSTRAINT surveys_question_position_check CHECK (("position" >= 0)),
    CONSTRAINT surveys_question_weight_check CHECK ((weight >= 0))
);

ALTER TABLE public.surveys_question ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_question_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.surveys_review (
    id bigint NOT NULL,
    text text NOT NULL,
    signed_as character varying(60) NOT NULL,
    state character varying(8) NOT NULL,
    given_at timestamp with time zone NOT NULL,
    moderated_at timestamp with time zone,
    reply character varying(1000) NOT NULL,
    replied_at timestamp with time zone,
    agent_id bigint NOT NULL,
    moderated_by_id bigint,
    score_id bigint,
    given_id bigint,
    CONSTRAINT review_of_one_mark CHECK ((((given_id IS NULL) AND (score_id IS NOT NULL)) OR ((given_id IS NOT NULL) AND (score_id IS NULL))))
);

ALTER TABLE public.surveys_review ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_review_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.surveys_score (
    id bigint NOT NULL,
    value smallint NOT NULL,
    comment text NOT NULL,
    at timestamp with time zone NOT NULL,
    agent_id bigint,
    invitation_id bigint NOT NULL,
    team_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    CONSTRAINT score_is_on_the_scale CHECK (((value >= 1) AND (value <= 5))),
    CONSTRAINT surveys_score_value_check CHECK ((value >= 0))
);

ALTER TABLE public.surveys_score ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_score_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.surveys_survey (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    occasion character varying(12) NOT NULL,
    state character varying(8) NOT NULL,
    delay_minutes integer,
    share smallint NOT NULL,
    every_months smallint NOT NULL,
    follow_up boolean NOT NULL,
    follow_up_hours smallint NOT NULL,
    guidance text NOT NULL,
    reason_for_more character varying(300) NOT NULL,
    link character varying(32),
    created_at timestamp with time zone NOT NULL,
    began_at timestamp with time zone,
    ended_at timestamp with time zone,
    brand_id bigint,
    team_id bigint,
    refused integer NOT NULL,
    remind_days smallint,
    sites jsonb NOT NULL,
    by_phone boolean DEFAULT false NOT NULL,
    roles character varying(12)[] NOT NULL,
    CONSTRAINT surveys_survey_delay_minutes_check CHECK ((delay_minutes >= 0)),
    CONSTRAINT surveys_survey_every_months_check CHECK ((every_months >= 0)),
    CONSTRAINT surveys_survey_follow_up_hours_check CHECK ((follow_up_hours >= 0)),
    CONSTRAINT surveys_survey_refused_check CHECK ((refused >= 0)),
    CONSTRAINT surveys_survey_remind_days_check CHECK ((remind_days >= 0)),
    CONSTRAINT surveys_survey_share_check CHECK ((share >= 0))
);

ALTER TABLE public.surveys_survey ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_survey_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.surveys_tallied (
    id bigint NOT NULL,
    until date NOT NULL,
    way smallint NOT NULL,
    CONSTRAINT one_tallying_of_surveys CHECK ((id = 1)),
    CONSTRAINT surveys_tallied_way_check CHECK ((way >= 0))
);

ALTER TABLE public.surveys_tallied ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_tallied_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.surveys_tally (
    id bigint NOT NULL,
    source character varying(8) NOT NULL,
    day date NOT NULL,
    asked integer NOT NULL,
    failed integer NOT NULL,
    completed integer NOT NULL,
    partial integer NOT NULL,
    given integer NOT NULL,
    good integer NOT NULL,
    marks jsonb NOT NULL,
    groups jsonb NOT NULL,
    team_id bigint,
    version_id bigint NOT NULL,
    CONSTRAINT surveys_tally_asked_check CHECK ((asked >= 0)),
    CONSTRAINT surveys_tally_completed_check CHECK ((completed >= 0)),
    CONSTRAINT surveys_tally_failed_check CHECK ((failed >= 0)),
    CONSTRAINT surveys_tally_given_check CHECK ((given >= 0)),
    CONSTRAINT surveys_tally_good_check CHECK ((good >= 0)),
    CONSTRAINT surveys_tally_partial_check CHECK ((partial >= 0))
);

ALTER TABLE public.surveys_tally ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_tally_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.surveys_version (
    id bigint NOT NULL,
    number smallint NOT NULL,
    frozen_at timestamp with time zone,
    survey_id bigint NOT NULL,
    CONSTRAINT surveys_version_number_check CHECK ((number >= 0))
);

ALTER TABLE public.surveys_version ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.telegram_bot (
    id bigint NOT NULL,
    number bigint NOT NULL,
    name character varying(64) NOT NULL,
    token_secret text NOT NULL,
    way character varying(8) NOT NULL,
    api character varying(200) NOT NULL,
    greeting_ru text NOT NULL,
    greeting_en text NOT NULL,
    key character varying(32) NOT NULL,
    hook_secret text NOT NULL,
    hooked_at timestamp with time zone,
    "offset" bigint NOT NULL,
    offset_at timestamp with time zone,
    tries smallint NOT NULL,
    next_try_at timestamp with time zone,
    changed_at timestamp with time zone NOT NULL,
    channel_id bigint NOT NULL,
    hooked_to character varying(400) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT telegram_bot_tries_check CHECK ((tries >= 0))
);

ALTER TABLE public.telegram_bot ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.telegram_bot_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.telegram_fetched (
    id bigint NOT NULL,
    content bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    inbound_id bigint NOT NULL
);

ALTER TABLE public.telegram_fetched ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.telegram_fetched_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.telegram_part (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    message bigint,
    outbound_id bigint NOT NULL,
    CONSTRAINT telegram_part_position_check CHECK (("position" >= 0))
);

ALTER TABLE public.telegram_part ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.telegram_part_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_appeal (
    id bigint NOT NULL,
    text text NOT NULL,
    at timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    state character varying(8) NOT NULL,
    decided_at timestamp with time zone,
    words text NOT NULL,
    answer_id bigint,
    approved_by_id bigint,
    decided_by_id bigint,
    holder_id bigint,
    marked_by_id bigint,
    message_id bigint,
    refusal_id bigint NOT NULL,
    refused_by_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    CONSTRAINT decided_appeal_says_who_and_why CHECK ((((decided_at IS NULL) AND (decided_by_id IS NULL) AND ((state)::text = 'open'::text)) OR ((NOT ((state)::text = 'open'::text)) AND (decided_at IS NOT NULL) AND (decided_by_id IS NOT NULL) AND (NOT (words = ''::text))))),
    CONSTRAINT nobody_decides_on_an_appeal_against_themselves CHECK (((decided_by_id IS NULL) OR ((NOT ((decided_by_id = refused_by_id) AND (decided_by_id IS NOT NULL))) AND ((approved_by_id IS NULL) OR (NOT ((decided_by_id = approved_by_id) AND (decided_by_id IS NOT NULL) AND (approved_by_id IS NOT NULL)))))))
);

ALTER TABLE public.tickets_appeal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_appeal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_batch (
    id bigint NOT NULL,
    act character varying(8) NOT NULL,
    at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    items jsonb NOT NULL,
    by_id bigint NOT NULL,
    sweep_id bigint
);

ALTER TABLE public.tickets_batch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_batch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_change (
    id bigint NOT NULL,
    what character varying(300) NOT NULL,
    why text NOT NULL,
    risk character varying(6) NOT NULL,
    way_back text NOT NULL,
    starts_at timestamp with time zone,
    ends_at timestamp with time zone,
    state character varying(11) NOT NULL,
    at timestamp with time zone NOT NULL,
    asked_at timestamp with time zone,
    decided_at timestamp with time zone,
    remark character varying(500) NOT NULL,
    ended_at timestamp with time zone,
    result text NOT NULL,
    asked_by_id bigint,
    by_id bigint NOT NULL,
    decided_by_id bigint,
    decided_for_id bigint,
    ended_by_id bigint,
    ticket_id bigint NOT NULL,
    CONSTRAINT change_ends_after_it_begins CHECK (((starts_at IS NULL) OR (ends_at IS NULL) OR (ends_at > starts_at))),
    CONSTRAINT change_that_ended_says_when CHECK ((((ended_at IS NOT NULL) AND (ended_by_id IS NOT NULL) AND ((state)::text = ANY ((ARRAY['done'::character varying, 'rolled_back'::character varying])::text[]))) OR ((NOT ((state)::text = ANY ((ARRAY['done'::character varying, 'rolled_back'::character varying])::text[]))) AND (ended_at IS NULL) AND (ended_by_id IS NULL)))),
    CONSTRAINT change_was_decided_by_somebody CHECK (((NOT ((state)::text = ANY ((ARRAY['approved'::character varying, 'rejected'::character varying, 'done'::character varying, 'rolled_back'::character varying])::text[]))) OR ((decided_at IS NOT NULL) AND (decided_by_id IS NOT NULL)))),
    CONSTRAINT nobody_approves_their_own_change CHECK (((decided_by_id IS NULL) OR ((NOT ((decided_by_id = by_id) AND (decided_by_id IS NOT NULL))) AND (NOT ((decided_by_id = asked_by_id) AND (decided_by_id IS NOT NULL) AND (asked_by_id IS NOT NULL))))))
);

ALTER TABLE public.tickets_change ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_field (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    kind character varying(6) NOT NULL,
    options character varying(120)[] NOT NULL,
    hint character varying(200) NOT NULL,
    is_required boolean NOT NULL,
    "position" smallint NOT NULL,
    is_active boolean NOT NULL,
    topic_id bigint,
    CONSTRAINT a_choice_has_something_to_choose CHECK (((NOT ((kind)::text = 'choice'::text)) OR (
CASE
    WHEN (options IS NULL) THEN NULL::integer
    ELSE COALESCE(array_length(options, 1), 0)
END >= 1))),
    CONSTRAINT tickets_field_position_check CHECK (("position" >= 0))
);

ALTER TABLE public.tickets_field ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_field_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_habits (
    id bigint NOT NULL,
    reopen_days smallint NOT NULL,
    reminders smallint NOT NULL,
    remind_days smallint NOT NULL,
    team_id bigint NOT NULL,
    approved_reasons character varying(12)[] DEFAULT '{}'::character varying(12)[] NOT NULL,
    asks_owner boolean DEFAULT false NOT NULL,
    appeals boolean DEFAULT true NOT NULL,
    appeal_days smallint DEFAULT 30 NOT NULL,
    appeal_decided_in smallint DEFAULT 2 NOT NULL,
    appeal_words_ru text DEFAULT ''::text NOT NULL,
    appeal_words_en text DEFAULT ''::text NOT NULL,
    usual_next character varying(7) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT tickets_habits_appeal_days_check CHECK ((appeal_days >= 0)),
    CONSTRAINT tickets_habits_appeal_decided_in_check CHECK ((appeal_decided_in >= 0)),
    CONSTRAINT tickets_habits_remind_days_check CHECK ((remind_days >= 0)),
    CONSTRAINT tickets_habits_reminders_check CHECK ((reminders >= 0)),
    CONSTRAINT tickets_habits_reopen_days_check CHECK ((reopen_days >= 0))
);

ALTER TABLE public.tickets_habits ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_habits_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_hanginghour (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    hanging integer NOT NULL,
    CONSTRAINT tickets_hanginghour_hanging_check CHECK ((hanging >= 0))
);

ALTER TABLE public.tickets_hanginghour ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_hanginghour_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_heldanswer (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    passed_at timestamp with time zone,
    seen bigint,
    text text NOT NULL,
    form jsonb NOT NULL,
    "to" character varying(320)[] NOT NULL,
    cc character varying(320)[] NOT NULL,
    files uuid[] NOT NULL,
    history boolean NOT NULL,
    sent_away boolean,
    key character varying(100) NOT NULL,
    state character varying(12) NOT NULL,
    decided_at timestamp with time zone,
    words text NOT NULL,
    why character varying(12) NOT NULL,
    "left" text NOT NULL,
    changed double precision,
    step_changed boolean NOT NULL,
    asked_by_id bigint NOT NULL,
    decided_by_id bigint,
    message_id bigint,
    ticket_id bigint NOT NULL,
    via_id bigint,
    traineeship_id bigint NOT NULL,
    CONSTRAINT nobody_releases_their_own CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = asked_by_id) AND (decided_by_id IS NOT NULL))))),
    CONSTRAINT released_answer_says_how_much_changed CHECK (((NOT ((state)::text = 'released'::text)) OR ((changed >= (0.0)::double precision) AND (changed <= (1.0)::double precision) AND (decided_by_id IS NOT NULL))))
);

ALTER TABLE public.tickets_heldanswer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_heldanswer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_hunghours (
    id bigint NOT NULL,
    day date NOT NULL,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    hours smallint NOT NULL,
    owner_id bigint,
    team_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    CONSTRAINT tickets_hunghours_hours_check CHECK ((hours >= 0))
);

ALTER TABLE public.tickets_hunghours ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_hunghours_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_layout (
    code character varying(12) NOT NULL,
    "order" character varying(30)[] DEFAULT '{}'::character varying(30)[] NOT NULL,
    folded character varying(30)[] DEFAULT '{}'::character varying(30)[] NOT NULL,
    hidden character varying(30)[] DEFAULT '{}'::character varying(30)[] NOT NULL
);

CREATE TABLE public.tickets_participant (
    id bigint NOT NULL,
    address character varying(320) NOT NULL,
    let_in boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    ticket_id bigint NOT NULL
);

ALTER TABLE public.tickets_participant ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_participant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_partner (
    id bigint NOT NULL,
    shown boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    left_at timestamp with time zone,
    by_id bigint,
    ticket_id bigint NOT NULL,
    user_id bigint NOT NULL
);

ALTER TABLE public.tickets_partner ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_partner_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_pin (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    user_id bigint NOT NULL,
    ticket_id bigint NOT NULL
);

ALTER TABLE public.tickets_pin ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_pin_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_presence (
    id bigint NOT NULL,
    doing character varying(6) NOT NULL,
    at timestamp with time zone NOT NULL,
    user_id bigint NOT NULL,
    ticket_id bigint NOT NULL
);

ALTER TABLE public.tickets_presence ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_presence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.clients_product ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_product_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_promise (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    taken_back_at timestamp with time zone,
    until timestamp with time zone NOT NULL,
    what character varying(300) NOT NULL,
    done_at timestamp with time zone,
    moved_at timestamp with time zone,
    by_id bigint,
    message_id bigint,
    ticket_id bigint NOT NULL,
    moved_from timestamp with time zone,
    why character varying(300) DEFAULT ''::character varying NOT NULL,
    agreed boolean,
    broken_at timestamp with time zone,
    next_mark timestamp with time zone,
    of_visit boolean DEFAULT false NOT NULL
);

ALTER TABLE public.tickets_promise ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_promise_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_refusal (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    taken_back_at timestamp with time zone,
    reason character varying(12) NOT NULL,
    explanation text NOT NULL,
    alternatives character varying(300)[] NOT NULL,
    reopened_at timestamp with time zone,
    by_id bigint,
    message_id bigint,
    ticket_id bigint NOT NULL,
    consulted boolean DEFAULT false NOT NULL,
    CONSTRAINT refusal_is_motivated CHECK (((NOT (explanation = ''::text)) AND (
CASE
    WHEN (alternatives IS NULL) THEN NULL::integer
    ELSE COALESCE(array_length(alternatives, 1), 0)
END >= 1)))
);

ALTER TABLE public.tickets_refusal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_refusal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_refusalrequest (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    reason character varying(12) NOT NULL,
    explanation text NOT NULL,
    alternatives character varying(300)[] NOT NULL,
    consulted boolean NOT NULL,
    text text NOT NULL,
    "to" character varying(320)[] NOT NULL,
    cc character varying(320)[] NOT NULL,
    files uuid[] NOT NULL,
    history boolean NOT NULL,
    key character varying(100) NOT NULL,
    state character varying(12) NOT NULL,
    decided_at timestamp with time zone,
    words text NOT NULL,
    why character varying(12) NOT NULL,
    asked_by_id bigint NOT NULL,
    decided_by_id bigint,
    message_id bigint,
    ticket_id bigint NOT NULL,
    via_id bigint,
    CONSTRAINT nobody_approves_their_own CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = asked_by_id) AND (decided_by_id IS NOT NULL))))),
    CONSTRAINT returned_refusal_has_words CHECK ((NOT (((state)::text = 'returned'::text) AND (words = ''::text))))
);

ALTER TABLE public.tickets_refusalrequest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_refusalrequest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_relocation (
    id bigint NOT NULL,
    kind character varying(5) NOT NULL,
    message_ids bigint[] NOT NULL,
    before jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    by_id bigint NOT NULL,
    source_id bigint NOT NULL,
    target_id bigint NOT NULL,
    undone_by_id bigint,
    CONSTRAINT relocation_goes_elsewhere CHECK ((NOT (source_id = target_id)))
);

ALTER TABLE public.tickets_relocation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_relocation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_resolution (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    taken_back_at timestamp with time zone,
    summary text NOT NULL,
    reopened_at timestamp with time zone,
    by_id bigint,
    message_id bigint,
    ticket_id bigint NOT NULL,
    shown boolean DEFAULT false NOT NULL,
    link character varying(500) DEFAULT ''::character varying NOT NULL
);

ALTER TABLE public.tickets_resolution ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_resolution_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_savedlist (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    view character varying(40) NOT NULL,
    query character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    owner_id bigint NOT NULL,
    team_id bigint,
    everybody boolean DEFAULT false NOT NULL,
    place smallint DEFAULT 0 NOT NULL,
    "order" character varying(8) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT tickets_savedlist_place_check CHECK ((place >= 0))
);

ALTER TABLE public.tickets_savedlist ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_savedlist_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_schedule (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    taken_back_at timestamp with time zone,
    until timestamp with time zone NOT NULL,
    what character varying(300) NOT NULL,
    agreed boolean NOT NULL,
    woke_at timestamp with time zone,
    by_id bigint,
    message_id bigint,
    ticket_id bigint NOT NULL
);

ALTER TABLE public.tickets_schedule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_schedule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_seen (
    id bigint NOT NULL,
    message_id bigint NOT NULL,
    user_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    opened_at timestamp with time zone
);

ALTER TABLE public.tickets_seen ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_seen_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_selfcheck (
    id bigint NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    tickets integer NOT NULL,
    open integer NOT NULL,
    hanging integer NOT NULL,
    found integer NOT NULL,
    faults jsonb NOT NULL,
    CONSTRAINT tickets_selfcheck_found_check CHECK ((found >= 0)),
    CONSTRAINT tickets_selfcheck_hanging_check CHECK ((hanging >= 0)),
    CONSTRAINT tickets_selfcheck_open_check CHECK ((open >= 0)),
    CONSTRAINT tickets_selfcheck_tickets_check CHECK ((tickets >= 0))
);

ALTER TABLE public.tickets_selfcheck ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_selfcheck_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_sweep (
    id bigint NOT NULL,
    act character varying(8) NOT NULL,
    at timestamp with time zone NOT NULL,
    told jsonb NOT NULL,
    view character varying(4000) NOT NULL,
    ids bigint[] NOT NULL,
    upto bigint NOT NULL,
    behind bigint NOT NULL,
    state character varying(8) NOT NULL,
    stop_asked boolean NOT NULL,
    total integer NOT NULL,
    done integer NOT NULL,
    same integer NOT NULL,
    gone integer NOT NULL,
    refused jsonb NOT NULL,
    ended_at timestamp with time zone,
    by_id bigint NOT NULL,
    CONSTRAINT tickets_sweep_done_check CHECK ((done >= 0)),
    CONSTRAINT tickets_sweep_gone_check CHECK ((gone >= 0)),
    CONSTRAINT tickets_sweep_same_check CHECK ((same >= 0)),
    CONSTRAINT tickets_sweep_total_check CHECK ((total >= 0))
);

ALTER TABLE public.tickets_sweep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_sweep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_tag (
    id bigint NOT NULL,
    name character varying(40) NOT NULL,
    uses integer NOT NULL,
    used_at timestamp with time zone NOT NULL,
    CONSTRAINT tickets_tag_uses_check CHECK ((uses >= 0))
);

ALTER TABLE public.tickets_tag ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_tag_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_task (
    id bigint NOT NULL,
    text character varying(300) NOT NULL,
    due_at timestamp with time zone,
    "position" integer NOT NULL,
    at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    by_id bigint,
    done_by_id bigint,
    executor_id bigint,
    ticket_id bigint NOT NULL,
    absence_id bigint,
    change_id bigint,
    CONSTRAINT tickets_task_position_check CHECK (("position" >= 0)),
    CONSTRAINT what_is_done_was_done_by_somebody CHECK ((((done_at IS NULL) AND (done_by_id IS NULL)) OR ((done_at IS NOT NULL) AND (done_by_id IS NOT NULL))))
);

ALTER TABLE public.tickets_task ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_task_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_ticket (
    id bigint NOT NULL,
    key uuid NOT NULL,
    status character varying(16) NOT NULL,
    next_step character varying(16) NOT NULL,
    next_note character varying(300) NOT NULL,
    due_at timestamp with time zone,
    due_from timestamp with time zone,
    version integer NOT NULL,
    subject character varying(1000) NOT NULL,
    contact_name character varying(200) NOT NULL,
    client_name character varying(200) NOT NULL,
    channel_kind character varying(12) NOT NULL,
    preview character varying(200) NOT NULL,
    last_speaker character varying(200) NOT NULL,
    last_message_id bigint,
    last_in_id bigint,
    message_count integer NOT NULL,
    delivery_trouble boolean NOT NULL,
    sender_doubtful boolean NOT NULL,
    moves smallint NOT NULL,
    reopened smallint NOT NULL,
    returned character varying(12) NOT NULL,
    undo jsonb,
    opened_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    waiting_since timestamp with time zone,
    first_answer_at timestamp with time zone,
    ended_at timestamp with time zone,
    contact_id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    follows_id bigint,
    owner_id bigint,
    team_id bigint NOT NULL,
    may_belong_to_id bigint,
    merged_into_id bigint,
    priority smallint DEFAULT 2 NOT NULL,
    class_version bigint,
    class_name character varying(80) DEFAULT ''::character varying NOT NULL,
    class_rank smallint DEFAULT 100 NOT NULL,
    informed_at timestamp with time zone,
    topic_id bigint,
    tags character varying(40)[] DEFAULT '{}'::character varying[] NOT NULL,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    take_by timestamp with time zone,
    inform_by timestamp with time zone,
    reminded smallint DEFAULT 0 NOT NULL,
    waits_for character varying(120) DEFAULT ''::character varying NOT NULL,
    remind_at timestamp with time zone,
    works_with bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    refusal_asked bigint,
    closed_to bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    product_id bigint,
    upset_since timestamp with time zone,
    held_answer bigint,
    appealed bigint,
    CONSTRAINT ended_ticket_has_no_due_moment CHECK (((NOT ((status)::text = ANY ((ARRAY['resolved'::character varying, 'refused'::character varying, 'closed'::character varying])::text[]))) OR ((due_at IS NULL) AND (ended_at IS NOT NULL) AND ((next_step)::text = ''::text)))),
    CONSTRAINT joined_ticket_is_closed CHECK (((merged_into_id IS NULL) OR ((status)::text = 'closed'::text))),
    CONSTRAINT open_ticket_has_next_step_and_due_moment CHECK ((((status)::text = ANY ((ARRAY['resolved'::character varying, 'refused'::character varying, 'closed'::character varying])::text[])) OR ((NOT ((next_step)::text = ''::text)) AND (due_at IS NOT NULL) AND (due_from IS NOT NULL)))),
    CONSTRAINT tickets_ticket_class_rank_check CHECK ((class_rank >= 0)),
    CONSTRAINT tickets_ticket_message_count_check CHECK ((message_count >= 0)),
    CONSTRAINT tickets_ticket_moves_check CHECK ((moves >= 0)),
    CONSTRAINT tickets_ticket_priority_check CHECK ((priority >= 0)),
    CONSTRAINT tickets_ticket_reminded_check CHECK ((reminded >= 0)),
    CONSTRAINT tickets_ticket_reopened_check CHECK ((reopened >= 0)),
    CONSTRAINT tickets_ticket_version_check CHECK ((version >= 0))
)
WITH (autovacuum_vacuum_scale_factor='0.02', autovacuum_vacuum_insert_scale_factor='0.02', autovacuum_analyze_scale_factor='0.02');

ALTER TABLE public.tickets_ticket ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_ticket_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_tie (
    id bigint NOT NULL,
    kind character varying(9) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    other_id bigint NOT NULL,
    CONSTRAINT tied_to_another CHECK ((NOT (ticket_id = other_id)))
);

ALTER TABLE public.tickets_tie ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_tie_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_topic (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    "position" smallint NOT NULL,
    is_active boolean NOT NULL,
    parent_id bigint,
    product_id bigint,
    CONSTRAINT tickets_topic_position_check CHECK (("position" >= 0))
);

ALTER TABLE public.tickets_topic ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_topic_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_traineeship (
    id bigint NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    ends_on date,
    in_a_row smallint,
    within smallint NOT NULL,
    ended_at timestamp with time zone,
    why character varying(8) NOT NULL,
    curator_id bigint NOT NULL,
    made_by_id bigint NOT NULL,
    person_id bigint NOT NULL,
    CONSTRAINT ended_traineeship_says_why CHECK ((((ended_at IS NULL) AND ((why)::text = ''::text)) OR ((ended_at IS NOT NULL) AND (NOT ((why)::text = ''::text))))),
    CONSTRAINT tickets_traineeship_in_a_row_check CHECK ((in_a_row >= 0)),
    CONSTRAINT tickets_traineeship_within_check CHECK ((within >= 0)),
    CONSTRAINT trainee_has_another_as_curator CHECK ((NOT (person_id = curator_id)))
);

ALTER TABLE public.tickets_traineeship ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_traineeship_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_visit (
    id bigint NOT NULL,
    place character varying(300) NOT NULL,
    map_link character varying(500) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    route text NOT NULL,
    bring character varying(500) NOT NULL,
    state character varying(9) NOT NULL,
    result text NOT NULL,
    agreed boolean,
    told_starts_at timestamp with time zone,
    told_ends_at timestamp with time zone,
    times_told smallint NOT NULL,
    came_at timestamp with time zone,
    missed_at timestamp with time zone,
    over_at timestamp with time zone,
    next_mark timestamp with time zone,
    at timestamp with time zone NOT NULL,
    by_id bigint,
    promise_id bigint,
    ticket_id bigint NOT NULL,
    CONSTRAINT tickets_visit_times_told_check CHECK ((times_told >= 0)),
    CONSTRAINT visit_ends_after_it_begins CHECK ((ends_at > starts_at)),
    CONSTRAINT visit_that_failed_says_why CHECK (((NOT ((state)::text = 'failed'::text)) OR (NOT (result = ''::text)))),
    CONSTRAINT visit_with_a_result_is_over CHECK ((((over_at IS NOT NULL) AND ((state)::text = ANY ((ARRAY['done'::character varying, 'failed'::character varying])::text[]))) OR ((NOT ((state)::text = ANY ((ARRAY['done'::character varying, 'failed'::character varying])::text[]))) AND (over_at IS NULL))))
);

ALTER TABLE public.tickets_visit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_visit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_visit_people (
    id bigint NOT NULL,
    visit_id bigint NOT NULL,
    user_id bigint NOT NULL
);

ALTER TABLE public.tickets_visit_people ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_visit_people_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tickets_watch (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    ticket_id bigint NOT NULL,
    user_id bigint NOT NULL
);

ALTER TABLE public.tickets_watch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_watch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.usersessions_usersession (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ip inet NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    session_key character varying(40) NOT NULL,
    user_agent character varying(200) NOT NULL,
    data jsonb NOT NULL,
    user_id bigint NOT NULL
);

ALTER TABLE public.usersessions_usersession ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.usersessions_usersession_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.value_buyers (
    id bigint NOT NULL,
    currency character varying(3) NOT NULL,
    clients integer NOT NULL,
    held integer NOT NULL,
    half date NOT NULL,
    predicted double precision,
    actual integer,
    groups jsonb NOT NULL,
    alive double precision,
    expected double precision,
    at timestamp with time zone NOT NULL,
    CONSTRAINT value_buyers_actual_check CHECK ((actual >= 0)),
    CONSTRAINT value_buyers_clients_check CHECK ((clients >= 0)),
    CONSTRAINT value_buyers_held_check CHECK ((held >= 0))
);

ALTER TABLE public.value_buyers ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.value_buyers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.value_cohort (
    id bigint NOT NULL,
    currency character varying(3) NOT NULL,
    came_in date NOT NULL,
    later smallint NOT NULL,
    clients integer NOT NULL,
    revenue numeric(20,2) NOT NULL,
    lost numeric(20,2) NOT NULL,
    shrunk numeric(20,2) NOT NULL,
    grown numeric(20,2) NOT NULL,
    CONSTRAINT value_cohort_clients_check CHECK ((clients >= 0)),
    CONSTRAINT value_cohort_later_check CHECK ((later >= 0))
);

ALTER TABLE public.value_cohort ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.value_cohort_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.value_contrast (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    since date NOT NULL,
    clients integer NOT NULL,
    stayed integer NOT NULL,
    CONSTRAINT value_contrast_clients_check CHECK ((clients >= 0)),
    CONSTRAINT value_contrast_stayed_check CHECK ((stayed >= 0))
);

ALTER TABLE public.value_contrast ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.value_contrast_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.value_counted (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    undated integer NOT NULL,
    CONSTRAINT one_counting_of_clients CHECK ((id = 1)),
    CONSTRAINT value_counted_undated_check CHECK ((undated >= 0))
);

ALTER TABLE public.value_counted ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.value_counted_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.value_course (
    id bigint NOT NULL,
    currency character varying(3) NOT NULL,
    month date NOT NULL,
    started integer NOT NULL,
    stayed integer NOT NULL,
    came integer NOT NULL,
    revenue numeric(20,2) NOT NULL,
    lost numeric(20,2) NOT NULL,
    shrunk numeric(20,2) NOT NULL,
    grown numeric(20,2) NOT NULL,
    paid numeric(20,2) NOT NULL,
    CONSTRAINT value_course_came_check CHECK ((came >= 0)),
    CONSTRAINT value_course_started_check CHECK ((started >= 0)),
    CONSTRAINT value_course_stayed_check CHECK ((stayed >= 0))
);

ALTER TABLE public.value_course ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.value_course_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.value_policy (
    id bigint NOT NULL,
    margin numeric(5,2),
    discount numeric(5,2) NOT NULL,
    hour_cost numeric(9,2),
    occupancy numeric(5,2) NOT NULL,
    shrinkage numeric(5,2) NOT NULL,
    CONSTRAINT one_value_policy CHECK ((id = 1))
);

ALTER TABLE public.value_policy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.value_policy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.value_tally (
    id bigint NOT NULL,
    currency character varying(3) NOT NULL,
    side character varying(8) NOT NULL,
    key character varying(120) NOT NULL,
    came_in date NOT NULL,
    left_in date,
    age smallint NOT NULL,
    clients integer NOT NULL,
    monthly numeric(20,2) NOT NULL,
    CONSTRAINT value_tally_age_check CHECK ((age >= 0)),
    CONSTRAINT value_tally_clients_check CHECK ((clients >= 0))
);

ALTER TABLE public.value_tally ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.value_tally_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);

ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);

ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);

INSERT INTO public.clients_opener VALUES
	(1, 'ru', 'upset', '{name}, понимаю, как это мешает. Разбираюсь прямо сейчас.', true),
	(2, 'ru', 'upset', '{name}, вижу, что вопрос затянулся. Беру его на себя.', true),
	(3, 'ru', 'upset', '{name}, вы правы, так быть не должно. Расскажу, что уже сделано.', true),
	(4, 'ru', 'missed', '{name}, мы обещали ответить раньше и не успели. Простите за ожидание.', true),
	(5, 'ru', 'missed', '{name}, срок мы пропустили, это наша вина. Вот что известно сейчас.', true),
	(6, 'ru', 'missed', '{greeting}, {name}. Ответ опоздал, простите; дальше без задержек.', true),
	(7, 'ru', 'refused', '{greeting}, {name}. Помню, что в прошлый раз помочь не удалось. Посмотрим, что можно сейчас.', true),
	(8, 'ru', 'refused', '{name}, в прошлый раз пришлось отказать. Сразу скажу, что получится на этот раз.', true),
	(9, 'ru', 'refused', '{greeting}, {name}. С вашим прошлым вопросом мы помочь не смогли, тем внимательнее к этому.', true),
	(10, 'ru', 'first', '{greeting}, {name}! Рады знакомству, давайте разберёмся.', true),
	(11, 'ru', 'first', '{greeting}, {name}! Спасибо, что написали нам.', true),
	(12, 'ru', 'first', '{name}, {greeting}! Мы ещё не знакомы: я помогу вам с этим вопросом.', true),
	(13, 'ru', 'holiday', '{greeting}, {name}! С праздником: у вас сегодня {holiday}.', true),
	(14, 'ru', 'holiday', '{name}, с праздником! Не задержу надолго.', true),
	(15, 'ru', 'holiday', '{greeting}, {name}! Спасибо, что написали и в праздничный день.', true),
	(16, 'ru', 'long_ago', '{greeting}, {name}! Давно не виделись, рады вас слышать.', true),
	(17, 'ru', 'long_ago', '{name}, {greeting}! Давно не писали: надеюсь, всё это время всё работало.', true),
	(18, 'ru', 'solved', '{greeting}, {name}! Надеюсь, прошлый вопрос больше не беспокоит.', true),
	(19, 'ru', 'solved', '{name}, {greeting}! Рады, что в прошлый раз удалось помочь. Что теперь?', true),
	(20, 'ru', 'solved', '{greeting}, {name}! Прошлый вопрос мы закрыли, берусь за новый.', true),
	(21, 'ru', 'storm', '{name}, {greeting}! У вас, вижу, гроза: надеюсь, вы под крышей?', true),
	(22, 'ru', 'storm', '{greeting}, {name}! Пусть гроза пройдёт стороной, а вопросом займёмся мы.', true),
	(23, 'ru', 'snow', '{greeting}, {name}! У вас снег, берегите себя на дорогах.', true),
	(24, 'ru', 'snow', '{name}, {greeting}! Вижу, у вас снегопад. Пусть дома будет тепло.', true),
	(25, 'ru', 'rain', '{greeting}, {name}! У вас дождь: самое время решить вопрос, не выходя из дома.', true),
	(26, 'ru', 'rain', '{name}, {greeting}! Надеюсь, дождь вас не застал в пути.', true),
	(27, 'ru', 'frost', '{greeting}, {name}! У вас {temperature}: надеюсь, вы в тепле.', true),
	(28, 'ru', 'frost', '{name}, {greeting}! В такой мороз постараюсь ответить без лишних вопросов.', true),
	(29, 'ru', 'heat', '{greeting}, {name}! У вас {temperature}: пусть хоть техника не перегревается.', true),
	(30, 'ru', 'heat', '{name}, {greeting}! Жарко у вас сегодня. Отвечу коротко.', true),
	(31, 'ru', 'clear', '{greeting}, {name}! У вас ясно, хорошего дня.', true),
	(32, 'ru', 'clear', '{name}, {greeting}! Пусть день будет таким же ясным, как погода.', true),
	(33, 'ru', 'morning', 'Доброе утро, {name}!', true),
	(34, 'ru', 'morning', '{name}, доброе утро! Начнём день с вашего вопроса.', true),
	(35, 'ru', 'morning', 'Доброе утро, {name}! Уже смотрю, что случилось.', true),
	(36, 'ru', 'day', 'Добрый день, {name}!', true),
	(37, 'ru', 'day', '{name}, добрый день! Ваш вопрос у меня, вот что уже видно.', true),
	(38, 'ru', 'day', 'Добрый день, {name}! Спасибо за подробности.', true),
	(39, 'ru', 'evening', 'Добрый вечер, {name}!', true),
	(40, 'ru', 'evening', '{name}, добрый вечер! Постараюсь, чтобы вопрос не остался на завтра.', true),
	(41, 'ru', 'evening', 'Добрый вечер, {name}! Вижу ваш вопрос, отвечаю по порядку.', true),
	(42, 'ru', 'night', 'Доброй ночи, {name}! Отвечаю, чтобы утром всё было готово.', true),
	(43, 'ru', 'night', '{name}, доброй ночи. Ответ можно прочесть и утром.', true),
	(44, 'ru', 'winter', '{greeting}, {name}! Тёплой вам зимы.', true),
	(45, 'ru', 'spring', '{greeting}, {name}! С весной вас.', true),
	(46, 'ru', 'summer', '{greeting}, {name}! Хорошего вам лета.', true),
	(47, 'ru', 'autumn', '{greeting}, {name}! Пусть осень будет тёплой.', true),
	(48, 'en', 'upset', '{name}, I understand how much this gets in your way. I am on it right now.', true),
	(49, 'en', 'upset', '{name}, I see that this has taken too long. I am taking care of it myself.', true),
	(50, 'en', 'upset', '{name}, you are right, this should not happen. Here is what has been done.', true),
	(51, 'en', 'missed', '{name}, we promised you an answer earlier and did not manage. I am sorry for the wait.', true),
	(52, 'en', 'missed', '{name}, we missed the date, and that is our fault. Here is what we know now.', true),
	(53, 'en', 'missed', '{greeting}, {name}. Our answer is late, I am sorry; from here on it goes without delay.', true),
	(54, 'en', 'refused', '{greeting}, {name}. I remember that we could not help last time. Let us see what is possible now.', true),
	(55, 'en', 'refused', '{name}, last time we had to say no. I will tell you straight away what we can do this time.', true),
	(56, 'en', 'refused', '{greeting}, {name}. We could not solve your last question, so I look at this one twice.', true),
	(57, 'en', 'first', '{greeting}, {name}! Nice to meet you, let us sort this out.', true),
	(58, 'en', 'first', '{greeting}, {name}! Thank you for writing to us.', true),
	(59, 'en', 'first', '{greeting}, {name}! We have not met yet: I will help you with this.', true),
	(60, 'en', 'holiday', '{greeting}, {name}! Happy holiday: it is {holiday} at your place.', true),
	(61, 'en', 'holiday', '{name}, happy holiday! I will not keep you long.', true),
	(62, 'en', 'holiday', '{greeting}, {name}! Thank you for writing on a holiday, too.', true),
	(63, 'en', 'long_ago', '{greeting}, {name}! It has been a while, good to hear from you.', true),
	(64, 'en', 'long_ago', '{greeting}, {name}! Long time no see: I hope everything has worked since then.', true),
	(65, 'en', 'solved', '{greeting}, {name}! I hope the last matter has not come back.', true),
	(66, 'en', 'solved', '{greeting}, {name}! Glad that we could help last time. What is it now?', true),
	(67, 'en', 'solved', '{greeting}, {name}! The last question is closed, now to the new one.', true),
	(68, 'en', 'storm', '{greeting}, {name}! There is a thunderstorm at your place: I hope you are indoors?', true),
	(69, 'en', 'storm', '{greeting}, {name}! May the storm pass by; we take care of the question.', true),
	(70, 'en', 'snow', '{greeting}, {name}! It is snowing at your place, take care on the road.', true),
	(71, 'en', 'snow', '{greeting}, {name}! Quite some snow over there. I hope it is warm inside.', true),
	(72, 'en', 'rain', '{greeting}, {name}! It is raining at your place: a good moment to solve this from indoors.', true),
	(73, 'en', 'rain', '{greeting}, {name}! I hope the rain did not catch you outside.', true),
	(74, 'en', 'frost', '{greeting}, {name}! It is {temperature} at your place: I hope you are keeping warm.', true),
	(75, 'en', 'frost', '{greeting}, {name}! In such a frost I will keep my questions few.', true),
	(76, 'en', 'heat', '{greeting}, {name}! It is {temperature} at your place: may at least the hardware stay cool.', true),
	(77, 'en', 'heat', '{greeting}, {name}! A hot day over there. I will be brief.', true),
	(78, 'en', 'clear', '{greeting}, {name}! Clear skies at your place, have a good day.', true),
	(79, 'en', 'clear', '{greeting}, {name}! May the day be as bright as the weather.', true),
	(80, 'en', 'morning', 'Good morning, {name}!', true),
	(81, 'en', 'morning', 'Good morning, {name}! Let us begin the day with your question.', true),
	(82, 'en', 'morning', 'Good morning, {name}! I am looking at what happened.', true),
	(83, 'en', 'day', 'Hello, {name}!', true),
	(84, 'en', 'day', 'Hello, {name}! I have looked at your question, here is what I see.', true),
	(85, 'en', 'day', 'Hello, {name}! Thank you for the details.', true),
	(86, 'en', 'evening', 'Good evening, {name}!', true),
	(87, 'en', 'evening', 'Good evening, {name}! I will try not to leave this for tomorrow.', true),
	(88, 'en', 'evening', 'Good evening, {name}! I see your question, one thing after the other.', true),
	(89, 'en', 'night', 'Hello, {name}! I answer now so that all is ready in the morning.', true),
	(90, 'en', 'night', 'Hello, {name}. This can wait until the morning at your side.', true),
	(91, 'en', 'winter', '{greeting}, {name}! Have a warm winter.', true),
	(92, 'en', 'spring', '{greeting}, {name}! Spring is here, enjoy it.', true),
	(93, 'en', 'summer', '{greeting}, {name}! Have a good summer.', true),
	(94, 'en', 'autumn', '{greeting}, {name}! May the autumn be mild.', true);

INSERT INTO public.staff_brand VALUES
	(1, true, '', '', '', '', '', NULL);

INSERT INTO public.tickets_layout VALUES
	('complaint', '{}', '{}', '{}'),
	('incident', '{}', '{}', '{}'),
	('problem', '{}', '{}', '{}'),
	('refusal', '{}', '{}', '{}'),
	('call', '{}', '{}', '{}'),
	('chat', '{}', '{}', '{}'),
	('ordinary', '{}', '{}', '{}');

SELECT pg_catalog.setval('public.clients_opener_id_seq', 94, true);

SELECT pg_catalog.setval('public.staff_brand_id_seq', 1, true);

ALTER TABLE ONLY public.clients_contactkey
    ADD CONSTRAINT a_key_once_a_person UNIQUE (contact_id, fingerprint);

ALTER TABLE ONLY public.shifts_week
    ADD CONSTRAINT a_week_is_published_once UNIQUE (line_id, monday);

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.incidents_affected
    ADD CONSTRAINT affected_once UNIQUE (incident_id, ticket_id);

ALTER TABLE ONLY public.alerts_alert_people
    ADD CONSTRAINT alerts_alert_people_alert_id_user_id_7d4e2c95_uniq UNIQUE (alert_id, user_id);

ALTER TABLE ONLY public.alerts_alert_people
    ADD CONSTRAINT alerts_alert_people_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.alerts_alert
    ADD CONSTRAINT alerts_alert_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.alerts_ringing
    ADD CONSTRAINT alerts_ringing_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_cardanswer
    ADD CONSTRAINT answered_once_of_a_person UNIQUE (field_id, contact_id);

ALTER TABLE ONLY public.clients_cardanswer
    ADD CONSTRAINT answered_once_of_an_organisation UNIQUE (field_id, client_id);

ALTER TABLE ONLY public.knowledge_articleday
    ADD CONSTRAINT article_day_once UNIQUE (article_id, day);

ALTER TABLE ONLY public.knowledge_articleuse
    ADD CONSTRAINT article_used_once_so UNIQUE (ticket_id, article_id, how);

ALTER TABLE ONLY public.audit_line
    ADD CONSTRAINT audit_line_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_seal
    ADD CONSTRAINT audit_seal_line_id_key UNIQUE (line_id);

ALTER TABLE ONLY public.audit_seal
    ADD CONSTRAINT audit_seal_pkey PRIMARY KEY (number);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.automation_application
    ADD CONSTRAINT automation_application_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.automation_delivery
    ADD CONSTRAINT automation_delivery_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.automation_endpoint
    ADD CONSTRAINT automation_endpoint_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.automation_firing
    ADD CONSTRAINT automation_firing_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.automation_macro
    ADD CONSTRAINT automation_macro_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.automation_panel
    ADD CONSTRAINT automation_panel_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.automation_rule
    ADD CONSTRAINT automation_rule_name_key UNIQUE (name);

ALTER TABLE ONLY public.automation_rule
    ADD CONSTRAINT automation_rule_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.boards_board
    ADD CONSTRAINT boards_board_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.boards_tile
    ADD CONSTRAINT boards_tile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_brand
    ADD CONSTRAINT brand_names_differ UNIQUE (name);

ALTER TABLE ONLY public.cache
    ADD CONSTRAINT cache_pkey PRIMARY KEY (cache_key);

ALTER TABLE ONLY public.calendar_businesscalendar
    ADD CONSTRAINT calendar_businesscalendar_name_key UNIQUE (name);

ALTER TABLE ONLY public.calendar_businesscalendar
    ADD CONSTRAINT calendar_businesscalendar_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.calendar_calendarexception
    ADD CONSTRAINT calendar_calendarexception_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.calls_callevent
    ADD CONSTRAINT call_event_told_once UNIQUE (call_id, key);

ALTER TABLE ONLY public.automation_delivery
    ADD CONSTRAINT called_once_for_each_news UNIQUE (endpoint_id, key);

ALTER TABLE ONLY public.calls_call
    ADD CONSTRAINT calls_call_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.calls_callback
    ADD CONSTRAINT calls_callback_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.calls_callevent
    ADD CONSTRAINT calls_callevent_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.calls_draft
    ADD CONSTRAINT calls_draft_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.calls_extension
    ADD CONSTRAINT calls_extension_number_key UNIQUE (number);

ALTER TABLE ONLY public.calls_extension
    ADD CONSTRAINT calls_extension_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.calls_extension
    ADD CONSTRAINT calls_extension_user_id_key UNIQUE (user_id);

ALTER TABLE ONLY public.calls_manner
    ADD CONSTRAINT calls_manner_channel_id_key UNIQUE (channel_id);

ALTER TABLE ONLY public.calls_manner
    ADD CONSTRAINT calls_manner_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.metrics_cardsum
    ADD CONSTRAINT cards_counted_once_a_day UNIQUE (day, fact);

ALTER TABLE ONLY public.channels_channel
    ADD CONSTRAINT channels_channel_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.channels_inbound
    ADD CONSTRAINT channels_inbound_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.channels_outbound
    ADD CONSTRAINT channels_outbound_external_id_key UNIQUE (external_id);

ALTER TABLE ONLY public.channels_outbound
    ADD CONSTRAINT channels_outbound_idempotency_key_key UNIQUE (idempotency_key);

ALTER TABLE ONLY public.channels_outbound
    ADD CONSTRAINT channels_outbound_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_abusereport
    ADD CONSTRAINT clients_abusereport_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_advice
    ADD CONSTRAINT clients_advice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_cardanswer
    ADD CONSTRAINT clients_cardanswer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_cardfield
    ADD CONSTRAINT clients_cardfield_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_cardnote
    ADD CONSTRAINT clients_cardnote_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_client
    ADD CONSTRAINT clients_client_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_clientevent
    ADD CONSTRAINT clients_clientevent_external_id_key UNIQUE (external_id);

ALTER TABLE ONLY public.clients_clientevent
    ADD CONSTRAINT clients_clientevent_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_clientmerging
    ADD CONSTRAINT clients_clientmerging_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_confirmation
    ADD CONSTRAINT clients_confirmation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_consent
    ADD CONSTRAINT clients_consent_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_contact
    ADD CONSTRAINT clients_contact_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_contacted
    ADD CONSTRAINT clients_contacted_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_contactkey
    ADD CONSTRAINT clients_contactkey_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_contactpolicy
    ADD CONSTRAINT clients_contactpolicy_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_different
    ADD CONSTRAINT clients_different_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_identity
    ADD CONSTRAINT clients_identity_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_membership
    ADD CONSTRAINT clients_membership_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_merging
    ADD CONSTRAINT clients_merging_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_opened
    ADD CONSTRAINT clients_opened_pkey PRIMARY KEY (contact_id);

ALTER TABLE ONLY public.clients_opener
    ADD CONSTRAINT clients_opener_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_payment
    ADD CONSTRAINT clients_payment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_placeweather
    ADD CONSTRAINT clients_placeweather_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_placeweather
    ADD CONSTRAINT clients_placeweather_time_zone_key UNIQUE (time_zone);

ALTER TABLE ONLY public.clients_quietperiod
    ADD CONSTRAINT clients_quietperiod_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_restriction
    ADD CONSTRAINT clients_restriction_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_secrecy
    ADD CONSTRAINT clients_secrecy_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_subscription
    ADD CONSTRAINT clients_subscription_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaints_likeness
    ADD CONSTRAINT complaints_are_linked_once UNIQUE (one_id, other_id);

ALTER TABLE ONLY public.complaints_complaint_lines
    ADD CONSTRAINT complaints_complaint_lines_complaint_id_team_id_55062227_uniq UNIQUE (complaint_id, team_id);

ALTER TABLE ONLY public.complaints_complaint_lines
    ADD CONSTRAINT complaints_complaint_lines_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaints_complaintpolicy
    ADD CONSTRAINT complaints_complaintpolicy_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaints_fact
    ADD CONSTRAINT complaints_fact_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaints_likeness
    ADD CONSTRAINT complaints_likeness_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaints_measure
    ADD CONSTRAINT complaints_measure_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaints_nocomplaint
    ADD CONSTRAINT complaints_nocomplaint_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaints_nocomplaint
    ADD CONSTRAINT complaints_nocomplaint_ticket_id_key UNIQUE (ticket_id);

ALTER TABLE ONLY public.incidents_concerned
    ADD CONSTRAINT concerned_organisation_once UNIQUE (finding_id, client_id);

ALTER TABLE ONLY public.incidents_concerned
    ADD CONSTRAINT concerned_person_once UNIQUE (finding_id, contact_id);

ALTER TABLE ONLY public.clients_confirmation
    ADD CONSTRAINT confirmed_once_of_a_person UNIQUE (contact_id, fact);

ALTER TABLE ONLY public.clients_confirmation
    ADD CONSTRAINT confirmed_once_of_an_organisation UNIQUE (client_id, fact);

ALTER TABLE ONLY public.continuity_drill
    ADD CONSTRAINT continuity_drill_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.continuity_scenario
    ADD CONSTRAINT continuity_scenario_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_attachment
    ADD CONSTRAINT conversations_attachment_key_key UNIQUE (key);

ALTER TABLE ONLY public.conversations_attachment
    ADD CONSTRAINT conversations_attachment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_conversation
    ADD CONSTRAINT conversations_conversation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_conversation
    ADD CONSTRAINT conversations_conversation_token_key UNIQUE (token);

ALTER TABLE ONLY public.conversations_draft
    ADD CONSTRAINT conversations_draft_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_invitation
    ADD CONSTRAINT conversations_invitation_message_id_key UNIQUE (message_id);

ALTER TABLE ONLY public.conversations_invitation
    ADD CONSTRAINT conversations_invitation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_message
    ADD CONSTRAINT conversations_message_inbound_id_key UNIQUE (inbound_id);

ALTER TABLE ONLY public.conversations_message
    ADD CONSTRAINT conversations_message_outbound_id_key UNIQUE (outbound_id);

ALTER TABLE ONLY public.conversations_message
    ADD CONSTRAINT conversations_message_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_picturesfrom
    ADD CONSTRAINT conversations_picturesfrom_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_savedreply
    ADD CONSTRAINT conversations_savedreply_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_savedreplyput
    ADD CONSTRAINT conversations_savedreplyput_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_savedreplyuse
    ADD CONSTRAINT conversations_savedreplyuse_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_savedreplywording
    ADD CONSTRAINT conversations_savedreplywording_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_different
    ADD CONSTRAINT different_said_once UNIQUE (kind, first, second);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);

ALTER TABLE ONLY public.email_application
    ADD CONSTRAINT email_application_kind_key UNIQUE (kind);

ALTER TABLE ONLY public.email_application
    ADD CONSTRAINT email_application_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.email_folder
    ADD CONSTRAINT email_folder_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.email_mailbox
    ADD CONSTRAINT email_mailbox_channel_id_key UNIQUE (channel_id);

ALTER TABLE ONLY public.email_mailbox
    ADD CONSTRAINT email_mailbox_hook_key_d0429efd_uniq UNIQUE (hook_key);

ALTER TABLE ONLY public.email_mailbox
    ADD CONSTRAINT email_mailbox_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.email_spent
    ADD CONSTRAINT email_spent_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.email_spent
    ADD CONSTRAINT email_spent_proof_key UNIQUE (proof);

ALTER TABLE ONLY public.indicators_frozen
    ADD CONSTRAINT frozen_once UNIQUE (close_id, plan_id);

ALTER TABLE ONLY public.goals_carry
    ADD CONSTRAINT goals_carry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.goals_criterion
    ADD CONSTRAINT goals_criterion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.goals_goal
    ADD CONSTRAINT goals_goal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.goals_goalchange
    ADD CONSTRAINT goals_goalchange_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.goals_plantask
    ADD CONSTRAINT goals_plantask_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.goals_retro
    ADD CONSTRAINT goals_retro_incident_id_key UNIQUE (incident_id);

ALTER TABLE ONLY public.goals_retro
    ADD CONSTRAINT goals_retro_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.goals_retro
    ADD CONSTRAINT goals_retro_quarter_key UNIQUE (quarter);

ALTER TABLE ONLY public.goals_retroaction
    ADD CONSTRAINT goals_retroaction_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_hunghours
    ADD CONSTRAINT hung_once_a_day UNIQUE NULLS NOT DISTINCT (ticket_id, day, team_id, owner_id);

ALTER TABLE ONLY public.imports_externalid
    ADD CONSTRAINT imports_externalid_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.imports_import
    ADD CONSTRAINT imports_import_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.imports_problem
    ADD CONSTRAINT imports_problem_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.imports_takeover
    ADD CONSTRAINT imports_takeover_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.incidents_action
    ADD CONSTRAINT incidents_action_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.incidents_affected
    ADD CONSTRAINT incidents_affected_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.incidents_cause
    ADD CONSTRAINT incidents_cause_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.incidents_concerned
    ADD CONSTRAINT incidents_concerned_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.incidents_finding
    ADD CONSTRAINT incidents_finding_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.incidents_incident_causes
    ADD CONSTRAINT incidents_incident_causes_incident_id_cause_id_a2cc27a4_uniq UNIQUE (incident_id, cause_id);

ALTER TABLE ONLY public.incidents_incident_causes
    ADD CONSTRAINT incidents_incident_causes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.incidents_incident
    ADD CONSTRAINT incidents_incident_key_key UNIQUE (key);

ALTER TABLE ONLY public.incidents_incident
    ADD CONSTRAINT incidents_incident_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.incidents_incidentpolicy
    ADD CONSTRAINT incidents_incidentpolicy_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.incidents_told
    ADD CONSTRAINT incidents_told_message_id_key UNIQUE (message_id);

ALTER TABLE ONLY public.incidents_told
    ADD CONSTRAINT incidents_told_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.incidents_update
    ADD CONSTRAINT incidents_update_key_key UNIQUE (key);

ALTER TABLE ONLY public.incidents_update
    ADD CONSTRAINT incidents_update_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.indicators_close
    ADD CONSTRAINT indicators_close_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.indicators_dispute
    ADD CONSTRAINT indicators_dispute_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.indicators_dispute
    ADD CONSTRAINT indicators_dispute_statement_id_key UNIQUE (statement_id);

ALTER TABLE ONLY public.indicators_frozen
    ADD CONSTRAINT indicators_frozen_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.indicators_indicator
    ADD CONSTRAINT indicators_indicator_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.indicators_part
    ADD CONSTRAINT indicators_part_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.indicators_plan
    ADD CONSTRAINT indicators_plan_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.indicators_scheme
    ADD CONSTRAINT indicators_scheme_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.indicators_statement
    ADD CONSTRAINT indicators_statement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.journal_entry
    ADD CONSTRAINT journal_entry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.journal_notice
    ADD CONSTRAINT journal_notice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.journal_once
    ADD CONSTRAINT journal_once_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_article
    ADD CONSTRAINT knowledge_article_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_articleday
    ADD CONSTRAINT knowledge_articleday_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_articleuse
    ADD CONSTRAINT knowledge_articleuse_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_flag
    ADD CONSTRAINT knowledge_flag_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_formvisit
    ADD CONSTRAINT knowledge_formvisit_digest_key UNIQUE (digest);

ALTER TABLE ONLY public.knowledge_formvisit
    ADD CONSTRAINT knowledge_formvisit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_linkcheck
    ADD CONSTRAINT knowledge_linkcheck_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_linkdraw
    ADD CONSTRAINT knowledge_linkdraw_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_linkdraw
    ADD CONSTRAINT knowledge_linkdraw_week_key UNIQUE (week);

ALTER TABLE ONLY public.knowledge_opinion
    ADD CONSTRAINT knowledge_opinion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_section
    ADD CONSTRAINT knowledge_section_name_key UNIQUE (name);

ALTER TABLE ONLY public.knowledge_section
    ADD CONSTRAINT knowledge_section_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_sought
    ADD CONSTRAINT knowledge_sought_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_version
    ADD CONSTRAINT knowledge_version_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_linkcheck
    ADD CONSTRAINT link_looked_at_once UNIQUE (ticket_id, article_id);

ALTER TABLE ONLY public.journal_once
    ADD CONSTRAINT made_once UNIQUE (person_id, key);

ALTER TABLE ONLY public.status_mailed
    ADD CONSTRAINT mailed_once UNIQUE NULLS NOT DISTINCT (subscriber_id, what, note_id, works_id);

ALTER TABLE ONLY public.metrics_annotation
    ADD CONSTRAINT metrics_annotation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.metrics_cardsum
    ADD CONSTRAINT metrics_cardsum_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.metrics_cell
    ADD CONSTRAINT metrics_cell_pkey PRIMARY KEY (measure, side, day, team_id, key, bucket) INCLUDE (n, total);

ALTER TABLE ONLY public.metrics_improvement
    ADD CONSTRAINT metrics_improvement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.metrics_reading
    ADD CONSTRAINT metrics_reading_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.metrics_ticketfact
    ADD CONSTRAINT metrics_ticketfact_pkey PRIMARY KEY (ticket_id);

ALTER TABLE ONLY public.metrics_watermark
    ADD CONSTRAINT metrics_watermark_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.routing_need
    ADD CONSTRAINT needed_once UNIQUE (channel_id, skill_id);

ALTER TABLE ONLY public.notices_browser
    ADD CONSTRAINT notices_browser_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notices_browser
    ADD CONSTRAINT notices_browser_place_key UNIQUE (place);

ALTER TABLE ONLY public.notices_delivery
    ADD CONSTRAINT notices_delivery_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notices_letter
    ADD CONSTRAINT notices_letter_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notices_linechoice
    ADD CONSTRAINT notices_linechoice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notices_linechoice
    ADD CONSTRAINT notices_linechoice_team_id_key UNIQUE (team_id);

ALTER TABLE ONLY public.notices_personchoice
    ADD CONSTRAINT notices_personchoice_pkey PRIMARY KEY (person_id);

ALTER TABLE ONLY public.notices_signature
    ADD CONSTRAINT notices_signature_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.automation_firing
    ADD CONSTRAINT once_for_each_cause UNIQUE (rule_id, ticket_id, cause);

ALTER TABLE ONLY public.staff_membership
    ADD CONSTRAINT once_in_a_team UNIQUE (user_id, team_id);

ALTER TABLE ONLY public.staff_absence
    ADD CONSTRAINT one_absence_at_a_time EXCLUDE USING gist (tstzrange(since, until) WITH &&, user_id WITH =) WHERE ((given_back_at IS NULL));

ALTER TABLE ONLY public.surveys_answer
    ADD CONSTRAINT one_answer_to_a_question UNIQUE (invitation_id, question_id);

ALTER TABLE ONLY public.quality_review
    ADD CONSTRAINT one_blind_score_of_a_person UNIQUE (calibration_id, ticket_id, reviewer_id);

ALTER TABLE ONLY public.quality_version
    ADD CONSTRAINT one_card_version_of_a_number UNIQUE (scorecard_id, number);

ALTER TABLE ONLY public.channels_channel
    ADD CONSTRAINT one_channel_per_address UNIQUE (kind, address);

ALTER TABLE ONLY public.notices_linechoice
    ADD CONSTRAINT one_choice_of_the_department UNIQUE NULLS NOT DISTINCT (team_id);

ALTER TABLE ONLY public.sla_clock
    ADD CONSTRAINT one_clock_per_start UNIQUE (ticket_id, kind, started_at);

ALTER TABLE ONLY public.value_course
    ADD CONSTRAINT one_course_of_a_month UNIQUE (currency, month);

ALTER TABLE ONLY public.goals_criterion
    ADD CONSTRAINT one_criterion_at_a_place UNIQUE (goal_id, place);

ALTER TABLE ONLY public.tickets_participant
    ADD CONSTRAINT one_decision_for_each_address UNIQUE (ticket_id, address);

ALTER TABLE ONLY public.people_discussion
    ADD CONSTRAINT one_discussion_of_a_spread UNIQUE (candidate_id, criterion_id);

ALTER TABLE ONLY public.conversations_draft
    ADD CONSTRAINT one_draft_each UNIQUE (conversation_id, author_id, mode);

ALTER TABLE ONLY public.calls_draft
    ADD CONSTRAINT one_draft_of_a_result UNIQUE (call_id, author_id);

ALTER TABLE ONLY public.quality_draw
    ADD CONSTRAINT one_draw_of_a_period UNIQUE (plan_id, until);

ALTER TABLE ONLY public.calendar_calendarexception
    ADD CONSTRAINT one_exception_per_date UNIQUE (calendar_id, date);

ALTER TABLE ONLY public.email_folder
    ADD CONSTRAINT one_folder_of_a_name UNIQUE (mailbox_id, name);

ALTER TABLE ONLY public.people_mark
    ADD CONSTRAINT one_interview_mark_of_a_criterion UNIQUE (sheet_id, criterion_id);

ALTER TABLE ONLY public.notices_letter
    ADD CONSTRAINT one_letter_for_a_moment UNIQUE (person_id, slot);

ALTER TABLE ONLY public.reports_sending
    ADD CONSTRAINT one_letter_of_a_report_for_a_moment UNIQUE (report_id, person_id, moment);

ALTER TABLE ONLY public.automation_macro
    ADD CONSTRAINT one_macro_of_a_name_in_a_line UNIQUE NULLS NOT DISTINCT (name, team_id);

ALTER TABLE ONLY public.quality_mark
    ADD CONSTRAINT one_mark_of_a_criterion UNIQUE (review_id, criterion_id);

ALTER TABLE ONLY public.value_cohort
    ADD CONSTRAINT one_month_of_a_cohort UNIQUE (currency, came_in, later);

ALTER TABLE ONLY public.imports_externalid
    ADD CONSTRAINT one_object_per_name UNIQUE (source, kind, external_id);

ALTER TABLE ONLY public.surveys_outsideanswer
    ADD CONSTRAINT one_outside_answer UNIQUE (source, external_id, kind, area);

ALTER TABLE ONLY public.telegram_part
    ADD CONSTRAINT one_part_at_a_place UNIQUE (outbound_id, "position");

ALTER TABLE ONLY public.clients_payment
    ADD CONSTRAINT one_payment_of_an_identifier UNIQUE (source, external_id);

ALTER TABLE ONLY public.clients_identity
    ADD CONSTRAINT one_person_per_address UNIQUE (kind, value);

ALTER TABLE ONLY public.reports_reader
    ADD CONSTRAINT one_reader_of_a_report UNIQUE (report_id, person_id);

ALTER TABLE ONLY public.calls_call
    ADD CONSTRAINT one_row_for_one_call UNIQUE (channel_id, external_id);

ALTER TABLE ONLY public.people_seat
    ADD CONSTRAINT one_seat_in_a_wave UNIQUE (wave_id, person_id);

ALTER TABLE ONLY public.people_sheet
    ADD CONSTRAINT one_sheet_of_an_interviewer UNIQUE (candidate_id, by_id);

ALTER TABLE ONLY public.people_answersheet
    ADD CONSTRAINT one_sheet_of_answers UNIQUE (test_id, person_id);

ALTER TABLE ONLY public.shifts_shift
    ADD CONSTRAINT one_shift_a_day_on_a_line UNIQUE (line_id, day, person_id) DEFERRABLE;

ALTER TABLE ONLY public.shifts_shift
    ADD CONSTRAINT one_shift_at_a_time EXCLUDE USING gist (tstzrange(starts_at, ends_at) WITH &&, person_id WITH =) DEFERRABLE;

ALTER TABLE ONLY public.indicators_statement
    ADD CONSTRAINT one_statement_of_a_period UNIQUE (person_id, scheme_id, starts_on);

ALTER TABLE ONLY public.staff_stint
    ADD CONSTRAINT one_stint_at_a_time EXCLUDE USING gist (tstzrange(since, until) WITH &&, user_id WITH =);

ALTER TABLE ONLY public.surveys_tally
    ADD CONSTRAINT one_tally_of_a_day UNIQUE NULLS NOT DISTINCT (version_id, source, team_id, day);

ALTER TABLE ONLY public.status_target
    ADD CONSTRAINT one_target_of_a_class UNIQUE (component_id, service_class_id);

ALTER TABLE ONLY public.sla_target
    ADD CONSTRAINT one_target_per_priority UNIQUE (version_id, priority);

ALTER TABLE ONLY public.knowledge_article
    ADD CONSTRAINT one_translation_into_a_language UNIQUE (original_id, language);

ALTER TABLE ONLY public.surveys_version
    ADD CONSTRAINT one_version_of_a_number UNIQUE (survey_id, number);

ALTER TABLE ONLY public.indicators_plan
    ADD CONSTRAINT one_version_of_a_plan UNIQUE (indicator_id, number);

ALTER TABLE ONLY public.sitechat_visitor
    ADD CONSTRAINT one_visitor_of_a_secret UNIQUE (channel_id, digest);

ALTER TABLE ONLY public.clients_opener
    ADD CONSTRAINT opener_once UNIQUE (language, text);

ALTER TABLE ONLY public.outreach_outreachpolicy
    ADD CONSTRAINT outreach_outreachpolicy_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.outreach_upcoming
    ADD CONSTRAINT outreach_upcoming_event_id_key UNIQUE (event_id);

ALTER TABLE ONLY public.outreach_upcoming
    ADD CONSTRAINT outreach_upcoming_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_answersheet
    ADD CONSTRAINT people_answersheet_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_attestation
    ADD CONSTRAINT people_attestation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_candidate
    ADD CONSTRAINT people_candidate_person_id_key UNIQUE (person_id);

ALTER TABLE ONLY public.people_candidate
    ADD CONSTRAINT people_candidate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_checkpoint
    ADD CONSTRAINT people_checkpoint_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_course
    ADD CONSTRAINT people_course_name_key UNIQUE (name);

ALTER TABLE ONLY public.people_course
    ADD CONSTRAINT people_course_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_discussion
    ADD CONSTRAINT people_discussion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_hiringprofile
    ADD CONSTRAINT people_hiringprofile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_knowledgetest
    ADD CONSTRAINT people_knowledgetest_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_mark
    ADD CONSTRAINT people_mark_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_onboarding
    ADD CONSTRAINT people_onboarding_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_profilecriterion
    ADD CONSTRAINT people_profilecriterion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_seat
    ADD CONSTRAINT people_seat_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_sheet
    ADD CONSTRAINT people_sheet_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_standardstep
    ADD CONSTRAINT people_standardstep_day_key UNIQUE (day);

ALTER TABLE ONLY public.people_standardstep
    ADD CONSTRAINT people_standardstep_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_vacancy_interviewers
    ADD CONSTRAINT people_vacancy_interviewers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_vacancy_interviewers
    ADD CONSTRAINT people_vacancy_interviewers_vacancy_id_user_id_8d159e29_uniq UNIQUE (vacancy_id, user_id);

ALTER TABLE ONLY public.people_vacancy
    ADD CONSTRAINT people_vacancy_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_wave
    ADD CONSTRAINT people_wave_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.phone_exchange
    ADD CONSTRAINT phone_exchange_channel_id_key UNIQUE (channel_id);

ALTER TABLE ONLY public.phone_exchange
    ADD CONSTRAINT phone_exchange_key_key UNIQUE (key);

ALTER TABLE ONLY public.phone_exchange
    ADD CONSTRAINT phone_exchange_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_picturesfrom
    ADD CONSTRAINT pictures_wanted_once UNIQUE (user_id, address);

ALTER TABLE ONLY public.tickets_pin
    ADD CONSTRAINT pinned_once UNIQUE (user_id, ticket_id);

ALTER TABLE ONLY public.tickets_presence
    ADD CONSTRAINT present_once UNIQUE (ticket_id, user_id);

ALTER TABLE ONLY public.privacy_breach
    ADD CONSTRAINT privacy_breach_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.privacy_breachnote
    ADD CONSTRAINT privacy_breachnote_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.privacy_datarequest
    ADD CONSTRAINT privacy_datarequest_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.privacy_hold
    ADD CONSTRAINT privacy_hold_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.privacy_term
    ADD CONSTRAINT privacy_term_code_key UNIQUE (code);

ALTER TABLE ONLY public.privacy_term
    ADD CONSTRAINT privacy_term_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.privacy_termrun
    ADD CONSTRAINT privacy_termrun_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.problems_candidate
    ADD CONSTRAINT problems_candidate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.problems_candidate_tickets
    ADD CONSTRAINT problems_candidate_tickets_candidate_id_ticket_id_c0b9322f_uniq UNIQUE (candidate_id, ticket_id);

ALTER TABLE ONLY public.problems_candidate_tickets
    ADD CONSTRAINT problems_candidate_tickets_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.problems_linked
    ADD CONSTRAINT problems_linked_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.problems_linked
    ADD CONSTRAINT problems_linked_ticket_id_key UNIQUE (ticket_id);

ALTER TABLE ONLY public.problems_problem
    ADD CONSTRAINT problems_problem_key_key UNIQUE (key);

ALTER TABLE ONLY public.problems_problem
    ADD CONSTRAINT problems_problem_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.problems_unlinked
    ADD CONSTRAINT problems_unlinked_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);

ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_savedreplyput
    ADD CONSTRAINT put_once_into_a_talk UNIQUE (reply_id, conversation_id);

ALTER TABLE ONLY public.quality_calibration
    ADD CONSTRAINT quality_calibration_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.quality_criterion
    ADD CONSTRAINT quality_criterion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.quality_draw
    ADD CONSTRAINT quality_draw_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.quality_mark
    ADD CONSTRAINT quality_mark_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.quality_plan
    ADD CONSTRAINT quality_plan_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.quality_review
    ADD CONSTRAINT quality_review_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.quality_reviewpolicy
    ADD CONSTRAINT quality_reviewpolicy_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.quality_scorecard
    ADD CONSTRAINT quality_scorecard_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.quality_step
    ADD CONSTRAINT quality_step_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.quality_version
    ADD CONSTRAINT quality_version_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.channels_inbound
    ADD CONSTRAINT received_once UNIQUE (channel_id, content_hash);

ALTER TABLE ONLY public.reports_reader
    ADD CONSTRAINT reports_reader_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reports_report
    ADD CONSTRAINT reports_report_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reports_sending
    ADD CONSTRAINT reports_sending_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.routing_delegation
    ADD CONSTRAINT routing_delegation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.routing_distribution
    ADD CONSTRAINT routing_distribution_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.routing_distribution
    ADD CONSTRAINT routing_distribution_team_id_key UNIQUE (team_id);

ALTER TABLE ONLY public.routing_handover
    ADD CONSTRAINT routing_handover_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.routing_need
    ADD CONSTRAINT routing_need_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.routing_pick
    ADD CONSTRAINT routing_pick_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_seen
    ADD CONSTRAINT seen_once UNIQUE (ticket_id, user_id);

ALTER TABLE ONLY public.shifts_excepted
    ADD CONSTRAINT shifts_excepted_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.shifts_feed
    ADD CONSTRAINT shifts_feed_person_id_key UNIQUE (person_id);

ALTER TABLE ONLY public.shifts_feed
    ADD CONSTRAINT shifts_feed_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.shifts_rules
    ADD CONSTRAINT shifts_rules_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.shifts_shift
    ADD CONSTRAINT shifts_shift_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.shifts_shifttemplate
    ADD CONSTRAINT shifts_shifttemplate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.shifts_swap
    ADD CONSTRAINT shifts_swap_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.shifts_week
    ADD CONSTRAINT shifts_week_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sitechat_chat
    ADD CONSTRAINT sitechat_chat_channel_id_key UNIQUE (channel_id);

ALTER TABLE ONLY public.sitechat_chat
    ADD CONSTRAINT sitechat_chat_key_key UNIQUE (key);

ALTER TABLE ONLY public.sitechat_chat
    ADD CONSTRAINT sitechat_chat_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sitechat_line
    ADD CONSTRAINT sitechat_line_inbound_id_key UNIQUE (inbound_id);

ALTER TABLE ONLY public.sitechat_line
    ADD CONSTRAINT sitechat_line_outbound_id_key UNIQUE (outbound_id);

ALTER TABLE ONLY public.sitechat_line
    ADD CONSTRAINT sitechat_line_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sitechat_visitor
    ADD CONSTRAINT sitechat_visitor_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_requirement
    ADD CONSTRAINT skill_of_a_line_once UNIQUE (team_id, skill_id);

ALTER TABLE ONLY public.sla_agreement
    ADD CONSTRAINT sla_agreement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sla_clock
    ADD CONSTRAINT sla_clock_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sla_hours
    ADD CONSTRAINT sla_hours_pkey PRIMARY KEY (calendar_id);

ALTER TABLE ONLY public.sla_recount
    ADD CONSTRAINT sla_recount_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sla_serviceclass
    ADD CONSTRAINT sla_serviceclass_name_key UNIQUE (name);

ALTER TABLE ONLY public.sla_serviceclass
    ADD CONSTRAINT sla_serviceclass_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sla_target
    ADD CONSTRAINT sla_target_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sla_version
    ADD CONSTRAINT sla_version_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_sought
    ADD CONSTRAINT sought_once_a_day UNIQUE (day, side, words);

ALTER TABLE ONLY public.staff_absence
    ADD CONSTRAINT staff_absence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_apicall
    ADD CONSTRAINT staff_apicall_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_apitoken
    ADD CONSTRAINT staff_apitoken_digest_key UNIQUE (digest);

ALTER TABLE ONLY public.staff_apitoken
    ADD CONSTRAINT staff_apitoken_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_brand
    ADD CONSTRAINT staff_brand_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_logo
    ADD CONSTRAINT staff_logo_pkey PRIMARY KEY (digest);

ALTER TABLE ONLY public.staff_membership
    ADD CONSTRAINT staff_membership_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_onetimelink
    ADD CONSTRAINT staff_onetimelink_digest_key UNIQUE (digest);

ALTER TABLE ONLY public.staff_onetimelink
    ADD CONSTRAINT staff_onetimelink_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_organisation
    ADD CONSTRAINT staff_organisation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_requirement
    ADD CONSTRAINT staff_requirement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_skill
    ADD CONSTRAINT staff_skill_name_key UNIQUE (name);

ALTER TABLE ONLY public.staff_skill
    ADD CONSTRAINT staff_skill_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_stint
    ADD CONSTRAINT staff_stint_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_team
    ADD CONSTRAINT staff_team_name_key UNIQUE (name);

ALTER TABLE ONLY public.staff_team
    ADD CONSTRAINT staff_team_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_throttle
    ADD CONSTRAINT staff_throttle_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.staff_user
    ADD CONSTRAINT staff_user_login_key UNIQUE (login);

ALTER TABLE ONLY public.staff_user
    ADD CONSTRAINT staff_user_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_user_skills
    ADD CONSTRAINT staff_user_skills_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_user_skills
    ADD CONSTRAINT staff_user_skills_user_id_skill_id_f2fcbaf8_uniq UNIQUE (user_id, skill_id);

ALTER TABLE ONLY public.status_check
    ADD CONSTRAINT status_check_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.status_component
    ADD CONSTRAINT status_component_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.status_group
    ADD CONSTRAINT status_group_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.status_mailed
    ADD CONSTRAINT status_mailed_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.status_note
    ADD CONSTRAINT status_note_key_key UNIQUE (key);

ALTER TABLE ONLY public.status_note
    ADD CONSTRAINT status_note_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.status_note
    ADD CONSTRAINT status_note_update_key UNIQUE (update);

ALTER TABLE ONLY public.status_outage
    ADD CONSTRAINT status_outage_key_key UNIQUE (key);

ALTER TABLE ONLY public.status_outage
    ADD CONSTRAINT status_outage_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.status_report
    ADD CONSTRAINT status_report_incident_key UNIQUE (incident);

ALTER TABLE ONLY public.status_report
    ADD CONSTRAINT status_report_key_key UNIQUE (key);

ALTER TABLE ONLY public.status_report
    ADD CONSTRAINT status_report_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.status_statuspolicy
    ADD CONSTRAINT status_statuspolicy_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.status_subscriber
    ADD CONSTRAINT status_subscriber_address_key UNIQUE (address);

ALTER TABLE ONLY public.status_subscriber_components
    ADD CONSTRAINT status_subscriber_compon_subscriber_id_component__b76026a5_uniq UNIQUE (subscriber_id, component_id);

ALTER TABLE ONLY public.status_subscriber_components
    ADD CONSTRAINT status_subscriber_components_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.status_subscriber
    ADD CONSTRAINT status_subscriber_key_key UNIQUE (key);

ALTER TABLE ONLY public.status_subscriber
    ADD CONSTRAINT status_subscriber_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.status_target
    ADD CONSTRAINT status_target_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.status_works_components
    ADD CONSTRAINT status_works_components_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.status_works_components
    ADD CONSTRAINT status_works_components_works_id_component_id_37b92a05_uniq UNIQUE (works_id, component_id);

ALTER TABLE ONLY public.status_works
    ADD CONSTRAINT status_works_key_key UNIQUE (key);

ALTER TABLE ONLY public.status_works
    ADD CONSTRAINT status_works_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.surveys_answer
    ADD CONSTRAINT surveys_answer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.surveys_followup
    ADD CONSTRAINT surveys_followup_invitation_id_key UNIQUE (invitation_id);

ALTER TABLE ONLY public.surveys_followup
    ADD CONSTRAINT surveys_followup_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.surveys_followup
    ADD CONSTRAINT surveys_followup_task_id_key UNIQUE (task_id);

ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT surveys_invitation_digest_key UNIQUE (digest);

ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT surveys_invitation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.surveys_outsideanswer
    ADD CONSTRAINT surveys_outsideanswer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.surveys_publicpage
    ADD CONSTRAINT surveys_publicpage_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.surveys_publicpage
    ADD CONSTRAINT surveys_publicpage_slug_key UNIQUE (slug);

ALTER TABLE ONLY public.surveys_publicpage
    ADD CONSTRAINT surveys_publicpage_user_id_key UNIQUE (user_id);

ALTER TABLE ONLY public.surveys_publicpages
    ADD CONSTRAINT surveys_publicpages_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.surveys_question
    ADD CONSTRAINT surveys_question_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.surveys_review
    ADD CONSTRAINT surveys_review_given_id_key UNIQUE (given_id);

ALTER TABLE ONLY public.surveys_review
    ADD CONSTRAINT surveys_review_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.surveys_review
    ADD CONSTRAINT surveys_review_score_id_key UNIQUE (score_id);

ALTER TABLE ONLY public.surveys_score
    ADD CONSTRAINT surveys_score_invitation_id_key UNIQUE (invitation_id);

ALTER TABLE ONLY public.surveys_score
    ADD CONSTRAINT surveys_score_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.surveys_survey
    ADD CONSTRAINT surveys_survey_link_key UNIQUE (link);

ALTER TABLE ONLY public.surveys_survey
    ADD CONSTRAINT surveys_survey_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.surveys_tallied
    ADD CONSTRAINT surveys_tallied_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.surveys_tally
    ADD CONSTRAINT surveys_tally_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.surveys_version
    ADD CONSTRAINT surveys_version_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.telegram_bot
    ADD CONSTRAINT telegram_bot_channel_id_key UNIQUE (channel_id);

ALTER TABLE ONLY public.telegram_bot
    ADD CONSTRAINT telegram_bot_key_key UNIQUE (key);

ALTER TABLE ONLY public.telegram_bot
    ADD CONSTRAINT telegram_bot_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.telegram_fetched
    ADD CONSTRAINT telegram_fetched_inbound_id_key UNIQUE (inbound_id);

ALTER TABLE ONLY public.telegram_fetched
    ADD CONSTRAINT telegram_fetched_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.telegram_part
    ADD CONSTRAINT telegram_part_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_appeal
    ADD CONSTRAINT tickets_appeal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_appeal
    ADD CONSTRAINT tickets_appeal_refusal_id_key UNIQUE (refusal_id);

ALTER TABLE ONLY public.tickets_batch
    ADD CONSTRAINT tickets_batch_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_change
    ADD CONSTRAINT tickets_change_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_field
    ADD CONSTRAINT tickets_field_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_habits
    ADD CONSTRAINT tickets_habits_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_habits
    ADD CONSTRAINT tickets_habits_team_id_key UNIQUE (team_id);

ALTER TABLE ONLY public.tickets_hanginghour
    ADD CONSTRAINT tickets_hanginghour_at_key UNIQUE (at);

ALTER TABLE ONLY public.tickets_hanginghour
    ADD CONSTRAINT tickets_hanginghour_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_heldanswer
    ADD CONSTRAINT tickets_heldanswer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_hunghours
    ADD CONSTRAINT tickets_hunghours_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_layout
    ADD CONSTRAINT tickets_layout_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.tickets_participant
    ADD CONSTRAINT tickets_participant_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_partner
    ADD CONSTRAINT tickets_partner_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_pin
    ADD CONSTRAINT tickets_pin_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_presence
    ADD CONSTRAINT tickets_presence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_product
    ADD CONSTRAINT tickets_product_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_promise
    ADD CONSTRAINT tickets_promise_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_refusal
    ADD CONSTRAINT tickets_refusal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_refusalrequest
    ADD CONSTRAINT tickets_refusalrequest_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_relocation
    ADD CONSTRAINT tickets_relocation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_resolution
    ADD CONSTRAINT tickets_resolution_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_savedlist
    ADD CONSTRAINT tickets_savedlist_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_schedule
    ADD CONSTRAINT tickets_schedule_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_seen
    ADD CONSTRAINT tickets_seen_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_selfcheck
    ADD CONSTRAINT tickets_selfcheck_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_sweep
    ADD CONSTRAINT tickets_sweep_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_tag
    ADD CONSTRAINT tickets_tag_name_key UNIQUE (name);

ALTER TABLE ONLY public.tickets_tag
    ADD CONSTRAINT tickets_tag_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_task
    ADD CONSTRAINT tickets_task_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_ticket
    ADD CONSTRAINT tickets_ticket_conversation_id_key UNIQUE (conversation_id);

ALTER TABLE ONLY public.tickets_ticket
    ADD CONSTRAINT tickets_ticket_key_key UNIQUE (key);

ALTER TABLE ONLY public.tickets_ticket
    ADD CONSTRAINT tickets_ticket_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_tie
    ADD CONSTRAINT tickets_tie_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_topic
    ADD CONSTRAINT tickets_topic_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_traineeship
    ADD CONSTRAINT tickets_traineeship_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_visit_people
    ADD CONSTRAINT tickets_visit_people_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_visit_people
    ADD CONSTRAINT tickets_visit_people_visit_id_user_id_5e748d97_uniq UNIQUE (visit_id, user_id);

ALTER TABLE ONLY public.tickets_visit
    ADD CONSTRAINT tickets_visit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_watch
    ADD CONSTRAINT tickets_watch_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tickets_tie
    ADD CONSTRAINT tied_once UNIQUE (ticket_id, other_id);

ALTER TABLE ONLY public.notices_delivery
    ADD CONSTRAINT told_a_browser_once UNIQUE (notice_id, browser_id);

ALTER TABLE ONLY public.incidents_told
    ADD CONSTRAINT told_once UNIQUE (update_id, ticket_id);

ALTER TABLE ONLY public.incidents_told
    ADD CONSTRAINT told_person_once UNIQUE (update_id, contact_id);

ALTER TABLE ONLY public.problems_unlinked
    ADD CONSTRAINT unlinked_once UNIQUE (ticket_id, problem_id);

ALTER TABLE ONLY public.outreach_upcoming
    ADD CONSTRAINT upcoming_once UNIQUE (subscription_id, "on");

ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_session_key_key UNIQUE (session_key);

ALTER TABLE ONLY public.conversations_savedreplyuse
    ADD CONSTRAINT uses_counted_once UNIQUE (reply_id, user_id);

ALTER TABLE ONLY public.value_buyers
    ADD CONSTRAINT value_buyers_currency_key UNIQUE (currency);

ALTER TABLE ONLY public.value_buyers
    ADD CONSTRAINT value_buyers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.value_cohort
    ADD CONSTRAINT value_cohort_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.value_contrast
    ADD CONSTRAINT value_contrast_kind_key UNIQUE (kind);

ALTER TABLE ONLY public.value_contrast
    ADD CONSTRAINT value_contrast_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.value_counted
    ADD CONSTRAINT value_counted_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.value_course
    ADD CONSTRAINT value_course_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.value_policy
    ADD CONSTRAINT value_policy_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.value_tally
    ADD CONSTRAINT value_tally_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sla_version
    ADD CONSTRAINT version_number_of_class UNIQUE (service_class_id, number);

ALTER TABLE ONLY public.knowledge_version
    ADD CONSTRAINT version_of_article_once UNIQUE (article_id, number);

ALTER TABLE ONLY public.tickets_watch
    ADD CONSTRAINT watched_once UNIQUE (ticket_id, user_id);

ALTER TABLE ONLY public.conversations_savedreplywording
    ADD CONSTRAINT worded_once_for_a_way UNIQUE (reply_id, channel, tone);

CREATE UNIQUE INDEX a_ticket_is_joined_to_one ON public.tickets_relocation USING btree (source_id) WHERE (((kind)::text = 'merge'::text) AND (undone_at IS NULL));

CREATE INDEX absence_of_deputy ON public.staff_absence USING btree (deputy_id, since) WHERE (given_back_at IS NULL);

CREATE INDEX absence_standing ON public.staff_absence USING btree (user_id, since) WHERE (given_back_at IS NULL);

CREATE INDEX absence_to_begin ON public.staff_absence USING btree (since) WHERE ((begun_at IS NULL) AND (given_back_at IS NULL));

CREATE INDEX absence_to_end ON public.staff_absence USING btree (until) WHERE (given_back_at IS NULL);

CREATE INDEX abuse_of_contact ON public.clients_abusereport USING btree (contact_id, id DESC);

CREATE INDEX abuse_to_review ON public.clients_abusereport USING btree (at) WHERE (((decision)::text = ''::text) AND ((step)::text = 'stop'::text));

CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);

CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);

CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);

CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);

CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);

CREATE INDEX action_due ON public.incidents_action USING btree (due_on);

CREATE INDEX action_open_of ON public.incidents_action USING btree (owner_id, due_on) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX affected_by_one_at_a_time ON public.incidents_affected USING btree (ticket_id) WHERE stands;

CREATE INDEX alert_in_use ON public.alerts_alert USING btree (id DESC) WHERE (retired_at IS NULL);

CREATE INDEX alerts_alert_owner_id_0c00548a ON public.alerts_alert USING btree (owner_id);

CREATE INDEX alerts_alert_people_alert_id_7910abb9 ON public.alerts_alert_people USING btree (alert_id);

CREATE INDEX alerts_alert_people_user_id_47fd9575 ON public.alerts_alert_people USING btree (user_id);

CREATE INDEX alerts_alert_team_id_cbc543e7 ON public.alerts_alert USING btree (team_id);

CREATE INDEX alerts_ringing_alert_id_acf01892 ON public.alerts_ringing USING btree (alert_id);

CREATE INDEX annotation_day ON public.metrics_annotation USING btree ("on" DESC, id DESC);

CREATE INDEX answer_counts ON public.surveys_answer USING btree (question_id, value);

CREATE INDEX answer_low ON public.surveys_answer USING btree (at) WHERE (value <= 2);

CREATE INDEX api_call_at ON public.staff_apicall USING btree (at);

CREATE INDEX api_call_of_token ON public.staff_apicall USING btree (token_id, id DESC);

CREATE INDEX appeal_made_at ON public.tickets_appeal USING btree (at);

CREATE INDEX appeal_of_ticket ON public.tickets_appeal USING btree (ticket_id, id DESC);

CREATE INDEX appeal_to_decide ON public.tickets_appeal USING btree (until) WHERE ((state)::text = 'open'::text);

CREATE INDEX application_on_ticket ON public.automation_application USING btree (ticket_id, id DESC);

CREATE INDEX article_day ON public.knowledge_articleday USING btree (day);

CREATE INDEX article_put_in_when ON public.knowledge_articleuse USING btree (at) WHERE ((how)::text = ANY ((ARRAY['linked'::character varying, 'pasted'::character varying])::text[]));

CREATE INDEX article_read_when ON public.knowledge_articleuse USING btree (at) WHERE ((how)::text = 'read'::text);

CREATE INDEX article_review ON public.knowledge_article USING btree (owner_id, review_on) WHERE (NOT ((state)::text = 'withdrawn'::text));

CREATE INDEX article_search ON public.knowledge_article USING gin (search);

CREATE INDEX article_title_part ON public.knowledge_article USING gin (upper((title)::text) public.gin_trgm_ops);

CREATE INDEX article_waits_since ON public.knowledge_articleuse USING btree (at) WHERE ((how)::text = 'chosen'::text);

CREATE INDEX attachment_unscanned ON public.conversations_attachment USING btree (id DESC) WHERE ((verdict)::text = ''::text);

CREATE INDEX attachment_unsent ON public.conversations_attachment USING btree (created_at) WHERE (message_id IS NULL);

CREATE INDEX attestation_ends ON public.people_attestation USING btree (valid_until) WHERE passed;

CREATE INDEX audit_line_actor ON public.audit_line USING btree (actor_id, id DESC);

CREATE INDEX audit_line_actor_id_e3e7c397 ON public.audit_line USING btree (actor_id);

CREATE INDEX audit_line_at ON public.audit_line USING btree (at);

CREATE INDEX audit_line_call ON public.audit_line USING btree (call) WHERE (NOT ((call)::text = ''::text));

CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);

CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);

CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);

CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);

CREATE INDEX automation_macro_team_id_6f148cb9 ON public.automation_macro USING btree (team_id);

CREATE INDEX automation_panel_topic_id_1f7d4977 ON public.automation_panel USING btree (topic_id);

CREATE INDEX automation_rule_name_90f54b83_like ON public.automation_rule USING btree (name varchar_pattern_ops);

CREATE INDEX batch_at ON public.tickets_batch USING btree (at);

CREATE INDEX board_shared ON public.boards_board USING btree (shared, name) WHERE (NOT ((shared)::text = 'nobody'::text));

CREATE INDEX boards_board_owner_id_b5769a17 ON public.boards_board USING btree (owner_id);

CREATE INDEX boards_board_shared_with_id_d1794f04 ON public.boards_board USING btree (shared_with_id);

CREATE INDEX boards_tile_board_id_b4dad80f ON public.boards_tile USING btree (board_id);

CREATE INDEX browser_of_session ON public.notices_browser USING btree (session);

CREATE INDEX cache_cache_key_37884a53_like ON public.cache USING btree (cache_key varchar_pattern_ops);

CREATE INDEX cache_expires_0ce3d5fd ON public.cache USING btree (expires);

CREATE INDEX calendar_businesscalendar_name_7f3904ef_like ON public.calendar_businesscalendar USING btree (name varchar_pattern_ops);

CREATE INDEX calendar_calendarexception_calendar_id_8ef598fc ON public.calendar_calendarexception USING btree (calendar_id);

CREATE INDEX calibration_open ON public.quality_calibration USING btree (until) WHERE (closed_at IS NULL);

CREATE INDEX call_answered ON public.calls_call USING btree (answered_at) WHERE (answered_at IS NOT NULL);

CREATE INDEX call_beside ON public.calls_call USING gin (beside) WHERE (ended_at IS NULL);

CREATE INDEX call_forgotten ON public.calls_call USING btree (id) WHERE ((answered_at IS NULL) AND (ended_at IS NOT NULL) AND (NOT outward) AND (ticket_id IS NULL));

CREATE INDEX call_held ON public.calls_call USING btree (holder_id) WHERE (ended_at IS NULL);

CREATE INDEX call_joined ON public.calls_call USING gin (beside) WHERE (NOT (beside = '{}'::bigint[]));

CREATE INDEX call_live ON public.calls_call USING btree (team_id, begun_at) WHERE (ended_at IS NULL);

CREATE INDEX call_of_caller ON public.calls_call USING btree (caller, begun_at) WHERE (caller IS NOT NULL);

CREATE INDEX call_of_holder ON public.calls_call USING btree (holder_id, id DESC);

CREATE INDEX call_of_line ON public.calls_call USING btree (team_id, id DESC);

CREATE INDEX call_of_note ON public.calls_call USING btree (note_id) WHERE (note_id IS NOT NULL);

CREATE INDEX call_of_number ON public.calls_call USING btree (number, begun_at) WHERE (NOT ((number)::text = ''::text));

CREATE INDEX call_owed ON public.calls_call USING btree (holder_id, ended_at) WHERE ((answered_at IS NOT NULL) AND (ended_at IS NOT NULL) AND ((result)::text = ''::text));

CREATE INDEX call_rings ON public.calls_call USING gin (rings) WHERE (ended_at IS NULL);

CREATE INDEX calls_call_contact_id_9da4d952 ON public.calls_call USING btree (contact_id);

CREATE INDEX calls_call_team_id_8d381045 ON public.calls_call USING btree (team_id);

CREATE INDEX calls_call_ticket_id_f431e6e9 ON public.calls_call USING btree (ticket_id);

CREATE INDEX calls_callback_channel_id_ae5d7452 ON public.calls_callback USING btree (channel_id);

CREATE INDEX calls_callback_reached_by_id_a36cb594 ON public.calls_callback USING btree (reached_by_id);

CREATE INDEX calls_callback_ticket_id_2966de11 ON public.calls_callback USING btree (ticket_id);

CREATE INDEX calls_extension_number_1f9c07fd_like ON public.calls_extension USING btree (number varchar_pattern_ops);

CREATE UNIQUE INDEX candidate_waits_once ON public.problems_candidate USING btree (found, key) WHERE ((problem_id IS NULL) AND (refused_until IS NULL));

CREATE INDEX card_answer_value ON public.clients_cardanswer USING hash (value);

CREATE INDEX carry_out_of ON public.goals_carry USING btree (out_of);

CREATE UNIQUE INDEX cause_named_once ON public.incidents_cause USING btree (lower((name)::text));

CREATE INDEX change_asked ON public.tickets_change USING btree (asked_at) WHERE ((state)::text = 'asked'::text);

CREATE INDEX change_ended ON public.tickets_change USING btree (ended_at) WHERE (ended_at IS NOT NULL);

CREATE INDEX channels_channel_brand_id_b1f46b03 ON public.channels_channel USING btree (brand_id);

CREATE INDEX channels_channel_team_id_4c7a34c2 ON public.channels_channel USING btree (team_id);

CREATE INDEX channels_outbound_channel_id_8ae7618c ON public.channels_outbound USING btree (channel_id);

CREATE INDEX check_due ON public.status_check USING btree (next_at) WHERE is_on;

CREATE INDEX checkpoint_due ON public.people_checkpoint USING btree (due_on);

CREATE INDEX client_by_name ON public.clients_client USING btree (name, id);

CREATE INDEX client_merged ON public.clients_client USING btree (merged_into_id) WHERE (merged_into_id IS NOT NULL);

CREATE UNIQUE INDEX client_merged_into_one ON public.clients_clientmerging USING btree (loser_id) WHERE (undone_at IS NULL);

CREATE INDEX client_name_part ON public.clients_client USING gin (upper((name)::text) public.gin_trgm_ops);

CREATE INDEX clients_advice_contact_id_c4074209 ON public.clients_advice USING btree (contact_id);

CREATE INDEX clients_cardanswer_client_id_8ee02ba0 ON public.clients_cardanswer USING btree (client_id);

CREATE INDEX clients_cardanswer_contact_id_33bba633 ON public.clients_cardanswer USING btree (contact_id);

CREATE INDEX clients_cardanswer_field_id_0d43bfa3 ON public.clients_cardanswer USING btree (field_id);

CREATE INDEX clients_cardnote_client_id_207a77ee ON public.clients_cardnote USING btree (client_id);

CREATE INDEX clients_cardnote_contact_id_e256a859 ON public.clients_cardnote USING btree (contact_id);

CREATE INDEX clients_clientevent_client_id_ca0bd997 ON public.clients_clientevent USING btree (client_id);

CREATE INDEX clients_clientevent_contact_id_083f3029 ON public.clients_clientevent USING btree (contact_id);

CREATE INDEX clients_clientevent_external_id_6f601e26_like ON public.clients_clientevent USING btree (external_id varchar_pattern_ops);

CREATE INDEX clients_clientmerging_loser_id_86947bf1 ON public.clients_clientmerging USING btree (loser_id);

CREATE INDEX clients_clientmerging_winner_id_2605fb58 ON public.clients_clientmerging USING btree (winner_id);

CREATE INDEX clients_consent_contact_id_6257034a ON public.clients_consent USING btree (contact_id);

CREATE INDEX clients_contact_client_id_77862ce8 ON public.clients_contact USING btree (client_id);

CREATE INDEX clients_contactkey_added_by_id_655f9bcd ON public.clients_contactkey USING btree (added_by_id);

CREATE INDEX clients_contactkey_contact_id_d1435585 ON public.clients_contactkey USING btree (contact_id);

CREATE INDEX clients_identity_contact_id_3165db2e ON public.clients_identity USING btree (contact_id);

CREATE INDEX clients_membership_client_id_0f682242 ON public.clients_membership USING btree (client_id);

CREATE INDEX clients_membership_contact_id_7fe7a876 ON public.clients_membership USING btree (contact_id);

CREATE INDEX clients_merging_loser_id_b434608a ON public.clients_merging USING btree (loser_id);

CREATE INDEX clients_merging_winner_id_c62555d9 ON public.clients_merging USING btree (winner_id);

CREATE INDEX clients_payment_client_id_eb1521a1 ON public.clients_payment USING btree (client_id);

CREATE INDEX clients_payment_contact_id_60012bf4 ON public.clients_payment USING btree (contact_id);

CREATE INDEX clients_placeweather_time_zone_1134503d_like ON public.clients_placeweather USING btree (time_zone varchar_pattern_ops);

CREATE INDEX clients_quietperiod_client_id_8c29e407 ON public.clients_quietperiod USING btree (client_id);

CREATE INDEX clients_quietperiod_contact_id_ac7230f6 ON public.clients_quietperiod USING btree (contact_id);

CREATE INDEX clients_subscription_client_id_ee2fd149 ON public.clients_subscription USING btree (client_id);

CREATE INDEX clients_subscription_contact_id_a6b30623 ON public.clients_subscription USING btree (contact_id);

CREATE INDEX clients_subscription_product_id_c49d00ad ON public.clients_subscription USING btree (product_id);

CREATE INDEX clock_due ON public.sla_clock USING btree (due_at) INCLUDE (version_id, team_id);

CREATE INDEX clock_newest ON public.sla_clock USING btree (kind, started_at DESC) WHERE (dropped_at IS NULL);

CREATE INDEX clock_next ON public.sla_clock USING btree (next_at) WHERE (next_at IS NOT NULL);

CREATE INDEX coaching_late ON public.quality_step USING btree (until) WHERE ((done_at IS NULL) AND (late_at IS NULL));

CREATE INDEX coaching_open ON public.quality_step USING btree (owner_id, until) WHERE (done_at IS NULL);

CREATE INDEX complaint_closed ON public.complaints_complaint USING btree (closed_at DESC, id DESC) WHERE ((state)::text = 'closed'::text);

CREATE INDEX complaint_next ON public.complaints_complaint USING btree (next_at, id) WHERE (NOT ((state)::text = 'closed'::text));

CREATE INDEX complaint_of_cause ON public.complaints_complaint USING btree (found_cause, received_at);

CREATE INDEX complaint_received ON public.complaints_complaint USING btree (received_at);

CREATE INDEX complaint_soon ON public.complaints_complaint USING btree (soon_at) WHERE ((late_at IS NULL) AND (soon_at IS NOT NULL));

CREATE INDEX complaints_complaint_against_id_a9de8125 ON public.complaints_complaint USING btree (against_id);

CREATE INDEX complaints_complaint_against_line_id_039dc533 ON public.complaints_complaint USING btree (against_line_id);

CREATE INDEX complaints_complaint_contact_id_e9c3428c ON public.complaints_complaint USING btree (contact_id);

CREATE INDEX complaints_complaint_filed_by_id_e2bea5df ON public.complaints_complaint USING btree (filed_by_id);

CREATE INDEX complaints_complaint_investigator_id_3c27de1f ON public.complaints_complaint USING btree (investigator_id);

CREATE INDEX complaints_complaint_line_id_03939272 ON public.complaints_complaint USING btree (line_id);

CREATE INDEX complaints_complaint_lines_complaint_id_b872cdf2 ON public.complaints_complaint_lines USING btree (complaint_id);

CREATE INDEX complaints_complaint_lines_team_id_80582e02 ON public.complaints_complaint_lines USING btree (team_id);

CREATE INDEX complaints_complaint_owner_id_f72a6213 ON public.complaints_complaint USING btree (owner_id);

CREATE INDEX complaints_complaint_ticket_id_ee5271c6 ON public.complaints_complaint USING btree (ticket_id);

CREATE INDEX complaints_complaintpolicy_manager_id_8da8e054 ON public.complaints_complaintpolicy USING btree (manager_id);

CREATE INDEX complaints_fact_complaint_id_345ace81 ON public.complaints_fact USING btree (complaint_id);

CREATE INDEX complaints_likeness_one_id_c6c1aa6c ON public.complaints_likeness USING btree (one_id);

CREATE INDEX complaints_likeness_other_id_3e5217d6 ON public.complaints_likeness USING btree (other_id);

CREATE INDEX complaints_measure_complaint_id_77c16cba ON public.complaints_measure USING btree (complaint_id);

CREATE INDEX concerned_in_order ON public.incidents_concerned USING btree (finding_id, id);

CREATE INDEX consent_last ON public.clients_consent USING btree (contact_id, purpose, id DESC);

CREATE INDEX contact_by_name ON public.clients_contact USING btree (name, id);

CREATE INDEX contact_merged ON public.clients_contact USING btree (merged_into_id) WHERE (merged_into_id IS NOT NULL);

CREATE INDEX contact_name_part ON public.clients_contact USING gin (upper((name)::text) public.gin_trgm_ops);

CREATE INDEX contacted_client ON public.clients_contacted USING btree (client_id, at) WHERE (client_id IS NOT NULL);

CREATE INDEX contacted_person ON public.clients_contacted USING btree (contact_id, at);

CREATE INDEX continuity_drill_observer_id_310d5135 ON public.continuity_drill USING btree (observer_id);

CREATE INDEX continuity_drill_scenario_id_acf70f33 ON public.continuity_drill USING btree (scenario_id);

CREATE INDEX continuity_scenario_approved_by_id_53335d50 ON public.continuity_scenario USING btree (approved_by_id);

CREATE INDEX continuity_scenario_made_by_id_605b591d ON public.continuity_scenario USING btree (made_by_id);

CREATE INDEX continuity_scenario_owner_id_2b286bb9 ON public.continuity_scenario USING btree (owner_id);

CREATE INDEX conversations_attachment_conversation_id_9d924662 ON public.conversations_attachment USING btree (conversation_id);

CREATE INDEX conversations_attachment_message_id_9179b1e8 ON public.conversations_attachment USING btree (message_id);

CREATE INDEX conversations_attachment_uploaded_by_id_cb6d972b ON public.conversations_attachment USING btree (uploaded_by_id);

CREATE INDEX conversations_conversation_channel_id_c75ad9c1 ON public.conversations_conversation USING btree (channel_id);

CREATE INDEX conversations_conversation_contact_id_000135ab ON public.conversations_conversation USING btree (contact_id);

CREATE INDEX conversations_draft_author_id_ba27e5b8 ON public.conversations_draft USING btree (author_id);

CREATE INDEX conversations_draft_conversation_id_8be0ce8b ON public.conversations_draft USING btree (conversation_id);

CREATE INDEX conversations_message_author_id_3d2a10d9 ON public.conversations_message USING btree (author_id);

CREATE INDEX conversations_message_contact_id_1bec6b21 ON public.conversations_message USING btree (contact_id);

CREATE INDEX conversations_message_conversation_id_f1a2d5e9 ON public.conversations_message USING btree (conversation_id);

CREATE INDEX conversations_picturesfrom_user_id_de99ebea ON public.conversations_picturesfrom USING btree (user_id);

CREATE INDEX conversations_savedreply_changed_by_id_82cef0cc ON public.conversations_savedreply USING btree (changed_by_id);

CREATE INDEX conversations_savedreply_keeper_id_2e1b5101 ON public.conversations_savedreply USING btree (keeper_id);

CREATE INDEX conversations_savedreply_offered_team_id_33593171 ON public.conversations_savedreply USING btree (offered_team_id);

CREATE INDEX conversations_savedreply_owner_id_5700df3f ON public.conversations_savedreply USING btree (owner_id);

CREATE INDEX conversations_savedreply_team_id_d0d66ea0 ON public.conversations_savedreply USING btree (team_id);

CREATE INDEX conversations_savedreplyput_conversation_id_969bcd4f ON public.conversations_savedreplyput USING btree (conversation_id);

CREATE INDEX conversations_savedreplyput_reply_id_de4d30b3 ON public.conversations_savedreplyput USING btree (reply_id);

CREATE INDEX conversations_savedreplyuse_reply_id_1381612e ON public.conversations_savedreplyuse USING btree (reply_id);

CREATE INDEX conversations_savedreplyuse_user_id_806b5cd0 ON public.conversations_savedreplyuse USING btree (user_id);

CREATE INDEX conversations_savedreplywording_reply_id_e279688b ON public.conversations_savedreplywording USING btree (reply_id);

CREATE INDEX data_request_due ON public.privacy_datarequest USING btree (due_on) WHERE ((state)::text = ANY ((ARRAY['asked'::character varying, 'failed'::character varying])::text[]));

CREATE INDEX data_request_file ON public.privacy_datarequest USING btree (file_until) WHERE (file_until IS NOT NULL);

CREATE INDEX delegation_standing ON public.routing_delegation USING btree (ticket_id, id DESC) WHERE (over_at IS NULL);

CREATE INDEX delivery_at ON public.automation_delivery USING btree (at);

CREATE INDEX delivery_due ON public.automation_delivery USING btree (next_at) WHERE (next_at IS NOT NULL);

CREATE INDEX delivery_of_endpoint ON public.automation_delivery USING btree (endpoint_id, id DESC);

CREATE INDEX delivery_of_ticket ON public.automation_delivery USING btree (ticket_id) WHERE (ticket_id IS NOT NULL);

CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);

CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);

CREATE INDEX draft_leaves ON public.conversations_draft USING btree (leave_at) WHERE (leave_at IS NOT NULL);

CREATE INDEX draft_of_author ON public.calls_draft USING btree (author_id, saved_at);

CREATE INDEX email_application_kind_f2406a03_like ON public.email_application USING btree (kind varchar_pattern_ops);

CREATE INDEX email_folder_mailbox_id_86fcab30 ON public.email_folder USING btree (mailbox_id);

CREATE INDEX email_mailbox_hook_key_d0429efd_like ON public.email_mailbox USING btree (hook_key varchar_pattern_ops);

CREATE INDEX email_spent_proof_fb319b0d_like ON public.email_spent USING btree (proof varchar_pattern_ops);

CREATE INDEX entry_at ON public.journal_entry USING brin (at) WITH (autosummarize='on', pages_per_range='16');

CREATE INDEX entry_story ON public.journal_entry USING btree (about, about_id, id);

CREATE INDEX event_of_client ON public.clients_clientevent USING btree (client_id, at DESC) WHERE (client_id IS NOT NULL);

CREATE INDEX event_of_contact ON public.clients_clientevent USING btree (contact_id, at DESC) WHERE (contact_id IS NOT NULL);

CREATE INDEX external_id_of ON public.imports_externalid USING btree (kind, object_id);

CREATE INDEX fact_ended ON public.metrics_ticketfact USING btree (ended_at, team_id);

CREATE INDEX fact_first_answer ON public.metrics_ticketfact USING btree (first_answer_at, team_id);

CREATE INDEX fact_opened ON public.metrics_ticketfact USING btree (opened_at, team_id);

CREATE INDEX firing_of_rule ON public.automation_firing USING btree (rule_id, at);

CREATE INDEX firing_on_ticket ON public.automation_firing USING btree (ticket_id, at);

CREATE INDEX flag_open ON public.knowledge_flag USING btree (due_at) WHERE (done_at IS NULL);

CREATE INDEX follow_up_due ON public.surveys_followup USING btree (due_at) WHERE ((closed_at IS NULL) AND (late_at IS NULL));

CREATE INDEX follow_up_unfinished ON public.surveys_followup USING btree (finish_by) WHERE ((finish_by IS NOT NULL) AND (finished_at IS NULL) AND (unfinished_at IS NULL));

CREATE INDEX form_visit_began ON public.knowledge_formvisit USING btree (began_at);

CREATE INDEX form_visit_of ON public.knowledge_formvisit USING btree (contact_id) WHERE (contact_id IS NOT NULL);

CREATE INDEX form_visit_open ON public.knowledge_formvisit USING btree (heard_at) WHERE (settled_at IS NULL);

CREATE INDEX goal_by_level ON public.goals_goal USING btree (state, level);

CREATE INDEX goals_carry_by_id_08545ae9 ON public.goals_carry USING btree (by_id);

CREATE INDEX goals_carry_task_id_7af0d2d3 ON public.goals_carry USING btree (task_id);

CREATE INDEX goals_criterion_goal_id_55358cc7 ON public.goals_criterion USING btree (goal_id);

CREATE INDEX goals_criterion_seen_by_id_9e037898 ON public.goals_criterion USING btree (seen_by_id);

CREATE INDEX goals_goal_judge_id_ec4808aa ON public.goals_goal USING btree (judge_id);

CREATE INDEX goals_goal_judged_by_id_cc6db646 ON public.goals_goal USING btree (judged_by_id);

CREATE INDEX goals_goal_made_by_id_5c3f3852 ON public.goals_goal USING btree (made_by_id);

CREATE INDEX goals_goal_owner_id_2f711ee8 ON public.goals_goal USING btree (owner_id);

CREATE INDEX goals_goal_parent_id_e218205d ON public.goals_goal USING btree (parent_id);

CREATE INDEX goals_goal_team_id_c9fae0ab ON public.goals_goal USING btree (team_id);

CREATE INDEX goals_goalchange_by_id_9a1d95bd ON public.goals_goalchange USING btree (by_id);

CREATE INDEX goals_goalchange_goal_id_c64e5fb8 ON public.goals_goalchange USING btree (goal_id);

CREATE INDEX goals_plantask_goal_id_993d45ac ON public.goals_plantask USING btree (goal_id);

CREATE INDEX goals_plantask_improvement_id_a3d5d7a0 ON public.goals_plantask USING btree (improvement_id);

CREATE INDEX goals_plantask_made_by_id_95cf0517 ON public.goals_plantask USING btree (made_by_id);

CREATE INDEX goals_plantask_owner_id_5f1f64c3 ON public.goals_plantask USING btree (owner_id);

CREATE INDEX goals_plantask_part_of_id_93a4f608 ON public.goals_plantask USING btree (part_of_id);

CREATE INDEX goals_plantask_team_id_1f296361 ON public.goals_plantask USING btree (team_id);

CREATE INDEX goals_retro_facilitator_id_b116e079 ON public.goals_retro USING btree (facilitator_id);

CREATE INDEX goals_retroaction_ended_by_id_1b273d4f ON public.goals_retroaction USING btree (ended_by_id);

CREATE INDEX goals_retroaction_owner_id_1ef85d09 ON public.goals_retroaction USING btree (owner_id);

CREATE INDEX goals_retroaction_retro_id_507eb135 ON public.goals_retroaction USING btree (retro_id);

CREATE INDEX handover_came_back ON public.routing_handover USING btree (ticket_id) WHERE ((answer_id IS NULL) AND (returned_at IS NOT NULL));

CREATE INDEX handover_of_line ON public.routing_handover USING btree (target_id, at);

CREATE INDEX handover_of_ticket ON public.routing_handover USING btree (ticket_id, id DESC);

CREATE INDEX handover_to_tell_late ON public.routing_handover USING btree (late_at) WHERE ((accepted_at IS NULL) AND (returned_at IS NULL) AND (told_late_at IS NULL));

CREATE INDEX handover_to_warn ON public.routing_handover USING btree (warn_at) WHERE ((accepted_at IS NULL) AND (returned_at IS NULL) AND (warned_at IS NULL));

CREATE INDEX held_of_ticket ON public.tickets_heldanswer USING btree (ticket_id, id DESC);

CREATE INDEX held_of_traineeship ON public.tickets_heldanswer USING btree (traineeship_id, id DESC);

CREATE INDEX held_to_release ON public.tickets_heldanswer USING btree (until) WHERE ((state)::text = 'waiting'::text);

CREATE INDEX hung_last ON public.tickets_hunghours USING btree (last_at);

CREATE INDEX identity_begins ON public.clients_identity USING btree (upper((value)::text) text_pattern_ops);

CREATE INDEX identity_host ON public.clients_identity USING btree (split_part((value)::text, '@'::text, 2)) WHERE ((kind)::text = 'email'::text);

CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));

CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);

CREATE INDEX imports_import_takeover_id_d36064b4 ON public.imports_import USING btree (takeover_id);

CREATE INDEX imports_problem_of_id_36cab4cf ON public.imports_problem USING btree (of_id);

CREATE INDEX inbound_apart ON public.channels_inbound USING btree (upper((envelope_from)::text)) WHERE (NOT ((outcome)::text = ANY ((ARRAY['opened'::character varying, 'appended'::character varying])::text[])));

CREATE INDEX inbound_identifier ON public.channels_inbound USING btree (external_id) WHERE (NOT ((external_id)::text = ''::text));

CREATE INDEX inbound_quarantine ON public.channels_inbound USING btree (id) WHERE ((state)::text = 'quarantined'::text);

CREATE INDEX inbound_received ON public.channels_inbound USING brin (received_at) WITH (autosummarize='on', pages_per_range='16');

CREATE INDEX inbound_waiting ON public.channels_inbound USING btree (id) WHERE ((state)::text = 'accepted'::text);

CREATE INDEX incident_closed ON public.incidents_incident USING btree (closed_at DESC, id DESC) WHERE (next_at IS NULL);

CREATE INDEX incident_declared ON public.incidents_incident USING btree (declared_at);

CREATE INDEX incident_due ON public.incidents_incident USING btree (next_at) WHERE (next_at IS NOT NULL);

CREATE INDEX incident_post_mortem ON public.incidents_incident USING btree (post_mortem_due) WHERE (post_mortem_due IS NOT NULL);

CREATE INDEX incidents_action_incident_id_b3efa435 ON public.incidents_action USING btree (incident_id);

CREATE INDEX incidents_affected_ticket_id_8dada7ee ON public.incidents_affected USING btree (ticket_id);

CREATE INDEX incidents_concerned_client_id_874b7180 ON public.incidents_concerned USING btree (client_id);

CREATE INDEX incidents_concerned_contact_id_ebcb3401 ON public.incidents_concerned USING btree (contact_id);

CREATE INDEX incidents_finding_incident_id_c6c3d68e ON public.incidents_finding USING btree (incident_id);

CREATE INDEX incidents_incident_causes_cause_id_2f170cfe ON public.incidents_incident_causes USING btree (cause_id);

CREATE INDEX incidents_incident_causes_incident_id_b6291054 ON public.incidents_incident_causes USING btree (incident_id);

CREATE INDEX incidents_incident_key_5740c801_like ON public.incidents_incident USING btree (key varchar_pattern_ops);

CREATE INDEX incidents_incident_leader_id_b1834d73 ON public.incidents_incident USING btree (leader_id);

CREATE INDEX incidents_told_contact_id_794abe4b ON public.incidents_told USING btree (contact_id);

CREATE INDEX incidents_told_ticket_id_86b9e3b8 ON public.incidents_told USING btree (ticket_id);

CREATE INDEX incidents_update_key_990f828c_like ON public.incidents_update USING btree (key varchar_pattern_ops);

CREATE INDEX indicator_of_person ON public.indicators_indicator USING btree (person_id, span);

CREATE INDEX indicators_close_by_id_f04ca70a ON public.indicators_close USING btree (by_id);

CREATE INDEX indicators_close_reopened_by_id_12bb9fe8 ON public.indicators_close USING btree (reopened_by_id);

CREATE INDEX indicators_dispute_answered_by_id_6b0ecdbb ON public.indicators_dispute USING btree (answered_by_id);

CREATE INDEX indicators_frozen_close_id_7fc6e7be ON public.indicators_frozen USING btree (close_id);

CREATE INDEX indicators_frozen_plan_id_7bf3a62e ON public.indicators_frozen USING btree (plan_id);

CREATE INDEX indicators_indicator_made_by_id_94d3f999 ON public.indicators_indicator USING btree (made_by_id);

CREATE INDEX indicators_indicator_person_id_7ca18d0e ON public.indicators_indicator USING btree (person_id);

CREATE INDEX indicators_indicator_team_id_47c1e3dc ON public.indicators_indicator USING btree (team_id);

CREATE INDEX indicators_part_frozen_id_e5251d43 ON public.indicators_part USING btree (frozen_id);

CREATE INDEX indicators_part_statement_id_21d72abf ON public.indicators_part USING btree (statement_id);

CREATE INDEX indicators_plan_by_id_ccad161b ON public.indicators_plan USING btree (by_id);

CREATE INDEX indicators_plan_indicator_id_55e6249a ON public.indicators_plan USING btree (indicator_id);

CREATE INDEX indicators_scheme_approver_id_eaf509ed ON public.indicators_scheme USING btree (approver_id);

CREATE INDEX indicators_scheme_made_by_id_0c21c893 ON public.indicators_scheme USING btree (made_by_id);

CREATE INDEX indicators_scheme_team_id_aa81bbbc ON public.indicators_scheme USING btree (team_id);

CREATE INDEX indicators_statement_approved_by_id_47459766 ON public.indicators_statement USING btree (approved_by_id);

CREATE INDEX indicators_statement_close_id_1847e37c ON public.indicators_statement USING btree (close_id);

CREATE INDEX indicators_statement_person_id_ef0961ab ON public.indicators_statement USING btree (person_id);

CREATE INDEX indicators_statement_scheme_id_c831b200 ON public.indicators_statement USING btree (scheme_id);

CREATE INDEX invitation_again ON public.surveys_invitation USING btree (digest_again) WHERE (digest_again IS NOT NULL);

CREATE INDEX invitation_due ON public.surveys_invitation USING btree (send_at) WHERE ((cancelled_at IS NULL) AND (sent_at IS NULL));

CREATE INDEX invitation_lately ON public.surveys_invitation USING btree (contact_id, sent_at);

CREATE INDEX invitation_of_survey ON public.surveys_invitation USING btree (survey_id, sent_at);

CREATE INDEX invitation_sent ON public.surveys_invitation USING btree (sent_at) WHERE (sent_at IS NOT NULL);

CREATE INDEX invitation_to_remind ON public.surveys_invitation USING btree (remind_at) WHERE (remind_at IS NOT NULL);

CREATE INDEX invitation_to_ring ON public.surveys_invitation USING btree (ring_at) WHERE (ring_at IS NOT NULL);

CREATE INDEX invitation_uid ON public.conversations_invitation USING btree (uid) WHERE (NOT ((uid)::text = ''::text));

CREATE INDEX invitation_unsent ON public.surveys_invitation USING btree (survey_id, why_not) INCLUDE (team_id) WHERE (NOT ((why_not)::text = ''::text));

CREATE INDEX journal_entry_actor_id_50c64a09 ON public.journal_entry USING btree (actor_id);

CREATE INDEX journal_entry_cause_id_3723eea3 ON public.journal_entry USING btree (cause_id);

CREATE INDEX journal_once_person_id_5840bd41 ON public.journal_once USING btree (person_id);

CREATE INDEX knowledge_article_original_id_4d066cce ON public.knowledge_article USING btree (original_id);

CREATE INDEX knowledge_article_owner_id_b40ac797 ON public.knowledge_article USING btree (owner_id);

CREATE INDEX knowledge_article_section_id_613d9ad4 ON public.knowledge_article USING btree (section_id);

CREATE INDEX knowledge_articleuse_article_id_7dbac3d7 ON public.knowledge_articleuse USING btree (article_id);

CREATE INDEX knowledge_flag_article_id_54662a15 ON public.knowledge_flag USING btree (article_id);

CREATE INDEX knowledge_flag_by_id_a16b3db7 ON public.knowledge_flag USING btree (by_id);

CREATE INDEX knowledge_flag_ticket_id_09721679 ON public.knowledge_flag USING btree (ticket_id);

CREATE INDEX knowledge_formvisit_digest_18437026_like ON public.knowledge_formvisit USING btree (digest varchar_pattern_ops);

CREATE INDEX knowledge_linkcheck_article_id_b200e8bf ON public.knowledge_linkcheck USING btree (article_id);

CREATE INDEX knowledge_section_name_a1c860bf_like ON public.knowledge_section USING btree (name varchar_pattern_ops);

CREATE UNIQUE INDEX letters_once_in_a_line ON public.shifts_shifttemplate USING btree (line_id, short) WHERE is_active;

CREATE INDEX lines_lately ON public.sitechat_line USING btree (at);

CREATE INDEX lines_of_a_window ON public.sitechat_line USING btree (visitor_id, id);

CREATE INDEX lines_unread ON public.sitechat_line USING btree (at) WHERE ((mailed_at IS NULL) AND (outbound_id IS NOT NULL) AND (seen_at IS NULL));

CREATE INDEX link_open_of ON public.knowledge_linkcheck USING btree (holder_id, due_at) WHERE (looked_at IS NULL);

CREATE INDEX linked_in_order ON public.problems_linked USING btree (problem_id, ticket_id DESC);

CREATE INDEX mailed_waiting ON public.status_mailed USING btree (id) WHERE ((state)::text = 'waiting'::text);

CREATE INDEX measure_open_of ON public.complaints_measure USING btree (owner_id, complaint_id) WHERE (done_at IS NULL);

CREATE UNIQUE INDEX merged_into_one ON public.clients_merging USING btree (loser_id) WHERE (undone_at IS NULL);

CREATE INDEX message_external_id ON public.conversations_message USING btree (external_id) WHERE (NOT ((external_id)::text = ''::text));

CREATE INDEX message_said ON public.conversations_message USING gin (search, ((id >> 10)));

CREATE INDEX metrics_annotation_by_id_5b4a48d3 ON public.metrics_annotation USING btree (by_id);

CREATE INDEX metrics_annotation_team_id_0dbfa184 ON public.metrics_annotation USING btree (team_id);

CREATE INDEX metrics_improvement_by_id_eb067a74 ON public.metrics_improvement USING btree (by_id);

CREATE INDEX metrics_improvement_decided_by_id_783e8359 ON public.metrics_improvement USING btree (decided_by_id);

CREATE INDEX metrics_improvement_team_id_2327f68b ON public.metrics_improvement USING btree (team_id);

CREATE INDEX metrics_reading_ticket_id_e1e27d19 ON public.metrics_reading USING btree (ticket_id);

CREATE INDEX metrics_ticketfact_agent_id_3f698719 ON public.metrics_ticketfact USING btree (agent_id);

CREATE INDEX metrics_ticketfact_team_id_bb28a9f8 ON public.metrics_ticketfact USING btree (team_id);

CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);

CREATE INDEX note_to_address ON public.status_note USING btree (at) WHERE (addressed_at IS NULL);

CREATE INDEX notice_of_object ON public.journal_notice USING btree (about_id) WHERE (about_id IS NOT NULL);

CREATE INDEX notice_of_person ON public.journal_notice USING btree (person_id, id DESC);

CREATE INDEX notice_of_ticket ON public.journal_notice USING btree (person_id, about_id) WHERE (((about)::text = 'ticket'::text) AND (seen_at IS NULL));

CREATE INDEX notice_unseen ON public.journal_notice USING btree (person_id) WHERE (seen_at IS NULL);

CREATE INDEX notices_browser_person_id_232bf69e ON public.notices_browser USING btree (person_id);

CREATE INDEX notices_browser_place_bc52abb2_like ON public.notices_browser USING btree (place varchar_pattern_ops);

CREATE INDEX notices_delivery_browser_id_da1e2f18 ON public.notices_delivery USING btree (browser_id);

CREATE INDEX notices_delivery_notice_id_2d5dfa0c ON public.notices_delivery USING btree (notice_id);

CREATE INDEX notices_letter_person_id_90e165f6 ON public.notices_letter USING btree (person_id);

CREATE INDEX once_at ON public.journal_once USING btree (at);

CREATE UNIQUE INDEX once_in_an_organisation ON public.clients_membership USING btree (contact_id, client_id) WHERE (left_at IS NULL);

CREATE UNIQUE INDEX one_answer_waits_of_ticket ON public.tickets_heldanswer USING btree (ticket_id) WHERE ((state)::text = 'waiting'::text);

CREATE UNIQUE INDEX one_call_back_is_owed ON public.calls_callback USING btree (channel_id, number) WHERE (done_at IS NULL);

CREATE UNIQUE INDEX one_clock_runs ON public.sla_clock USING btree (ticket_id, kind) WHERE ((dropped_at IS NULL) AND (stopped_at IS NULL));

CREATE UNIQUE INDEX one_close_of_a_month ON public.indicators_close USING btree (month) WHERE (reopened_at IS NULL);

CREATE UNIQUE INDEX one_current_promise_per_ticket ON public.tickets_promise USING btree (ticket_id) WHERE ((done_at IS NULL) AND (moved_at IS NULL) AND (taken_back_at IS NULL));

CREATE UNIQUE INDEX one_default_calendar ON public.calendar_businesscalendar USING btree (is_default) WHERE is_default;

CREATE UNIQUE INDEX one_draft_of_a_scorecard ON public.quality_version USING btree (scorecard_id) WHERE (frozen_at IS NULL);

CREATE UNIQUE INDEX one_draft_of_a_survey ON public.surveys_version USING btree (survey_id) WHERE (frozen_at IS NULL);

CREATE UNIQUE INDEX one_drill_owed_at_a_time ON public.continuity_drill USING btree (scenario_id) WHERE (held_on IS NULL);

CREATE UNIQUE INDEX one_main_organisation ON public.clients_membership USING btree (contact_id) WHERE (is_main AND (left_at IS NULL));

CREATE UNIQUE INDEX one_onboarding_at_a_time ON public.people_onboarding USING btree (person_id) WHERE (ended_on IS NULL);

CREATE UNIQUE INDEX one_open_appeal_of_ticket ON public.tickets_appeal USING btree (ticket_id) WHERE ((state)::text = 'open'::text);

CREATE UNIQUE INDEX one_open_swap_of_a_shift ON public.shifts_swap USING btree (shift_id) WHERE ((state)::text = ANY ((ARRAY['asked'::character varying, 'accepted'::character varying])::text[]));

CREATE UNIQUE INDEX one_outage_goes_on ON public.status_outage USING btree (component_id, check_id, source, report_id) NULLS NOT DISTINCT WHERE ((ended_at IS NULL) AND (withdrawn_at IS NULL));

CREATE UNIQUE INDEX one_partner_at_a_time ON public.tickets_partner USING btree (ticket_id, user_id) WHERE (left_at IS NULL);

CREATE UNIQUE INDEX one_person_per_email ON public.staff_user USING btree (lower((email)::text)) WHERE (NOT ((email)::text = ''::text));

CREATE UNIQUE INDEX one_product_of_a_name ON public.clients_product USING btree (lower((name)::text));

CREATE UNIQUE INDEX one_refusal_waits_of_ticket ON public.tickets_refusalrequest USING btree (ticket_id) WHERE ((state)::text = 'waiting'::text);

CREATE UNIQUE INDEX one_restriction_of_contact ON public.clients_restriction USING btree (contact_id) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX one_review_of_a_person_in_a_request ON public.quality_review USING btree (ticket_id, agent_id) WHERE ((calibration_id IS NULL) AND (NOT ((state)::text = 'skipped'::text)));

CREATE UNIQUE INDEX one_running_indicator_of_a_kind ON public.indicators_indicator USING btree (metric, person_id, of, team_id, span) NULLS NOT DISTINCT WHERE (ends_on IS NULL);

CREATE UNIQUE INDEX one_scorecard_of_a_channel ON public.quality_scorecard USING btree (channel) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX one_survey_asks_about_answers ON public.surveys_survey USING btree (occasion) WHERE (((occasion)::text = 'resolved'::text) AND ((state)::text = 'running'::text));

CREATE UNIQUE INDEX one_to_send_of_a_survey ON public.surveys_invitation USING btree (ticket_id, survey_id) WHERE ((cancelled_at IS NULL) AND (sent_at IS NULL));

CREATE UNIQUE INDEX one_topic_of_a_name_in_a_place ON public.tickets_topic USING btree (parent_id, lower((name)::text)) NULLS NOT DISTINCT;

CREATE UNIQUE INDEX one_traineeship_at_a_time ON public.tickets_traineeship USING btree (person_id) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX one_usual_brand ON public.staff_brand USING btree (is_usual) WHERE is_usual;

CREATE UNIQUE INDEX one_version_goes_on ON public.sla_version USING btree (service_class_id) WHERE ((valid_from IS NOT NULL) AND (valid_until IS NULL));

CREATE INDEX opinion_against ON public.knowledge_opinion USING btree (at) WHERE (NOT helped);

CREATE INDEX opinion_of_article ON public.knowledge_opinion USING btree (article_id, id DESC);

CREATE INDEX outage_going ON public.status_outage USING btree (component_id) WHERE (ended_at IS NULL);

CREATE INDEX outage_of_component ON public.status_outage USING btree (component_id, began_at);

CREATE INDEX outbound_automatic ON public.channels_outbound USING btree (first_recipient, created_at) WHERE (NOT ((kind)::text = 'reply'::text));

CREATE INDEX outbound_pace ON public.channels_outbound USING btree (channel_id, leaving_at) WHERE (leaving_at IS NOT NULL);

CREATE INDEX outbound_ready ON public.channels_outbound USING btree (not_before) WHERE ((state)::text = 'ready'::text);

CREATE INDEX outbound_sending ON public.channels_outbound USING btree (sending_since) WHERE ((state)::text = 'sending'::text);

CREATE INDEX outbound_trouble ON public.channels_outbound USING btree (id) WHERE ((state)::text = ANY ((ARRAY['failed'::character varying, 'uncertain'::character varying])::text[]));

CREATE INDEX outreach_upcoming_client_id_034f017e ON public.outreach_upcoming USING btree (client_id);

CREATE INDEX outreach_upcoming_contact_id_41cfa966 ON public.outreach_upcoming USING btree (contact_id);

CREATE INDEX outreach_upcoming_message_id_245ae1c8 ON public.outreach_upcoming USING btree (message_id);

CREATE INDEX outside_at ON public.surveys_outsideanswer USING btree (at);

CREATE INDEX outside_by_moment ON public.surveys_outsideanswer USING btree (source, kind, at);

CREATE INDEX payment_by_day ON public.clients_payment USING btree (paid_on, id);

CREATE INDEX payment_of_client ON public.clients_payment USING btree (client_id, paid_on) WHERE (client_id IS NOT NULL);

CREATE INDEX payment_of_contact ON public.clients_payment USING btree (contact_id, paid_on) WHERE (contact_id IS NOT NULL);

CREATE INDEX people_answersheet_person_id_b82dce91 ON public.people_answersheet USING btree (person_id);

CREATE INDEX people_answersheet_test_id_039bf46b ON public.people_answersheet USING btree (test_id);

CREATE INDEX people_attestation_by_id_64da8551 ON public.people_attestation USING btree (by_id);

CREATE INDEX people_attestation_person_id_7f062ce3 ON public.people_attestation USING btree (person_id);

CREATE INDEX people_attestation_skill_id_454ed237 ON public.people_attestation USING btree (skill_id);

CREATE INDEX people_candidate_decided_by_id_e6495264 ON public.people_candidate USING btree (decided_by_id);

CREATE INDEX people_candidate_made_by_id_df984e5f ON public.people_candidate USING btree (made_by_id);

CREATE INDEX people_candidate_vacancy_id_9b8105fa ON public.people_candidate USING btree (vacancy_id);

CREATE INDEX people_checkpoint_judged_by_id_5c72bbcd ON public.people_checkpoint USING btree (judged_by_id);

CREATE INDEX people_checkpoint_onboarding_id_a3a7a534 ON public.people_checkpoint USING btree (onboarding_id);

CREATE INDEX people_course_name_67fdce70_like ON public.people_course USING btree (name varchar_pattern_ops);

CREATE INDEX people_course_skill_id_0f95c8e1 ON public.people_course USING btree (skill_id);

CREATE INDEX people_discussion_by_id_f47afa26 ON public.people_discussion USING btree (by_id);

CREATE INDEX people_discussion_candidate_id_80375dd4 ON public.people_discussion USING btree (candidate_id);

CREATE INDEX people_discussion_criterion_id_47f8fb74 ON public.people_discussion USING btree (criterion_id);

CREATE INDEX people_hiringprofile_made_by_id_156a1fec ON public.people_hiringprofile USING btree (made_by_id);

CREATE INDEX people_knowledgetest_made_by_id_881be6d6 ON public.people_knowledgetest USING btree (made_by_id);

CREATE INDEX people_knowledgetest_skill_id_da4b648a ON public.people_knowledgetest USING btree (skill_id);

CREATE INDEX people_mark_criterion_id_ab3c8861 ON public.people_mark USING btree (criterion_id);

CREATE INDEX people_mark_sheet_id_e3bd4344 ON public.people_mark USING btree (sheet_id);

CREATE INDEX people_onboarding_curator_id_f6325010 ON public.people_onboarding USING btree (curator_id);

CREATE INDEX people_onboarding_made_by_id_4f48c28f ON public.people_onboarding USING btree (made_by_id);

CREATE INDEX people_onboarding_person_id_4254aefb ON public.people_onboarding USING btree (person_id);

CREATE INDEX people_profilecriterion_profile_id_60b3c85f ON public.people_profilecriterion USING btree (profile_id);

CREATE INDEX people_seat_person_id_5e1024ed ON public.people_seat USING btree (person_id);

CREATE INDEX people_seat_wave_id_0f428d1c ON public.people_seat USING btree (wave_id);

CREATE INDEX people_sheet_by_id_509cd401 ON public.people_sheet USING btree (by_id);

CREATE INDEX people_sheet_candidate_id_ee056d77 ON public.people_sheet USING btree (candidate_id);

CREATE INDEX people_vacancy_interviewers_user_id_211d6e36 ON public.people_vacancy_interviewers USING btree (user_id);

CREATE INDEX people_vacancy_interviewers_vacancy_id_5c97f1f3 ON public.people_vacancy_interviewers USING btree (vacancy_id);

CREATE INDEX people_vacancy_made_by_id_3e2a1e66 ON public.people_vacancy USING btree (made_by_id);

CREATE INDEX people_vacancy_profile_id_3604bacc ON public.people_vacancy USING btree (profile_id);

CREATE INDEX people_vacancy_team_id_2691de4b ON public.people_vacancy USING btree (team_id);

CREATE INDEX people_wave_course_id_b92b57e7 ON public.people_wave USING btree (course_id);

CREATE INDEX people_wave_made_by_id_64809435 ON public.people_wave USING btree (made_by_id);

CREATE INDEX phone_exchange_key_48f8f871_like ON public.phone_exchange USING btree (key varchar_pattern_ops);

CREATE INDEX pick_of_ticket ON public.routing_pick USING btree (ticket_id, at);

CREATE INDEX pick_passed ON public.routing_pick USING gin (passed) WHERE (NOT (passed = '{}'::bigint[]));

CREATE INDEX plan_task_of_quarter ON public.goals_plantask USING btree (quarter, state);

CREATE INDEX privacy_breachnote_breach_id_d4a97b1d ON public.privacy_breachnote USING btree (breach_id);

CREATE INDEX privacy_datarequest_contact_id_a8f78612 ON public.privacy_datarequest USING btree (contact_id);

CREATE INDEX privacy_hold_contact_id_c355fdb9 ON public.privacy_hold USING btree (contact_id);

CREATE INDEX privacy_hold_ticket_id_65660881 ON public.privacy_hold USING btree (ticket_id);

CREATE INDEX privacy_term_code_44752ec3_like ON public.privacy_term USING btree (code varchar_pattern_ops);

CREATE INDEX privacy_termrun_term_id_8b754b38 ON public.privacy_termrun USING btree (term_id);

CREATE INDEX problem_by_line ON public.imports_problem USING btree (of_id, line);

CREATE INDEX problem_of_owner ON public.problems_problem USING btree (owner_id, wake_on) WHERE (wake_on IS NOT NULL);

CREATE INDEX problem_over ON public.problems_problem USING btree (checked_at DESC, id DESC) WHERE (wake_on IS NULL);

CREATE INDEX problem_wakes ON public.problems_problem USING btree (wake_on) WHERE (wake_on IS NOT NULL);

CREATE INDEX problems_candidate_problem_id_9f26a148 ON public.problems_candidate USING btree (problem_id);

CREATE INDEX problems_candidate_tickets_candidate_id_024844d1 ON public.problems_candidate_tickets USING btree (candidate_id);

CREATE INDEX problems_candidate_tickets_ticket_id_9d39c1f6 ON public.problems_candidate_tickets USING btree (ticket_id);

CREATE INDEX problems_candidate_topic_id_31554b50 ON public.problems_candidate USING btree (topic_id);

CREATE INDEX problems_problem_key_9ecca030_like ON public.problems_problem USING btree (key varchar_pattern_ops);

CREATE INDEX problems_problem_topic_id_9a62c430 ON public.problems_problem USING btree (topic_id);

CREATE INDEX problems_unlinked_problem_id_c5395805 ON public.problems_unlinked USING btree (problem_id);

CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);

CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));

CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);

CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);

CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);

CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);

CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);

CREATE INDEX promise_broken ON public.tickets_promise USING btree (broken_at) WHERE (broken_at IS NOT NULL);

CREATE INDEX promise_mark ON public.tickets_promise USING btree (next_mark) WHERE ((done_at IS NULL) AND (moved_at IS NULL) AND (next_mark IS NOT NULL) AND (taken_back_at IS NULL));

CREATE INDEX promise_owed ON public.tickets_promise USING btree (until, id) INCLUDE (at, done_at, ticket_id) WHERE (((done_at IS NULL) OR (done_at > until)) AND (moved_at IS NULL) AND (taken_back_at IS NULL));

CREATE INDEX promise_until ON public.tickets_promise USING btree (until);

CREATE INDEX quality_criterion_version_id_06902629 ON public.quality_criterion USING btree (version_id);

CREATE INDEX quality_draw_plan_id_2f2302b2 ON public.quality_draw USING btree (plan_id);

CREATE INDEX quality_mark_message_id_0da636a7 ON public.quality_mark USING btree (message_id);

CREATE INDEX quality_mark_review_id_c0091141 ON public.quality_mark USING btree (review_id);

CREATE INDEX quality_review_calibration_id_40f1b52f ON public.quality_review USING btree (calibration_id);

CREATE INDEX quality_review_ticket_id_873fcdde ON public.quality_review USING btree (ticket_id);

CREATE INDEX quality_review_version_id_fc9b5f67 ON public.quality_review USING btree (version_id);

CREATE INDEX quality_step_review_id_edf89af0 ON public.quality_step USING btree (review_id);

CREATE INDEX quality_version_scorecard_id_401cd86c ON public.quality_version USING btree (scorecard_id);

CREATE INDEX reading_from_sides ON public.metrics_reading USING btree (measure, at) INCLUDE (team_id, kind, value, agent_id, channel, topic_id, class_id, product_id, id);

CREATE INDEX reading_of_client ON public.metrics_reading USING btree (client_id, measure, at) WHERE (client_id IS NOT NULL);

CREATE INDEX reading_of_matter ON public.metrics_reading USING btree (contact_id, topic_id, at) WHERE ((measure = 50) AND (topic_id IS NOT NULL));

CREATE INDEX recount_at ON public.sla_recount USING btree (at);

CREATE INDEX refusal_asked_at ON public.tickets_refusalrequest USING btree (at);

CREATE INDEX refusal_asked_of_ticket ON public.tickets_refusalrequest USING btree (ticket_id, id DESC);

CREATE INDEX refusal_left_at ON public.tickets_refusal USING btree (at) WHERE (taken_back_at IS NULL);

CREATE INDEX refusal_to_decide ON public.tickets_refusalrequest USING btree (until) WHERE ((state)::text = 'waiting'::text);

CREATE INDEX report_by_begin ON public.status_report USING btree (began_at DESC, id DESC);

CREATE INDEX report_due ON public.reports_report USING btree (next_at) WHERE is_on;

CREATE INDEX report_going ON public.status_report USING btree (id) WHERE (ended_at IS NULL);

CREATE INDEX reports_reader_person_id_461bf814 ON public.reports_reader USING btree (person_id);

CREATE INDEX reports_reader_report_id_25e4777d ON public.reports_reader USING btree (report_id);

CREATE INDEX reports_report_board_id_ddc0a3cd ON public.reports_report USING btree (board_id);

CREATE INDEX reports_report_owner_id_45bf5b4d ON public.reports_report USING btree (owner_id);

CREATE INDEX reports_sending_person_id_a7d3b866 ON public.reports_sending USING btree (person_id);

CREATE INDEX reports_sending_report_id_31b6423d ON public.reports_sending USING btree (report_id);

CREATE INDEX review_held ON public.quality_review USING btree (holder_id, next_at) WHERE (next_at IS NOT NULL);

CREATE INDEX review_late ON public.quality_review USING btree (next_at) WHERE ((late_at IS NULL) AND (next_at IS NOT NULL));

CREATE INDEX review_newest ON public.quality_review USING btree (published_at DESC, id DESC);

CREATE INDEX review_of_agent ON public.surveys_review USING btree (agent_id, id DESC);

CREATE INDEX review_of_person ON public.quality_review USING btree (agent_id, id DESC);

CREATE INDEX review_waiting ON public.surveys_review USING btree (id) WHERE ((state)::text = 'waiting'::text);

CREATE INDEX ringing_newest ON public.alerts_ringing USING btree (alert_id, began DESC, id DESC);

CREATE UNIQUE INDEX rings_once_at_a_time ON public.alerts_ringing USING btree (alert_id) WHERE (ended IS NULL);

CREATE INDEX routing_delegation_absence_id_873bfb54 ON public.routing_delegation USING btree (absence_id);

CREATE INDEX routing_delegation_deputy_id_568996fd ON public.routing_delegation USING btree (deputy_id);

CREATE INDEX routing_delegation_person_id_82253187 ON public.routing_delegation USING btree (person_id);

CREATE INDEX routing_delegation_ticket_id_0446be14 ON public.routing_delegation USING btree (ticket_id);

CREATE INDEX routing_handover_source_id_bc621dda ON public.routing_handover USING btree (source_id);

CREATE INDEX routing_need_channel_id_2b601b4d ON public.routing_need USING btree (channel_id);

CREATE INDEX routing_need_skill_id_277c4e82 ON public.routing_need USING btree (skill_id);

CREATE INDEX score_at ON public.surveys_score USING btree (at);

CREATE INDEX seen_recently ON public.tickets_seen USING btree (user_id, opened_at DESC) WHERE (opened_at IS NOT NULL);

CREATE INDEX sending_now ON public.reports_sending USING btree (state, at) WHERE ((state)::text = ANY ((ARRAY['waiting'::character varying, 'sending'::character varying])::text[]));

CREATE INDEX sendings_of_report ON public.reports_sending USING btree (report_id, moment DESC);

CREATE INDEX shift_exception_of_person ON public.shifts_excepted USING btree (person_id, starts_at);

CREATE INDEX shift_exception_waiting ON public.shifts_excepted USING btree (asked_at) WHERE ((state)::text = 'asked'::text);

CREATE INDEX shift_of_person ON public.shifts_shift USING btree (person_id, starts_at);

CREATE INDEX shift_starts ON public.shifts_shift USING btree (starts_at);

CREATE INDEX shifts_excepted_asked_by_id_717fe04c ON public.shifts_excepted USING btree (asked_by_id);

CREATE INDEX shifts_excepted_decided_by_id_44ed0d65 ON public.shifts_excepted USING btree (decided_by_id);

CREATE INDEX shifts_shift_template_id_31ece8d6 ON public.shifts_shift USING btree (template_id);

CREATE INDEX shifts_shifttemplate_line_id_1562b6a1 ON public.shifts_shifttemplate USING btree (line_id);

CREATE INDEX shifts_swap_asker_id_b94ddfe0 ON public.shifts_swap USING btree (asker_id);

CREATE INDEX shifts_swap_back_id_d7093b09 ON public.shifts_swap USING btree (back_id);

CREATE INDEX shifts_swap_decided_by_id_41028371 ON public.shifts_swap USING btree (decided_by_id);

CREATE INDEX shifts_swap_shift_id_92b24cb1 ON public.shifts_swap USING btree (shift_id);

CREATE INDEX shifts_swap_taker_id_9af33719 ON public.shifts_swap USING btree (taker_id);

CREATE INDEX shifts_week_line_id_e52cc8eb ON public.shifts_week USING btree (line_id);

CREATE INDEX shifts_week_published_by_id_02dd8e6a ON public.shifts_week USING btree (published_by_id);

CREATE INDEX sitechat_chat_key_bfd68c45_like ON public.sitechat_chat USING btree (key varchar_pattern_ops);

CREATE INDEX sitechat_line_instead_of_id_52ec2002 ON public.sitechat_line USING btree (instead_of_id);

CREATE INDEX sla_agreement_channel_id_dd1dac3f ON public.sla_agreement USING btree (channel_id);

CREATE INDEX sla_agreement_client_id_5e02d9cf ON public.sla_agreement USING btree (client_id);

CREATE INDEX sla_agreement_contact_id_49c70af0 ON public.sla_agreement USING btree (contact_id);

CREATE INDEX sla_agreement_made_by_id_c920794d ON public.sla_agreement USING btree (made_by_id);

CREATE INDEX sla_agreement_product_id_647eb895 ON public.sla_agreement USING btree (product_id);

CREATE INDEX sla_agreement_service_class_id_f4d13544 ON public.sla_agreement USING btree (service_class_id);

CREATE INDEX sla_recount_by_id_f7a1acbb ON public.sla_recount USING btree (by_id);

CREATE INDEX sla_recount_of_id_fa50d72a ON public.sla_recount USING btree (of_id);

CREATE INDEX sla_serviceclass_name_cdc5bb7f_like ON public.sla_serviceclass USING btree (name varchar_pattern_ops);

CREATE INDEX sla_target_version_id_1ba92040 ON public.sla_target USING btree (version_id);

CREATE INDEX sla_version_approved_by_id_5c2460af ON public.sla_version USING btree (approved_by_id);

CREATE INDEX sla_version_calendar_id_9f658dc8 ON public.sla_version USING btree (calendar_id);

CREATE INDEX sla_version_made_by_id_4e663eb0 ON public.sla_version USING btree (made_by_id);

CREATE INDEX sla_version_service_class_id_75360b9d ON public.sla_version USING btree (service_class_id);

CREATE INDEX spent_at ON public.email_spent USING btree (at);

CREATE INDEX staff_absence_declared_by_id_534831fc ON public.staff_absence USING btree (declared_by_id);

CREATE INDEX staff_apitoken_digest_54eb45f3_like ON public.staff_apitoken USING btree (digest varchar_pattern_ops);

CREATE INDEX staff_apitoken_user_id_dcce4ba0 ON public.staff_apitoken USING btree (user_id);

CREATE INDEX staff_brand_logo_id_198bac8e ON public.staff_brand USING btree (logo_id);

CREATE INDEX staff_brand_logo_id_198bac8e_like ON public.staff_brand USING btree (logo_id varchar_pattern_ops);

CREATE INDEX staff_logo_digest_c97f53f1_like ON public.staff_logo USING btree (digest varchar_pattern_ops);

CREATE INDEX staff_membership_team_id_415b91e0 ON public.staff_membership USING btree (team_id);

CREATE INDEX staff_membership_user_id_c6825c5f ON public.staff_membership USING btree (user_id);

CREATE INDEX staff_onetimelink_digest_65b5d8c3_like ON public.staff_onetimelink USING btree (digest varchar_pattern_ops);

CREATE INDEX staff_onetimelink_made_by_id_9e5cc77e ON public.staff_onetimelink USING btree (made_by_id);

CREATE INDEX staff_onetimelink_user_id_f2528829 ON public.staff_onetimelink USING btree (user_id);

CREATE INDEX staff_requirement_skill_id_60805f32 ON public.staff_requirement USING btree (skill_id);

CREATE INDEX staff_skill_name_bf75eb46_like ON public.staff_skill USING btree (name varchar_pattern_ops);

CREATE INDEX staff_team_brand_id_3d122ade ON public.staff_team USING btree (brand_id);

CREATE INDEX staff_team_calendar_id_88c695d0 ON public.staff_team USING btree (calendar_id);

CREATE INDEX staff_team_name_ef233d35_like ON public.staff_team USING btree (name varchar_pattern_ops);

CREATE INDEX staff_throttle_key_17bcd37a_like ON public.staff_throttle USING btree (key varchar_pattern_ops);

CREATE INDEX staff_throttle_seen_at_1b2fbcce ON public.staff_throttle USING btree (seen_at);

CREATE INDEX staff_user_login_f50b70bf_like ON public.staff_user USING btree (login varchar_pattern_ops);

CREATE INDEX staff_user_skills_skill_id_a8ed9ca1 ON public.staff_user_skills USING btree (skill_id);

CREATE INDEX staff_user_skills_user_id_730b0350 ON public.staff_user_skills USING btree (user_id);

CREATE INDEX statement_of_person ON public.indicators_statement USING btree (person_id, starts_on DESC);

CREATE INDEX status_check_component_id_4a8c3fc6 ON public.status_check USING btree (component_id);

CREATE INDEX status_component_group_id_ff8a578d ON public.status_component USING btree (group_id);

CREATE INDEX status_component_product_id_8573ccbb ON public.status_component USING btree (product_id);

CREATE INDEX status_mailed_note_id_6ba8e48e ON public.status_mailed USING btree (note_id);

CREATE INDEX status_mailed_works_id_62899dbd ON public.status_mailed USING btree (works_id);

CREATE INDEX status_note_key_abff9d3b_like ON public.status_note USING btree (key varchar_pattern_ops);

CREATE INDEX status_note_report_id_a48a627e ON public.status_note USING btree (report_id);

CREATE INDEX status_outage_component_id_6ef50ed2 ON public.status_outage USING btree (component_id);

CREATE INDEX status_outage_key_5f28bd18_like ON public.status_outage USING btree (key varchar_pattern_ops);

CREATE INDEX status_outage_report_id_fdeedc73 ON public.status_outage USING btree (report_id);

CREATE INDEX status_report_continued_by_id_a4b1abc8 ON public.status_report USING btree (continued_by_id);

CREATE INDEX status_report_key_16f81911_like ON public.status_report USING btree (key varchar_pattern_ops);

CREATE INDEX status_subscriber_address_e23178e8_like ON public.status_subscriber USING btree (address varchar_pattern_ops);

CREATE INDEX status_subscriber_components_component_id_276c30b0 ON public.status_subscriber_components USING btree (component_id);

CREATE INDEX status_subscriber_components_subscriber_id_aa33c985 ON public.status_subscriber_components USING btree (subscriber_id);

CREATE INDEX status_subscriber_key_547c4e1e_like ON public.status_subscriber USING btree (key varchar_pattern_ops);

CREATE INDEX status_target_component_id_05e1fe3f ON public.status_target USING btree (component_id);

CREATE INDEX status_target_service_class_id_3d3e021b ON public.status_target USING btree (service_class_id);

CREATE INDEX status_works_components_component_id_04e96159 ON public.status_works_components USING btree (component_id);

CREATE INDEX status_works_components_works_id_6004cb28 ON public.status_works_components USING btree (works_id);

CREATE INDEX status_works_key_9dd4ce47_like ON public.status_works USING btree (key varchar_pattern_ops);

CREATE INDEX stint_of_person ON public.staff_stint USING btree (user_id, since DESC);

CREATE INDEX stint_open ON public.staff_stint USING btree (user_id) WHERE (until IS NULL);

CREATE INDEX stint_since ON public.staff_stint USING btree (since);

CREATE INDEX surveys_answer_invitation_id_9bcaccb7 ON public.surveys_answer USING btree (invitation_id);

CREATE INDEX surveys_answer_question_id_c0166f3c ON public.surveys_answer USING btree (question_id);

CREATE INDEX surveys_followup_closed_by_id_74c174a5 ON public.surveys_followup USING btree (closed_by_id);

CREATE INDEX surveys_followup_owner_id_efc9a09f ON public.surveys_followup USING btree (owner_id);

CREATE INDEX surveys_followup_team_id_b43b40cc ON public.surveys_followup USING btree (team_id);

CREATE INDEX surveys_invitation_agent_id_a976409e ON public.surveys_invitation USING btree (agent_id);

CREATE INDEX surveys_invitation_contact_id_d710f6eb ON public.surveys_invitation USING btree (contact_id);

CREATE INDEX surveys_invitation_digest_afdba02d_like ON public.surveys_invitation USING btree (digest varchar_pattern_ops);

CREATE INDEX surveys_invitation_team_id_a70719e1 ON public.surveys_invitation USING btree (team_id);

CREATE INDEX surveys_invitation_ticket_id_3a54da1c ON public.surveys_invitation USING btree (ticket_id);

CREATE INDEX surveys_outsideanswer_contact_id_5b12a5c6 ON public.surveys_outsideanswer USING btree (contact_id);

CREATE INDEX surveys_outsideanswer_team_id_3a0c2c85 ON public.surveys_outsideanswer USING btree (team_id);

CREATE INDEX surveys_outsideanswer_ticket_id_00d70b4c ON public.surveys_outsideanswer USING btree (ticket_id);

CREATE INDEX surveys_publicpage_slug_e9e5c657_like ON public.surveys_publicpage USING btree (slug varchar_pattern_ops);

CREATE INDEX surveys_question_follows_id_02f3974e ON public.surveys_question USING btree (follows_id);

CREATE INDEX surveys_question_version_id_902bd43a ON public.surveys_question USING btree (version_id);

CREATE INDEX surveys_review_agent_id_d7ceba53 ON public.surveys_review USING btree (agent_id);

CREATE INDEX surveys_score_agent_id_086df625 ON public.surveys_score USING btree (agent_id);

CREATE INDEX surveys_score_team_id_49b7665b ON public.surveys_score USING btree (team_id);

CREATE INDEX surveys_score_ticket_id_4643d53f ON public.surveys_score USING btree (ticket_id);

CREATE INDEX surveys_survey_brand_id_33171692 ON public.surveys_survey USING btree (brand_id);

CREATE INDEX surveys_survey_link_df49fe51_like ON public.surveys_survey USING btree (link varchar_pattern_ops);

CREATE INDEX surveys_survey_team_id_5adfe1b3 ON public.surveys_survey USING btree (team_id);

CREATE INDEX surveys_tally_team_id_4463caee ON public.surveys_tally USING btree (team_id);

CREATE INDEX surveys_version_survey_id_880d8cc3 ON public.surveys_version USING btree (survey_id);

CREATE INDEX sweep_at ON public.tickets_sweep USING btree (at);

CREATE INDEX tag_by_use ON public.tickets_tag USING btree (uses DESC, name);

CREATE INDEX tally_of_side ON public.value_tally USING btree (currency, side, key);

CREATE INDEX task_lent ON public.tickets_task USING btree (absence_id) WHERE (absence_id IS NOT NULL);

CREATE INDEX task_of_executor ON public.tickets_task USING btree (executor_id, due_at) WHERE ((done_at IS NULL) AND (executor_id IS NOT NULL));

CREATE INDEX task_open ON public.tickets_task USING btree (ticket_id, due_at) WHERE (done_at IS NULL);

CREATE INDEX telegram_bot_key_42f3ad75_like ON public.telegram_bot USING btree (key varchar_pattern_ops);

CREATE INDEX telegram_part_message ON public.telegram_part USING btree (message);

CREATE INDEX ticket_details ON public.tickets_ticket USING gin (details jsonb_path_ops) WHERE (NOT (details = '{}'::jsonb));

CREATE INDEX ticket_due ON public.tickets_ticket USING btree (due_at, id) WHERE (due_at IS NOT NULL);

CREATE INDEX ticket_ended ON public.tickets_ticket USING btree (team_id, ended_at DESC, id DESC) WHERE (due_at IS NULL);

CREATE INDEX ticket_ended_all ON public.tickets_ticket USING btree (ended_at DESC, id DESC) WHERE (due_at IS NULL);

CREATE INDEX ticket_hanging ON public.tickets_ticket USING btree (id) WHERE ((NOT ((status)::text = ANY ((ARRAY['resolved'::character varying, 'refused'::character varying, 'closed'::character varying])::text[]))) AND ((due_at IS NULL) OR ((next_step)::text = ''::text)));

CREATE INDEX ticket_hangs ON public.tickets_ticket USING btree (LEAST(due_at, inform_by, take_by), id) WHERE (due_at IS NOT NULL);

CREATE INDEX ticket_inform ON public.tickets_ticket USING btree (inform_by) WHERE (inform_by IS NOT NULL);

CREATE INDEX ticket_joined ON public.tickets_ticket USING btree (merged_into_id) WHERE (merged_into_id IS NOT NULL);

CREATE INDEX ticket_joint ON public.tickets_ticket USING gin (works_with) WHERE (NOT (works_with = '{}'::bigint[]));

CREATE INDEX ticket_line_aged ON public.tickets_ticket USING btree (team_id, opened_at, id) WHERE ((id > 0) AND ((status)::text = ANY ((ARRAY['new'::character varying, 'open'::character varying, 'pending_client'::character varying, 'scheduled'::character varying])::text[])));

CREATE INDEX ticket_line_asleep ON public.tickets_ticket USING btree (team_id, status, due_at, id) INCLUDE (owner_id, waits_for) WHERE ((status)::text = ANY ((ARRAY['pending_client'::character varying, 'scheduled'::character varying])::text[]));

CREATE INDEX ticket_line_moves ON public.tickets_ticket USING btree (team_id, due_at, id) INCLUDE (owner_id, next_step, channel_kind, waiting_since) WHERE ((status)::text = ANY ((ARRAY['new'::character varying, 'open'::character varying])::text[]));

CREATE INDEX ticket_may_belong ON public.tickets_ticket USING btree (may_belong_to_id) WHERE (may_belong_to_id IS NOT NULL);

CREATE INDEX ticket_of_contact ON public.tickets_ticket USING btree (contact_id, id DESC);

CREATE INDEX ticket_of_product ON public.tickets_ticket USING btree (product_id, id DESC) WHERE (product_id IS NOT NULL);

CREATE INDEX ticket_of_topic ON public.tickets_ticket USING btree (topic_id, id DESC) WHERE (topic_id IS NOT NULL);

CREATE INDEX ticket_open_aged ON public.tickets_ticket USING btree (opened_at, id) WHERE ((id > 0) AND ((status)::text = ANY ((ARRAY['new'::character varying, 'open'::character varying, 'pending_client'::character varying, 'scheduled'::character varying])::text[])));

CREATE INDEX ticket_opened_of_line ON public.tickets_ticket USING btree (opened_at) INCLUDE (status, team_id);

CREATE INDEX ticket_ours ON public.tickets_ticket USING btree (due_at, id) INCLUDE (team_id, owner_id, next_step) WHERE ((status)::text = ANY ((ARRAY['new'::character varying, 'open'::character varying])::text[]));

CREATE INDEX ticket_own_load ON public.tickets_ticket USING btree (owner_id, due_at) INCLUDE (channel_kind) WHERE (((status)::text = ANY ((ARRAY['new'::character varying, 'open'::character varying])::text[])) AND (owner_id IS NOT NULL));

CREATE INDEX ticket_own_ours ON public.tickets_ticket USING btree (owner_id, due_at, id) INCLUDE (team_id, next_step) WHERE (((status)::text = ANY ((ARRAY['new'::character varying, 'open'::character varying])::text[])) AND (owner_id IS NOT NULL));

CREATE INDEX ticket_own_waits ON public.tickets_ticket USING btree (owner_id, status, due_at, id) INCLUDE (team_id) WHERE (((status)::text = ANY ((ARRAY['pending_client'::character varying, 'scheduled'::character varying])::text[])) AND (owner_id IS NOT NULL));

CREATE INDEX ticket_promised ON public.tickets_ticket USING btree (due_at, id) INCLUDE (team_id, owner_id, status) WHERE ((due_at IS NOT NULL) AND ((next_step)::text = 'keep_promise'::text));

CREATE INDEX ticket_tagged ON public.tickets_ticket USING gin (tags) WHERE (NOT (tags = '{}'::character varying(40)[]));

CREATE INDEX ticket_third ON public.tickets_ticket USING btree (due_at, id) INCLUDE (team_id, owner_id) WHERE (((status)::text = 'scheduled'::text) AND (NOT ((waits_for)::text = ''::text)));

CREATE INDEX ticket_trouble ON public.tickets_ticket USING btree (id) WHERE delivery_trouble;

CREATE INDEX ticket_unowned ON public.tickets_ticket USING btree (due_at, id) WHERE ((due_at IS NOT NULL) AND (owner_id IS NULL));

CREATE INDEX ticket_unowned_turn ON public.tickets_ticket USING btree (team_id, due_at, id) INCLUDE (next_step, opened_at, due_from, class_rank, priority, channel_kind) WHERE (((status)::text = ANY ((ARRAY['new'::character varying, 'open'::character varying])::text[])) AND (owner_id IS NULL));

CREATE INDEX ticket_upset ON public.tickets_ticket USING btree (due_at, id) WHERE (upset_since IS NOT NULL);

CREATE INDEX ticket_waits ON public.tickets_ticket USING btree (status, due_at, id) WHERE ((status)::text = ANY ((ARRAY['pending_client'::character varying, 'scheduled'::character varying])::text[]));

CREATE INDEX tickets_batch_sweep_id_e4a50681 ON public.tickets_batch USING btree (sweep_id);

CREATE INDEX tickets_change_ticket_id_bc55aba4 ON public.tickets_change USING btree (ticket_id);

CREATE INDEX tickets_field_topic_id_fa370cfe ON public.tickets_field USING btree (topic_id);

CREATE INDEX tickets_layout_code_b35ab11d_like ON public.tickets_layout USING btree (code varchar_pattern_ops);

CREATE INDEX tickets_participant_by_id_5720e58f ON public.tickets_participant USING btree (by_id);

CREATE INDEX tickets_participant_ticket_id_10cd57e4 ON public.tickets_participant USING btree (ticket_id);

CREATE INDEX tickets_partner_user_id_ff79bf55 ON public.tickets_partner USING btree (user_id);

CREATE INDEX tickets_pin_ticket_id_7d22a8f8 ON public.tickets_pin USING btree (ticket_id);

CREATE INDEX tickets_pin_user_id_e37eba80 ON public.tickets_pin USING btree (user_id);

CREATE INDEX tickets_presence_ticket_id_f0e92811 ON public.tickets_presence USING btree (ticket_id);

CREATE INDEX tickets_presence_user_id_b1ef7b6f ON public.tickets_presence USING btree (user_id);

CREATE INDEX tickets_promise_by_id_0096bfff ON public.tickets_promise USING btree (by_id);

CREATE INDEX tickets_promise_message_id_4004425c ON public.tickets_promise USING btree (message_id);

CREATE INDEX tickets_promise_ticket_id_e4d9472d ON public.tickets_promise USING btree (ticket_id);

CREATE INDEX tickets_refusal_by_id_32cad03f ON public.tickets_refusal USING btree (by_id);

CREATE INDEX tickets_refusal_message_id_f6b74148 ON public.tickets_refusal USING btree (message_id);

CREATE INDEX tickets_refusal_ticket_id_fc650796 ON public.tickets_refusal USING btree (ticket_id);

CREATE INDEX tickets_refusalrequest_ticket_id_1dfea111 ON public.tickets_refusalrequest USING btree (ticket_id);

CREATE INDEX tickets_relocation_by_id_d1c0aaeb ON public.tickets_relocation USING btree (by_id);

CREATE INDEX tickets_relocation_source_id_42a8aea5 ON public.tickets_relocation USING btree (source_id);

CREATE INDEX tickets_relocation_target_id_53c28782 ON public.tickets_relocation USING btree (target_id);

CREATE INDEX tickets_relocation_undone_by_id_3bc7ab97 ON public.tickets_relocation USING btree (undone_by_id);

CREATE INDEX tickets_resolution_by_id_a716ba1b ON public.tickets_resolution USING btree (by_id);

CREATE INDEX tickets_resolution_message_id_28e8e37a ON public.tickets_resolution USING btree (message_id);

CREATE INDEX tickets_resolution_ticket_id_de2ea6cb ON public.tickets_resolution USING btree (ticket_id);

CREATE INDEX tickets_savedlist_owner_id_421c3a30 ON public.tickets_savedlist USING btree (owner_id);

CREATE INDEX tickets_savedlist_team_id_8f24e2e8 ON public.tickets_savedlist USING btree (team_id);

CREATE INDEX tickets_savedlist_view_59ce2e68 ON public.tickets_savedlist USING btree (view);

CREATE INDEX tickets_savedlist_view_59ce2e68_like ON public.tickets_savedlist USING btree (view varchar_pattern_ops);

CREATE INDEX tickets_schedule_by_id_3dae58e9 ON public.tickets_schedule USING btree (by_id);

CREATE INDEX tickets_schedule_message_id_ed0577c7 ON public.tickets_schedule USING btree (message_id);

CREATE INDEX tickets_schedule_ticket_id_50ce95b1 ON public.tickets_schedule USING btree (ticket_id);

CREATE INDEX tickets_seen_ticket_id_33530054 ON public.tickets_seen USING btree (ticket_id);

CREATE INDEX tickets_seen_user_id_643ae36f ON public.tickets_seen USING btree (user_id);

CREATE INDEX tickets_tag_name_f3587382_like ON public.tickets_tag USING btree (name varchar_pattern_ops);

CREATE INDEX tickets_task_ticket_id_57e7e1c2 ON public.tickets_task USING btree (ticket_id);

CREATE INDEX tickets_ticket_follows_id_701312c7 ON public.tickets_ticket USING btree (follows_id);

CREATE INDEX tickets_ticket_owner_id_40236788 ON public.tickets_ticket USING btree (owner_id);

CREATE INDEX tickets_ticket_team_id_5a4e7469 ON public.tickets_ticket USING btree (team_id);

CREATE INDEX tickets_tie_by_id_b9d5c03f ON public.tickets_tie USING btree (by_id);

CREATE INDEX tickets_tie_other_id_84602fed ON public.tickets_tie USING btree (other_id);

CREATE INDEX tickets_topic_parent_id_dbb3832d ON public.tickets_topic USING btree (parent_id);

CREATE INDEX tickets_traineeship_curator_id_e4b38b91 ON public.tickets_traineeship USING btree (curator_id);

CREATE INDEX tickets_traineeship_person_id_c726bd8e ON public.tickets_traineeship USING btree (person_id);

CREATE INDEX tickets_visit_people_user_id_ef967ddb ON public.tickets_visit_people USING btree (user_id);

CREATE INDEX tickets_visit_people_visit_id_c765a5e6 ON public.tickets_visit_people USING btree (visit_id);

CREATE INDEX tickets_visit_ticket_id_8f4cc294 ON public.tickets_visit USING btree (ticket_id);

CREATE INDEX tickets_watch_user_id_05b3512d ON public.tickets_watch USING btree (user_id);

CREATE UNIQUE INDEX tied_in_one_way ON public.tickets_tie USING btree (LEAST(ticket_id, other_id), GREATEST(ticket_id, other_id));

CREATE INDEX told_waiting ON public.incidents_told USING btree (update_id, id) WHERE ((state)::text = 'waiting'::text);

CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY ((ARRAY['totp'::character varying, 'recovery_codes'::character varying])::text[]));

CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";

CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;

CREATE INDEX upcoming_on ON public.outreach_upcoming USING btree ("on") WHERE ((dropped)::text = ''::text);

CREATE INDEX update_going ON public.incidents_update USING btree (begins_at) WHERE (finished_at IS NULL);

CREATE INDEX update_of_incident ON public.incidents_update USING btree (incident_id, id DESC);

CREATE INDEX usersessions_usersession_session_key_fd35de43_like ON public.usersessions_usersession USING btree (session_key varchar_pattern_ops);

CREATE INDEX usersessions_usersession_user_id_af5e0a6d ON public.usersessions_usersession USING btree (user_id);

CREATE INDEX value_buyers_currency_f353f5dd_like ON public.value_buyers USING btree (currency varchar_pattern_ops);

CREATE INDEX value_contrast_kind_ccff150c_like ON public.value_contrast USING btree (kind varchar_pattern_ops);

CREATE INDEX visit_mark ON public.tickets_visit USING btree (next_mark) WHERE ((NOT ((state)::text = ANY ((ARRAY['done'::character varying, 'failed'::character varying])::text[]))) AND (next_mark IS NOT NULL));

CREATE INDEX visit_starts ON public.tickets_visit USING btree (starts_at, id);

CREATE INDEX visitor_heard ON public.sitechat_visitor USING btree (heard_at);

CREATE INDEX works_by_begin ON public.status_works USING btree (begins_at);

CREATE STATISTICS public.ticket_halves (mcv) ON status, owner_id, team_id FROM public.tickets_ticket;

CREATE TRIGGER audit_refuse BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_line FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse();

CREATE TRIGGER audit_refuse BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_seal FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse();

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.alerts_alert FOR EACH ROW EXECUTE FUNCTION public.audit_watch('alerts.Alert', 'metric,team_id,kind,way,bound,days,weeks,fewest,owner_id,whom,made_at,paused_at,retired_at', 'name,side,key');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.automation_endpoint FOR EACH ROW EXECUTE FUNCTION public.audit_watch('automation.Endpoint', 'old_until,is_active,changed_by_id,events,paused_at', 'secret,old_secret,url,name');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.automation_macro FOR EACH ROW EXECUTE FUNCTION public.audit_watch('automation.Macro', 'team_id,is_active,position,changed_by_id', 'name,about,text,acts');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.automation_panel FOR EACH ROW EXECUTE FUNCTION public.audit_watch('automation.Panel', 'old_until,is_active,changed_by_id,kind,tells,roles,lines,topic_id,clients,on_organisations,on_cards,opens,height', 'secret,old_secret,url,name');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.automation_rule FOR EACH ROW EXECUTE FUNCTION public.audit_watch('automation.Rule', 'is_active,position,stops,trigger,minutes,days,at_time,matches_any,hourly,paused_at,active_from,changed_by_id', 'name,what,conditions,acts,paused_why');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.calendar_businesscalendar FOR EACH ROW EXECUTE FUNCTION public.audit_watch('calendar.BusinessCalendar', 'time_zone,weekly,is_default,version,created_at', 'name');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.calendar_calendarexception FOR EACH ROW EXECUTE FUNCTION public.audit_watch('calendar.CalendarException', 'calendar_id,date,windows,is_imported', 'name');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.calls_extension FOR EACH ROW EXECUTE FUNCTION public.audit_watch('calls.Extension', 'user_id', 'number');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.calls_manner FOR EACH ROW EXECUTE FUNCTION public.audit_watch('calls.Manner', 'channel_id,answer_within,wrap_seconds,call_back_minutes', '');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.channels_channel FOR EACH ROW EXECUTE FUNCTION public.audit_watch('channels.Channel', 'team_id,brand_id,acknowledges,is_active', 'kind,name,address,from_name,signature');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.clients_contactpolicy FOR EACH ROW EXECUTE FUNCTION public.audit_watch('clients.ContactPolicy', 'surveys_of_person,surveys_of_client,survey_share,surveys_of_role,act_days,relation_days,survey_days,notices_a_day', 'hours');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.clients_opener FOR EACH ROW EXECUTE FUNCTION public.audit_watch('clients.Opener', 'situation,is_active', 'language,text');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.clients_product FOR EACH ROW EXECUTE FUNCTION public.audit_watch('clients.Product', 'is_active,created_at', 'name');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.complaints_complaintpolicy FOR EACH ROW EXECUTE FUNCTION public.audit_watch('complaints.ComplaintPolicy', 'acknowledge_days,progress_days,legal_days,manager_id', 'bodies');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.email_application FOR EACH ROW EXECUTE FUNCTION public.audit_watch('email.Application', '', 'kind,client_id,client_secret,own_authorize_url,own_token_url');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.email_mailbox FOR EACH ROW EXECUTE FUNCTION public.audit_watch('email.Mailbox', 'channel_id,fetches,imap_host,imap_port,imap_security,only_new,poll_seconds,after_reading,reading_stopped,failures,keeps_out,signs_in,hook,delivery,smtp_host,smtp_port,smtp_security,per_minute,per_hour', 'imap_login,imap_secret,imap_folders,move_to,border,sealers,refresh_secret,hook_key,hook_secret,smtp_login,smtp_secret,dkim_selector,dkim_secret');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.incidents_incidentpolicy FOR EACH ROW EXECUTE FUNCTION public.audit_watch('incidents.IncidentPolicy', 's1_first,s1_every,s2_first,s2_every,s3_first,s3_every,post_mortem_from,s1_closed_within,closed_within', '');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.indicators_scheme FOR EACH ROW EXECUTE FUNCTION public.audit_watch('indicators.Scheme', 'role,team_id,span,base,currency,cap,fewest,approver_id,starts_on,ends_on,made_by_id,made_at', 'name');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.mfa_authenticator FOR EACH ROW EXECUTE FUNCTION public.audit_watch('mfa.Authenticator', 'user_id,type,created_at', 'data');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.outreach_outreachpolicy FOR EACH ROW EXECUTE FUNCTION public.audit_watch('outreach.OutreachPolicy', 'writes,begin_days,lead_days', '');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.phone_exchange FOR EACH ROW EXECUTE FUNCTION public.audit_watch('phone.Exchange', 'old_until,channel_id', 'secret,old_secret,key');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.privacy_breach FOR EACH ROW EXECUTE FUNCTION public.audit_watch('privacy.Breach', 'people,learned_at,reported_at,results_at,closed_at,by_id,created_at', 'what,data,told');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.privacy_hold FOR EACH ROW EXECUTE FUNCTION public.audit_watch('privacy.Hold', 'contact_id,ticket_id,by_id,at,lifted_by_id,lifted_at', 'why');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.privacy_term FOR EACH ROW EXECUTE FUNCTION public.audit_watch('privacy.Term', 'code,days,is_on,changed_by_id', '');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.quality_criterion FOR EACH ROW EXECUTE FUNCTION public.audit_watch('quality.Criterion', 'position,version_id,element,weight,steps,may_skip,critical', 'name,guidance');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.quality_plan FOR EACH ROW EXECUTE FUNCTION public.audit_watch('quality.Plan', 'line_id,person_id,channel,count,every,controller_id,days,risks,ended_at', '');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.quality_reviewpolicy FOR EACH ROW EXECUTE FUNCTION public.audit_watch('quality.ReviewPolicy', 'review_days,dispute_days,decide_days,step_days', '');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.quality_scorecard FOR EACH ROW EXECUTE FUNCTION public.audit_watch('quality.Scorecard', 'channel,ended_at', 'name');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.reports_reader FOR EACH ROW EXECUTE FUNCTION public.audit_watch('reports.Reader', 'report_id,person_id,stopped_at', '');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.reports_report FOR EACH ROW EXECUTE FUNCTION public.audit_watch('reports.Report', 'owner_id,subject,board_id,every,weekday,hour,is_on,made_at', 'name');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.routing_distribution FOR EACH ROW EXECUTE FUNCTION public.audit_watch('routing.Distribution', 'team_id,mode', '');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.routing_need FOR EACH ROW EXECUTE FUNCTION public.audit_watch('routing.Need', 'channel_id,skill_id', '');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.shifts_rules FOR EACH ROW EXECUTE FUNCTION public.audit_watch('shifts.Rules', 'week_hours,accounting,rest_hours,ahead_days', '');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.shifts_shifttemplate FOR EACH ROW EXECUTE FUNCTION public.audit_watch('shifts.ShiftTemplate', 'line_id,starts,ends,is_active,created_at', 'name,short,breaks');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.sitechat_chat FOR EACH ROW EXECUTE FUNCTION public.audit_watch('sitechat.Chat', 'channel_id,asks_address,leaves_after,keeps_page', 'key,sites,language,welcome_ru,welcome_en');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.sla_agreement FOR EACH ROW EXECUTE FUNCTION public.audit_watch('sla.Agreement', 'service_class_id,contact_id,client_id,channel_id,product_id,starts_on,ends_on,made_by_id,made_at', 'note');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.sla_serviceclass FOR EACH ROW EXECUTE FUNCTION public.audit_watch('sla.ServiceClass', 'rank,published_at,created_at', 'name,promise,exclusions,compensation');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.sla_target FOR EACH ROW EXECUTE FUNCTION public.audit_watch('sla.Target', 'version_id,priority,first_answer,next_answer,resolution', '');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.sla_version FOR EACH ROW EXECUTE FUNCTION public.audit_watch('sla.Version', 'service_class_id,number,calendar_id,update_every,pause_limit,warn_share,share,suppliers_fit,made_by_id,made_at,approved_by_id,valid_from,valid_until', 'accepted,override');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.staff_apitoken FOR EACH ROW EXECUTE FUNCTION public.audit_watch('staff.ApiToken', 'user_id,scopes,created_at,revoked_at', 'name,digest');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.staff_brand FOR EACH ROW EXECUTE FUNCTION public.audit_watch('staff.Brand', 'is_usual,logo_id', 'name,sender_name,colour,signature,language');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.staff_membership FOR EACH ROW EXECUTE FUNCTION public.audit_watch('staff.Membership', 'user_id,team_id', 'capacity');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.staff_onetimelink FOR EACH ROW EXECUTE FUNCTION public.audit_watch('staff.OneTimeLink', 'purpose,user_id,made_by_id,made_at,expires_at,used_at', 'digest');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.staff_organisation FOR EACH ROW EXECUTE FUNCTION public.audit_watch('staff.Organisation', 'second_factor,undo_seconds,is_demo', 'name,site_url,language,time_zone,pause_reasons');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.staff_requirement FOR EACH ROW EXECUTE FUNCTION public.audit_watch('staff.Requirement', 'team_id,skill_id,level,people,weight', '');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.staff_skill FOR EACH ROW EXECUTE FUNCTION public.audit_watch('staff.Skill', '', 'name');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.staff_team FOR EACH ROW EXECUTE FUNCTION public.audit_watch('staff.Team', 'level,calendar_id,first_answer,next_answer,resolution,brand_id,shows_drafts,is_active,created_at', 'name,signature');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.staff_user FOR EACH ROW EXECUTE FUNCTION public.audit_watch('staff.User', 'login,role,is_active,created_at,list_width,undo_seconds', 'password,email,name,title,portrait,own_keys');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.staff_user_skills FOR EACH ROW EXECUTE FUNCTION public.audit_watch('staff.Ability', 'user_id,skill_id,level,confirmed_on', '');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.status_check FOR EACH ROW EXECUTE FUNCTION public.audit_watch('status.Check', 'component_id,kind,tells,every,misses_needed,hits_needed,is_on', 'address');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.status_component FOR EACH ROW EXECUTE FUNCTION public.audit_watch('status.Component', 'group_id,place,product_id,target,since,is_shown', 'name_ru,name_en');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.status_group FOR EACH ROW EXECUTE FUNCTION public.audit_watch('status.Group', 'place', 'name_ru,name_en');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.status_statuspolicy FOR EACH ROW EXECUTE FUNCTION public.audit_watch('status.StatusPolicy', 'is_open,speaks_itself,slow,partial,notice_hours,works_hours,cap', 'about_ru,about_en,tiers');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.status_target FOR EACH ROW EXECUTE FUNCTION public.audit_watch('status.Target', 'component_id,service_class_id,target', '');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.surveys_publicpages FOR EACH ROW EXECUTE FUNCTION public.audit_watch('surveys.PublicPages', 'is_on', '');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.telegram_bot FOR EACH ROW EXECUTE FUNCTION public.audit_watch('telegram.Bot', 'channel_id,number,way', 'name,token_secret,api,greeting_ru,greeting_en,key,hook_secret,hooked_to');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.tickets_field FOR EACH ROW EXECUTE FUNCTION public.audit_watch('tickets.Field', 'kind,position,is_active,topic_id,is_required', 'name,options,hint');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.tickets_habits FOR EACH ROW EXECUTE FUNCTION public.audit_watch('tickets.Habits', 'team_id,reopen_days,reminders,remind_days,approved_reasons,appeals,appeal_days,appeal_decided_in,asks_owner,usual_next', 'appeal_words_ru,appeal_words_en');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.tickets_layout FOR EACH ROW EXECUTE FUNCTION public.audit_watch('tickets.Layout', 'order,folded,hidden', '');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.tickets_topic FOR EACH ROW EXECUTE FUNCTION public.audit_watch('tickets.Topic', 'parent_id,position,is_active,product_id', 'name');

CREATE TRIGGER audit_watch AFTER INSERT OR DELETE OR UPDATE ON public.value_policy FOR EACH ROW EXECUTE FUNCTION public.audit_watch('value.Policy', 'margin,discount,hour_cost,occupancy,shrinkage', '');

CREATE TRIGGER frozen BEFORE UPDATE ON public.indicators_close FOR EACH ROW WHEN (((old.reopened_at IS NOT NULL) OR ((((old.month IS DISTINCT FROM new.month) OR (old.at IS DISTINCT FROM new.at)) OR (old.by_id IS DISTINCT FROM new.by_id)) OR (old.entry_id IS DISTINCT FROM new.entry_id)))) EXECUTE FUNCTION public.indicators_refuse();

CREATE TRIGGER frozen BEFORE UPDATE ON public.indicators_dispute FOR EACH ROW WHEN ((old.answered_at IS NOT NULL)) EXECUTE FUNCTION public.indicators_refuse();

CREATE TRIGGER frozen BEFORE DELETE OR UPDATE ON public.indicators_frozen FOR EACH ROW EXECUTE FUNCTION public.indicators_refuse();

CREATE TRIGGER frozen BEFORE UPDATE ON public.indicators_part FOR EACH ROW EXECUTE FUNCTION public.indicators_refuse();

CREATE TRIGGER frozen BEFORE DELETE OR UPDATE ON public.indicators_plan FOR EACH ROW EXECUTE FUNCTION public.indicators_refuse();

CREATE TRIGGER frozen BEFORE UPDATE ON public.indicators_statement FOR EACH ROW WHEN ((((old.state)::text = 'approved'::text) AND ((to_jsonb(old.*) - 'seen_at'::text) IS DISTINCT FROM (to_jsonb(new.*) - 'seen_at'::text)))) EXECUTE FUNCTION public.indicators_refuse();

CREATE TRIGGER frozen_row BEFORE DELETE ON public.indicators_close FOR EACH ROW EXECUTE FUNCTION public.indicators_refuse();

CREATE TRIGGER frozen_row BEFORE DELETE ON public.indicators_dispute FOR EACH ROW EXECUTE FUNCTION public.indicators_refuse();

CREATE TRIGGER frozen_row BEFORE DELETE ON public.indicators_part FOR EACH ROW EXECUTE FUNCTION public.indicators_refuse_approved();

CREATE TRIGGER frozen_row BEFORE DELETE ON public.indicators_statement FOR EACH ROW WHEN (((old.state)::text = 'approved'::text)) EXECUTE FUNCTION public.indicators_refuse();

CREATE TRIGGER journal_tell AFTER INSERT ON public.journal_entry FOR EACH ROW WHEN (((new.about)::text <> ''::text)) EXECUTE FUNCTION public.journal_tell();

CREATE TRIGGER open_ticket_is_not_of_who_left AFTER UPDATE ON public.tickets_ticket FOR EACH ROW WHEN (((new.owner_id IS NOT NULL) AND (new.due_at IS NOT NULL) AND ((new.owner_id IS DISTINCT FROM old.owner_id) OR (old.due_at IS NULL)))) EXECUTE FUNCTION public.tickets_owner_works_here();

CREATE TRIGGER open_ticket_is_not_of_who_left_new AFTER INSERT ON public.tickets_ticket FOR EACH ROW WHEN (((new.owner_id IS NOT NULL) AND (new.due_at IS NOT NULL))) EXECUTE FUNCTION public.tickets_owner_works_here();

CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();

CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();

CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();

CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();

CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();

CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();

CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();

CREATE CONSTRAINT TRIGGER who_leaves_has_no_open_ticket AFTER UPDATE OF is_active ON public.staff_user DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.is_active AND (NOT new.is_active))) EXECUTE FUNCTION public.tickets_who_leaves_has_none();

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_staff_user_id FOREIGN KEY (user_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.alerts_alert
    ADD CONSTRAINT alerts_alert_owner_id_0c00548a_fk_staff_user_id FOREIGN KEY (owner_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.alerts_alert_people
    ADD CONSTRAINT alerts_alert_people_alert_id_7910abb9_fk_alerts_alert_id FOREIGN KEY (alert_id) REFERENCES public.alerts_alert(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.alerts_alert_people
    ADD CONSTRAINT alerts_alert_people_user_id_47fd9575_fk_staff_user_id FOREIGN KEY (user_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.alerts_alert
    ADD CONSTRAINT alerts_alert_team_id_cbc543e7_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.alerts_ringing
    ADD CONSTRAINT alerts_ringing_alert_id_acf01892_fk_alerts_alert_id FOREIGN KEY (alert_id) REFERENCES public.alerts_alert(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.automation_application
    ADD CONSTRAINT automation_application_by_id_1233c43d_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.automation_application
    ADD CONSTRAINT automation_application_macro_id_fdb5b1f9_fk_automation_macro_id FOREIGN KEY (macro_id) REFERENCES public.automation_macro(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.automation_application
    ADD CONSTRAINT automation_application_ticket_id_35ab7cb5_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.automation_delivery
    ADD CONSTRAINT automation_delivery_endpoint_id_4bbd36f8_fk_automatio FOREIGN KEY (endpoint_id) REFERENCES public.automation_endpoint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.automation_delivery
    ADD CONSTRAINT automation_delivery_ticket_id_02c2e1d1_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.automation_endpoint
    ADD CONSTRAINT automation_endpoint_changed_by_id_78f8363d_fk_staff_user_id FOREIGN KEY (changed_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.automation_firing
    ADD CONSTRAINT automation_firing_rule_id_74a04d68_fk_automation_rule_id FOREIGN KEY (rule_id) REFERENCES public.automation_rule(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.automation_firing
    ADD CONSTRAINT automation_firing_ticket_id_e5e83237_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.automation_macro
    ADD CONSTRAINT automation_macro_changed_by_id_915c94e8_fk_staff_user_id FOREIGN KEY (changed_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.automation_macro
    ADD CONSTRAINT automation_macro_team_id_6f148cb9_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.automation_panel
    ADD CONSTRAINT automation_panel_changed_by_id_658a74c1_fk_staff_user_id FOREIGN KEY (changed_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.automation_panel
    ADD CONSTRAINT automation_panel_topic_id_1f7d4977_fk_tickets_topic_id FOREIGN KEY (topic_id) REFERENCES public.tickets_topic(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.automation_rule
    ADD CONSTRAINT automation_rule_changed_by_id_532f14b3_fk_staff_user_id FOREIGN KEY (changed_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.boards_board
    ADD CONSTRAINT boards_board_owner_id_b5769a17_fk_staff_user_id FOREIGN KEY (owner_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.boards_board
    ADD CONSTRAINT boards_board_shared_with_id_d1794f04_fk_staff_team_id FOREIGN KEY (shared_with_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.boards_board
    ADD CONSTRAINT boards_board_team_id_6b719fe7_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.boards_tile
    ADD CONSTRAINT boards_tile_board_id_b4dad80f_fk_boards_board_id FOREIGN KEY (board_id) REFERENCES public.boards_board(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.boards_tile
    ADD CONSTRAINT boards_tile_team_id_0a088418_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.calendar_calendarexception
    ADD CONSTRAINT calendar_calendarexc_calendar_id_8ef598fc_fk_calendar_ FOREIGN KEY (calendar_id) REFERENCES public.calendar_businesscalendar(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.calls_call
    ADD CONSTRAINT calls_call_answered_by_id_f7c8082a_fk_staff_user_id FOREIGN KEY (answered_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.calls_call
    ADD CONSTRAINT calls_call_channel_id_459026f8_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.calls_call
    ADD CONSTRAINT calls_call_contact_id_9da4d952_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.calls_call
    ADD CONSTRAINT calls_call_holder_id_c5b6bcde_fk_staff_user_id FOREIGN KEY (holder_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.calls_call
    ADD CONSTRAINT calls_call_note_id_e82c93e0_fk_conversations_message_id FOREIGN KEY (note_id) REFERENCES public.conversations_message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.calls_call
    ADD CONSTRAINT calls_call_team_id_8d381045_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.calls_call
    ADD CONSTRAINT calls_call_ticket_id_f431e6e9_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.calls_callback
    ADD CONSTRAINT calls_callback_channel_id_ae5d7452_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.calls_callback
    ADD CONSTRAINT calls_callback_reached_by_id_a36cb594_fk_calls_call_id FOREIGN KEY (reached_by_id) REFERENCES public.calls_call(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.calls_callback
    ADD CONSTRAINT calls_callback_ticket_id_2966de11_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.calls_callevent
    ADD CONSTRAINT calls_callevent_call_id_511c7c00_fk_calls_call_id FOREIGN KEY (call_id) REFERENCES public.calls_call(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.calls_draft
    ADD CONSTRAINT calls_draft_author_id_aa047b54_fk_staff_user_id FOREIGN KEY (author_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.calls_draft
    ADD CONSTRAINT calls_draft_call_id_d0477f68_fk_calls_call_id FOREIGN KEY (call_id) REFERENCES public.calls_call(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.calls_extension
    ADD CONSTRAINT calls_extension_user_id_9a768038_fk_staff_user_id FOREIGN KEY (user_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.calls_manner
    ADD CONSTRAINT calls_manner_channel_id_62cc44b3_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.channels_channel
    ADD CONSTRAINT channels_channel_brand_id_b1f46b03_fk_staff_brand_id FOREIGN KEY (brand_id) REFERENCES public.staff_brand(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.channels_channel
    ADD CONSTRAINT channels_channel_team_id_4c7a34c2_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.channels_inbound
    ADD CONSTRAINT channels_inbound_channel_id_3cec406d_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.channels_outbound
    ADD CONSTRAINT channels_outbound_channel_id_8ae7618c_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_abusereport
    ADD CONSTRAINT clients_abusereport_by_id_a02f350e_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_abusereport
    ADD CONSTRAINT clients_abusereport_contact_id_98044c69_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_abusereport
    ADD CONSTRAINT clients_abusereport_decided_by_id_578b16ef_fk_staff_user_id FOREIGN KEY (decided_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_advice
    ADD CONSTRAINT clients_advice_by_id_6aad915b_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_advice
    ADD CONSTRAINT clients_advice_contact_id_c4074209_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_cardanswer
    ADD CONSTRAINT clients_cardanswer_client_id_8ee02ba0_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_cardanswer
    ADD CONSTRAINT clients_cardanswer_contact_id_33bba633_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_cardanswer
    ADD CONSTRAINT clients_cardanswer_field_id_0d43bfa3_fk_clients_cardfield_id FOREIGN KEY (field_id) REFERENCES public.clients_cardfield(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_cardnote
    ADD CONSTRAINT clients_cardnote_archived_by_id_fe935b3c_fk_staff_user_id FOREIGN KEY (archived_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_cardnote
    ADD CONSTRAINT clients_cardnote_by_id_40a0fdf8_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_cardnote
    ADD CONSTRAINT clients_cardnote_client_id_207a77ee_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_cardnote
    ADD CONSTRAINT clients_cardnote_contact_id_e256a859_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_client
    ADD CONSTRAINT clients_client_manager_id_656c7ef3_fk_staff_user_id FOREIGN KEY (manager_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_client
    ADD CONSTRAINT clients_client_merged_into_id_fad7ad41_fk_clients_client_id FOREIGN KEY (merged_into_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_clientevent
    ADD CONSTRAINT clients_clientevent_client_id_ca0bd997_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_clientevent
    ADD CONSTRAINT clients_clientevent_contact_id_083f3029_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_clientmerging
    ADD CONSTRAINT clients_clientmerging_by_id_1995a887_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_clientmerging
    ADD CONSTRAINT clients_clientmerging_loser_id_86947bf1_fk_clients_client_id FOREIGN KEY (loser_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_clientmerging
    ADD CONSTRAINT clients_clientmerging_undone_by_id_5d187af0_fk_staff_user_id FOREIGN KEY (undone_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_clientmerging
    ADD CONSTRAINT clients_clientmerging_winner_id_2605fb58_fk_clients_client_id FOREIGN KEY (winner_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_confirmation
    ADD CONSTRAINT clients_confirmation_by_id_e38c797b_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_confirmation
    ADD CONSTRAINT clients_confirmation_client_id_51455d07_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_confirmation
    ADD CONSTRAINT clients_confirmation_contact_id_771e726e_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_consent
    ADD CONSTRAINT clients_consent_by_id_43123c1c_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_consent
    ADD CONSTRAINT clients_consent_contact_id_6257034a_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_contact
    ADD CONSTRAINT clients_contact_client_id_77862ce8_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_contact
    ADD CONSTRAINT clients_contact_merged_into_id_ec0aef72_fk_clients_contact_id FOREIGN KEY (merged_into_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_contacted
    ADD CONSTRAINT clients_contacted_client_id_a8bab901_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_contacted
    ADD CONSTRAINT clients_contacted_contact_id_890471cb_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_contactkey
    ADD CONSTRAINT clients_contactkey_added_by_id_655f9bcd_fk_staff_user_id FOREIGN KEY (added_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_contactkey
    ADD CONSTRAINT clients_contactkey_contact_id_d1435585_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_different
    ADD CONSTRAINT clients_different_by_id_1334d1bc_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_identity
    ADD CONSTRAINT clients_identity_added_by_id_f1e5660b_fk_staff_user_id FOREIGN KEY (added_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_identity
    ADD CONSTRAINT clients_identity_contact_id_3165db2e_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_identity
    ADD CONSTRAINT clients_identity_verified_by_id_73f26b51_fk_staff_user_id FOREIGN KEY (verified_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_membership
    ADD CONSTRAINT clients_membership_client_id_0f682242_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_membership
    ADD CONSTRAINT clients_membership_contact_id_7fe7a876_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_merging
    ADD CONSTRAINT clients_merging_by_id_6b142d01_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_merging
    ADD CONSTRAINT clients_merging_loser_id_b434608a_fk_clients_contact_id FOREIGN KEY (loser_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_merging
    ADD CONSTRAINT clients_merging_undone_by_id_518ad269_fk_staff_user_id FOREIGN KEY (undone_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_merging
    ADD CONSTRAINT clients_merging_winner_id_c62555d9_fk_clients_contact_id FOREIGN KEY (winner_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_opened
    ADD CONSTRAINT clients_opened_by_id_ac3db4ab_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_opened
    ADD CONSTRAINT clients_opened_contact_id_b72f23f5_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_opened
    ADD CONSTRAINT clients_opened_opener_id_45decd31_fk_clients_opener_id FOREIGN KEY (opener_id) REFERENCES public.clients_opener(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_payment
    ADD CONSTRAINT clients_payment_client_id_eb1521a1_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_payment
    ADD CONSTRAINT clients_payment_contact_id_60012bf4_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_payment
    ADD CONSTRAINT clients_payment_product_id_76c2c3e5_fk_clients_product_id FOREIGN KEY (product_id) REFERENCES public.clients_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_quietperiod
    ADD CONSTRAINT clients_quietperiod_by_id_022a7263_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_quietperiod
    ADD CONSTRAINT clients_quietperiod_client_id_8c29e407_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_quietperiod
    ADD CONSTRAINT clients_quietperiod_contact_id_ac7230f6_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_restriction
    ADD CONSTRAINT clients_restriction_by_id_e15af121_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_restriction
    ADD CONSTRAINT clients_restriction_contact_id_50351489_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_restriction
    ADD CONSTRAINT clients_restriction_ended_by_id_8c7bf168_fk_staff_user_id FOREIGN KEY (ended_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_restriction
    ADD CONSTRAINT clients_restriction_lead_id_cb6e4c21_fk_staff_user_id FOREIGN KEY (lead_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_restriction
    ADD CONSTRAINT clients_restriction_report_id_6c92b3b2_fk_clients_a FOREIGN KEY (report_id) REFERENCES public.clients_abusereport(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_restriction
    ADD CONSTRAINT clients_restriction_team_id_694fbaae_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_subscription
    ADD CONSTRAINT clients_subscription_client_id_ee2fd149_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_subscription
    ADD CONSTRAINT clients_subscription_contact_id_a6b30623_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_subscription
    ADD CONSTRAINT clients_subscription_product_id_c49d00ad_fk_clients_product_id FOREIGN KEY (product_id) REFERENCES public.clients_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_against_id_a9de8125_fk_staff_user_id FOREIGN KEY (against_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_against_line_id_039dc533_fk_staff_team_id FOREIGN KEY (against_line_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_complaint_lines
    ADD CONSTRAINT complaints_complaint_complaint_id_b872cdf2_fk_complaint FOREIGN KEY (complaint_id) REFERENCES public.complaints_complaint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_contact_id_e9c3428c_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_filed_by_id_e2bea5df_fk_staff_user_id FOREIGN KEY (filed_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_first_decider_id_84bc9516_fk_staff_user_id FOREIGN KEY (first_decider_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_first_investigator_i_e18aeba1_fk_staff_use FOREIGN KEY (first_investigator_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_investigator_id_3c27de1f_fk_staff_user_id FOREIGN KEY (investigator_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_line_id_03939272_fk_staff_team_id FOREIGN KEY (line_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_complaint_lines
    ADD CONSTRAINT complaints_complaint_lines_team_id_80582e02_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_owner_id_f72a6213_fk_staff_user_id FOREIGN KEY (owner_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_ticket_id_ee5271c6_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_complaintpolicy
    ADD CONSTRAINT complaints_complaintpolicy_manager_id_8da8e054_fk_staff_user_id FOREIGN KEY (manager_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_fact
    ADD CONSTRAINT complaints_fact_by_id_3a9907da_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_fact
    ADD CONSTRAINT complaints_fact_complaint_id_345ace81_fk_complaint FOREIGN KEY (complaint_id) REFERENCES public.complaints_complaint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_likeness
    ADD CONSTRAINT complaints_likeness_by_id_9991c974_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_likeness
    ADD CONSTRAINT complaints_likeness_one_id_c6c1aa6c_fk_complaints_complaint_id FOREIGN KEY (one_id) REFERENCES public.complaints_complaint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_likeness
    ADD CONSTRAINT complaints_likeness_other_id_3e5217d6_fk_complaint FOREIGN KEY (other_id) REFERENCES public.complaints_complaint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_measure
    ADD CONSTRAINT complaints_measure_complaint_id_77c16cba_fk_complaint FOREIGN KEY (complaint_id) REFERENCES public.complaints_complaint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_measure
    ADD CONSTRAINT complaints_measure_owner_id_4be00989_fk_staff_user_id FOREIGN KEY (owner_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_nocomplaint
    ADD CONSTRAINT complaints_nocomplaint_by_id_60c79bab_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_nocomplaint
    ADD CONSTRAINT complaints_nocomplaint_ticket_id_37d7518b_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.continuity_drill
    ADD CONSTRAINT continuity_drill_observer_id_310d5135_fk_staff_user_id FOREIGN KEY (observer_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.continuity_drill
    ADD CONSTRAINT continuity_drill_scenario_id_acf70f33_fk_continuity_scenario_id FOREIGN KEY (scenario_id) REFERENCES public.continuity_scenario(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.continuity_scenario
    ADD CONSTRAINT continuity_scenario_approved_by_id_53335d50_fk_staff_user_id FOREIGN KEY (approved_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.continuity_scenario
    ADD CONSTRAINT continuity_scenario_made_by_id_605b591d_fk_staff_user_id FOREIGN KEY (made_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.continuity_scenario
    ADD CONSTRAINT continuity_scenario_owner_id_2b286bb9_fk_staff_user_id FOREIGN KEY (owner_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_attachment
    ADD CONSTRAINT conversations_attach_conversation_id_9d924662_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_attachment
    ADD CONSTRAINT conversations_attach_message_id_9179b1e8_fk_conversat FOREIGN KEY (message_id) REFERENCES public.conversations_message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_attachment
    ADD CONSTRAINT conversations_attach_uploaded_by_id_cb6d972b_fk_staff_use FOREIGN KEY (uploaded_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_conversation
    ADD CONSTRAINT conversations_conver_channel_id_c75ad9c1_fk_channels_ FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_conversation
    ADD CONSTRAINT conversations_conver_contact_id_000135ab_fk_clients_c FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_conversation
    ADD CONSTRAINT conversations_conver_continues_in_id_6ed18be0_fk_conversat FOREIGN KEY (continues_in_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_draft
    ADD CONSTRAINT conversations_draft_author_id_ba27e5b8_fk_staff_user_id FOREIGN KEY (author_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_draft
    ADD CONSTRAINT conversations_draft_conversation_id_8be0ce8b_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_invitation
    ADD CONSTRAINT conversations_invita_message_id_9662d2ef_fk_conversat FOREIGN KEY (message_id) REFERENCES public.conversations_message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_message
    ADD CONSTRAINT conversations_messag_conversation_id_f1a2d5e9_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_message
    ADD CONSTRAINT conversations_messag_inbound_id_bafbdb87_fk_channels_ FOREIGN KEY (inbound_id) REFERENCES public.channels_inbound(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_message
    ADD CONSTRAINT conversations_messag_outbound_id_1117720f_fk_channels_ FOREIGN KEY (outbound_id) REFERENCES public.channels_outbound(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_message
    ADD CONSTRAINT conversations_message_author_id_3d2a10d9_fk_staff_user_id FOREIGN KEY (author_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_message
    ADD CONSTRAINT conversations_message_contact_id_1bec6b21_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_picturesfrom
    ADD CONSTRAINT conversations_picturesfrom_user_id_de99ebea_fk_staff_user_id FOREIGN KEY (user_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_savedreply
    ADD CONSTRAINT conversations_savedr_changed_by_id_82cef0cc_fk_staff_use FOREIGN KEY (changed_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_savedreplyput
    ADD CONSTRAINT conversations_savedr_conversation_id_969bcd4f_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_savedreply
    ADD CONSTRAINT conversations_savedr_offered_team_id_33593171_fk_staff_tea FOREIGN KEY (offered_team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_savedreplyuse
    ADD CONSTRAINT conversations_savedr_reply_id_1381612e_fk_conversat FOREIGN KEY (reply_id) REFERENCES public.conversations_savedreply(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_savedreplyput
    ADD CONSTRAINT conversations_savedr_reply_id_de4d30b3_fk_conversat FOREIGN KEY (reply_id) REFERENCES public.conversations_savedreply(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_savedreplywording
    ADD CONSTRAINT conversations_savedr_reply_id_e279688b_fk_conversat FOREIGN KEY (reply_id) REFERENCES public.conversations_savedreply(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_savedreply
    ADD CONSTRAINT conversations_savedreply_keeper_id_2e1b5101_fk_staff_user_id FOREIGN KEY (keeper_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_savedreply
    ADD CONSTRAINT conversations_savedreply_owner_id_5700df3f_fk_staff_user_id FOREIGN KEY (owner_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_savedreply
    ADD CONSTRAINT conversations_savedreply_team_id_d0d66ea0_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_savedreplyuse
    ADD CONSTRAINT conversations_savedreplyuse_user_id_806b5cd0_fk_staff_user_id FOREIGN KEY (user_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.email_folder
    ADD CONSTRAINT email_folder_mailbox_id_86fcab30_fk_email_mailbox_id FOREIGN KEY (mailbox_id) REFERENCES public.email_mailbox(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.email_mailbox
    ADD CONSTRAINT email_mailbox_channel_id_95606b14_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.goals_carry
    ADD CONSTRAINT goals_carry_by_id_08545ae9_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.goals_carry
    ADD CONSTRAINT goals_carry_task_id_7af0d2d3_fk_goals_plantask_id FOREIGN KEY (task_id) REFERENCES public.goals_plantask(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.goals_criterion
    ADD CONSTRAINT goals_criterion_goal_id_55358cc7_fk_goals_goal_id FOREIGN KEY (goal_id) REFERENCES public.goals_goal(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.goals_criterion
    ADD CONSTRAINT goals_criterion_seen_by_id_9e037898_fk_staff_user_id FOREIGN KEY (seen_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.goals_goal
    ADD CONSTRAINT goals_goal_judge_id_ec4808aa_fk_staff_user_id FOREIGN KEY (judge_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.goals_goal
    ADD CONSTRAINT goals_goal_judged_by_id_cc6db646_fk_staff_user_id FOREIGN KEY (judged_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.goals_goal
    ADD CONSTRAINT goals_goal_made_by_id_5c3f3852_fk_staff_user_id FOREIGN KEY (made_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.goals_goal
    ADD CONSTRAINT goals_goal_owner_id_2f711ee8_fk_staff_user_id FOREIGN KEY (owner_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.goals_goal
    ADD CONSTRAINT goals_goal_parent_id_e218205d_fk_goals_goal_id FOREIGN KEY (parent_id) REFERENCES public.goals_goal(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.goals_goal
    ADD CONSTRAINT goals_goal_team_id_c9fae0ab_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.goals_goalchange
    ADD CONSTRAINT goals_goalchange_by_id_9a1d95bd_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.goals_goalchange
    ADD CONSTRAINT goals_goalchange_goal_id_c64e5fb8_fk_goals_goal_id FOREIGN KEY (goal_id) REFERENCES public.goals_goal(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.goals_plantask
    ADD CONSTRAINT goals_plantask_goal_id_993d45ac_fk_goals_goal_id FOREIGN KEY (goal_id) REFERENCES public.goals_goal(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.goals_plantask
    ADD CONSTRAINT goals_plantask_improvement_id_a3d5d7a0_fk_metrics_i FOREIGN KEY (improvement_id) REFERENCES public.metrics_improvement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.goals_plantask
    ADD CONSTRAINT goals_plantask_made_by_id_95cf0517_fk_staff_user_id FOREIGN KEY (made_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.goals_plantask
    ADD CONSTRAINT goals_plantask_owner_id_5f1f64c3_fk_staff_user_id FOREIGN KEY (owner_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.goals_plantask
    ADD CONSTRAINT goals_plantask_part_of_id_93a4f608_fk_goals_plantask_id FOREIGN KEY (part_of_id) REFERENCES public.goals_plantask(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.goals_plantask
    ADD CONSTRAINT goals_plantask_team_id_1f296361_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.goals_retro
    ADD CONSTRAINT goals_retro_facilitator_id_b116e079_fk_staff_user_id FOREIGN KEY (facilitator_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.goals_retro
    ADD CONSTRAINT goals_retro_incident_id_f045c6eb_fk_incidents_incident_id FOREIGN KEY (incident_id) REFERENCES public.incidents_incident(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.goals_retroaction
    ADD CONSTRAINT goals_retroaction_ended_by_id_1b273d4f_fk_staff_user_id FOREIGN KEY (ended_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.goals_retroaction
    ADD CONSTRAINT goals_retroaction_owner_id_1ef85d09_fk_staff_user_id FOREIGN KEY (owner_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.goals_retroaction
    ADD CONSTRAINT goals_retroaction_retro_id_507eb135_fk_goals_retro_id FOREIGN KEY (retro_id) REFERENCES public.goals_retro(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.imports_import
    ADD CONSTRAINT imports_import_by_id_8b8eb7fa_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.imports_import
    ADD CONSTRAINT imports_import_channel_id_9fba2ed5_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.imports_import
    ADD CONSTRAINT imports_import_takeover_id_d36064b4_fk_imports_takeover_id FOREIGN KEY (takeover_id) REFERENCES public.imports_takeover(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.imports_problem
    ADD CONSTRAINT imports_problem_of_id_36cab4cf_fk_imports_import_id FOREIGN KEY (of_id) REFERENCES public.imports_import(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.imports_takeover
    ADD CONSTRAINT imports_takeover_by_id_f01a6823_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.imports_takeover
    ADD CONSTRAINT imports_takeover_channel_id_2a2ae563_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.incidents_action
    ADD CONSTRAINT incidents_action_by_id_83048cf7_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.incidents_action
    ADD CONSTRAINT incidents_action_incident_id_b3efa435_fk_incidents_incident_id FOREIGN KEY (incident_id) REFERENCES public.incidents_incident(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.incidents_action
    ADD CONSTRAINT incidents_action_owner_id_59450768_fk_staff_user_id FOREIGN KEY (owner_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.incidents_affected
    ADD CONSTRAINT incidents_affected_by_id_cf9696dc_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.incidents_affected
    ADD CONSTRAINT incidents_affected_incident_id_b1cf5b29_fk_incidents FOREIGN KEY (incident_id) REFERENCES public.incidents_incident(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.incidents_affected
    ADD CONSTRAINT incidents_affected_ticket_id_8dada7ee_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.incidents_concerned
    ADD CONSTRAINT incidents_concerned_client_id_874b7180_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.incidents_concerned
    ADD CONSTRAINT incidents_concerned_contact_id_ebcb3401_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.incidents_concerned
    ADD CONSTRAINT incidents_concerned_finding_id_d47c6af1_fk_incidents_finding_id FOREIGN KEY (finding_id) REFERENCES public.incidents_finding(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.incidents_finding
    ADD CONSTRAINT incidents_finding_by_id_5c86a6d7_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.incidents_finding
    ADD CONSTRAINT incidents_finding_incident_id_c6c3d68e_fk_incidents_incident_id FOREIGN KEY (incident_id) REFERENCES public.incidents_incident(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.incidents_incident_causes
    ADD CONSTRAINT incidents_incident_c_cause_id_2f170cfe_fk_incidents FOREIGN KEY (cause_id) REFERENCES public.incidents_cause(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.incidents_incident_causes
    ADD CONSTRAINT incidents_incident_c_incident_id_b6291054_fk_incidents FOREIGN KEY (incident_id) REFERENCES public.incidents_incident(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.incidents_incident
    ADD CONSTRAINT incidents_incident_leader_id_b1834d73_fk_staff_user_id FOREIGN KEY (leader_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.incidents_told
    ADD CONSTRAINT incidents_told_contact_id_794abe4b_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.incidents_told
    ADD CONSTRAINT incidents_told_message_id_ee993c32_fk_conversations_message_id FOREIGN KEY (message_id) REFERENCES public.conversations_message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.incidents_told
    ADD CONSTRAINT incidents_told_ticket_id_86b9e3b8_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.incidents_told
    ADD CONSTRAINT incidents_told_update_id_6a185680_fk_incidents_update_id FOREIGN KEY (update_id) REFERENCES public.incidents_update(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.incidents_update
    ADD CONSTRAINT incidents_update_author_id_9ce9e798_fk_staff_user_id FOREIGN KEY (author_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.incidents_update
    ADD CONSTRAINT incidents_update_incident_id_5ecafd02_fk_incidents_incident_id FOREIGN KEY (incident_id) REFERENCES public.incidents_incident(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.incidents_update
    ADD CONSTRAINT incidents_update_stopped_by_id_2e46c8f7_fk_staff_user_id FOREIGN KEY (stopped_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.indicators_close
    ADD CONSTRAINT indicators_close_by_id_f04ca70a_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.indicators_close
    ADD CONSTRAINT indicators_close_reopened_by_id_12bb9fe8_fk_staff_user_id FOREIGN KEY (reopened_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.indicators_dispute
    ADD CONSTRAINT indicators_dispute_answered_by_id_6b0ecdbb_fk_staff_user_id FOREIGN KEY (answered_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.indicators_dispute
    ADD CONSTRAINT indicators_dispute_statement_id_444f67ae_fk_indicator FOREIGN KEY (statement_id) REFERENCES public.indicators_statement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.indicators_frozen
    ADD CONSTRAINT indicators_frozen_close_id_7fc6e7be_fk_indicators_close_id FOREIGN KEY (close_id) REFERENCES public.indicators_close(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.indicators_frozen
    ADD CONSTRAINT indicators_frozen_plan_id_7bf3a62e_fk_indicators_plan_id FOREIGN KEY (plan_id) REFERENCES public.indicators_plan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.indicators_indicator
    ADD CONSTRAINT indicators_indicator_made_by_id_94d3f999_fk_staff_user_id FOREIGN KEY (made_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.indicators_indicator
    ADD CONSTRAINT indicators_indicator_person_id_7ca18d0e_fk_staff_user_id FOREIGN KEY (person_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.indicators_indicator
    ADD CONSTRAINT indicators_indicator_team_id_47c1e3dc_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.indicators_part
    ADD CONSTRAINT indicators_part_frozen_id_e5251d43_fk_indicators_frozen_id FOREIGN KEY (frozen_id) REFERENCES public.indicators_frozen(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.indicators_part
    ADD CONSTRAINT indicators_part_statement_id_21d72abf_fk_indicator FOREIGN KEY (statement_id) REFERENCES public.indicators_statement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.indicators_plan
    ADD CONSTRAINT indicators_plan_by_id_ccad161b_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.indicators_plan
    ADD CONSTRAINT indicators_plan_indicator_id_55e6249a_fk_indicator FOREIGN KEY (indicator_id) REFERENCES public.indicators_indicator(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.indicators_scheme
    ADD CONSTRAINT indicators_scheme_approver_id_eaf509ed_fk_staff_user_id FOREIGN KEY (approver_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.indicators_scheme
    ADD CONSTRAINT indicators_scheme_made_by_id_0c21c893_fk_staff_user_id FOREIGN KEY (made_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.indicators_scheme
    ADD CONSTRAINT indicators_scheme_team_id_aa81bbbc_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.indicators_statement
    ADD CONSTRAINT indicators_statement_approved_by_id_47459766_fk_staff_user_id FOREIGN KEY (approved_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.indicators_statement
    ADD CONSTRAINT indicators_statement_close_id_1847e37c_fk_indicators_close_id FOREIGN KEY (close_id) REFERENCES public.indicators_close(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.indicators_statement
    ADD CONSTRAINT indicators_statement_person_id_ef0961ab_fk_staff_user_id FOREIGN KEY (person_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.indicators_statement
    ADD CONSTRAINT indicators_statement_scheme_id_c831b200_fk_indicators_scheme_id FOREIGN KEY (scheme_id) REFERENCES public.indicators_scheme(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.journal_entry
    ADD CONSTRAINT journal_entry_actor_id_50c64a09_fk_staff_user_id FOREIGN KEY (actor_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.journal_entry
    ADD CONSTRAINT journal_entry_cause_id_3723eea3_fk_journal_entry_id FOREIGN KEY (cause_id) REFERENCES public.journal_entry(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.journal_notice
    ADD CONSTRAINT journal_notice_person_id_bd2b0dcc_fk_staff_user_id FOREIGN KEY (person_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.journal_once
    ADD CONSTRAINT journal_once_person_id_5840bd41_fk_staff_user_id FOREIGN KEY (person_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_article
    ADD CONSTRAINT knowledge_article_begun_by_id_60781d5a_fk_staff_user_id FOREIGN KEY (begun_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_article
    ADD CONSTRAINT knowledge_article_original_id_4d066cce_fk_knowledge_article_id FOREIGN KEY (original_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_article
    ADD CONSTRAINT knowledge_article_owner_id_b40ac797_fk_staff_user_id FOREIGN KEY (owner_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_article
    ADD CONSTRAINT knowledge_article_section_id_613d9ad4_fk_knowledge_section_id FOREIGN KEY (section_id) REFERENCES public.knowledge_section(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_articleday
    ADD CONSTRAINT knowledge_articleday_article_id_11ba5d87_fk_knowledge FOREIGN KEY (article_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_articleuse
    ADD CONSTRAINT knowledge_articleuse_article_id_7dbac3d7_fk_knowledge FOREIGN KEY (article_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_articleuse
    ADD CONSTRAINT knowledge_articleuse_by_id_de4fe60e_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_articleuse
    ADD CONSTRAINT knowledge_articleuse_ticket_id_0f6e6494_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_flag
    ADD CONSTRAINT knowledge_flag_article_id_54662a15_fk_knowledge_article_id FOREIGN KEY (article_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_flag
    ADD CONSTRAINT knowledge_flag_by_id_a16b3db7_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_flag
    ADD CONSTRAINT knowledge_flag_ticket_id_09721679_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_formvisit
    ADD CONSTRAINT knowledge_formvisit_contact_id_5f910535_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_linkcheck
    ADD CONSTRAINT knowledge_linkcheck_article_id_b200e8bf_fk_knowledge_article_id FOREIGN KEY (article_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_linkcheck
    ADD CONSTRAINT knowledge_linkcheck_draw_id_7c8fc598_fk_knowledge_linkdraw_id FOREIGN KEY (draw_id) REFERENCES public.knowledge_linkdraw(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_linkcheck
    ADD CONSTRAINT knowledge_linkcheck_holder_id_ece34011_fk_staff_user_id FOREIGN KEY (holder_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_linkcheck
    ADD CONSTRAINT knowledge_linkcheck_linked_by_id_ad2ad4f1_fk_staff_user_id FOREIGN KEY (linked_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_linkcheck
    ADD CONSTRAINT knowledge_linkcheck_looked_by_id_f35f543e_fk_staff_user_id FOREIGN KEY (looked_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_linkcheck
    ADD CONSTRAINT knowledge_linkcheck_ticket_id_b8d4f2d4_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_opinion
    ADD CONSTRAINT knowledge_opinion_article_id_b18d52a0_fk_knowledge_article_id FOREIGN KEY (article_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_version
    ADD CONSTRAINT knowledge_version_article_id_452d3a63_fk_knowledge_article_id FOREIGN KEY (article_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_version
    ADD CONSTRAINT knowledge_version_by_id_b69f54bc_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.metrics_annotation
    ADD CONSTRAINT metrics_annotation_by_id_5b4a48d3_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.metrics_annotation
    ADD CONSTRAINT metrics_annotation_team_id_0dbfa184_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.metrics_improvement
    ADD CONSTRAINT metrics_improvement_by_id_eb067a74_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.metrics_improvement
    ADD CONSTRAINT metrics_improvement_decided_by_id_783e8359_fk_staff_user_id FOREIGN KEY (decided_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.metrics_improvement
    ADD CONSTRAINT metrics_improvement_team_id_2327f68b_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.metrics_reading
    ADD CONSTRAINT metrics_reading_ticket_id_e1e27d19_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.metrics_ticketfact
    ADD CONSTRAINT metrics_ticketfact_agent_id_3f698719_fk_staff_user_id FOREIGN KEY (agent_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.metrics_ticketfact
    ADD CONSTRAINT metrics_ticketfact_team_id_bb28a9f8_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.metrics_ticketfact
    ADD CONSTRAINT metrics_ticketfact_ticket_id_1babf9aa_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_staff_user_id FOREIGN KEY (user_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notices_browser
    ADD CONSTRAINT notices_browser_person_id_232bf69e_fk_staff_user_id FOREIGN KEY (person_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notices_delivery
    ADD CONSTRAINT notices_delivery_browser_id_da1e2f18_fk_notices_browser_id FOREIGN KEY (browser_id) REFERENCES public.notices_browser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notices_delivery
    ADD CONSTRAINT notices_delivery_notice_id_2d5dfa0c_fk_journal_notice_id FOREIGN KEY (notice_id) REFERENCES public.journal_notice(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notices_letter
    ADD CONSTRAINT notices_letter_person_id_90e165f6_fk_staff_user_id FOREIGN KEY (person_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notices_linechoice
    ADD CONSTRAINT notices_linechoice_team_id_1c0abc23_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notices_personchoice
    ADD CONSTRAINT notices_personchoice_person_id_80c471c3_fk_staff_user_id FOREIGN KEY (person_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.outreach_upcoming
    ADD CONSTRAINT outreach_upcoming_client_id_034f017e_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.outreach_upcoming
    ADD CONSTRAINT outreach_upcoming_contact_id_41cfa966_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.outreach_upcoming
    ADD CONSTRAINT outreach_upcoming_event_id_42718340_fk_clients_clientevent_id FOREIGN KEY (event_id) REFERENCES public.clients_clientevent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.outreach_upcoming
    ADD CONSTRAINT outreach_upcoming_message_id_245ae1c8_fk_conversat FOREIGN KEY (message_id) REFERENCES public.conversations_message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.outreach_upcoming
    ADD CONSTRAINT outreach_upcoming_subscription_id_91bf9d25_fk_clients_s FOREIGN KEY (subscription_id) REFERENCES public.clients_subscription(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.outreach_upcoming
    ADD CONSTRAINT outreach_upcoming_told_by_id_05acb297_fk_staff_user_id FOREIGN KEY (told_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_answersheet
    ADD CONSTRAINT people_answersheet_person_id_b82dce91_fk_staff_user_id FOREIGN KEY (person_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_answersheet
    ADD CONSTRAINT people_answersheet_test_id_039bf46b_fk_people_knowledgetest_id FOREIGN KEY (test_id) REFERENCES public.people_knowledgetest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_attestation
    ADD CONSTRAINT people_attestation_by_id_64da8551_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_attestation
    ADD CONSTRAINT people_attestation_person_id_7f062ce3_fk_staff_user_id FOREIGN KEY (person_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_attestation
    ADD CONSTRAINT people_attestation_skill_id_454ed237_fk_staff_skill_id FOREIGN KEY (skill_id) REFERENCES public.staff_skill(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_candidate
    ADD CONSTRAINT people_candidate_decided_by_id_e6495264_fk_staff_user_id FOREIGN KEY (decided_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_candidate
    ADD CONSTRAINT people_candidate_made_by_id_df984e5f_fk_staff_user_id FOREIGN KEY (made_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_candidate
    ADD CONSTRAINT people_candidate_person_id_8cf84a81_fk_staff_user_id FOREIGN KEY (person_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_candidate
    ADD CONSTRAINT people_candidate_vacancy_id_9b8105fa_fk_people_vacancy_id FOREIGN KEY (vacancy_id) REFERENCES public.people_vacancy(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_checkpoint
    ADD CONSTRAINT people_checkpoint_judged_by_id_5c72bbcd_fk_staff_user_id FOREIGN KEY (judged_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_checkpoint
    ADD CONSTRAINT people_checkpoint_onboarding_id_a3a7a534_fk_people_on FOREIGN KEY (onboarding_id) REFERENCES public.people_onboarding(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_course
    ADD CONSTRAINT people_course_skill_id_0f95c8e1_fk_staff_skill_id FOREIGN KEY (skill_id) REFERENCES public.staff_skill(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_discussion
    ADD CONSTRAINT people_discussion_by_id_f47afa26_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_discussion
    ADD CONSTRAINT people_discussion_candidate_id_80375dd4_fk_people_candidate_id FOREIGN KEY (candidate_id) REFERENCES public.people_candidate(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_discussion
    ADD CONSTRAINT people_discussion_criterion_id_47f8fb74_fk_people_pr FOREIGN KEY (criterion_id) REFERENCES public.people_profilecriterion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_hiringprofile
    ADD CONSTRAINT people_hiringprofile_made_by_id_156a1fec_fk_staff_user_id FOREIGN KEY (made_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_knowledgetest
    ADD CONSTRAINT people_knowledgetest_made_by_id_881be6d6_fk_staff_user_id FOREIGN KEY (made_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_knowledgetest
    ADD CONSTRAINT people_knowledgetest_skill_id_da4b648a_fk_staff_skill_id FOREIGN KEY (skill_id) REFERENCES public.staff_skill(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_mark
    ADD CONSTRAINT people_mark_criterion_id_ab3c8861_fk_people_profilecriterion_id FOREIGN KEY (criterion_id) REFERENCES public.people_profilecriterion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_mark
    ADD CONSTRAINT people_mark_sheet_id_e3bd4344_fk_people_sheet_id FOREIGN KEY (sheet_id) REFERENCES public.people_sheet(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_onboarding
    ADD CONSTRAINT people_onboarding_curator_id_f6325010_fk_staff_user_id FOREIGN KEY (curator_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_onboarding
    ADD CONSTRAINT people_onboarding_made_by_id_4f48c28f_fk_staff_user_id FOREIGN KEY (made_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_onboarding
    ADD CONSTRAINT people_onboarding_person_id_4254aefb_fk_staff_user_id FOREIGN KEY (person_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_profilecriterion
    ADD CONSTRAINT people_profilecriter_profile_id_60b3c85f_fk_people_hi FOREIGN KEY (profile_id) REFERENCES public.people_hiringprofile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_seat
    ADD CONSTRAINT people_seat_person_id_5e1024ed_fk_staff_user_id FOREIGN KEY (person_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_seat
    ADD CONSTRAINT people_seat_wave_id_0f428d1c_fk_people_wave_id FOREIGN KEY (wave_id) REFERENCES public.people_wave(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_sheet
    ADD CONSTRAINT people_sheet_by_id_509cd401_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_sheet
    ADD CONSTRAINT people_sheet_candidate_id_ee056d77_fk_people_candidate_id FOREIGN KEY (candidate_id) REFERENCES public.people_candidate(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_vacancy_interviewers
    ADD CONSTRAINT people_vacancy_inter_vacancy_id_5c97f1f3_fk_people_va FOREIGN KEY (vacancy_id) REFERENCES public.people_vacancy(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_vacancy_interviewers
    ADD CONSTRAINT people_vacancy_interviewers_user_id_211d6e36_fk_staff_user_id FOREIGN KEY (user_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_vacancy
    ADD CONSTRAINT people_vacancy_made_by_id_3e2a1e66_fk_staff_user_id FOREIGN KEY (made_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_vacancy
    ADD CONSTRAINT people_vacancy_profile_id_3604bacc_fk_people_hiringprofile_id FOREIGN KEY (profile_id) REFERENCES public.people_hiringprofile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_vacancy
    ADD CONSTRAINT people_vacancy_team_id_2691de4b_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_wave
    ADD CONSTRAINT people_wave_course_id_b92b57e7_fk_people_course_id FOREIGN KEY (course_id) REFERENCES public.people_course(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.people_wave
    ADD CONSTRAINT people_wave_made_by_id_64809435_fk_staff_user_id FOREIGN KEY (made_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.phone_exchange
    ADD CONSTRAINT phone_exchange_channel_id_8a32177b_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_breach
    ADD CONSTRAINT privacy_breach_by_id_1cf50560_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_breachnote
    ADD CONSTRAINT privacy_breachnote_breach_id_d4a97b1d_fk_privacy_breach_id FOREIGN KEY (breach_id) REFERENCES public.privacy_breach(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_breachnote
    ADD CONSTRAINT privacy_breachnote_by_id_cdf747a9_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_datarequest
    ADD CONSTRAINT privacy_datarequest_by_id_9d7a3bd9_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_datarequest
    ADD CONSTRAINT privacy_datarequest_contact_id_a8f78612_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_datarequest
    ADD CONSTRAINT privacy_datarequest_decided_by_id_2b8fffdd_fk_staff_user_id FOREIGN KEY (decided_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_hold
    ADD CONSTRAINT privacy_hold_by_id_469b04f9_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_hold
    ADD CONSTRAINT privacy_hold_contact_id_c355fdb9_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_hold
    ADD CONSTRAINT privacy_hold_lifted_by_id_3edeeb0f_fk_staff_user_id FOREIGN KEY (lifted_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_hold
    ADD CONSTRAINT privacy_hold_ticket_id_65660881_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_term
    ADD CONSTRAINT privacy_term_changed_by_id_2bdce65d_fk_staff_user_id FOREIGN KEY (changed_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_termrun
    ADD CONSTRAINT privacy_termrun_term_id_8b754b38_fk_privacy_term_id FOREIGN KEY (term_id) REFERENCES public.privacy_term(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.problems_candidate
    ADD CONSTRAINT problems_candidate_by_id_104c476f_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.problems_candidate
    ADD CONSTRAINT problems_candidate_problem_id_9f26a148_fk_problems_problem_id FOREIGN KEY (problem_id) REFERENCES public.problems_problem(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.problems_candidate
    ADD CONSTRAINT problems_candidate_product_id_eebd40b7_fk_clients_product_id FOREIGN KEY (product_id) REFERENCES public.clients_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.problems_candidate_tickets
    ADD CONSTRAINT problems_candidate_t_candidate_id_024844d1_fk_problems_ FOREIGN KEY (candidate_id) REFERENCES public.problems_candidate(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.problems_candidate_tickets
    ADD CONSTRAINT problems_candidate_t_ticket_id_9d39c1f6_fk_tickets_t FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.problems_candidate
    ADD CONSTRAINT problems_candidate_topic_id_31554b50_fk_tickets_topic_id FOREIGN KEY (topic_id) REFERENCES public.tickets_topic(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.problems_linked
    ADD CONSTRAINT problems_linked_by_id_0d5b4727_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.problems_linked
    ADD CONSTRAINT problems_linked_problem_id_51f7859c_fk_problems_problem_id FOREIGN KEY (problem_id) REFERENCES public.problems_problem(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.problems_linked
    ADD CONSTRAINT problems_linked_ticket_id_39b6deb0_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.problems_problem
    ADD CONSTRAINT problems_problem_by_id_ff808544_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.problems_problem
    ADD CONSTRAINT problems_problem_decided_by_id_94f15926_fk_staff_user_id FOREIGN KEY (decided_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.problems_problem
    ADD CONSTRAINT problems_problem_owner_id_bbbc9a2e_fk_staff_user_id FOREIGN KEY (owner_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.problems_problem
    ADD CONSTRAINT problems_problem_product_id_201e9832_fk_clients_product_id FOREIGN KEY (product_id) REFERENCES public.clients_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.problems_problem
    ADD CONSTRAINT problems_problem_topic_id_9a62c430_fk_tickets_topic_id FOREIGN KEY (topic_id) REFERENCES public.tickets_topic(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.problems_unlinked
    ADD CONSTRAINT problems_unlinked_by_id_45767e0f_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.problems_unlinked
    ADD CONSTRAINT problems_unlinked_problem_id_c5395805_fk_problems_problem_id FOREIGN KEY (problem_id) REFERENCES public.problems_problem(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.problems_unlinked
    ADD CONSTRAINT problems_unlinked_ticket_id_dc6b8ec6_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);

ALTER TABLE ONLY public.quality_calibration
    ADD CONSTRAINT quality_calibration_by_id_1e0916f9_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quality_criterion
    ADD CONSTRAINT quality_criterion_version_id_06902629_fk_quality_version_id FOREIGN KEY (version_id) REFERENCES public.quality_version(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quality_draw
    ADD CONSTRAINT quality_draw_plan_id_2f2302b2_fk_quality_plan_id FOREIGN KEY (plan_id) REFERENCES public.quality_plan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quality_mark
    ADD CONSTRAINT quality_mark_criterion_id_6b539c6f_fk_quality_criterion_id FOREIGN KEY (criterion_id) REFERENCES public.quality_criterion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quality_mark
    ADD CONSTRAINT quality_mark_message_id_0da636a7_fk_conversations_message_id FOREIGN KEY (message_id) REFERENCES public.conversations_message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quality_mark
    ADD CONSTRAINT quality_mark_review_id_c0091141_fk_quality_review_id FOREIGN KEY (review_id) REFERENCES public.quality_review(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quality_plan
    ADD CONSTRAINT quality_plan_controller_id_5a104d09_fk_staff_user_id FOREIGN KEY (controller_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quality_plan
    ADD CONSTRAINT quality_plan_line_id_043e87b3_fk_staff_team_id FOREIGN KEY (line_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quality_plan
    ADD CONSTRAINT quality_plan_person_id_2c6f08f1_fk_staff_user_id FOREIGN KEY (person_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quality_review
    ADD CONSTRAINT quality_review_agent_id_8e95c131_fk_staff_user_id FOREIGN KEY (agent_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quality_review
    ADD CONSTRAINT quality_review_calibration_id_40f1b52f_fk_quality_c FOREIGN KEY (calibration_id) REFERENCES public.quality_calibration(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quality_review
    ADD CONSTRAINT quality_review_decider_id_f9d65135_fk_staff_user_id FOREIGN KEY (decider_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quality_review
    ADD CONSTRAINT quality_review_draw_id_08eb2c98_fk_quality_draw_id FOREIGN KEY (draw_id) REFERENCES public.quality_draw(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quality_review
    ADD CONSTRAINT quality_review_holder_id_debcfdc1_fk_staff_user_id FOREIGN KEY (holder_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quality_review
    ADD CONSTRAINT quality_review_plan_id_610110c6_fk_quality_plan_id FOREIGN KEY (plan_id) REFERENCES public.quality_plan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quality_review
    ADD CONSTRAINT quality_review_reviewer_id_07f381bf_fk_staff_user_id FOREIGN KEY (reviewer_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quality_review
    ADD CONSTRAINT quality_review_team_id_4945e5c3_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quality_review
    ADD CONSTRAINT quality_review_ticket_id_873fcdde_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quality_review
    ADD CONSTRAINT quality_review_version_id_fc9b5f67_fk_quality_version_id FOREIGN KEY (version_id) REFERENCES public.quality_version(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quality_step
    ADD CONSTRAINT quality_step_agreed_by_id_30bd50d4_fk_staff_user_id FOREIGN KEY (agreed_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quality_step
    ADD CONSTRAINT quality_step_owner_id_aedeec49_fk_staff_user_id FOREIGN KEY (owner_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quality_step
    ADD CONSTRAINT quality_step_review_id_edf89af0_fk_quality_review_id FOREIGN KEY (review_id) REFERENCES public.quality_review(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quality_version
    ADD CONSTRAINT quality_version_scorecard_id_401cd86c_fk_quality_scorecard_id FOREIGN KEY (scorecard_id) REFERENCES public.quality_scorecard(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reports_reader
    ADD CONSTRAINT reports_reader_person_id_461bf814_fk_staff_user_id FOREIGN KEY (person_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reports_reader
    ADD CONSTRAINT reports_reader_report_id_25e4777d_fk_reports_report_id FOREIGN KEY (report_id) REFERENCES public.reports_report(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reports_report
    ADD CONSTRAINT reports_report_board_id_ddc0a3cd_fk_boards_board_id FOREIGN KEY (board_id) REFERENCES public.boards_board(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reports_report
    ADD CONSTRAINT reports_report_owner_id_45bf5b4d_fk_staff_user_id FOREIGN KEY (owner_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reports_sending
    ADD CONSTRAINT reports_sending_person_id_a7d3b866_fk_staff_user_id FOREIGN KEY (person_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reports_sending
    ADD CONSTRAINT reports_sending_report_id_31b6423d_fk_reports_report_id FOREIGN KEY (report_id) REFERENCES public.reports_report(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_delegation
    ADD CONSTRAINT routing_delegation_absence_id_873bfb54_fk_staff_absence_id FOREIGN KEY (absence_id) REFERENCES public.staff_absence(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_delegation
    ADD CONSTRAINT routing_delegation_deputy_id_568996fd_fk_staff_user_id FOREIGN KEY (deputy_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_delegation
    ADD CONSTRAINT routing_delegation_person_id_82253187_fk_staff_user_id FOREIGN KEY (person_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_delegation
    ADD CONSTRAINT routing_delegation_ticket_id_0446be14_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_distribution
    ADD CONSTRAINT routing_distribution_last_given_id_c300f0df_fk_staff_user_id FOREIGN KEY (last_given_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_distribution
    ADD CONSTRAINT routing_distribution_team_id_458bd395_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_handover
    ADD CONSTRAINT routing_handover_accepted_by_id_2a3bf441_fk_staff_user_id FOREIGN KEY (accepted_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_handover
    ADD CONSTRAINT routing_handover_by_id_b162e120_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_handover
    ADD CONSTRAINT routing_handover_owner_was_id_643f938d_fk_staff_user_id FOREIGN KEY (owner_was_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_handover
    ADD CONSTRAINT routing_handover_returned_by_id_3f7c388a_fk_staff_user_id FOREIGN KEY (returned_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_handover
    ADD CONSTRAINT routing_handover_source_id_bc621dda_fk_staff_team_id FOREIGN KEY (source_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_handover
    ADD CONSTRAINT routing_handover_target_id_c9a464a7_fk_staff_team_id FOREIGN KEY (target_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_handover
    ADD CONSTRAINT routing_handover_ticket_id_0c6ffd78_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_need
    ADD CONSTRAINT routing_need_channel_id_2b601b4d_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_need
    ADD CONSTRAINT routing_need_skill_id_277c4e82_fk_staff_skill_id FOREIGN KEY (skill_id) REFERENCES public.staff_skill(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_pick
    ADD CONSTRAINT routing_pick_person_id_91f37999_fk_staff_user_id FOREIGN KEY (person_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_pick
    ADD CONSTRAINT routing_pick_team_id_1195874e_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_pick
    ADD CONSTRAINT routing_pick_ticket_id_3166547e_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.shifts_excepted
    ADD CONSTRAINT shifts_excepted_asked_by_id_717fe04c_fk_staff_user_id FOREIGN KEY (asked_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.shifts_excepted
    ADD CONSTRAINT shifts_excepted_decided_by_id_44ed0d65_fk_staff_user_id FOREIGN KEY (decided_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.shifts_excepted
    ADD CONSTRAINT shifts_excepted_person_id_0dd0951e_fk_staff_user_id FOREIGN KEY (person_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.shifts_feed
    ADD CONSTRAINT shifts_feed_person_id_67081b97_fk_staff_user_id FOREIGN KEY (person_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.shifts_shift
    ADD CONSTRAINT shifts_shift_line_id_000966e7_fk_staff_team_id FOREIGN KEY (line_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.shifts_shift
    ADD CONSTRAINT shifts_shift_person_id_79559b59_fk_staff_user_id FOREIGN KEY (person_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.shifts_shift
    ADD CONSTRAINT shifts_shift_template_id_31ece8d6_fk_shifts_shifttemplate_id FOREIGN KEY (template_id) REFERENCES public.shifts_shifttemplate(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.shifts_shifttemplate
    ADD CONSTRAINT shifts_shifttemplate_line_id_1562b6a1_fk_staff_team_id FOREIGN KEY (line_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.shifts_swap
    ADD CONSTRAINT shifts_swap_asker_id_b94ddfe0_fk_staff_user_id FOREIGN KEY (asker_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.shifts_swap
    ADD CONSTRAINT shifts_swap_back_id_d7093b09_fk_shifts_shift_id FOREIGN KEY (back_id) REFERENCES public.shifts_shift(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.shifts_swap
    ADD CONSTRAINT shifts_swap_decided_by_id_41028371_fk_staff_user_id FOREIGN KEY (decided_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.shifts_swap
    ADD CONSTRAINT shifts_swap_shift_id_92b24cb1_fk_shifts_shift_id FOREIGN KEY (shift_id) REFERENCES public.shifts_shift(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.shifts_swap
    ADD CONSTRAINT shifts_swap_taker_id_9af33719_fk_staff_user_id FOREIGN KEY (taker_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.shifts_week
    ADD CONSTRAINT shifts_week_line_id_e52cc8eb_fk_staff_team_id FOREIGN KEY (line_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.shifts_week
    ADD CONSTRAINT shifts_week_published_by_id_02dd8e6a_fk_staff_user_id FOREIGN KEY (published_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sitechat_chat
    ADD CONSTRAINT sitechat_chat_channel_id_096b6798_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sitechat_line
    ADD CONSTRAINT sitechat_line_inbound_id_9a85c2eb_fk_channels_inbound_id FOREIGN KEY (inbound_id) REFERENCES public.channels_inbound(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sitechat_line
    ADD CONSTRAINT sitechat_line_instead_of_id_52ec2002_fk_sitechat_line_id FOREIGN KEY (instead_of_id) REFERENCES public.sitechat_line(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sitechat_line
    ADD CONSTRAINT sitechat_line_outbound_id_847528c9_fk_channels_outbound_id FOREIGN KEY (outbound_id) REFERENCES public.channels_outbound(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sitechat_line
    ADD CONSTRAINT sitechat_line_visitor_id_9cf15135_fk_sitechat_visitor_id FOREIGN KEY (visitor_id) REFERENCES public.sitechat_visitor(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sitechat_visitor
    ADD CONSTRAINT sitechat_visitor_channel_id_4cf50997_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sla_agreement
    ADD CONSTRAINT sla_agreement_channel_id_dd1dac3f_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sla_agreement
    ADD CONSTRAINT sla_agreement_client_id_5e02d9cf_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sla_agreement
    ADD CONSTRAINT sla_agreement_contact_id_49c70af0_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sla_agreement
    ADD CONSTRAINT sla_agreement_made_by_id_c920794d_fk_staff_user_id FOREIGN KEY (made_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sla_agreement
    ADD CONSTRAINT sla_agreement_product_id_647eb895_fk_tickets_product_id FOREIGN KEY (product_id) REFERENCES public.clients_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sla_agreement
    ADD CONSTRAINT sla_agreement_service_class_id_f4d13544_fk_sla_serviceclass_id FOREIGN KEY (service_class_id) REFERENCES public.sla_serviceclass(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sla_clock
    ADD CONSTRAINT sla_clock_team_id_4bb85781_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sla_clock
    ADD CONSTRAINT sla_clock_ticket_id_0a036dca_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sla_clock
    ADD CONSTRAINT sla_clock_version_id_f30dd92e_fk_sla_version_id FOREIGN KEY (version_id) REFERENCES public.sla_version(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sla_hours
    ADD CONSTRAINT sla_hours_calendar_id_8d00197f_fk_calendar_businesscalendar_id FOREIGN KEY (calendar_id) REFERENCES public.calendar_businesscalendar(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sla_recount
    ADD CONSTRAINT sla_recount_by_id_f7a1acbb_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sla_recount
    ADD CONSTRAINT sla_recount_of_id_fa50d72a_fk_sla_clock_id FOREIGN KEY (of_id) REFERENCES public.sla_clock(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sla_target
    ADD CONSTRAINT sla_target_version_id_1ba92040_fk_sla_version_id FOREIGN KEY (version_id) REFERENCES public.sla_version(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sla_version
    ADD CONSTRAINT sla_version_approved_by_id_5c2460af_fk_staff_user_id FOREIGN KEY (approved_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sla_version
    ADD CONSTRAINT sla_version_calendar_id_9f658dc8_fk_calendar_ FOREIGN KEY (calendar_id) REFERENCES public.calendar_businesscalendar(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sla_version
    ADD CONSTRAINT sla_version_made_by_id_4e663eb0_fk_staff_user_id FOREIGN KEY (made_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sla_version
    ADD CONSTRAINT sla_version_service_class_id_75360b9d_fk_sla_serviceclass_id FOREIGN KEY (service_class_id) REFERENCES public.sla_serviceclass(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_absence
    ADD CONSTRAINT staff_absence_declared_by_id_534831fc_fk_staff_user_id FOREIGN KEY (declared_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_absence
    ADD CONSTRAINT staff_absence_deputy_id_1455225d_fk_staff_user_id FOREIGN KEY (deputy_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_absence
    ADD CONSTRAINT staff_absence_user_id_4a538c89_fk_staff_user_id FOREIGN KEY (user_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_apicall
    ADD CONSTRAINT staff_apicall_token_id_a972face_fk_staff_apitoken_id FOREIGN KEY (token_id) REFERENCES public.staff_apitoken(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_apitoken
    ADD CONSTRAINT staff_apitoken_user_id_dcce4ba0_fk_staff_user_id FOREIGN KEY (user_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_brand
    ADD CONSTRAINT staff_brand_logo_id_198bac8e_fk_staff_logo_digest FOREIGN KEY (logo_id) REFERENCES public.staff_logo(digest) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_membership
    ADD CONSTRAINT staff_membership_team_id_415b91e0_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_membership
    ADD CONSTRAINT staff_membership_user_id_c6825c5f_fk_staff_user_id FOREIGN KEY (user_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_onetimelink
    ADD CONSTRAINT staff_onetimelink_made_by_id_9e5cc77e_fk_staff_user_id FOREIGN KEY (made_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_onetimelink
    ADD CONSTRAINT staff_onetimelink_user_id_f2528829_fk_staff_user_id FOREIGN KEY (user_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_requirement
    ADD CONSTRAINT staff_requirement_skill_id_60805f32_fk_staff_skill_id FOREIGN KEY (skill_id) REFERENCES public.staff_skill(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_requirement
    ADD CONSTRAINT staff_requirement_team_id_f65401fb_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_stint
    ADD CONSTRAINT staff_stint_user_id_d9e659be_fk_staff_user_id FOREIGN KEY (user_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_team
    ADD CONSTRAINT staff_team_brand_id_3d122ade_fk_staff_brand_id FOREIGN KEY (brand_id) REFERENCES public.staff_brand(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_team
    ADD CONSTRAINT staff_team_calendar_id_88c695d0_fk_calendar_businesscalendar_id FOREIGN KEY (calendar_id) REFERENCES public.calendar_businesscalendar(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_user_skills
    ADD CONSTRAINT staff_user_skills_skill_id_a8ed9ca1_fk_staff_skill_id FOREIGN KEY (skill_id) REFERENCES public.staff_skill(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_user_skills
    ADD CONSTRAINT staff_user_skills_user_id_730b0350_fk_staff_user_id FOREIGN KEY (user_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.status_check
    ADD CONSTRAINT status_check_component_id_4a8c3fc6_fk_status_component_id FOREIGN KEY (component_id) REFERENCES public.status_component(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.status_component
    ADD CONSTRAINT status_component_group_id_ff8a578d_fk_status_group_id FOREIGN KEY (group_id) REFERENCES public.status_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.status_component
    ADD CONSTRAINT status_component_product_id_8573ccbb_fk_clients_product_id FOREIGN KEY (product_id) REFERENCES public.clients_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.status_mailed
    ADD CONSTRAINT status_mailed_note_id_6ba8e48e_fk_status_note_id FOREIGN KEY (note_id) REFERENCES public.status_note(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.status_mailed
    ADD CONSTRAINT status_mailed_subscriber_id_0867fe71_fk_status_subscriber_id FOREIGN KEY (subscriber_id) REFERENCES public.status_subscriber(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.status_mailed
    ADD CONSTRAINT status_mailed_works_id_62899dbd_fk_status_works_id FOREIGN KEY (works_id) REFERENCES public.status_works(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.status_note
    ADD CONSTRAINT status_note_by_id_0f627c70_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.status_note
    ADD CONSTRAINT status_note_report_id_a48a627e_fk_status_report_id FOREIGN KEY (report_id) REFERENCES public.status_report(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.status_outage
    ADD CONSTRAINT status_outage_by_id_9f375177_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.status_outage
    ADD CONSTRAINT status_outage_check_id_c3cb7ea7_fk_status_check_id FOREIGN KEY (check_id) REFERENCES public.status_check(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.status_outage
    ADD CONSTRAINT status_outage_component_id_6ef50ed2_fk_status_component_id FOREIGN KEY (component_id) REFERENCES public.status_component(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.status_outage
    ADD CONSTRAINT status_outage_report_id_fdeedc73_fk_status_report_id FOREIGN KEY (report_id) REFERENCES public.status_report(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.status_report
    ADD CONSTRAINT status_report_by_id_9e0f536d_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.status_report
    ADD CONSTRAINT status_report_continued_by_id_a4b1abc8_fk_status_report_id FOREIGN KEY (continued_by_id) REFERENCES public.status_report(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.status_subscriber_components
    ADD CONSTRAINT status_subscriber_co_component_id_276c30b0_fk_status_co FOREIGN KEY (component_id) REFERENCES public.status_component(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.status_subscriber_components
    ADD CONSTRAINT status_subscriber_co_subscriber_id_aa33c985_fk_status_su FOREIGN KEY (subscriber_id) REFERENCES public.status_subscriber(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.status_target
    ADD CONSTRAINT status_target_component_id_05e1fe3f_fk_status_component_id FOREIGN KEY (component_id) REFERENCES public.status_component(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.status_target
    ADD CONSTRAINT status_target_service_class_id_3d3e021b_fk_sla_serviceclass_id FOREIGN KEY (service_class_id) REFERENCES public.sla_serviceclass(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.status_works
    ADD CONSTRAINT status_works_by_id_99ccf97c_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.status_works_components
    ADD CONSTRAINT status_works_compone_component_id_04e96159_fk_status_co FOREIGN KEY (component_id) REFERENCES public.status_component(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.status_works_components
    ADD CONSTRAINT status_works_components_works_id_6004cb28_fk_status_works_id FOREIGN KEY (works_id) REFERENCES public.status_works(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_answer
    ADD CONSTRAINT surveys_answer_invitation_id_9bcaccb7_fk_surveys_invitation_id FOREIGN KEY (invitation_id) REFERENCES public.surveys_invitation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_answer
    ADD CONSTRAINT surveys_answer_question_id_c0166f3c_fk_surveys_question_id FOREIGN KEY (question_id) REFERENCES public.surveys_question(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_followup
    ADD CONSTRAINT surveys_followup_closed_by_id_74c174a5_fk_staff_user_id FOREIGN KEY (closed_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_followup
    ADD CONSTRAINT surveys_followup_finished_by_id_9ab30dbe_fk_staff_user_id FOREIGN KEY (finished_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_followup
    ADD CONSTRAINT surveys_followup_invitation_id_30add61b_fk_surveys_i FOREIGN KEY (invitation_id) REFERENCES public.surveys_invitation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_followup
    ADD CONSTRAINT surveys_followup_owner_id_efc9a09f_fk_staff_user_id FOREIGN KEY (owner_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_followup
    ADD CONSTRAINT surveys_followup_survey_id_e1d6a8f4_fk_surveys_survey_id FOREIGN KEY (survey_id) REFERENCES public.surveys_survey(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_followup
    ADD CONSTRAINT surveys_followup_task_id_a70ccf33_fk_tickets_task_id FOREIGN KEY (task_id) REFERENCES public.tickets_task(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_followup
    ADD CONSTRAINT surveys_followup_team_id_b43b40cc_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT surveys_invitation_agent_id_a976409e_fk_staff_user_id FOREIGN KEY (agent_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT surveys_invitation_asked_by_id_4f617ecc_fk_staff_user_id FOREIGN KEY (asked_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT surveys_invitation_contact_id_d710f6eb_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT surveys_invitation_survey_id_d0534764_fk_surveys_survey_id FOREIGN KEY (survey_id) REFERENCES public.surveys_survey(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT surveys_invitation_team_id_a70719e1_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT surveys_invitation_ticket_id_3a54da1c_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT surveys_invitation_version_id_039d9d4d_fk_surveys_version_id FOREIGN KEY (version_id) REFERENCES public.surveys_version(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_outsideanswer
    ADD CONSTRAINT surveys_outsideanswer_contact_id_5b12a5c6_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_outsideanswer
    ADD CONSTRAINT surveys_outsideanswer_team_id_3a0c2c85_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_outsideanswer
    ADD CONSTRAINT surveys_outsideanswer_ticket_id_00d70b4c_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_publicpage
    ADD CONSTRAINT surveys_publicpage_user_id_80f8df76_fk_staff_user_id FOREIGN KEY (user_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_question
    ADD CONSTRAINT surveys_question_follows_id_02f3974e_fk_surveys_question_id FOREIGN KEY (follows_id) REFERENCES public.surveys_question(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_question
    ADD CONSTRAINT surveys_question_version_id_902bd43a_fk_surveys_version_id FOREIGN KEY (version_id) REFERENCES public.surveys_version(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_review
    ADD CONSTRAINT surveys_review_agent_id_d7ceba53_fk_staff_user_id FOREIGN KEY (agent_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_review
    ADD CONSTRAINT surveys_review_given_id_1d61257c_fk_surveys_answer_id FOREIGN KEY (given_id) REFERENCES public.surveys_answer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_review
    ADD CONSTRAINT surveys_review_moderated_by_id_16d5c476_fk_staff_user_id FOREIGN KEY (moderated_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_review
    ADD CONSTRAINT surveys_review_score_id_9c6232ed_fk_surveys_score_id FOREIGN KEY (score_id) REFERENCES public.surveys_score(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_score
    ADD CONSTRAINT surveys_score_agent_id_086df625_fk_staff_user_id FOREIGN KEY (agent_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_score
    ADD CONSTRAINT surveys_score_invitation_id_fde331b8_fk_surveys_invitation_id FOREIGN KEY (invitation_id) REFERENCES public.surveys_invitation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_score
    ADD CONSTRAINT surveys_score_team_id_49b7665b_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_score
    ADD CONSTRAINT surveys_score_ticket_id_4643d53f_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_survey
    ADD CONSTRAINT surveys_survey_brand_id_33171692_fk_staff_brand_id FOREIGN KEY (brand_id) REFERENCES public.staff_brand(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_survey
    ADD CONSTRAINT surveys_survey_team_id_5adfe1b3_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_tally
    ADD CONSTRAINT surveys_tally_team_id_4463caee_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_tally
    ADD CONSTRAINT surveys_tally_version_id_1f89df81_fk_surveys_version_id FOREIGN KEY (version_id) REFERENCES public.surveys_version(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_version
    ADD CONSTRAINT surveys_version_survey_id_880d8cc3_fk_surveys_survey_id FOREIGN KEY (survey_id) REFERENCES public.surveys_survey(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.telegram_bot
    ADD CONSTRAINT telegram_bot_channel_id_bf65b71b_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.telegram_fetched
    ADD CONSTRAINT telegram_fetched_inbound_id_2e5a7333_fk_channels_inbound_id FOREIGN KEY (inbound_id) REFERENCES public.channels_inbound(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.telegram_part
    ADD CONSTRAINT telegram_part_outbound_id_e3514f69_fk_channels_outbound_id FOREIGN KEY (outbound_id) REFERENCES public.channels_outbound(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_appeal
    ADD CONSTRAINT tickets_appeal_answer_id_5fc15132_fk_conversations_message_id FOREIGN KEY (answer_id) REFERENCES public.conversations_message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_appeal
    ADD CONSTRAINT tickets_appeal_approved_by_id_d1fb9173_fk_staff_user_id FOREIGN KEY (approved_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_appeal
    ADD CONSTRAINT tickets_appeal_decided_by_id_e97b3e05_fk_staff_user_id FOREIGN KEY (decided_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_appeal
    ADD CONSTRAINT tickets_appeal_holder_id_8468dd61_fk_staff_user_id FOREIGN KEY (holder_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_appeal
    ADD CONSTRAINT tickets_appeal_marked_by_id_f3ee01ab_fk_staff_user_id FOREIGN KEY (marked_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_appeal
    ADD CONSTRAINT tickets_appeal_message_id_75aefbb0_fk_conversations_message_id FOREIGN KEY (message_id) REFERENCES public.conversations_message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_appeal
    ADD CONSTRAINT tickets_appeal_refusal_id_e221e7fe_fk_tickets_refusal_id FOREIGN KEY (refusal_id) REFERENCES public.tickets_refusal(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_appeal
    ADD CONSTRAINT tickets_appeal_refused_by_id_7cf22b8b_fk_staff_user_id FOREIGN KEY (refused_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_appeal
    ADD CONSTRAINT tickets_appeal_ticket_id_920f5a29_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_batch
    ADD CONSTRAINT tickets_batch_by_id_2e0b8467_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_batch
    ADD CONSTRAINT tickets_batch_sweep_id_e4a50681_fk_tickets_sweep_id FOREIGN KEY (sweep_id) REFERENCES public.tickets_sweep(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_change
    ADD CONSTRAINT tickets_change_asked_by_id_3983f336_fk_staff_user_id FOREIGN KEY (asked_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_change
    ADD CONSTRAINT tickets_change_by_id_3c3b3a1c_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_change
    ADD CONSTRAINT tickets_change_decided_by_id_d1fe0894_fk_staff_user_id FOREIGN KEY (decided_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_change
    ADD CONSTRAINT tickets_change_decided_for_id_caf44fb9_fk_staff_user_id FOREIGN KEY (decided_for_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_change
    ADD CONSTRAINT tickets_change_ended_by_id_9d7d1208_fk_staff_user_id FOREIGN KEY (ended_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_change
    ADD CONSTRAINT tickets_change_ticket_id_bc55aba4_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_field
    ADD CONSTRAINT tickets_field_topic_id_fa370cfe_fk_tickets_topic_id FOREIGN KEY (topic_id) REFERENCES public.tickets_topic(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_habits
    ADD CONSTRAINT tickets_habits_team_id_a2ab1db8_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_heldanswer
    ADD CONSTRAINT tickets_heldanswer_asked_by_id_c11653a8_fk_staff_user_id FOREIGN KEY (asked_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_heldanswer
    ADD CONSTRAINT tickets_heldanswer_decided_by_id_c6c1840b_fk_staff_user_id FOREIGN KEY (decided_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_heldanswer
    ADD CONSTRAINT tickets_heldanswer_message_id_57855cc9_fk_conversat FOREIGN KEY (message_id) REFERENCES public.conversations_message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_heldanswer
    ADD CONSTRAINT tickets_heldanswer_ticket_id_ef840368_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_heldanswer
    ADD CONSTRAINT tickets_heldanswer_traineeship_id_327406ee_fk_tickets_t FOREIGN KEY (traineeship_id) REFERENCES public.tickets_traineeship(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_heldanswer
    ADD CONSTRAINT tickets_heldanswer_via_id_7d61a2c9_fk_channels_channel_id FOREIGN KEY (via_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_hunghours
    ADD CONSTRAINT tickets_hunghours_owner_id_ed213833_fk_staff_user_id FOREIGN KEY (owner_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_hunghours
    ADD CONSTRAINT tickets_hunghours_team_id_df0c10d5_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_hunghours
    ADD CONSTRAINT tickets_hunghours_ticket_id_51ee9b98_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_participant
    ADD CONSTRAINT tickets_participant_by_id_5720e58f_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_participant
    ADD CONSTRAINT tickets_participant_ticket_id_10cd57e4_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_partner
    ADD CONSTRAINT tickets_partner_by_id_09a4345b_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_partner
    ADD CONSTRAINT tickets_partner_ticket_id_c3c0294d_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_partner
    ADD CONSTRAINT tickets_partner_user_id_ff79bf55_fk_staff_user_id FOREIGN KEY (user_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_pin
    ADD CONSTRAINT tickets_pin_ticket_id_7d22a8f8_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_pin
    ADD CONSTRAINT tickets_pin_user_id_e37eba80_fk_staff_user_id FOREIGN KEY (user_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_presence
    ADD CONSTRAINT tickets_presence_ticket_id_f0e92811_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_presence
    ADD CONSTRAINT tickets_presence_user_id_b1ef7b6f_fk_staff_user_id FOREIGN KEY (user_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_promise
    ADD CONSTRAINT tickets_promise_by_id_0096bfff_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_promise
    ADD CONSTRAINT tickets_promise_message_id_4004425c_fk_conversations_message_id FOREIGN KEY (message_id) REFERENCES public.conversations_message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_promise
    ADD CONSTRAINT tickets_promise_ticket_id_e4d9472d_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_refusal
    ADD CONSTRAINT tickets_refusal_by_id_32cad03f_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_refusal
    ADD CONSTRAINT tickets_refusal_message_id_f6b74148_fk_conversations_message_id FOREIGN KEY (message_id) REFERENCES public.conversations_message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_refusal
    ADD CONSTRAINT tickets_refusal_ticket_id_fc650796_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_refusalrequest
    ADD CONSTRAINT tickets_refusalreque_message_id_4190c49f_fk_conversat FOREIGN KEY (message_id) REFERENCES public.conversations_message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_refusalrequest
    ADD CONSTRAINT tickets_refusalrequest_asked_by_id_1bad3336_fk_staff_user_id FOREIGN KEY (asked_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_refusalrequest
    ADD CONSTRAINT tickets_refusalrequest_decided_by_id_08eacc8a_fk_staff_user_id FOREIGN KEY (decided_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_refusalrequest
    ADD CONSTRAINT tickets_refusalrequest_ticket_id_1dfea111_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_refusalrequest
    ADD CONSTRAINT tickets_refusalrequest_via_id_c0401d72_fk_channels_channel_id FOREIGN KEY (via_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_relocation
    ADD CONSTRAINT tickets_relocation_by_id_d1c0aaeb_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_relocation
    ADD CONSTRAINT tickets_relocation_source_id_42a8aea5_fk_tickets_ticket_id FOREIGN KEY (source_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_relocation
    ADD CONSTRAINT tickets_relocation_target_id_53c28782_fk_tickets_ticket_id FOREIGN KEY (target_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_relocation
    ADD CONSTRAINT tickets_relocation_undone_by_id_3bc7ab97_fk_staff_user_id FOREIGN KEY (undone_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_resolution
    ADD CONSTRAINT tickets_resolution_by_id_a716ba1b_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_resolution
    ADD CONSTRAINT tickets_resolution_message_id_28e8e37a_fk_conversat FOREIGN KEY (message_id) REFERENCES public.conversations_message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_resolution
    ADD CONSTRAINT tickets_resolution_ticket_id_de2ea6cb_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_savedlist
    ADD CONSTRAINT tickets_savedlist_owner_id_421c3a30_fk_staff_user_id FOREIGN KEY (owner_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_savedlist
    ADD CONSTRAINT tickets_savedlist_team_id_8f24e2e8_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_schedule
    ADD CONSTRAINT tickets_schedule_by_id_3dae58e9_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_schedule
    ADD CONSTRAINT tickets_schedule_message_id_ed0577c7_fk_conversat FOREIGN KEY (message_id) REFERENCES public.conversations_message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_schedule
    ADD CONSTRAINT tickets_schedule_ticket_id_50ce95b1_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_seen
    ADD CONSTRAINT tickets_seen_ticket_id_33530054_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_seen
    ADD CONSTRAINT tickets_seen_user_id_643ae36f_fk_staff_user_id FOREIGN KEY (user_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_sweep
    ADD CONSTRAINT tickets_sweep_by_id_5bf8963e_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_task
    ADD CONSTRAINT tickets_task_absence_id_d0288d76_fk_staff_absence_id FOREIGN KEY (absence_id) REFERENCES public.staff_absence(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_task
    ADD CONSTRAINT tickets_task_by_id_8173f25c_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_task
    ADD CONSTRAINT tickets_task_change_id_0ace3770_fk_tickets_change_id FOREIGN KEY (change_id) REFERENCES public.tickets_change(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_task
    ADD CONSTRAINT tickets_task_done_by_id_f17c9ad8_fk_staff_user_id FOREIGN KEY (done_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_task
    ADD CONSTRAINT tickets_task_executor_id_4824d9da_fk_staff_user_id FOREIGN KEY (executor_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_task
    ADD CONSTRAINT tickets_task_ticket_id_57e7e1c2_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_ticket
    ADD CONSTRAINT tickets_ticket_contact_id_a9a8a57d_fk_clients_contact_id FOREIGN KEY (contact_id) REFERENCES public.clients_contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_ticket
    ADD CONSTRAINT tickets_ticket_conversation_id_c1b43fb8_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_ticket
    ADD CONSTRAINT tickets_ticket_follows_id_701312c7_fk_tickets_ticket_id FOREIGN KEY (follows_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_ticket
    ADD CONSTRAINT tickets_ticket_may_belong_to_id_271b17d9_fk_tickets_ticket_id FOREIGN KEY (may_belong_to_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_ticket
    ADD CONSTRAINT tickets_ticket_merged_into_id_3a36ad40_fk_tickets_ticket_id FOREIGN KEY (merged_into_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_ticket
    ADD CONSTRAINT tickets_ticket_owner_id_40236788_fk_staff_user_id FOREIGN KEY (owner_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_ticket
    ADD CONSTRAINT tickets_ticket_product_id_ce107858_fk_tickets_product_id FOREIGN KEY (product_id) REFERENCES public.clients_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_ticket
    ADD CONSTRAINT tickets_ticket_team_id_5a4e7469_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_ticket
    ADD CONSTRAINT tickets_ticket_topic_id_80564e0d_fk_tickets_topic_id FOREIGN KEY (topic_id) REFERENCES public.tickets_topic(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_tie
    ADD CONSTRAINT tickets_tie_by_id_b9d5c03f_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_tie
    ADD CONSTRAINT tickets_tie_other_id_84602fed_fk_tickets_ticket_id FOREIGN KEY (other_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_tie
    ADD CONSTRAINT tickets_tie_ticket_id_75cb1099_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_topic
    ADD CONSTRAINT tickets_topic_parent_id_dbb3832d_fk_tickets_topic_id FOREIGN KEY (parent_id) REFERENCES public.tickets_topic(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_topic
    ADD CONSTRAINT tickets_topic_product_id_241520f6_fk_tickets_product_id FOREIGN KEY (product_id) REFERENCES public.clients_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_traineeship
    ADD CONSTRAINT tickets_traineeship_curator_id_e4b38b91_fk_staff_user_id FOREIGN KEY (curator_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_traineeship
    ADD CONSTRAINT tickets_traineeship_made_by_id_6c6ae9ba_fk_staff_user_id FOREIGN KEY (made_by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_traineeship
    ADD CONSTRAINT tickets_traineeship_person_id_c726bd8e_fk_staff_user_id FOREIGN KEY (person_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_visit
    ADD CONSTRAINT tickets_visit_by_id_38927bd5_fk_staff_user_id FOREIGN KEY (by_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_visit_people
    ADD CONSTRAINT tickets_visit_people_user_id_ef967ddb_fk_staff_user_id FOREIGN KEY (user_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_visit_people
    ADD CONSTRAINT tickets_visit_people_visit_id_c765a5e6_fk_tickets_visit_id FOREIGN KEY (visit_id) REFERENCES public.tickets_visit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_visit
    ADD CONSTRAINT tickets_visit_promise_id_cf67bc6f_fk_tickets_promise_id FOREIGN KEY (promise_id) REFERENCES public.tickets_promise(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_visit
    ADD CONSTRAINT tickets_visit_ticket_id_8f4cc294_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_watch
    ADD CONSTRAINT tickets_watch_ticket_id_57805060_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.tickets_watch
    ADD CONSTRAINT tickets_watch_user_id_05b3512d_fk_staff_user_id FOREIGN KEY (user_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_user_id_af5e0a6d_fk_staff_user_id FOREIGN KEY (user_id) REFERENCES public.staff_user(id) DEFERRABLE INITIALLY DEFERRED;

INSERT INTO public.django_migrations (app, name, applied) VALUES
    ('calendar', '0001_initial', now()),
    ('staff', '0001_initial', now()),
    ('account', '0001_initial', now()),
    ('account', '0002_email_max_length', now()),
    ('account', '0003_alter_emailaddress_create_unique_verified_email', now()),
    ('account', '0004_alter_emailaddress_drop_unique_email', now()),
    ('account', '0005_emailaddress_idx_upper_email', now()),
    ('account', '0006_emailaddress_lower', now()),
    ('account', '0007_emailaddress_idx_email', now()),
    ('account', '0008_emailaddress_unique_primary_email_fixup', now()),
    ('account', '0009_emailaddress_unique_primary_email', now()),
    ('staff', '0002_sign_in', now()),
    ('staff', '0003_panes_of_the_desk', now()),
    ('staff', '0004_undo_of_the_company', now()),
    ('staff', '0005_brands', now()),
    ('staff', '0006_absence_and_availability', now()),
    ('staff', '0007_calls_of_programs', now()),
    ('staff', '0008_parts_of_a_row', now()),
    ('staff', '0009_orders_of_lists', now()),
    ('alerts', '0001_initial', now()),
    ('audit', '0001_initial', now()),
    ('audit', '0002_only_ever_added', now()),
    ('contenttypes', '0001_initial', now()),
    ('contenttypes', '0002_remove_content_type_name', now()),
    ('auth', '0001_initial', now()),
    ('auth', '0002_alter_permission_name_max_length', now()),
    ('auth', '0003_alter_user_email_max_length', now()),
    ('auth', '0004_alter_user_username_opts', now()),
    ('auth', '0005_alter_user_last_login_null', now()),
    ('auth', '0006_require_contenttypes_0002', now()),
    ('auth', '0007_alter_validators_add_error_messages', now()),
    ('auth', '0008_alter_user_username_max_length', now()),
    ('auth', '0009_alter_user_last_name_max_length', now()),
    ('auth', '0010_alter_group_name_max_length', now()),
    ('auth', '0011_update_proxy_permissions', now()),
    ('auth', '0012_alter_user_first_name_max_length', now()),
    ('conversations', '0001_search_configuration', now()),
    ('clients', '0001_initial', now()),
    ('channels', '0001_initial', now()),
    ('conversations', '0002_initial', now()),
    ('tickets', '0001_initial', now()),
    ('tickets', '0002_queues_and_lists', now()),
    ('tickets', '0003_an_index_for_each_half', now()),
    ('tickets', '0004_ticket_may_belong_to', now()),
    ('conversations', '0003_message_who_wrote_it', now()),
    ('conversations', '0004_remote_pictures_and_scanner', now()),
    ('conversations', '0005_conversation_continues_in', now()),
    ('clients', '0002_names_by_parts', now()),
    ('tickets', '0005_joining_and_splitting', now()),
    ('tickets', '0006_joined_ticket_is_closed', now()),
    ('tickets', '0007_recent_and_pinned', now()),
    ('tickets', '0008_participants', now()),
    ('conversations', '0006_invitations_and_signatures', now()),
    ('conversations', '0007_saved_replies', now()),
    ('conversations', '0008_drafts_of_forwards', now()),
    ('tickets', '0009_service_class_and_priority', now()),
    ('tickets', '0010_topics_and_tags', now()),
    ('tickets', '0011_indexes_of_topics_and_tags', now()),
    ('tickets', '0012_fields', now()),
    ('tickets', '0013_ties', now()),
    ('tickets', '0014_tasks', now()),
    ('tickets', '0015_what_hangs', now()),
    ('tickets', '0016_the_way_back', now()),
    ('tickets', '0017_reminders', now()),
    ('tickets', '0018_marks_of_a_promise', now()),
    ('tickets', '0019_third_parties', now()),
    ('tickets', '0020_indexes_of_what_points_here', now()),
    ('tickets', '0021_newest_first', now()),
    ('tickets', '0023_until_when_we_wait', now()),
    ('tickets', '0024_tasks_of_who_is_away', now()),
    ('tickets', '0026_acts_on_many', now()),
    ('tickets', '0027_partners', now()),
    ('tickets', '0028_indexes_of_partners_third_parties_and_details', now()),
    ('tickets', '0029_planned_by_a_rule', now()),
    ('tickets', '0030_saved_lists', now()),
    ('channels', '0002_inbound_automatic', now()),
    ('channels', '0003_outbound_leaving', now()),
    ('channels', '0004_inbound_identifier', now()),
    ('channels', '0005_inbound_let_in', now()),
    ('channels', '0006_sending_at_a_pace', now()),
    ('channels', '0007_forwarded_letters', now()),
    ('channels', '0008_channel_brand', now()),
    ('channels', '0009_fate_of_each_recipient', now()),
    ('tickets', '0031_refusals_with_approval', now()),
    ('tickets', '0032_closed_to_who_is_protected', now()),
    ('tickets', '0033_dates_that_are_owed', now()),
    ('tickets', '0034_loads_and_turns', now()),
    ('tickets', '0040_visits', now()),
    ('tickets', '0041_products', now()),
    ('tickets', '0042_changes', now()),
    ('tickets', '0050_index_of_products', now()),
    ('tickets', '0051_where_a_solution_is_described', now()),
    ('tickets', '0052_acts_that_turn_back', now()),
    ('tickets', '0053_upset_since', now()),
    ('tickets', '0054_index_of_upset_clients', now()),
    ('clients', '0003_contact_keys', now()),
    ('clients', '0004_who_vouches_for_addresses', now()),
    ('sla', '0001_initial', now()),
    ('sla', '0002_clocks_of_open_tickets', now()),
    ('sla', '0003_newest_commitments', now()),
    ('sla', '0004_index_of_recounts', now()),
    ('sla', '0005_products', now()),
    ('clients', '0005_conduct', now()),
    ('clients', '0006_how_addresses_begin', now()),
    ('clients', '0007_products_are_of_clients', now()),
    ('sla', '0006_products_are_of_clients', now()),
    ('tickets', '0055_products_are_of_clients', now()),
    ('tickets', '0056_saved_lists_for_everybody', now()),
    ('tickets', '0057_orders_of_lists', now()),
    ('tickets', '0058_hours_that_hung', now()),
    ('tickets', '0059_watching', now()),
    ('tickets', '0060_sweeps', now()),
    ('tickets', '0061_asks_before_one_answers_for_another', now()),
    ('automation', '0001_initial', now()),
    ('automation', '0002_tries_before_it_was_sent_again', now()),
    ('automation', '0003_data_panels', now()),
    ('automation', '0004_troubles_of_panels_are_codes', now()),
    ('boards', '0001_initial', now()),
    ('boards', '0002_present', now()),
    ('conversations', '0009_purpose_of_a_saved_reply', now()),
    ('conversations', '0010_words_with_their_age', now()),
    ('conversations', '0011_no_second_index_of_tokens', now()),
    ('clients', '0008_the_card', now()),
    ('clients', '0009_lists_by_name', now()),
    ('clients', '0010_merging', now()),
    ('clients', '0011_who_was_merged', now()),
    ('clients', '0012_contact_policy', now()),
    ('clients', '0013_opening_lines', now()),
    ('clients', '0014_weather', now()),
    ('clients', '0015_merging_of_organisations', now()),
    ('clients', '0016_organisations_that_were_merged', now()),
    ('clients', '0017_fields_of_cards', now()),
    ('clients', '0018_restricted_organisations', now()),
    ('clients', '0019_texts_of_consents', now()),
    ('clients', '0020_payments', now()),
    ('channels', '0010_letters_apart', now()),
    ('channels', '0011_fewer_indexes_for_each_letter', now()),
    ('calls', '0001_initial', now()),
    ('calls', '0002_lists_of_calls', now()),
    ('calls', '0003_drafts_of_results', now()),
    ('calls', '0004_calls_go_along', now()),
    ('calls', '0005_calls_of_notes', now()),
    ('calls', '0006_calls_of_a_number', now()),
    ('calls', '0007_calls_of_requests_joined_before', now()),
    ('calls', '0008_callers', now()),
    ('calls', '0009_calls_of_a_caller', now()),
    ('calls', '0010_calls_that_were_answered', now()),
    ('channels', '0012_messengers', now()),
    ('channels', '0013_news_of_the_service', now()),
    ('journal', '0001_initial', now()),
    ('clients', '0021_messengers', now()),
    ('clients', '0022_online_chats', now()),
    ('clients', '0023_confirmed_facts', now()),
    ('clients', '0024_caps_by_kind_role_and_share', now()),
    ('clients', '0025_notes_of_cards', now()),
    ('complaints', '0001_complaints_begin', now()),
    ('complaints', '0002_who_decided_first', now()),
    ('continuity', '0001_initial', now()),
    ('staff', '0010_stretches_of_work', now()),
    ('staff', '0011_levels_of_skills', now()),
    ('conversations', '0012_wordings_and_letters_that_leave_later', now()),
    ('conversations', '0013_index_of_letters_that_leave_later', now()),
    ('email', '0001_initial', now()),
    ('email', '0002_mailbox_judges_senders', now()),
    ('email', '0003_pace_and_signature', now()),
    ('email', '0004_grants', now()),
    ('email', '0005_folders', now()),
    ('email', '0006_hooks', now()),
    ('email', '0007_seals', now()),
    ('email', '0008_new_mail_first', now()),
    ('email', '0009_spent_proofs', now()),
    ('metrics', '0001_initial', now()),
    ('metrics', '0002_readings', now()),
    ('metrics', '0003_improvements', now()),
    ('metrics', '0004_measures_of_surveys', now()),
    ('metrics', '0005_more_measures', now()),
    ('metrics', '0006_notes_on_charts', now()),
    ('metrics', '0007_time_until_the_talk', now()),
    ('metrics', '0008_sums_lie_in_their_key', now()),
    ('metrics', '0009_measures_of_calls', now()),
    ('metrics', '0010_contacts_and_matters', now()),
    ('metrics', '0011_measures_of_articles_and_reviews', now()),
    ('metrics', '0012_surveys_kept_back_and_first_tries', now()),
    ('metrics', '0013_cards_by_day', now()),
    ('metrics', '0014_measures_of_picks_tellings_and_links', now()),
    ('incidents', '0001_initial', now()),
    ('incidents', '0002_what_was_before', now()),
    ('incidents', '0003_whom_it_concerns', now()),
    ('incidents', '0004_post_mortems_and_actions', now()),
    ('incidents', '0005_what_is_over_owes_a_post_mortem', now()),
    ('goals', '0001_initial', now()),
    ('imports', '0001_imports', now()),
    ('imports', '0002_other_desks', now()),
    ('imports', '0003_payments_in_files', now()),
    ('imports', '0004_answers_of_independent_surveys', now()),
    ('imports', '0005_two_desks_of_one_system', now()),
    ('indicators', '0001_initial', now()),
    ('indicators', '0002_what_is_frozen_stays', now()),
    ('indicators', '0003_who_left_within_a_period', now()),
    ('journal', '0002_once', now()),
    ('journal', '0003_tell_the_listeners', now()),
    ('journal', '0004_once_keeps_its_answer', now()),
    ('journal', '0005_notices', now()),
    ('journal', '0006_index_of_moments', now()),
    ('journal', '0007_notice_kinds', now()),
    ('journal', '0008_notice_hushed', now()),
    ('journal', '0009_notice_of_object', now()),
    ('journal', '0010_notice_of_pay', now()),
    ('journal', '0011_notice_of_alert', now()),
    ('journal', '0012_notice_of_shift', now()),
    ('journal', '0013_watching', now()),
    ('knowledge', '0001_articles_begin', now()),
    ('knowledge', '0002_uses_wait_and_titles_by_part', now()),
    ('knowledge', '0003_links_are_looked_at', now()),
    ('knowledge', '0004_links_of_a_week', now()),
    ('knowledge', '0005_visits_of_the_request_form', now()),
    ('metrics', '0015_measures_of_other_scales', now()),
    ('metrics', '0016_what_is_touched_and_what_came_back', now()),
    ('metrics', '0017_readings_lie_in_their_index', now()),
    ('metrics', '0018_measures_of_raising_and_of_holds', now()),
    ('metrics', '0019_measure_of_appeals', now()),
    ('metrics', '0020_attempts_and_flags', now()),
    ('mfa', '0001_initial', now()),
    ('mfa', '0002_authenticator_timestamps', now()),
    ('mfa', '0003_authenticator_type_uniq', now()),
    ('notices', '0001_routes', now()),
    ('outreach', '0001_initial', now()),
    ('people', '0001_initial', now()),
    ('phone', '0001_initial', now()),
    ('privacy', '0001_initial', now()),
    ('privacy', '0002_with_internal_notes', now()),
    ('problems', '0001_problems_begin', now()),
    ('procrastinate', '0001_initial', now()),
    ('procrastinate', '0002_drop_started_at_column', now()),
    ('procrastinate', '0003_drop_started_at_column', now()),
    ('procrastinate', '0004_drop_procrastinate_version_table', now()),
    ('procrastinate', '0005_fix_procrastinate_fetch_job', now()),
    ('procrastinate', '0006_fix_trigger_status_events_insert', now()),
    ('procrastinate', '0007_add_queueing_lock_column', now()),
    ('procrastinate', '0008_close_fetch_job_race_condition', now()),
    ('procrastinate', '0009_add_defer_job_function', now()),
    ('procrastinate', '0010_add_procrastinate_periodic_defers', now()),
    ('procrastinate', '0011_add_foreign_key_index', now()),
    ('procrastinate', '0012_add_locks_to_periodic_defer', now()),
    ('procrastinate', '0013_fix_procrastinate_defer_periodic_job', now()),
    ('procrastinate', '0014_add_finish_job_and_retry_job_functions', now()),
    ('procrastinate', '0015_add_trigger_on_job_deletion', now()),
    ('procrastinate', '0016_delete_finished_jobs', now()),
    ('procrastinate', '0017_add_checks_to_finish_job', now()),
    ('procrastinate', '0018_add_checks_to_retry_job', now()),
    ('procrastinate', '0019_fix_finish_job_compat_issue', now()),
    ('procrastinate', '0020_add_index_on_procrastinate_jobs', now()),
    ('procrastinate', '0021_add_kwargs_to_defer_periodic_job', now()),
    ('procrastinate', '0022_null_locks_excluded', now()),
    ('procrastinate', '0023_remove_old_finish_job_function', now()),
    ('procrastinate', '0024_job_id_bigint', now()),
    ('procrastinate', '0025_add_models', now()),
    ('procrastinate', '0026_add_job_priority', now()),
    ('procrastinate', '0027_add_periodic_job_priority', now()),
    ('procrastinate', '0028_add_cancel_states', now()),
    ('procrastinate', '0029_add_additional_params_to_retry_job', now()),
    ('procrastinate', '0030_alter_procrastinateevent_options', now()),
    ('procrastinate', '0031_add_indexes_for_fetch_job', now()),
    ('procrastinate', '0032_pre_cancel_notification', now()),
    ('procrastinate', '0033_post_cancel_notification', now()),
    ('procrastinate', '0034_pre_add_heartbeat', now()),
    ('procrastinate', '0035_post_add_heartbeat', now()),
    ('procrastinate', '0036_add_worker_model', now()),
    ('procrastinate', '0037_pre_batch_defer_jobs', now()),
    ('procrastinate', '0038_post_batch_defer_jobs', now()),
    ('procrastinate', '0039_pre_priority_lock_fetch_job', now()),
    ('procrastinate', '0040_pre_retry_failed_job', now()),
    ('procrastinate', '0041_post_retry_failed_job', now()),
    ('quality', '0001_reviews_begin', now()),
    ('quality', '0002_terms_and_lists', now()),
    ('reports', '0001_initial', now()),
    ('reports', '0002_reader_says_of_what', now()),
    ('routing', '0001_initial', now()),
    ('routing', '0002_tickets_of_who_left_go_back', now()),
    ('routing', '0003_no_open_ticket_of_who_left', now()),
    ('routing', '0004_handovers', now()),
    ('routing', '0005_distribution', now()),
    ('routing', '0006_handed_over_by_a_rule', now()),
    ('routing', '0007_picks', now()),
    ('routing', '0008_index_of_what_came_back', now()),
    ('sessions', '0001_initial', now()),
    ('shifts', '0001_initial', now()),
    ('sitechat', '0001_initial', now()),
    ('sitechat', '0002_typing', now()),
    ('sla', '0007_classes_are_published', now()),
    ('staff', '0012_own_keys_and_drafts', now()),
    ('staff', '0013_kinds_of_work_and_reasons_of_pauses', now()),
    ('staff', '0014_blocks_that_stay_open', now()),
    ('status', '0001_components_outages_reports', now()),
    ('surveys', '0001_initial', now()),
    ('surveys', '0002_wishes_not_to_be_asked', now()),
    ('surveys', '0003_wishes_are_consents', now()),
    ('surveys', '0004_many_surveys', now()),
    ('surveys', '0005_the_usual_survey', now()),
    ('surveys', '0006_each_is_of_a_survey', now()),
    ('surveys', '0007_reviews_and_public_pages', now()),
    ('surveys', '0008_answers_of_independent_providers', now()),
    ('surveys', '0009_reminders_exits_and_sites', now()),
    ('surveys', '0010_indexes_of_reminders', now()),
    ('surveys', '0011_marks_of_one_questionnaire', now()),
    ('surveys', '0012_outside_answers_by_moment', now()),
    ('surveys', '0013_asked_by_phone', now()),
    ('surveys', '0014_index_of_calls', now()),
    ('surveys', '0015_asked_in_messengers', now()),
    ('surveys', '0016_asked_at_the_end_of_chats', now()),
    ('surveys', '0017_solved_at_once', now()),
    ('surveys', '0018_what_came_of_a_talk', now()),
    ('surveys', '0019_index_of_low_marks', now()),
    ('surveys', '0020_days_that_are_settled', now()),
    ('surveys', '0021_indexes_of_settled_days', now()),
    ('surveys', '0022_turns_that_wait', now()),
    ('surveys', '0023_marks_on_every_scale', now()),
    ('surveys', '0024_a_condition_of_one_answer', now()),
    ('surveys', '0025_talks_know_their_survey', now()),
    ('telegram', '0001_initial', now()),
    ('telegram', '0002_where_telegram_posts', now()),
    ('tickets', '0062_answers_for_release', now()),
    ('tickets', '0063_layouts_of_the_page', now()),
    ('tickets', '0064_refusals_by_moment', now()),
    ('tickets', '0065_appeals_against_refusals', now()),
    ('tickets', '0066_what_an_answer_begins_with', now()),
    ('tickets', '0067_lines_lie_in_the_index_of_openings', now()),
    ('usersessions', '0001_initial', now()),
    ('value', '0001_sums_and_policy', now()),
    ('value', '0002_cost_of_an_hour', now()),
    ('value', '0003_revenue_of_cohorts', now()),
    ('value', '0004_buyers', now());
