"""The wheel, built once from a copy of the sources and unpacked."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.sites.project import ROOT

sys.path.insert(0, str(ROOT / ".ci"))
from package import build_wheel


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    wheel, target = build_wheel(folder), folder / "packages"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target"]
    subprocess.run([*command, str(target), str(wheel)], check=True)
    return target
