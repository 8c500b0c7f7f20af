"""A release is cut, tagged and committed on this machine, or nothing is changed."""

import runpy
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
CHANGES = "# Changelog\n\n## [Unreleased]\n\n- A map.\n\n## [0.1.0] - 2026-12-01\n\n- A start.\n"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    found = runpy.run_path(str(ROOT / ".ci" / "release.py"))
    # Building is the package check's matter.
    monkeypatch.setitem(found["release"].__globals__, "build", lambda root: None)
    return found


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "__init__.py").write_text('"""An app."""\n\n__version__ = "0.1.0"\n')
    (tmp_path / "CHANGELOG.md").write_text(CHANGES)
    git(tmp_path, "init", "--quiet")
    for name, value in (("user.name", "A"), ("user.email", "a@example.org")):
        git(tmp_path, "config", name, value)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "Start")
    return tmp_path


def git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_a_release_is_committed_and_tagged(script: dict[str, Any], clone: Path) -> None:
    script["release"](clone, "0.2.0")
    assert git(clone, "status", "--porcelain") == ""
    assert git(clone, "describe", "--tags", "--exact-match") == "v0.2.0"
    assert '__version__ = "0.2.0"' in (clone / "archive" / "__init__.py").read_text()
    changes = (clone / "CHANGELOG.md").read_text()
    assert changes.index("[Unreleased]") < changes.index("[0.2.0] - 2") < changes.index("A map.")


@pytest.mark.parametrize("version", ["next", "0.1.0", "v0.2.0"])
def test_a_version_that_cannot_be_changes_nothing(
    script: dict[str, Any], clone: Path, version: str
) -> None:
    with pytest.raises(script["ReleaseError"]):
        script["release"](clone, version)
    assert git(clone, "status", "--porcelain") == git(clone, "tag") == ""


def test_what_is_not_committed_is_not_released(script: dict[str, Any], clone: Path) -> None:
    (clone / "new.py").write_text("")
    with pytest.raises(script["ReleaseError"], match="commit"):
        script["release"](clone, "0.2.0")


def test_a_release_without_a_change_is_none(script: dict[str, Any]) -> None:
    empty = CHANGES.replace("- A map.\n\n", "")
    with pytest.raises(script["ReleaseError"], match="nothing new"):
        script["cut"](empty, "0.2.0", "2026-12-24")
