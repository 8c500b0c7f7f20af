"""The site on this machine as `newsroom/deploy` and docs/server.md have it run, for tests."""

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
from contextlib import contextmanager
from pathlib import Path

from tests.services.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
KIT = ROOT / "newsroom" / "deploy"
BINARIES = Path(sys.executable).parent


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
            f"http://127.0.0.1:{port}{path}",
            # As the proxy in front says it.
            headers={"Host": "archive.example", "X-Forwarded-Proto": "https"},
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
