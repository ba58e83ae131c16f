"""The real server, as a process of its own: many clients, slow ones, a chronicle that grows, Ctrl-C."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from made_up import codings
from vakanuvis.store import Chronicle

MAIN = "import sys; from vakanuvis.cli import main; sys.argv[0] = 'vakanuvis'; main()"


@dataclass(frozen=True)
class Server:
    process: subprocess.Popen[str]
    port: int
    token: str
    chronicle: Chronicle

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            found: bytes = answer.read()
            return found


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    chronicle = Chronicle(tmp_path / "served.duckdb")
    chronicle.add(codings(40))
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, "serve", str(chronicle.name), "--port", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={"PATH": "/usr/bin", "HOME": str(tmp_path)},
    )  # fmt: skip
    assert process.stdout
    lines = []
    while "Ctrl-C" not in (line := process.stdout.readline()):
        lines.append(line)
        assert line, process.communicate()
    text = "".join(lines)
    port, token = re.search(r"127\.0\.0\.1:(\d+)", text), re.search(r"token\s+(\S+)", text)
    assert port
    assert token
    yield Server(process, int(port[1]), token[1], chronicle)
    if process.poll() is None:
        process.kill()
    process.communicate()


def test_ctrl_c_ends_it_cleanly(server):
    assert server.get("/api/v1/info")
    server.process.send_signal(signal.SIGINT)
    out, err = server.process.communicate(timeout=30)
    assert server.process.returncode == 0
    assert err.strip() == "ended"
    assert "Traceback" not in out + err


def test_two_hundred_connections_at_once(server):
    def ask(_: int) -> int:
        return len(json.loads(server.get("/api/v1/happenings?limit=5"))["items"])

    with ThreadPoolExecutor(200) as pool:
        assert list(pool.map(ask, range(200))) == [5] * 200


def test_slow_clients_harm_nobody(server):
    slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(100)]
    for one in slow[:50]:
        one.sendall(b"GET /api/v1/info HTTP/1.1\r\nHost: 127")
    for one in slow[50:]:
        one.sendall(b"POST /api/v1/read HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\n"
                    b"Content-Length: 1000\r\n\r\nslowly")  # fmt: skip
    assert server.get("/api/v1/info")
    for one in slow[:50]:  # the head never came: closed, however the bytes trickle
        one.settimeout(40)
        try:
            one.sendall(b"x")
            assert one.recv(1000) in (b"",) or b"400" in one.recv(1000)
        except ConnectionError:
            pass
    one = slow[50]  # the body never came: told so, and closed
    one.settimeout(40)
    assert b" 408 " in one.recv(1000)
    for one in slow:
        one.close()
    assert server.get("/api/v1/info")


def test_who_leaves_before_the_body_is_whole_is_no_error(server):
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", server.port)) as one:
            one.sendall(b"POST /api/v1/read HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\n"
                        b"Content-Length: 1000\r\n\r\nslowly")  # fmt: skip
            time.sleep(0.1)
    assert server.get("/api/v1/info")
    server.process.send_signal(signal.SIGINT)
    _, err = server.process.communicate(timeout=30)
    assert err.strip() == "ended"


def test_what_another_process_adds_while_many_read_is_shown(server):
    stop = threading.Event()
    failures: list[Exception] = []

    def reading() -> None:
        while not stop.is_set():
            try:
                server.get("/api/v1/happenings?limit=3")
            except Exception as error:
                failures.append(error)

    readers = [threading.Thread(target=reading) for _ in range(4)]
    for reader in readers:
        reader.start()
    try:
        before = json.loads(server.get("/api/v1/info"))["reports"]
        added = server.chronicle.add(codings(30, seed=5))
        assert added.reports == 30
        assert json.loads(server.get("/api/v1/info"))["reports"] == before + 30
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert not failures


def test_a_port_that_is_taken_is_told(server):
    command = [sys.executable, "-c", MAIN, "serve", str(server.chronicle.name), "--port", str(server.port)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_no_chronicle_is_told(tmp_path):
    for name in ("missing.duckdb", "text.duckdb"):
        path = tmp_path / name
        if name.startswith("text"):
            path.write_text("a text")
        command = [sys.executable, "-c", MAIN, "serve", str(path), "--port", "0"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 2
        assert str(path) in done.stderr
        assert "Traceback" not in done.stderr
        assert not path.exists() or path.read_text() == "a text"
