"""Starts the workers and the servers, and ends them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {
    "ours": "newsroom.settings.base",
    "stock": "tests.benchmarks.localize_site.stock_settings",
    "localize": "tests.benchmarks.localize_site.settings",
}
WSGI = {
    "ours": "newsroom.wsgi:application",
    "localize": "tests.benchmarks.localize_site.wsgi:application",
    "stock": "tests.benchmarks.localize_site.wsgi:application",
}
START_SECONDS = 60


def output_of(module: str, *arguments: str) -> str:
    """What a part of the benchmarks prints that runs in a process and a database of its own."""
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
    ).stdout


class BenchmarkError(Exception):
    """A worker or a server failed; the message says how."""


def environment(kind: str, database_url: str, folder: Path) -> dict[str, str]:
    """For a process of one kind of site: "ours", "stock" or "localize"."""
    static = folder / "static"
    static.mkdir(exist_ok=True)
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": SETTINGS[kind],
        "DATABASE_URL": database_url,
        "NEWSROOM_VAR_DIR": str(folder),
        "MEDIA_ROOT": str(folder / f"media-{kind}"),
        "STATIC_ROOT": str(static),
        "DEBUG": "false",
        "ALLOWED_HOSTS": "127.0.0.1",
        "PYTHONPATH": str(ROOT),
    }


class Worker:
    """A process that holds one site; `ask()` it, or `tell()` it and `hear()` later."""

    def __init__(self, site: str, surroundings: dict[str, str]) -> None:
        self.site = site
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.worker", site],
            cwd=ROOT,
            env=surroundings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, do: str, **arguments: Any) -> None:
        assert self._process.stdin
        print(json.dumps({"do": do, "with": arguments}), file=self._process.stdin, flush=True)

    def hear(self) -> Any:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise BenchmarkError(f"The process of the site {self.site!r} ended early.")
        answer = json.loads(line)
        if "error" in answer:
            raise BenchmarkError(f"{self.site}: {answer['error']}")
        return answer["result"]

    def ask(self, do: str, **arguments: Any) -> Any:
        self.tell(do, **arguments)
        return self.hear()

    def stop(self) -> None:
        """It ends by itself when there is nothing more to hear."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(timeout=START_SECONDS)


@contextmanager
def served(
    kind: str, surroundings: dict[str, str], workers: int = 2, log: IO[bytes] | None = None
) -> Iterator[str]:
    """The site behind gunicorn on a free port; gives "http://127.0.0.1:PORT".

    Its errors go into `log`, or else where this process's go.
    """
    port = _free_port()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", WSGI[kind], "--workers", str(workers)),
            *("--bind", f"127.0.0.1:{port}", "--log-level", "warning"),
        ],
        cwd=ROOT,
        env=surroundings,
        stderr=log,
    )
    try:
        _wait(process, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=START_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise BenchmarkError(f"gunicorn did not start on port {port}.")
