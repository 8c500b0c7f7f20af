"""Workers share the work: nothing is done twice, and what a killed one had comes back."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.services import migrated, postgres

CODE = "import django, pathlib; django.setup(); from tests.operations.two_workers import main; "


@pytest.mark.exhaustive
@pytest.mark.django_db
@pytest.mark.sqlite
def test_two_workers_and_a_killed_one(
    tmp_path: Path, django_db_setup: None, migrated_copy: migrated.Copy
) -> None:
    environment = migrated_copy.environment(tmp_path, "tests.operations.worker_settings")
    check(tmp_path, environment)


@pytest.mark.exhaustive
@pytest.mark.sqlite
def test_the_same_on_postgresql(tmp_path: Path) -> None:
    with postgres.running_server() as url:
        server = psycopg.connect(f"{url.rpartition('/')[0]}/postgres", autocommit=True)
        server.execute("CREATE DATABASE archive").connection.close()
        own = {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.operations.worker_settings"}
        check(tmp_path, {**os.environ, **own})


def check(folder: Path, environment: dict[str, str]) -> None:
    command = [sys.executable, "-c", f"{CODE}main(pathlib.Path({str(folder)!r}))"]
    run = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=600
    )
    assert (run.returncode, run.stdout) == (0, "right\n"), run.stderr
