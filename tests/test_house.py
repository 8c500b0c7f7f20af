"""What no linter knows of the whole repository: manifests, sizes, and nothing half done.

The rules for the modules of the app are in .ci/house.py.
"""

import ast
import json
import re
import runpy
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import distributions, packages_distributions, requires
from itertools import pairwise
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PIL import Image

import archive

ROOT = Path(__file__).resolve().parents[1]
PICTURE_BYTES, PICTURE_WIDTH = 100_000, 900
LOCKS = ("requirements.txt", "requirements-lts.txt", "requirements-bench.txt")
SMALL_LOCKS = (
    "requirements-demo.txt",
    "requirements-docs.txt",
    "newsroom/deploy/requirements.txt",
)
TEXT_SUFFIXES = {
    *(".cfg", ".css", ".csv", ".html", ".js", ".md", ".po", ".py", ".svg", ".toml", ".txt"),
    *(".xml", ".yml", ".yaml", ""),
}
# Spelt in pieces, so that this file passes its own test.
HALF_DONE = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|NotImplemented" r"Error)\b")
LEFT_OUT = re.compile(r"\b(pytest\.sk" r"ip|mark\.sk" r"ip|mark\.xf" r"ail|importor" r"skip)")


def python_files(*folders: str) -> list[Path]:
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return [path for path in found if "migrations" not in path.parts]


@cache
def parsed(path: Path) -> ast.Module:
    """A module, parsed once for all tests."""
    return ast.parse(path.read_text(encoding="utf-8"))


def own_text_files() -> Iterator[Path]:
    for folder in ("archive", "newsroom", "tests", "docs", ".ci", "locale"):
        files = (p for p in sorted((ROOT / folder).rglob("*")) if p.is_file())
        # What archives hold is in any encoding.
        left_out = {"node_modules", "archive_files"}
        yield from (p for p in files if left_out.isdisjoint(p.parts))
    yield from (p for p in sorted(ROOT.iterdir()) if p.is_file())


def readable(path: Path) -> bool:
    return path.suffix in TEXT_SUFFIXES and "__pycache__" not in path.parts


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def pyproject() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


PIN = r"([a-z0-9.\-]+)(?:\[([a-z0-9, \-]+)\])?==(\S+)"


def locked(name: str) -> dict[str, tuple[set[str], str]]:
    """By the packages' names, the extras and versions of a lock file."""
    pins = re.findall(rf"^{PIN}", (ROOT / name).read_text(), re.MULTILINE)
    return {
        canonicalize_name(package): (set(extras.split(", ")), version)
        for package, extras, version in pins
    }


def test_every_module_says_what_it_is_for():
    silent = [
        relative(path)
        for path in python_files("archive", "newsroom", "tests", ".ci")
        if path.stat().st_size and not ast.get_docstring(parsed(path))
    ]
    assert silent == []


def test_nothing_is_left_half_done():
    marks = [
        f"{relative(path)}: {mark.group()}"
        for path in own_text_files()
        if readable(path) and path.suffix in {".py", ".html", ".js", ".css", ".md"}
        for mark in HALF_DONE.finditer(path.read_text())
    ]
    assert marks == []


def test_no_test_is_left_out():
    marks = [
        f"{relative(path)}: {mark.group()}"
        for path in python_files("tests")
        for mark in LEFT_OUT.finditer(path.read_text())
    ]
    assert marks == []


def test_tests_in_a_browser_lie_where_they_are_looked_for():
    """`.ci/checks.py` names these folders."""
    elsewhere = [
        relative(path)
        for path in python_files("tests")
        if re.search(r"\bmark\.(text_)?browser\b", path.read_text())
        and path.relative_to(ROOT / "tests").parts[0] not in ("browser", "access")
    ]
    assert elsewhere == []


def test_checks_use_pythons_bytecode_and_no_ones_own_site(monkeypatch: pytest.MonkeyPatch) -> None:
    checks = runpy.run_path(str(ROOT / ".ci" / "checks.py"))
    for name in ("PYTHONDONTWRITEBYTECODE", "DATABASE_URL"):
        monkeypatch.setenv(name, "1")
    variables = checks["environment"](checks["SQLITE"], "")
    assert not {"PYTHONDONTWRITEBYTECODE", "DATABASE_URL"} & set(variables)
    assert "PATH" in variables


@pytest.mark.parametrize("lock", [*LOCKS, *SMALL_LOCKS])
def test_lock_names_no_address_and_no_folder(lock):
    strangers = [
        line
        for line in (ROOT / lock).read_text().splitlines()
        if re.search(r"://|--(?!hash=)|\s@\s|\s/|file:", line)
    ]
    assert strangers == []


def test_the_demo_installs_no_development_tool_and_the_same_releases():
    demo, whole = locked("requirements-demo.txt"), locked("requirements.txt")
    assert demo.items() <= whole.items()
    assert demo.keys() & {"pytest", "mypy", "ruff", "playwright", "coverage", "uv"} == set()
    assert {"gunicorn", "wagtail"} <= demo.keys()


def test_the_lock_of_scripts_names_no_address_and_has_hashes():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: found for name, found in lock["packages"].items() if name}
    assert packages
    assert [name for name, found in packages.items() if "resolved" in found] == []
    assert [name for name, found in packages.items() if "integrity" not in found] == []


@pytest.mark.parametrize("lock", [*LOCKS, *SMALL_LOCKS])
def test_lock_has_hashes_for_every_package(lock):
    text = (ROOT / lock).read_text()
    places = [found.start() for found in re.finditer(rf"^{PIN}", text, re.MULTILINE)]
    pins = [text[start:end] for start, end in pairwise([*places, len(text)])]
    assert pins
    assert [pin.splitlines()[0] for pin in pins if "--hash=sha256:" not in pin] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_holds_what_the_project_asks_for(lock):
    project = pyproject()["project"]
    extras = project["optional-dependencies"]
    wanted = project["dependencies"] + extras["site"] + extras["postgres"] + extras["dev"]
    pins = locked(lock)
    for requirement in map(Requirement, wanted):
        assert pins[canonicalize_name(requirement.name)][1] in requirement.specifier


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_extras_where_a_package_asks_for_them(lock):
    # Else pip looks for the newest release with the extra, and then it has no hash for it.
    pinned = locked(lock)
    asked = [
        (canonicalize_name(one.name), canonicalize_name(extra))
        for distribution in distributions()
        if canonicalize_name(distribution.name) in pinned
        for one in map(Requirement, distribution.requires or ())
        if one.extras and (one.marker is None or one.marker.evaluate({"extra": ""}))
        for extra in one.extras
    ]
    assert asked
    assert [(name, extra) for name, extra in asked if extra not in pinned[name][0]] == []


# An engine is chosen with its extra, and a system check says what is missing. A format says it
# when a file needs it, a pattern when it is typed.
OPTIONAL = (
    *("opensearch", "intake", "office-files", "web-pages", "docx", "replacement"),
    *("c2pa", "signing", "mcp"),
)


def test_the_archive_imports_only_what_it_declares():
    project = pyproject()["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(one for name in OPTIONAL for one in extras[name])]
    declared = {canonicalize_name(Requirement(r).name) for r in wanted}
    # Wagtail's own family comes with Wagtail, and so on.
    for package in ("wagtail", "django", "mcp"):
        declared |= {canonicalize_name(Requirement(r).name) for r in requires(package)}
    own = {"archive", *sys.stdlib_module_names}
    homes = packages_distributions()
    undeclared = {
        name
        for path in python_files("archive")
        for name in run_time_imports(parsed(path))
        if name not in own and not declared & {canonicalize_name(d) for d in homes.get(name, [])}
    }
    assert undeclared == set()


def run_time_imports(tree: ast.AST) -> set[str]:
    """Top-level names that a module imports, those only for type checkers left out."""
    if isinstance(tree, ast.If) and "TYPE_CHECKING" in ast.dump(tree.test):
        return set()
    if isinstance(tree, ast.Import):
        return {alias.name.partition(".")[0] for alias in tree.names}
    if isinstance(tree, ast.ImportFrom):
        return {(tree.module or "").partition(".")[0]}
    return {name for child in ast.iter_child_nodes(tree) for name in run_time_imports(child)}


def test_migrations_run_on_the_long_term_release_of_wagtail():
    """Wagtail 8 writes a setting into them that Wagtail 7 hasn't; `make migrations` doesn't."""
    migrations = (ROOT / "archive" / "migrations").glob("*.py")
    assert [p.name for p in migrations if "WAGTAIL_PAGE_MODEL" in p.read_text()] == []


def test_the_package_takes_its_version_and_licence_from_one_place():
    project = pyproject()["project"]
    assert "version" in project["dynamic"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", archive.__version__)
    assert project["license"] == "BSD-3-Clause"
    assert (ROOT / "LICENSE").read_text().startswith("BSD 3-Clause License")


def test_the_pictures_that_the_readme_shows_are_small():
    shown = re.findall(r"!\[[^\]]*\]\((\S+?)\)", (ROOT / "README.md").read_text())
    assert shown
    for path in shown:
        assert (ROOT / path).stat().st_size <= PICTURE_BYTES
        with Image.open(ROOT / path) as picture:
            assert picture.width <= PICTURE_WIDTH


def test_changelog_has_a_place_for_the_next_release():
    assert "\n## [Unreleased]\n" in (ROOT / "CHANGELOG.md").read_text()


def test_pages_are_those_of_the_site():
    """Wagtail's own `Page` is no model where a site has swapped it: see archive/base_page.py."""
    direct = [
        relative(path)
        for path in python_files("archive")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom) and node.module == "wagtail.models"
        if "Page" in {alias.name for alias in node.names}
    ]
    assert direct == []


def test_catalogues_name_files_of_the_project_only() -> None:
    named = re.compile(r"^#: (?:\.\./){3}|^#: /", re.MULTILINE)
    catalogues = [*(ROOT / "docs").rglob("*.po"), *(ROOT / "archive").rglob("*.po")]
    assert catalogues
    outside = [path for path in catalogues if named.search(path.read_text(encoding="utf-8"))]
    assert not outside
