"""Makes a release on this machine: `make release VERSION=0.2.0`. It publishes nothing.

It writes the version, cuts the changelog, commits and tags both, and builds sdist and wheel into
`dist/`. If a step can't be done, it says so before anything is changed.
"""

import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VERSION_FILE, CHANGELOG = Path("archive/__init__.py"), Path("CHANGELOG.md")
UNRELEASED = "## [Unreleased]\n"
_ASSIGNED = re.compile(r'^__version__ = "(.+)"$', re.MULTILINE)


class ReleaseError(Exception):
    """Why there can be no release; the message says what to do."""


def main(arguments: list[str]) -> int:
    """The exit code is 1 where nothing was released."""
    try:
        if len(arguments) != 1:
            raise ReleaseError("Name the version: make release VERSION=0.2.0")
        release(ROOT, arguments[0])
    except ReleaseError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def release(root: Path, version: str) -> None:
    """Commit, tag and build; raises ReleaseError, and then all is as before."""
    if not re.fullmatch(r"\d+\.\d+\.\d+((a|b|rc)\d+)?", version):
        raise ReleaseError(f"“{version}” is no version such as 0.2.0 or 0.2.0rc1.")
    if git(root, "status", "--porcelain"):
        raise ReleaseError("There are changes that aren't committed: commit or drop them first.")
    if git(root, "tag", "--list", f"v{version}"):
        raise ReleaseError(f"The tag v{version} exists: choose a newer version.")
    changes = cut((root / CHANGELOG).read_text("utf-8"), version, f"{datetime.now(UTC):%Y-%m-%d}")
    code = _ASSIGNED.sub(f'__version__ = "{version}"', (root / VERSION_FILE).read_text("utf-8"))
    (root / CHANGELOG).write_text(changes, "utf-8")
    (root / VERSION_FILE).write_text(code, "utf-8")
    git(
        root,
        "commit",
        "--quiet",
        "--message",
        f"Release {version}",
        str(CHANGELOG),
        str(VERSION_FILE),
    )
    git(root, "tag", "--annotate", "--message", f"Version {version}", f"v{version}")
    build(root)
    print(f"Version {version} is tagged, and built in dist/. To publish it, push the tag.")


def cut(changelog: str, version: str, day: str) -> str:
    """The changelog with what was unreleased under the version; ReleaseError if that is nothing."""
    before, found, after = changelog.partition(UNRELEASED)
    if not found:
        raise ReleaseError(f"CHANGELOG.md has no heading “{UNRELEASED.strip()}”.")
    if f"## [{version}]" in after:
        raise ReleaseError(f"CHANGELOG.md has version {version} already.")
    if not re.split(r"^## ", after, maxsplit=1, flags=re.MULTILINE)[0].strip():
        raise ReleaseError("Nothing is unreleased: CHANGELOG.md says nothing new.")
    return f"{before}{UNRELEASED}\n## [{version}] - {day}\n{after}"


def build(root: Path) -> None:
    """Sdist, and the wheel from it, of what is committed."""
    shutil.rmtree(root / "dist", ignore_errors=True)
    for verb in ("build_sdist", "build_wheel"):
        code = f"from setuptools import build_meta; build_meta.{verb}('dist')"
        subprocess.run(
            [sys.executable, "-c", code], cwd=root, check=True, stdout=subprocess.DEVNULL
        )


def git(root: Path, *words: str) -> str:
    """What git says; raises ReleaseError with its own words."""
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ReleaseError(f"git {words[0]} failed: {done.stderr.strip()}")
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
