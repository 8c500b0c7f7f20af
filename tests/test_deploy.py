"""The commands of `newsroom/deploy` and docs/server.md, as a server runs them."""

import json
import os
import re
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.services.postgres import free_port, running_server

ROOT = Path(__file__).resolve().parents[1]
KIT = ROOT / "newsroom" / "deploy"
UNITS = sorted((KIT / "systemd").iterdir())
BINARIES = Path(sys.executable).parent
pytestmark = pytest.mark.exhaustive

PUBLISH = """
from tests.factories import make_article
story = make_article("Lighthouse of the east pier")
story.save_revision().publish()
"""


def test_systemd_finds_no_fault_with_the_units(tmp_path: Path) -> None:
    for path in UNITS:
        # What is installed on a server isn't here.
        text = path.read_text().replace("/srv/newsroom/.venv/bin", str(BINARIES))
        text = text.replace("/srv/newsroom", str(ROOT))
        (tmp_path / path.name).write_text(text)
    names = [str(tmp_path / path.name.replace("@.", "@1.")) for path in UNITS]
    (tmp_path / "newsroom-worker@1.service").symlink_to(tmp_path / "newsroom-worker@.service")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--recursive-errors=no", "--man=no", *names],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


class Server:
    """The site on this machine: its commands, its processes, what it answers."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.web, self.front = folder, free_port(), free_port()
        self.environment = {
            "PATH": f"{BINARIES}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "newsroom.settings.production",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "archive.example",
            "WAGTAILADMIN_BASE_URL": "https://archive.example",
            "DEFAULT_FROM_EMAIL": "archive@archive.example",
            "CLIENT_ADDRESS_HEADER": "X-Forwarded-For",
            "NEWSROOM_VAR_DIR": str(folder / "var"),
            "MEDIA_ROOT": str(folder / "media"),
            "STATIC_ROOT": str(folder / "static"),
            "BACKUPS": str(folder / "backups"),
            "DATABASE_URL": database,
            "DATABASE_POOL": "4",
            "CACHE_URL": f"file://{folder}/cache",
            "TASKS": "database",
            "LOG_FORMAT": "json",
            "BIND": f"127.0.0.1:{self.web}",
        }

    def run(self, *command: str, **options: str) -> str:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            **options,  # type: ignore[call-overload]
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return str(done.stdout)

    def manage(self, *command: str) -> str:
        return self.run("python", "manage.py", *command)

    @contextmanager
    def running(self, *command: str) -> Iterator[subprocess.Popen[bytes]]:
        with (self.folder / f"{Path(command[0]).name}-{command[-1].rpartition('/')[2]}.log").open(
            "wb"
        ) as log:
            process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stderr=log)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)

    def get(self, path: str, port: int) -> tuple[int, str]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}{path}", headers={"Host": "archive.example"}
        )
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, ""
        except OSError:
            return 0, ""

    def wait(self, path: str, port: int, text: str) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            status, said = self.get(path, port)
            if status == 200 and text in said:
                return
            time.sleep(0.3)
        raise AssertionError(f"{path} didn't say “{text}”.")

    def nginx(self) -> list[str]:
        """The site's example in a server of its own, without certificates; its command."""
        text = (KIT / "nginx.conf").read_text()
        text = re.sub(r"(?m)^ *(listen 80;|http2 on;|ssl_certificate.*)$", "", text)
        text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{self.front}")
        text = text.replace(
            "    return 301 https://$host$request_uri;\n", f"    listen 127.0.0.1:{free_port()};\n"
        )
        text = text.replace("127.0.0.1:8000", f"127.0.0.1:{self.web}").replace("$scheme", "https")
        text = text.replace("/srv/archive/media/", f"{self.folder}/media/")
        path = self.folder / "nginx.conf"
        own = "".join(
            f"{kind}_temp_path {self.folder}/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        path.write_text(
            f"daemon off; pid {self.folder}/nginx.pid; error_log stderr; events {{}}\n"
            f"http {{ access_log off; {own}\n{text} }}"
        )
        if os.geteuid() == 0:
            path.write_text(f"user root; {path.read_text()}")
        return ["nginx", "-e", "stderr", "-c", str(path)]


def test_the_servers_commands_serve_publish_reload_and_back_up(tmp_path: Path) -> None:
    with ExitStack() as stack:
        database = stack.enter_context(running_server())
        with psycopg.connect(
            database.removesuffix("archive") + "postgres", autocommit=True
        ) as made:
            made.execute("CREATE DATABASE archive")
        server = Server(tmp_path, database)
        server.environment["PATH"] += ":/usr/sbin"
        server.manage("check", "--deploy", "--fail-level", "WARNING")
        server.manage("migrate", "--noinput", "--verbosity", "0")
        server.manage("archive_setup", "--publication", "Harbour Post")
        server.manage("collectstatic", "--noinput", "--verbosity", "0")
        web = stack.enter_context(
            server.running(
                "gunicorn", "--config", "newsroom/deploy/gunicorn.conf.py", "newsroom.wsgi"
            )
        )
        stack.enter_context(server.running("python", "manage.py", "db_worker"))
        stack.enter_context(server.running(*server.nginx()))

        server.wait("/health/ready", server.web, '"status": "ok"')
        server.wait("/en/", server.front, "</html>")
        assert server.get("/health/ready", server.front)[0] == 404, "Nobody's outside."
        picture = tmp_path / "media" / "images" / "quay.txt"
        picture.parent.mkdir(parents=True)
        picture.write_text("quay")
        assert server.get("/media/images/quay.txt", server.front) == (200, "quay")
        (tmp_path / "media" / "documents").mkdir()
        (tmp_path / "media" / "documents" / "secret.txt").write_text("secret")
        assert server.get("/media/documents/secret.txt", server.front)[0] == 404

        # The worker has the search know what another process publishes.
        server.run("python", "-c", f"import django; django.setup(){PUBLISH}")
        server.wait("/en/search/?q=lighthouse", server.front, "east pier")

        # Readers wait while new processes load the site; none gets an error.
        web.send_signal(signal.SIGHUP)
        answers = [server.get("/en/", server.front)[0] for _number in range(40)]
        assert set(answers) == {200}

        server.run(str(KIT / "nightly"))
        assert [one.name for one in (tmp_path / "backups").iterdir()]
        said = json.loads(server.get("/health/ready", server.web)[1])
        assert said["status"] == "ok", said
        log = (tmp_path / "gunicorn-newsroom.wsgi.log").read_text()
        assert "Traceback" not in log
