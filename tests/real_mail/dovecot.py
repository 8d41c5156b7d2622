"""Dovecot in a folder of its own: IMAP with TLS and IDLE, LMTP for Postfix, passwords for both."""

import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path

from tests.mail.program import free_port, until
from tests.real_mail.ports import listens

CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
instance_name = otklik-tests
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {group}
first_valid_uid = 1
mail_location = maildir:~/Maildir
ssl = yes
ssl_cert = <{certificates}/cert.pem
ssl_key = <{certificates}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
recipient_delimiter = +
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%Lu {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%Lu
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  unix_listener lmtp {{
    mode = 0
  }}
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
service auth {{
  unix_listener {folder}/auth-for-smtp {{
    mode = 0666
  }}
  unix_listener auth-userdb {{
    mode = 0666
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
protocol imap {{
  mail_max_userip_connections = 100
}}
"""


class Dovecot:
    """`people` are (address, password); their mailboxes appear with the first letter."""

    def __init__(self, folder: Path, certificates: Path, people: dict[str, str]) -> None:
        self.folder = folder
        self.imap, self.imaps, self.lmtp = free_port(), free_port(), free_port()
        root = os.geteuid() == 0
        me = pwd.getpwnam("mail") if root else pwd.getpwuid(os.geteuid())
        names = {"internal": "dovecot", "login": "dovenull", "group": "dovecot"} if root else _mine(me)
        for name in ("run", "state", "mail"):
            (folder / name).mkdir()
        if root:
            shutil.chown(folder / "mail", me.pw_uid, me.pw_gid)
        (folder / "users").write_text("".join(f"{who}:{{PLAIN}}{word}::::::\n" for who, word in people.items()))
        ports = {"imap": self.imap, "imaps": self.imaps, "lmtp": self.lmtp}
        given = {**names, **ports, "folder": folder, "certificates": certificates, "uid": me.pw_uid, "gid": me.pw_gid}
        (folder / "dovecot.conf").write_text(CONFIG.format(**given))

    def start(self) -> None:
        out = (self.folder / "out.log").open("wb")
        self.process = subprocess.Popen(
            [shutil.which("dovecot") or "/usr/sbin/dovecot", "-F", "-c", str(self.folder / "dovecot.conf")],
            stdout=out,
            stderr=out,
        )
        until(lambda: listens(self.imap) and listens(self.lmtp), "Dovecot listens", 20)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


def _mine(me: pwd.struct_passwd) -> dict[str, str]:
    import grp

    return {"internal": me.pw_name, "login": me.pw_name, "group": grp.getgrgid(me.pw_gid).gr_name}
