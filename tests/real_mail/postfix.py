"""Postfix in a folder of its own: takes mail from everybody on the loopback, delivers to Dovecot and to the desk."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterable
from pathlib import Path

from tests.mail.program import free_port, until
from tests.real_mail.ports import listens

MAIN = """
compatibility_level = 3.6
config_directory = {folder}/etc
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
multi_instance_enable = no
syslog_name = otklik-tests
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.real.test
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
local_recipient_maps =
virtual_mailbox_domains = {domains}
virtual_mailbox_maps = inline:{{ {people} }}
virtual_transport = lmtp:inet:127.0.0.1:{dovecot}
relay_domains = lmtp.test, lost.test
transport_maps = inline:{{ lmtp.test=lmtp:inet:127.0.0.1:{desk}, lost.test=lmtp:inet:127.0.0.1:{desk} }}
recipient_delimiter = +
bounce_queue_lifetime = 1h
smtpd_tls_cert_file = {certificates}/cert.pem
smtpd_tls_key_file = {certificates}/key.pem
smtpd_tls_security_level = may
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {auth}
smtpd_sasl_security_options = noanonymous
smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject
smtpd_peername_lookup = no
smtp_host_lookup = native
default_transport = error:5.1.2 no way out of the tests
"""

MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """Letters to lmtp.test go to `desk` by LMTP; so do those to lost.test, where the desk knows nobody: they bounce."""

    def __init__(
        self, folder: Path, certificates: Path, people: Iterable[str], *, dovecot: int, desk: int, auth: Path
    ) -> None:
        self.folder, self.port = folder, free_port()
        for name in ("etc", "queue", "data"):
            (folder / name).mkdir()
        shutil.chown(folder / "data", "postfix")
        (folder / "etc").chmod(0o755)
        given = {
            "folder": folder,
            "certificates": certificates,
            "domains": ", ".join(sorted({who.split("@")[1] for who in people})),
            "people": ", ".join(f"{who}=1" for who in people),
            "dovecot": dovecot,
            "desk": desk,
            "auth": auth,
        }
        (folder / "etc" / "main.cf").write_text(MAIN.format(**given))
        (folder / "etc" / "master.cf").write_text(MASTER.format(port=self.port))

    def start(self) -> None:
        out = (self.folder / "out.log").open("wb")
        command = ["/usr/sbin/postfix", "-c", str(self.folder / "etc"), "start-fg"]
        self.process = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True)
        until(lambda: listens(self.port) or self.process.poll() is not None, "Postfix listens", 30)
        assert self.process.poll() is None, self.log()

    def stop(self) -> None:
        """The master is the process that we started; it takes its children along."""
        os.kill(self.process.pid, signal.SIGTERM)
        self.process.wait(20)

    def log(self) -> str:
        return "".join(
            path.read_text(errors="replace")[-4000:]
            for path in (self.folder / "out.log", self.folder / "postfix.log")
            if path.exists()
        )
