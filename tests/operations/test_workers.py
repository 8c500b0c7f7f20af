"""Workers share the work: nothing is done twice, and what a killed one had comes back."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.services import migrated

CODE = "import django, pathlib; django.setup(); from tests.operations.two_workers import main; "


@pytest.mark.exhaustive
@pytest.mark.django_db
@pytest.mark.sqlite
def test_two_workers_and_a_killed_one(
    tmp_path: Path, django_db_setup: None, migrated_copy: migrated.Copy
) -> None:
    environment = migrated_copy.environment(tmp_path, "tests.operations.worker_settings")
    command = [sys.executable, "-c", f"{CODE}main(pathlib.Path({str(tmp_path)!r}))"]
    run = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert (run.returncode, run.stdout) == (0, "right\n"), run.stderr
