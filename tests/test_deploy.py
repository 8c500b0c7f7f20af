"""The commands of `newsroom/deploy` and docs/server.md, as a server runs them."""

import json
import signal
import subprocess
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from tests.services.postgres import running_server
from tests.services.site import BINARIES, KIT, ROOT, Server

UNITS = sorted((KIT / "systemd").iterdir())
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
