"""AUDIT-1: the role as which the product works cannot change the audit trail."""

import os

import psycopg
import pytest
from django.db import connection

from otklik.config.database import roles


@pytest.mark.django_db(transaction=True)
def test_AUDIT_1_the_role_of_the_application_cannot():
    """A login of its own with the grants of the product: it works, and the trail refuses it by right."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE} LOGIN PASSWORD 'for-this-test'")
    try:
        roles.grant(connection, ROLE)
        entry = connection.settings_dict
        address = {"dbname": entry["NAME"], "host": entry["HOST"], "port": entry["PORT"]}
        with psycopg.connect(**address, user=ROLE, password="for-this-test", autocommit=True) as app:
            app.execute("UPDATE staff_organisation SET name = name")
            app.execute(
                "INSERT INTO audit_line (outcome, door, address, session, call, before, after, kind, about,"
                " about_id) VALUES ('done', 'page', '', '', '', '{}', '{}', 'test', '', '')"
            )
            for table in roles.ADDED_ONLY:
                for words in (
                    f"DELETE FROM {table}",
                    f"TRUNCATE {table}",
                    f"UPDATE {table} SET {UPDATED[table]}",
                    f"ALTER TABLE {table} DISABLE TRIGGER ALL",
                    f"DROP TABLE {table}",
                    "SET session_replication_role = replica",
                ):
                    with pytest.raises(psycopg.errors.InsufficientPrivilege, match=BY_RIGHT):
                        app.execute(words)
            assert roles.may_work(connection, ROLE)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP OWNED BY {ROLE}; DROP ROLE {ROLE}")


BY_RIGHT = "permission denied|must be owner"
UPDATED = {"audit_line": "kind = kind", "audit_seal": "mac = mac"}
ROLE = f"test_app_{os.getpid()}"
