"""The wheel, built once from a copy of the sources and unpacked."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.sites.project import ROOT

sys.path.insert(0, str(ROOT / ".ci"))
from package import build_wheel


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def packages(wheel: Path) -> Path:
    target = wheel.parent / "packages"
    # Python compiles what the sites import of it.
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile"]
    subprocess.run([*command, "--target", str(target), str(wheel)], check=True)
    return target
