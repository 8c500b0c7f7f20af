"""The documentation leads to files, modules and templates that exist, and leaves none out."""

import re
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# A path is the project's, or a template's or static file's own.
FOLDERS = (ROOT, ROOT / "archive" / "templates", ROOT / "archive" / "static")
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md"]
PATH = re.compile(r"`((?:archive|newsroom|tests|docs|\.ci)/[\w./-]+\.(?:py|html|js|css|md|toml))`")

# `archive.E001`, `archive.ArticlePage` and the like are no modules: their second part is the last.
DOTTED = re.compile(r"\b(?:archive|newsroom)(?!\.example)(?:\.[a-z_]\w*)+\.\w+")
TEMPLATES = ROOT / "archive" / "templates" / "archive"
OF_APPS = [one for one in (ROOT / "archive" / "contrib").glob("*/templates") if one.is_dir()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    named = PATH.findall(page.read_text(encoding="utf-8"))
    missing = [name for name in named if not any((one / name).exists() for one in FOLDERS)]
    assert missing == []


def test_the_usual_tasks_of_a_newcomer_have_a_file_each() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    tasks = text.split("## To change X, open Y")[1].split("\n\n")[1].splitlines()[2:]
    assert len([line for line in tasks if PATH.search(line)]) >= 15


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_dotted_path_that_a_page_names_is_there(page: Path) -> None:
    named = sorted(set(DOTTED.findall(page.read_text(encoding="utf-8"))))
    assert [path for path in named if not is_there(path)] == []


def is_there(path: str) -> bool:
    """Whether a dotted path leads to a module, or to something in one."""
    module, _dot, name = path.rpartition(".")
    with suppress(ModuleNotFoundError):
        if find_spec(path):
            return True
    with suppress(ModuleNotFoundError):
        return hasattr(import_module(module), name)
    return False


def test_every_template_of_the_readers_pages_is_listed() -> None:
    text = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    folders = (TEMPLATES, *OF_APPS)
    every = [path.relative_to(folder) for folder in folders for path in folder.rglob("*.*")]
    missing = [str(one) for one in every if "admin" not in one.parts and f"`{one}`" not in text]
    assert missing == []


def test_every_template_that_is_listed_is_there() -> None:
    text = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    listed = [name for row in rows for name in re.findall(r"`([\w/]+\.\w+)`", row)]
    assert len(listed) > 80
    folders = (TEMPLATES, *OF_APPS)
    assert [name for name in listed if not any((one / name).exists() for one in folders)] == []


@pytest.mark.parametrize(
    "room", ["", "contrib", "site", "desk", "search", "stories", "entities", "qa"]
)
def test_every_folder_of_the_app_is_described(room: str) -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    folders = (ROOT / "archive" / room).glob("*/__init__.py")
    names = [one.parent.relative_to(ROOT / "archive").as_posix() for one in folders]
    assert [name for name in names if f"`{name}/`" not in text and name != "migrations"] == []


def test_every_folder_that_is_described_is_there() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `([\w/]+)/` ", text, re.MULTILINE)
    assert [name for name in named if not (ROOT / "archive" / name).is_dir()] == []


def test_every_function_on_the_way_through_the_app_is_in_a_file_that_is_named() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    sections = [one.split("\n## ")[0] for one in text.split("## How ")[1:]]
    assert len(sections) == 4
    for section in sections:
        sources = [(ROOT / name).read_text(encoding="utf-8") for name in PATH.findall(section)]
        named = re.findall(r"`(?:\w+\.)?([A-Za-z_]+)(?:\(\))?`", section)
        missing = [one for one in named if not any(re.search(rf"\b{one}\b", s) for s in sources)]
        assert (section.splitlines()[0], missing) == (section.splitlines()[0], [])


def test_the_archive_names_no_app_around_it() -> None:
    sources = [path for path in (ROOT / "archive").rglob("*.*") if "contrib" not in path.parts]
    texts = [path for path in sources if path.suffix in (".py", ".html", ".js")]
    named = [path.name for path in texts if "archive.contrib." in path.read_text(encoding="utf-8")]
    assert named == []
