"""Builds sdist and wheel from a copy, and compares what is inside with what a site needs of it."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = (
    "archive",
    "docs/guides",
    "docs/locale",
    "pyproject.toml",
    "setup.py",
    "MANIFEST.in",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
)
# What the build copies, and where to.
GUIDES = ("guides/*.md", "locale/zh_CN/LC_MESSAGES/guides/*.po")
GUIDES_COPIED = "archive/guide/texts"
DATA_FOLDERS = ("templates", "static", "locale", "data")


def compare(wheel: Path) -> tuple[list[str], list[str]]:
    """The files that are missing from the wheel, and those that don't belong in it."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    strangers = (n for n in names if not n.startswith(("archive/", "wagtail_bilingual_")))
    return sorted(wanted() - names), sorted(strangers)


def build_wheel(folder: Path) -> Path:
    """The wheel in `folder`, which is built as an index's user may: from the sdist."""
    copy = folder / "copy"
    copy.mkdir()
    for source in SOURCES:
        if (ROOT / source).is_dir():
            # Compiled catalogues are for the build to make.
            ignore = shutil.ignore_patterns("__pycache__", "*.mo")
            shutil.copytree(ROOT / source, copy / source, ignore=ignore)
        else:
            shutil.copy(ROOT / source, copy / source)
    build = f"from setuptools import build_meta; build_meta.build_sdist({str(folder)!r})"
    subprocess.run([sys.executable, "-c", build], cwd=copy, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"),
            *("--no-deps", "--no-build-isolation", "--wheel-dir", str(folder)),
            str(next(folder.glob("*.tar.gz"))),
        ],
        check=True,
    )
    return next(folder.glob("*.whl"))


def wanted() -> set[str]:
    """Every module, template, static file and catalogue of the archive, the latter compiled too;
    and the guides."""
    archive = ROOT / "archive"
    files = [archive / "py.typed", *archive.rglob("*.py")]
    for folder in DATA_FOLDERS:
        files += [path for path in archive.glob(f"**/{folder}/**/*") if path.is_file()]
    compiled = [path for path in files if path.name in ("django.po", "djangojs.po")]
    files += [path.with_suffix(".mo") for path in compiled]
    docs = ROOT / "docs"
    guides = [path for pattern in GUIDES for path in docs.glob(pattern)]
    return {
        *(path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts),
        *(f"{GUIDES_COPIED}/{path.relative_to(docs).as_posix()}" for path in guides),
    }
