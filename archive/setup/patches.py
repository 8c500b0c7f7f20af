"""What to add to a site's settings and addresses: found in its files, shown as a patch, applied."""

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from importlib.util import find_spec, resolve_name
from pathlib import Path

from django.conf import settings

from archive.setup.settings import VALUES

STOCK_IMAGE = "wagtailimages.Image"


@dataclass(frozen=True)
class Patch:
    """A file of the site, as it is and as it would be."""

    path: Path
    old: str
    new: str

    def diff(self) -> str:
        name = os.path.relpath(self.path)
        old, new = (text.splitlines(keepends=True) for text in (self.old, self.new))
        return "".join(unified_diff(old, new, fromfile=name, tofile=name))

    def apply(self) -> None:
        """Write the file; raises OSError."""
        self.path.write_text(self.new, encoding="utf-8")


def patches(mount: str) -> list[Patch]:
    """For the settings and the URLconf, as far as they lack the archive.

    `mount` is where the archive is to be below the language: "archive/", or "" for the whole site.
    """
    return [patch for patch in (_settings_patch(), _urls_patch(mount)) if patch]


def _settings_patch() -> Patch | None:
    path = next(_defining(os.environ["DJANGO_SETTINGS_MODULE"], "INSTALLED_APPS"), None)
    if path is None:
        return None
    old = path.read_text(encoding="utf-8")
    if "archive.setup.settings" in old:
        return None
    lines = [
        "",
        "",
        "# The bilingual archive: languages, pictures, search. What stands below overrides it.",
        "from archive.setup.settings import *  # noqa: E402, F403",
        "",
        "INSTALLED_APPS = with_archive_apps(INSTALLED_APPS)  # noqa: F405",
        "MIDDLEWARE = with_archive_middleware(MIDDLEWARE)  # noqa: F405",
        # What the site has set for itself, and the import would take away.
        *(f"{name} = {value!r}" for name, value in kept_values()),
    ]
    return Patch(path, old, old.rstrip("\n") + "\n".join(lines) + "\n")


def kept_values() -> Iterator[tuple[str, object]]:
    """What the site says in settings that the import gives too: its two languages, its pictures."""
    own = tuple(getattr(settings, "MODELTRANSLATION_LANGUAGES", ()))
    pair = own if len(own) == 2 else VALUES["MODELTRANSLATION_LANGUAGES"]
    if pair != VALUES["MODELTRANSLATION_LANGUAGES"]:
        others = {"DEFAULT_LANGUAGE": pair[0], "LANGUAGES": pair, "FALLBACK_LANGUAGES": pair}
        for name, value in others.items():
            name = f"MODELTRANSLATION_{name}"
            yield name, getattr(settings, name, value)
    codes = {code for code, _name in settings.LANGUAGES}
    may_keep = {
        "LANGUAGES": set(pair) <= codes,
        "WAGTAILADMIN_PERMITTED_LANGUAGES": True,
        "LANGUAGE_CODE": settings.LANGUAGE_CODE in pair,
        "WAGTAILIMAGES_IMAGE_MODEL": True,
        "WAGTAILIMAGES_IMAGE_FORM_BASE": True,
    }
    for name, is_kept in may_keep.items():
        value, is_own = getattr(settings, name, None), settings.is_overridden(name)  # type: ignore[misc]
        if is_kept and is_own and value not in (VALUES[name], STOCK_IMAGE):
            yield name, value


def _defining(module: str, name: str) -> Iterator[Path]:
    """The file of the settings module that sets the name, or of one that it takes all from."""
    spec = find_spec(module)
    if spec is None or not spec.origin or not spec.origin.endswith(".py"):
        return
    path = Path(spec.origin)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            yield path
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
            imported = "." * node.level + (node.module or "")
            yield from _defining(resolve_name(imported, package), name)


def _urls_patch(mount: str) -> Patch | None:
    spec = find_spec(settings.ROOT_URLCONF)
    if spec is None or not spec.origin:
        return None
    path = Path(spec.origin)
    old = path.read_text(encoding="utf-8")
    if "archive.urls" in old or "archive_urls" in old:
        return None
    added = [
        'path("", include("archive.site_urls")),',
        f'*i18n_patterns(path("{mount}", include("archive.urls")), prefix_default_language=True),',
    ]
    lines = old.splitlines()
    row = _wagtails_row(old)
    if row is None:
        lines += ["", "urlpatterns = [", *(f"    {one}" for one in added), "    *urlpatterns,", "]"]
    else:
        indent = " " * (len(lines[row]) - len(lines[row].lstrip()))
        lines[row:row] = [f"{indent}{one}" for one in added]
    if "import i18n_patterns" not in old:
        first = next(
            (at for at, text in enumerate(lines) if text.startswith(("from ", "import "))), 0
        )
        lines.insert(first, "from django.conf.urls.i18n import i18n_patterns")
    return Patch(path, old, "\n".join(lines) + "\n")


def _wagtails_row(source: str) -> int | None:
    """The row of the list at which Wagtail's pages are included; None inside `i18n_patterns`."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        for item in node.elts if isinstance(node, ast.List) else []:
            if isinstance(item, ast.Call) and "wagtail_urls" in ast.unparse(item):
                return item.lineno - 1
    return None
