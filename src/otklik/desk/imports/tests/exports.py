"""Exports of other desks as these document them, small, with what is hostile and what is broken."""

import json
from pathlib import Path
from typing import Any

NASTY = '<style>p{}</style><p>Не &amp; работает<script>alert(1)</script></p><img src="https://spy.example/x.png">'

ZENDESK: dict[str, list[dict[str, Any]]] = {
    "organizations": [
        {
            "id": 500,
            "name": "Дон-Телеком",
            "domain_names": ["don.example", "don.test"],
            "details": "Давние",
            "tags": ["vip"],
            "organization_fields": {"contract": "Д-17"},
            "created_at": "2019-01-01T00:00:00Z",
        }
    ],
    "users": [
        {
            "id": 1,
            "name": "Павел Демидов",
            "email": "Pavel@don.example",
            "phone": "12",
            "role": "end-user",
            "organization_id": 500,
            "time_zone": "Moscow",
            "iana_time_zone": "Europe/Moscow",
            "locale": "ru",
            "tags": ["юг"],
            "user_fields": {"shoe_size": 44},
            "created_at": "2019-02-01T00:00:00Z",
        },
        {"id": 2, "name": "Анна Белова", "email": "ANNA", "role": "agent"},
        {"id": 3, "name": "Копия", "email": "copy@don.example", "role": "end-user", "organization_id": None},
    ],
    "groups": [{"id": 9, "name": "Линия, которой нет"}],
    "ticket_fields": [{"id": 77, "title": "Номер договора", "title_in_portal": "Договор"}],
    "tickets": [
        {
            "id": 100,
            "external_id": None,
            "subject": "Нет звука",
            "description": "Не слышно",
            "status": "open",
            "priority": "urgent",
            "type": "incident",
            "requester_id": 1,
            "assignee_id": 2,
            "group_id": 9,
            "tags": ["звонки", "a,b"],
            "via": {"channel": "email"},
            "custom_fields": [{"id": 77, "value": "Д-17"}, {"id": 78, "value": None}],
            "created_at": "2024-03-01T10:00:00Z",
            "updated_at": "2024-03-01T12:00:00Z",
            "comments": [
                {
                    "id": 1001,
                    "author_id": 1,
                    "body": "Не слышно",
                    "html_body": NASTY,
                    "public": True,
                    "created_at": "2024-03-01T10:00:00Z",
                    "attachments": [{"file_name": "лог.txt", "content_url": "https://x.zendesk.com/a/1"}],
                },
                {
                    "id": 1002,
                    "author_id": 2,
                    "body": "Проверим",
                    "public": True,
                    "created_at": "2024-03-01T11:00:00Z",
                },
                {
                    "id": 1003,
                    "author_id": 2,
                    "body": "Это опять кабель",
                    "public": False,
                    "created_at": "2024-03-01T11:30:00Z",
                },
                {
                    "id": 1004,
                    "author_id": 3,
                    "body": "И у меня",
                    "public": True,
                    "created_at": "2024-03-01T12:00:00Z",
                },
            ],
        },
        {
            "id": 101,
            "subject": "Счёт",
            "description": "Где счёт?",
            "status": "closed",
            "priority": None,
            "requester_id": 1,
            "assignee_id": 99,
            "created_at": "2023-01-01T10:00:00Z",
            "updated_at": "2023-01-02T10:00:00Z",
        },
        {
            "id": 102,
            "subject": "Своё состояние",
            "description": "Ждём",
            "status": "waiting for the moon",
            "requester_id": 3,
            "created_at": "2024-05-01T10:00:00Z",
        },
    ],
}
FRESHDESK: dict[str, list[dict[str, Any]]] = {
    "companies": [{"id": 700, "name": "Дон", "domains": ["don.example"], "custom_fields": {"inn": "6100000001"}}],
    "contacts": [
        {"id": 1, "name": "Павел", "email": "pavel@don.example", "mobile": "+79001234567", "company_id": 700},
    ],
    "agents": [{"id": 2, "contact": {"name": "Анна Белова", "email": "ANNA"}}],
    "tickets": [
        {
            "id": 10,
            "subject": "Нет звука",
            "description": "<div>Не слышно</div>",
            "description_text": "Не слышно",
            "status": 3,
            "priority": 3,
            "source": 2,
            "requester_id": 1,
            "responder_id": 2,
            "group_id": None,
            "tags": ["звонки"],
            "custom_fields": {"cf_модель": "К-5"},
            "created_at": "2024-03-01T10:00:00Z",
            "updated_at": "2024-03-01T12:00:00Z",
            "attachments": [{"name": "лог.txt", "attachment_url": "https://s3.example/лог"}],
            "conversations": [
                {
                    "id": 11,
                    "user_id": 2,
                    "body": "<div>Проверим</div>",
                    "body_text": "Проверим",
                    "incoming": False,
                    "private": False,
                    "created_at": "2024-03-01T11:00:00Z",
                },
                {
                    "id": 12,
                    "user_id": 2,
                    "body_text": "Кабель",
                    "incoming": False,
                    "private": True,
                    "created_at": "2024-03-01T11:30:00Z",
                },
            ],
        },
    ],
}
WRAPPED: list[dict[str, Any]] = [
    {
        "helpdesk_ticket": {
            "display_id": 20,
            "id": 999_020,
            "subject": "Старое",
            "description": "Как включить?",
            "status": 5,
            "priority": 1,
            "requester_id": 5,
            "requester_name": "Старый клиент",
            "created_at": "2015-03-01T10:00:00+03:00",
            "updated_at": "2015-03-02T10:00:00+03:00",
            "helpdesk_notes": [
                {
                    "id": 21,
                    "user_id": 2,
                    "body": "Кнопкой",
                    "incoming": False,
                    "private": False,
                    "created_at": "2015-03-01T11:00:00+03:00",
                }
            ],
        }
    }
]
OSTICKET: dict[str, list[dict[str, Any]]] = {
    "ost_organization": [{"id": "3", "name": "Дон", "domain": "don.example", "created": "2019-01-01 10:00:00"}],
    "ost_user": [
        {"id": "1", "org_id": "3", "default_email_id": "4", "name": "Павел", "created": "2019-01-01 10:00:00"}
    ],
    "ost_user_email": [{"id": "4", "user_id": "1", "flags": "0", "address": "pavel@don.example"}],
    "ost_staff": [{"staff_id": "2", "username": "anna", "firstname": "Анна", "lastname": "Белова", "email": "ANNA"}],
    "ost_department": [{"id": "1", "name": "Поддержка"}],
    "ost_ticket_status": [
        {"id": "1", "name": "Open", "state": "open"},
        {"id": "6", "name": "Решено и забыто", "state": "closed"},
    ],
    "ost_ticket_priority": [{"priority_id": "4", "priority": "emergency", "priority_desc": "Emergency"}],
    "ost_ticket": [
        {
            "ticket_id": "50",
            "number": "612345",
            "user_id": "1",
            "status_id": "1",
            "dept_id": "1",
            "staff_id": "2",
            "source": "Web",
            "closed": None,
            "created": "2024-03-01 10:00:00",
        },
        {
            "ticket_id": "51",
            "number": "612346",
            "user_id": "1",
            "status_id": "6",
            "dept_id": "1",
            "staff_id": "0",
            "source": "Phone",
            "closed": "2023-03-02 10:00:00",
            "created": "2023-03-01 10:00:00",
        },
    ],
    "ost_ticket__cdata": [
        {"ticket_id": "50", "subject": "Нет звука", "priority": "4", "model": "К-5"},
        {"ticket_id": "51", "subject": "Звонили", "priority": None},
    ],
    "ost_thread": [
        {"id": "60", "object_id": "50", "object_type": "T"},
        {"id": "61", "object_id": "50", "object_type": "A"},
    ],
    "ost_thread_entry": [
        {
            "id": "71",
            "thread_id": "60",
            "staff_id": "0",
            "user_id": "1",
            "type": "M",
            "poster": "Павел",
            "body": "<p>Не слышно</p>",
            "format": "html",
            "created": "2024-03-01 10:00:00",
        },
        {
            "id": "72",
            "thread_id": "60",
            "staff_id": "2",
            "user_id": "0",
            "type": "R",
            "poster": "Анна",
            "body": "Проверим",
            "format": "text",
            "created": "2024-03-01 11:00:00",
        },
        {
            "id": "73",
            "thread_id": "60",
            "staff_id": "2",
            "user_id": "0",
            "type": "N",
            "poster": "Анна",
            "body": "Кабель",
            "format": "text",
            "created": "2024-03-01 11:30:00",
        },
    ],
}
ZAMMAD: dict[str, list[dict[str, Any]]] = {
    "organizations": [{"id": 3, "name": "Дон", "domain": "don.example", "domain_assignment": False, "note": "Давние"}],
    "users": [
        {"id": 1, "login": "-", "firstname": "-", "lastname": "", "email": "", "role_ids": []},
        {
            "id": 7,
            "login": "pavel@don.example",
            "firstname": "Павел",
            "lastname": "Демидов",
            "email": "pavel@don.example",
            "mobile": "+79001234567",
            "organization_id": 3,
            "role_ids": [3],
        },
        {"id": 4, "login": "anna", "firstname": "Анна", "lastname": "Белова", "email": "ANNA", "role_ids": [2]},
    ],
    "tickets": [
        {
            "id": 30,
            "number": "71003",
            "title": "Нет звука",
            "state_id": 3,
            "state": "pending reminder",
            "priority": "3 high",
            "priority_id": 3,
            "group": "Users",
            "customer_id": 7,
            "owner_id": 4,
            "owner": "anna",
            "organization_id": 3,
            "close_at": None,
            "model": "К-5",
            "create_article_type": "email",
            "created_at": "2024-03-01T10:00:00.000Z",
            "updated_at": "2024-03-01T12:00:00.000Z",
        },
        {
            "id": 31,
            "number": "71004",
            "title": "Закрыто",
            "state_id": 4,
            "priority_id": 1,
            "customer_id": 7,
            "owner_id": 1,
            "close_at": "2023-01-02T10:00:00.000Z",
            "created_at": "2023-01-01T10:00:00.000Z",
        },
    ],
    "articles": [
        {
            "id": 41,
            "ticket_id": 30,
            "from": "Павел",
            "body": "Не слышно<br>совсем",
            "content_type": "text/html",
            "type": "email",
            "sender": "Customer",
            "internal": False,
            "created_by_id": 7,
            "attachments": [{"id": 1, "filename": "лог.txt"}],
            "created_at": "2024-03-01T10:00:00.000Z",
        },
        {
            "id": 42,
            "ticket_id": 30,
            "body": "Проверим",
            "content_type": "text/plain",
            "type": "email",
            "sender": "Agent",
            "internal": False,
            "created_by_id": 4,
            "created_at": "2024-03-01T11:00:00.000Z",
        },
        {
            "id": 43,
            "ticket_id": 30,
            "body": "Кабель",
            "content_type": "text/plain",
            "type": "note",
            "sender": "Agent",
            "internal": True,
            "created_by_id": 4,
            "created_at": "2024-03-01T11:30:00.000Z",
        },
    ],
}


def written(folder: Path, tables: dict[str, list[dict[str, Any]]], anna: str, *, lines: bool = False) -> Path:
    """A file for each table; with `lines` an object a line."""
    folder.mkdir(exist_ok=True)
    for name, rows in tables.items():
        told = [json.dumps(row, ensure_ascii=False).replace('"ANNA"', json.dumps(anna)) for row in rows]
        content = "\n".join(told) if lines else f'{{"{name}": [{", ".join(told)}], "count": {len(told)}}}'
        (folder / f"{name}.json").write_text(content)
    return folder
