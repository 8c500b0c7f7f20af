"""A PostgreSQL of the checks' own: made in a temporary folder, gone when the checks are."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

INSTALL_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
# Nothing here outlives the run, so nothing needs to reach the disk.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=40")
START_SECONDS = 60


class PostgresError(Exception):
    """The server can't be made or started; the message says why."""


def find_binaries() -> Path | None:
    """The folder that holds `initdb` and `postgres`: $POSTGRES_BIN, the path, or the newest."""
    if named := os.environ.get("POSTGRES_BIN"):
        return Path(named)
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = (f for pattern in INSTALL_FOLDERS for f in Path("/").glob(pattern.lstrip("/")))
    found_folders = [folder for folder in folders if (folder / "initdb").exists()]
    return max(found_folders, key=_version, default=None)


@contextmanager
def running_server() -> Iterator[str]:
    """Start a server on a free port of 127.0.0.1; gives its `postgres://` URL."""
    with _new_server() as server:
        yield server.url


@contextmanager
def running_pair() -> Iterator[tuple["Server", "Server"]]:
    """A server with the database `archive`, and a replica of it, which streams what is written and
    logs what it is asked."""
    with _new_server() as primary, ExitStack() as stack:
        _ask(primary, "postgres", "CREATE DATABASE archive")
        folder = stack.enter_context(_folder(primary.account))
        _run(
            *(primary.binaries / "pg_basebackup", "--pgdata", folder / "data"),
            *("--dbname", primary.url, "--checkpoint", "fast", "--write-recovery-conf"),
            folder=folder,
            account=primary.account,
        )
        port = free_port()
        url = primary.url.replace(f":{primary.port}/", f":{port}/")
        logged = ("log_statement=all",)
        replica = Server(primary.binaries, folder, port, primary.account, url, logged)
        replica.start()
        stack.callback(replica.stop)
        yield primary, replica


@dataclass
class Server:
    """Of a folder that is made already."""

    binaries: Path
    folder: Path
    port: int
    account: pwd.struct_passwd | None
    url: str
    options: tuple[str, ...] = ()
    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = _start(self.binaries, self.folder, self.port, self.account, self.options)
        _wait(self._process, self.folder, self.port)

    def stop(self, by: signal.Signals = signal.SIGINT) -> None:
        """SIGINT ends its connections; SIGQUIT is as if it crashed."""
        if self._process:
            self._process.send_signal(by)
            self._process.wait(timeout=START_SECONDS)
            self._process = None

    def asked(self) -> int:
        """How many statements it has logged."""
        return (self.folder / "log").read_text(errors="replace").count("LOG:  statement: ")

    def ask(self, sql: str) -> Any:
        """The first value of what the database `archive` answers."""
        return _ask(self, "archive", sql)


def _ask(server: Server, database: str, sql: str) -> Any:
    import psycopg  # not everybody who starts a server has it

    url = f"{server.url.rpartition('/')[0]}/{database}"
    with psycopg.connect(url, autocommit=True) as asked:
        cursor = asked.execute(sql)
        return cursor.fetchone()[0] if cursor.description else None  # type: ignore[index]


@contextmanager
def _new_server() -> Iterator[Server]:
    binaries = find_binaries()
    if binaries is None:
        raise PostgresError("PostgreSQL's server programs were not found.")
    account, password, port = _account(), secrets.token_hex(16), free_port()
    url = f"postgres://archive:{password}@127.0.0.1:{port}/archive"
    with _folder(account) as folder:
        server = Server(binaries, folder, port, account, url)
        _initialise(binaries, folder, password, account)
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def _folder(account: pwd.struct_passwd | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="newsroom-postgres-") as name:
        if account:
            os.chown(name, account.pw_uid, account.pw_gid)
        yield Path(name)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _version(folder: Path) -> tuple[int, ...]:
    digits = "".join(c if c.isdigit() else " " for c in str(folder)).split()
    return tuple(int(number) for number in digits)


def _account() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: the account to run as, or None for one's own."""
    if os.geteuid() != 0:
        return None
    accounts = {entry.pw_name: entry for entry in pwd.getpwall()}
    return accounts.get("postgres") or accounts["nobody"]


def _identity(account: pwd.struct_passwd | None) -> dict[str, Any]:
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _initialise(
    binaries: Path, folder: Path, password: str, account: pwd.struct_passwd | None
) -> None:
    password_file = folder / "password"
    password_file.write_text(password)
    if account:
        os.chown(password_file, account.pw_uid, account.pw_gid)
    locale = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
    _run(
        *(binaries / "initdb", "--pgdata", folder / "data", "--username", "archive"),
        *("--encoding", "UTF8", "--locale", locale, "--auth", "scram-sha-256"),
        *("--pwfile", password_file, "--no-sync"),
        folder=folder,
        account=account,
    )


def _run(*command: str | Path, folder: Path, account: pwd.struct_passwd | None) -> None:
    result = subprocess.run(
        command, cwd=folder, **_identity(account), capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise PostgresError(f"{Path(command[0]).name} failed: {result.stderr.strip()}")


def _start(
    binaries: Path,
    folder: Path,
    port: int,
    account: pwd.struct_passwd | None,
    more: tuple[str, ...],
) -> subprocess.Popen[bytes]:
    options = [
        *("listen_addresses=127.0.0.1", f"port={port}", "unix_socket_directories="),
        *(*SETTINGS, *more),
    ]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [
                *(binaries / "postgres", "-D", folder / "data"),
                *(word for option in options for word in ("-c", option)),
            ],
            cwd=folder,
            **_identity(account),
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def _wait(process: subprocess.Popen[bytes], folder: Path, port: int) -> None:
    """Until the server answers; PostgreSQL opens its port only when it is ready for it."""
    pid_file = folder / "data" / "postmaster.pid"
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        # The last line of its pid file is PostgreSQL's own word on how it does.
        if pid_file.exists() and pid_file.read_text().split()[-1:] == ["ready"]:
            return
        time.sleep(0.1)
    log = (folder / "log").read_text(errors="replace").strip()
    raise PostgresError(f"PostgreSQL did not start on port {port}: {log[-2000:]}")
