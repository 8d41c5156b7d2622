"""OPS-5: the embedded database is killed twenty times while it is written to."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from otklik.config.embedded import Busy, Cluster, find_binaries
from otklik.config.embedded.identity import current_identity
from otklik.config.paths import CHECKOUT
from tests.machinery.running import processes_with

TIMES = 20

WRITER = """
import sys
from pathlib import Path
import psycopg
from otklik.config.embedded import Cluster

cluster = Cluster(Path(sys.argv[1]))
cluster.start()
with psycopg.connect(**cluster.conninfo(), autocommit=True) as connection:
    connection.execute("CREATE TABLE IF NOT EXISTS written (id bigserial PRIMARY KEY, words text)")
    while True:
        row = connection.execute("INSERT INTO written (words) VALUES (repeat('x', 500)) RETURNING id").fetchone()
        print(row[0], flush=True)
"""


def test_OPS_5_nothing_acknowledged_is_lost_in_twenty_kills(tmp_path: Path) -> None:
    acknowledged: list[int] = []
    for turn in range(TIMES):
        acknowledged += write_until_killed(tmp_path, after=random.Random(turn).randint(5, 60))

    with Cluster(tmp_path) as cluster:
        with psycopg.connect(**cluster.conninfo()) as connection:
            stored = {number for (number,) in connection.execute("SELECT id FROM written")}
        with pytest.raises(Busy):
            Cluster(tmp_path).start(wait=0)
        run(cluster, "pg_amcheck", "--all", "--heapallindexed", "--install-missing")
    assert len(acknowledged) > TIMES * 5
    assert set(acknowledged) <= stored
    run(cluster, "pg_checksums", "--check", "-D", str(cluster.layout.data))


def write_until_killed(home: Path, *, after: int) -> list[int]:
    """Start the database and a writer, kill everything -9 after so many rows; the rows that were acknowledged."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(home)], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    rows = []
    for line in writer.stdout:
        rows.append(int(line))
        if len(rows) == after:
            for pid in processes_with(home):
                os.kill(pid, signal.SIGKILL)
    writer.wait(10)
    return rows


def run(cluster: Cluster, program: str, *arguments: str) -> None:
    binaries = find_binaries()
    identity = current_identity(binaries, cluster.layout.home)
    assert identity is not None
    info = cluster.conninfo()
    environment = {
        "PGHOST": info["host"],
        "PGPORT": info["port"],
        "PGUSER": info["user"],
        "PGPASSWORD": info["password"],
    }
    done = subprocess.run(
        identity.command(binaries / program, *arguments), env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
