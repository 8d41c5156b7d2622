"""`otklik up`: starts, stops, survives, says clearly what is wrong."""

import http.client
import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fixtures.live import wait_until
from tests.machinery.running import Running, database_runs, otklik

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes through /proc")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One data folder for all tests here, with a blank and Russian letters in its name; made once."""
    folder = tmp_path_factory.mktemp("установка") / "мои данные"
    with Running(folder, LC_ALL="C", LANG="C") as first:
        assert first.get("/readyz") == (200, b'{"ready": true, "version": "0.1.0", "reasons": []}')
        assert first.stop() == 0
    return folder


@pytest.fixture
def running(data: Path) -> Iterator[Running]:
    with Running(data) as found:
        yield found


def test_the_second_start_takes_less_than_ten_seconds_and_keeps_everything(data: Path) -> None:
    with Running(data) as again:
        assert cpu_seconds(again.process.pid) < 10  # work, not waiting: it holds on a busy machine
        assert "Creating the database" not in again.said
        assert "Preparing the tables" not in again.said
        assert again.get("/readyz")[0] == 200


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_everything_cleanly(data: Path, sent: signal.Signals) -> None:
    with Running(data) as one:
        assert one.stop(sent) == 0
        one.all_gone()
        assert "Stopped." in one.said
        assert "Traceback" not in one.said


def test_a_kill_takes_the_children_along_and_the_next_start_is_whole(data: Path) -> None:
    with Running(data) as victim:
        added = otklik(data, "user", "list", "--json")
        victim.process.kill()
        victim.process.wait()
        wait_until(lambda: not database_runs(data))
    with Running(data) as again:
        assert again.get("/readyz")[0] == 200
        assert otklik(data, "user", "list", "--json").stdout == added.stdout


def test_the_database_is_started_again_when_it_dies_alone(running: Running) -> None:
    pid = int((running.data / "pg" / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: "The database ended" in running.said)
    wait_until(lambda: running.get("/readyz")[0] == 200)


def test_a_second_copy_on_the_same_folder_is_told_who_is_there(running: Running) -> None:
    second = otklik(running.data, "up", "--port", "0")
    assert second.returncode == 3
    assert "already works on" in second.stderr
    assert f"http://localhost:{running.port}" in second.stderr


def test_a_copy_on_the_same_port_is_told_so_at_once(running: Running, tmp_path: Path) -> None:
    second = otklik(tmp_path / "other", "up", "--port", str(running.port))
    assert second.returncode == 3
    assert f"{running.port}: the port is taken by another program" in second.stderr
    assert "--port" in second.stderr
    assert not (tmp_path / "other" / "pg").exists()


def test_commands_work_beside_a_running_one_and_leave_it_alone(running: Running) -> None:
    checked = otklik(running.data, "migrate", "--check", "--json")
    assert (checked.returncode, json.loads(checked.stdout)) == (0, {"waiting": []})
    assert running.get("/readyz")[0] == 200


def test_the_doctor_finds_the_running_one_healthy(running: Running) -> None:
    wait_until(lambda: "no worker" not in otklik(running.data, "doctor").stdout)
    found = json.loads(otklik(running.data, "doctor", "--json").stdout)
    assert [each for each in found if each["level"] == "bad"] == []
    assert {"database", "disk", "mail", "pages", "queue", "settings", "versions"} <= {each["subject"] for each in found}
    assert f"served at 127.0.0.1:{running.port}" in {each["words"] for each in found}, "it knows the port by itself"


def test_OPS_3_a_request_in_flight_is_answered_after_SIGTERM(data: Path) -> None:
    with Running(data) as one, socket.create_connection(("localhost", one.port), timeout=20) as talk:
        talk.sendall(
            b"GET /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\nhalf "
        )
        assert talk.recv(100).startswith(b"HTTP/1.1 100")  # the server has begun with it
        one.process.send_signal(signal.SIGTERM)
        wait_until(lambda: _refuses(one.port))
        talk.sendall(b"other")
        assert talk.recv(100).startswith(b"HTTP/1.1 200")
        assert one.process.wait(30) == 0


def test_OPS_3_an_idle_connection_does_not_hold_the_stop(data: Path) -> None:
    with Running(data) as one:
        idle = http.client.HTTPConnection("localhost", one.port, timeout=20)
        idle.request("GET", "/livez")
        idle.getresponse().read()
        began = time.monotonic()
        assert one.stop(signal.SIGTERM) == 0
        assert time.monotonic() - began < 18, "else it is waited for: 20 s"


def test_bad_settings_are_all_named_at_once(tmp_path: Path) -> None:
    wrong = {
        "OTKLIK_PORT": "eighty",
        "OTKLIK_URL": "help.example.org",
        "DATABASE_URL": "mysql://me:hush@host/x",
    }
    refused = otklik(tmp_path, "up", **wrong)
    assert refused.returncode == 2
    assert all(name in refused.stderr for name in wrong)
    assert "hush" not in refused.stderr
    assert "Traceback" not in refused.stderr


def test_an_external_database_that_does_not_answer_is_said_plainly(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    refused = otklik(tmp_path, "migrate", DATABASE_URL=f"postgresql://me:hush@127.0.0.1:{port}/x")
    assert refused.returncode == 1
    assert "The database does not answer" in refused.stderr
    assert "hush" not in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_doctor_without_a_database_still_examines_the_rest(tmp_path: Path) -> None:
    examined = otklik(tmp_path, "doctor", "--json", DATABASE_URL="postgresql://me:hush@127.0.0.1:1/x", OTKLIK_PROT="1")
    found = json.loads(examined.stdout)
    assert examined.returncode == 1
    assert "hush" not in examined.stdout
    assert {"database", "disk", "pages", "settings", "versions"} == {each["subject"] for each in found}
    assert [each["subject"] for each in found if each["level"] == "bad"] == ["database"]
    assert "Did you mean OTKLIK_PORT?" in {each["remedy"] for each in found}


def test_the_doctor_names_settings_that_cannot_be_used(tmp_path: Path) -> None:
    examined = otklik(tmp_path, "doctor", "--json", OTKLIK_PORT="eighty", OTKLIK_TIME_ZONE="Mars/Olympus")
    assert examined.returncode == 1
    assert [each["subject"] for each in json.loads(examined.stdout)] == ["settings", "settings"]


@pytest.mark.parametrize("words", [("up", "--host", "nowhere.invalid"), ("web", "--workers", "0")])
def test_words_that_cannot_work_are_refused(tmp_path: Path, words: tuple[str, ...]) -> None:
    refused = otklik(tmp_path, *words)
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr


def test_the_data_folder_may_be_named_after_the_act(tmp_path: Path) -> None:
    refused = otklik(tmp_path, "mail", "import", "/nowhere", "--data", str(tmp_path / "there"))
    assert (refused.returncode, refused.stderr) == (2, "otklik: There is no /nowhere.\n")
    assert (tmp_path / "there" / "secret.key").exists()


def cpu_seconds(pid: int) -> float:
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _refuses(port: int) -> bool:
    try:
        socket.create_connection(("localhost", port), timeout=1).close()
    except OSError:
        return True
    return False


def test_the_first_start_says_nothing_about_the_code_of_libraries(tmp_path: Path) -> None:
    """They are compiled then, and one of them has something that Python warns of."""
    refused = otklik(
        tmp_path, "migrate", PYTHONPYCACHEPREFIX=str(tmp_path / "empty"), DATABASE_URL="postgresql:///x?port=1"
    )
    assert "The database does not answer" in refused.stderr
    assert "Warning" not in refused.stderr
