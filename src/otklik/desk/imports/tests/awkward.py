"""What is awkward in exports of other desks, in the shapes that these document: nothing where something is expected,
merged requests, people who were deleted, markup, files by their address, talks beside a request, copies, pages.
"""

from typing import Any

type Rows = list[dict[str, Any]]

DAY = "2024-03-01T"

ZENDESK_USERS: Rows = [
    {"id": 1, "name": "Павел Демидов", "email": "pavel@don.example", "role": "end-user", "active": True},
    {"id": 2, "name": "Анна Белова", "email": "ANNA", "role": "agent"},
    {"id": 5, "name": "Ольга", "email": "olga@don.example", "role": "end-user", "phone": None, "tags": None},
    {"id": 6, "name": "Permanently deleted user", "email": None, "role": "end-user", "active": False,
     "permanently_deleted": True, "user_fields": None, "organization_id": None},
]  # fmt: skip
ZENDESK_TICKETS: Rows = [
    {
        "id": 100, "subject": None, "raw_subject": "Нет звука", "description": "Не слышно", "status": "open",
        "priority": None, "requester_id": 1, "assignee_id": 2, "group_id": None, "organization_id": None, "tags": None,
        "via": None, "custom_fields": None, "fields": None, "collaborator_ids": [5, 2], "email_cc_ids": [5],
        "follower_ids": [2], "satisfaction_rating": {"score": "good", "comment": "Быстро"},
        "created_at": DAY + "10:00:00Z", "updated_at": DAY + "12:00:00Z",
    },
    {
        "id": 101, "subject": "И у меня нет звука", "description": "Тоже", "status": "closed", "requester_id": 6,
        "assignee_id": None, "tags": ["closed_by_merge"],
        "via": {"channel": "web", "source": {"from": {"ticket_id": 100, "subject": "Нет звука"}, "rel": "merge"}},
        "custom_fields": [{"id": 77, "value": None}, {"id": 78, "value": ["а", "б"]}, {"id": 79, "value": False}],
        "satisfaction_rating": {"score": "unoffered"},
        "created_at": DAY + "09:00:00Z", "updated_at": DAY + "11:00:00Z",
    },
    {
        "id": 102, "subject": "Кого уже нет", "description": None, "status": "solved", "requester_id": 999,
        "assignee_id": 998, "created_at": DAY + "08:00:00Z", "updated_at": DAY + "08:30:00Z",
    },
]  # fmt: skip
ZENDESK_COMMENTS: Rows = [
    {"id": 1001, "ticket_id": 100, "author_id": 1, "body": "Не слышно", "html_body": "<p>Не слышно</p>",
     "plain_body": "Не слышно", "public": True, "created_at": DAY + "10:00:00Z", "attachments": None, "via": None},
    {"id": 1002, "ticket_id": 100, "author_id": -1, "body": "Заявка 101 объединена", "public": False,
     "created_at": DAY + "11:00:00Z", "metadata": None},
    {"id": 1003, "ticket_id": 100, "author_id": 5, "body": None, "html_body": None, "public": True,
     "created_at": DAY + "11:30:00Z",
     "attachments": [{"file_name": "лог.txt", "content_url": "https://x.zendesk.com/a/1", "inline": False},
                     {"file_name": None, "content_url": "https://x.zendesk.com/a/2"}]},
    {"id": 1010, "ticket_id": 102, "author_id": 999, "body": "Был вопрос", "public": True,
     "created_at": DAY + "08:00:00Z"},
]  # fmt: skip
SIDE_EVENTS: Rows = [
    {"id": "a-1", "ticket_id": 100, "side_conversation_id": "s-1", "type": "create", "created_at": DAY + "10:30:00Z",
     "via": "support", "actor": {"user_id": 2, "name": "Анна Белова", "email": "ANNA"},
     "message": {"subject": "Узел на Дону", "preview_text": "Проверьте", "body": "Проверьте, пожалуйста",
                 "html_body": "<p>Проверьте</p>", "from": {"user_id": 2, "name": "Анна Белова"},
                 "to": [{"name": "Оператор", "email": "noc@carrier.example"}], "external_ids": {}}},
    {"id": "a-2", "ticket_id": 100, "side_conversation_id": "s-1", "type": "reply", "created_at": DAY + "10:45:00Z",
     "actor": {"name": "Оператор", "email": "noc@carrier.example"},
     "message": {"subject": None, "body": None, "html_body": "<p>Узел <b>лежит</b></p>", "to": [],
                 "attachments": [{"file_name": "схема.pdf", "content_url": "https://x.zendesk.com/a/3"}]}},
    {"id": "a-3", "ticket_id": 100, "side_conversation_id": "s-1", "type": "update", "created_at": DAY + "10:50:00Z",
     "actor": None, "message": None, "updates": {"state": "closed"}},
    {"id": 9001, "ticket_id": 100, "type": "Error", "message": "Automatic reply was suppressed"},
    {"id": 9002, "ticket_id": 100, "type": "Change", "field_name": "status", "value": "open"},
]  # fmt: skip

FRESHDESK_LIST: Rows = [
    {"id": 10, "subject": "Нет звука", "status": 2, "priority": 1, "source": 1, "requester_id": 1, "responder_id": 2,
     "company_id": None, "group_id": None, "spam": False, "cc_emails": ["olga@don.example"], "fwd_emails": [],
     "reply_cc_emails": ["olga@don.example"], "tags": [], "custom_fields": None, "stats": None,
     "associated_tickets_list": [12], "created_at": DAY + "10:00:00Z", "updated_at": DAY + "12:00:00Z"},
    {"id": 12, "subject": "Слита в 10", "status": 5, "priority": None, "source": 3, "requester_id": 77,
     "responder_id": None, "cc_emails": None, "created_at": DAY + "09:00:00Z", "updated_at": DAY + "11:00:00Z"},
]  # fmt: skip
FRESHDESK_ONE: dict[str, Any] = {
    "id": 10, "subject": "Нет звука", "status": 2, "priority": 1, "requester_id": 1,
    "description": "<div>Не слышно</div>", "description_text": "Не слышно", "created_at": DAY + "10:00:00Z",
    "updated_at": DAY + "12:00:00Z",
    "attachments": [{"id": 1, "name": "лог.txt", "attachment_url": "https://s3.example/1", "size": 3}],
    "requester": {"id": 1, "name": "Павел", "email": "pavel@don.example", "mobile": None, "phone": None},
}  # fmt: skip
FRESHDESK_TALK: Rows = [
    {"id": 21, "ticket_id": 10, "user_id": 2, "body": "<div>Посмотрите узел</div>", "body_text": "Посмотрите узел",
     "incoming": False, "private": False, "source": 8, "to_emails": ["noc@carrier.example"], "cc_emails": [],
     "bcc_emails": None, "support_email": None, "attachments": None, "created_at": DAY + "10:30:00Z"},
    {"id": 22, "ticket_id": 10, "user_id": 66, "body": "<div>Ваш запрос</div>", "body_text": "Ваш запрос",
     "incoming": False, "private": False, "source": 0, "attachments": [], "created_at": DAY + "10:40:00Z"},
    {"id": 23, "ticket_id": 12, "user_id": 2, "body": "", "body_text": "This ticket is closed and merged into 10",
     "incoming": False, "private": True, "source": 2, "created_at": DAY + "11:00:00Z"},
]  # fmt: skip
FRESHDESK_CONTACTS: Rows = [
    {"id": 1, "name": "Павел Демидов", "email": "pavel@don.example", "mobile": None, "phone": None,
     "company_id": None, "other_emails": ["pd@don.example"], "other_companies": None, "tags": None,
     "custom_fields": {"cf_inn": None}, "twitter_id": None},
    {"id": 3, "name": None, "email": None, "mobile": "+79001234500", "twitter_id": "@kto", "custom_fields": {}},
]  # fmt: skip

OSTICKET: dict[str, Rows] = {
    "ost_user": [{"id": "1", "org_id": "0", "default_email_id": "4", "name": "Павел", "created": "2019-01-01 10:00:00"},
                 {"id": "2", "org_id": "0", "default_email_id": "5", "name": "Ольга", "created": None}],
    "ost_user_email": [{"id": "4", "user_id": "1", "flags": "0", "address": "pavel@don.example"},
                       {"id": "5", "user_id": "2", "flags": "0", "address": "olga@don.example"}],
    "ost_staff": [{"staff_id": "2", "username": "anna", "email": "ANNA"}],
    "ost_ticket_status": [{"id": "1", "name": "Open", "state": "open"},
                          {"id": "3", "name": "Closed", "state": "closed"}],
    "ost_ticket": [
        {"ticket_id": "50", "ticket_pid": None, "number": "000345", "user_id": "1", "status_id": "1", "dept_id": "0",
         "staff_id": "2", "team_id": "0", "flags": "0", "source": "Email", "closed": None,
         "created": "2024-03-01 10:00:00"},
        {"ticket_id": "51", "ticket_pid": "50", "number": "000346", "user_id": "0", "status_id": "3", "dept_id": "0",
         "staff_id": "0", "flags": "4", "source": "Other", "closed": "2024-03-01 12:00:00",
         "created": "2024-03-01 09:00:00"},
    ],
    "ost_ticket__cdata": [{"ticket_id": "50", "subject": "Нет звука", "priority": None, "model": None},
                          {"ticket_id": "51", "subject": "Слито в 345", "priority": None}],
    "ost_thread": [{"id": "60", "object_id": "50", "object_type": "T", "extra": None},
                   {"id": "61", "object_id": "50", "object_type": "C", "extra": '{"ticket_id":51}'},
                   {"id": "62", "object_id": "50", "object_type": "A", "extra": None}],
    "ost_thread_entry": [
        {"id": "71", "thread_id": "60", "staff_id": "0", "user_id": "1", "type": "M", "poster": "Павел",
         "body": "<p>Не слышно</p>", "format": "html", "created": "2024-03-01 10:00:00"},
        {"id": "72", "thread_id": "61", "staff_id": "0", "user_id": "2", "type": "M", "poster": "Ольга",
         "body": "И у меня", "format": "text", "created": "2024-03-01 09:00:00"},
        {"id": "73", "thread_id": "60", "staff_id": "9", "user_id": "0", "type": "R", "poster": "Кто-то уволенный",
         "body": "Проверим", "format": "text", "created": "2024-03-01 11:00:00"},
        {"id": "74", "thread_id": "62", "staff_id": "2", "user_id": "0", "type": "N", "poster": "Анна",
         "body": "Чужая задача", "format": "text", "created": "2024-03-01 11:00:00"},
    ],
    "ost_thread_collaborator": [{"id": "1", "thread_id": "60", "user_id": "2", "role": "M", "flags": "1"}],
    "ost_attachment": [{"id": "1", "object_id": "71", "type": "H", "file_id": "8", "name": None, "inline": "0"},
                       {"id": "2", "object_id": "71", "type": "T", "file_id": "9", "name": "чужой.txt", "inline": "0"}],
    "ost_file": [{"id": "8", "type": "text/plain", "size": "3", "key": "k", "name": "лог.txt"},
                 {"id": "9", "type": "text/plain", "size": "3", "key": "k2", "name": "чужой.txt"}],
}  # fmt: skip

ZAMMAD_ASSETS: dict[str, Any] = {
    "record_ids": [30, 31],
    "assets": {
        "Ticket": {
            "30": {"id": 30, "number": "71003", "title": "Нет звука", "state_id": 2, "priority_id": 2, "customer_id": 7,
                   "owner_id": 4, "organization_id": None, "note": None, "preferences": {}, "article_count": 2,
                   "close_at": None, "created_at": DAY + "10:00:00.000Z", "updated_at": DAY + "12:00:00.000Z"},
            "31": {"id": 31, "number": "71004", "title": "Слита", "state_id": 5, "priority_id": None, "customer_id": 99,
                   "owner_id": 1, "close_at": None, "created_at": DAY + "09:00:00.000Z",
                   "updated_at": DAY + "11:00:00.000Z"},
        },
        "User": {"7": {"id": 7, "login": "pavel@don.example", "firstname": "Павел", "lastname": None,
                       "email": "pavel@don.example", "mobile": "", "organization_id": None, "role_ids": [3],
                       "active": True, "verified": False},
                 "4": {"id": 4, "login": "anna", "firstname": "Анна", "lastname": "Белова", "email": "ANNA",
                       "role_ids": [2]}},
        "TicketArticle": {
            "41": {"id": 41, "ticket_id": 30, "from": "Павел <pavel@don.example>", "to": "help@don.example",
                   "cc": "olga@don.example", "subject": None, "body": "<div>Не слышно</div>",
                   "content_type": "text/html", "type_id": 1, "sender_id": 2, "internal": False, "created_by_id": 7,
                   "origin_by_id": None, "preferences": None, "attachments": [
                       {"id": 5, "filename": "лог.txt", "size": "3", "preferences": {"Content-Type": "text/plain"}}],
                   "created_at": DAY + "10:00:00.000Z"},
            "42": {"id": 42, "ticket_id": 30, "from": "", "body": None, "content_type": "text/plain", "sender_id": 3,
                   "internal": False, "created_by_id": 1, "created_at": DAY + "11:00:00.000Z"},
        },
    },
}  # fmt: skip
