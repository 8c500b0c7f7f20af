"""A site keeps its own image model, and the pictures in it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.exhaustive, pytest.mark.sqlite]


def manage(folder: Path, *words: str, **environment: str) -> str:
    """Run a command of Django's on that site; its output."""
    variables: dict[str, Any] = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.image_site.settings",
        "IMAGE_SITE": str(folder),
        "PYTHONPATH": os.pathsep.join([str(folder), str(Path(__file__).parents[2])]),
        **environment,
    }
    command = [sys.executable, "-m", "django", *words]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_site_takes_the_mixin_and_publishes_a_picture_that_it_had(tmp_path: Path) -> None:
    migrations = tmp_path / "image_site_migrations"
    migrations.mkdir()
    (migrations / "__init__.py").touch()
    manage(tmp_path, "makemigrations", "image_site")
    manage(tmp_path, "migrate", "--verbosity=0")
    manage(tmp_path, "shell", "--command", "import tests.image_site.before")
    manage(tmp_path, "makemigrations", "image_site", HAS_ARCHIVE="1")
    manage(tmp_path, "migrate", "--verbosity=0", HAS_ARCHIVE="1")
    manage(tmp_path, "makemigrations", "--check", "--dry-run", HAS_ARCHIVE="1")
    manage(tmp_path, "shell", "--command", "import tests.image_site.after", HAS_ARCHIVE="1")
    assert len(list(migrations.glob("0*.py"))) == 2
