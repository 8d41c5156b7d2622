"""The desk between real mail servers: Postfix sends and receives, Dovecot keeps the mailboxes, on loopback ports.

`mail_world` is for any test that needs clients with real mailboxes; `desk_mailbox` is a mailbox of ours in it.
"""
