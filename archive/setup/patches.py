"""What to add to a site's settings and addresses: found in its files, shown as a patch, applied."""

import ast
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from importlib import import_module
from importlib.util import find_spec, resolve_name
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from django.apps import AppConfig
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
        """Write the file, with the ends of lines that it has; raises OSError."""
        newline = "\r\n" if b"\r\n" in self.path.read_bytes() else "\n"
        self.path.write_text(self.new, encoding="utf-8", newline=newline)


def apps_around() -> list[str]:
    """The names of the apps that a site may have with the archive: those in `archive.contrib`."""
    # By its name, as INSTALLED_APPS has it: the archive imports nothing of them.
    contrib = import_module("archive.contrib")
    folders = iter_modules(contrib.__path__, f"{contrib.__name__}.")
    return [folder.name for folder in folders if folder.ispkg]


def needs_of(app: str) -> tuple[str, ...]:
    """Which other apps around the archive this one builds on: `needs` of its configuration."""
    return tuple(getattr(AppConfig.create(app), "needs", ()))


def lacking(app: str) -> dict[str, str]:
    """The packages without which this app can't run and which aren't there, with their extras.

    The app's configuration names them: `packages` has the module of each, and the extra of the
    archive's distribution that brings it.
    """
    packages: dict[str, str] = getattr(AppConfig.create(app), "packages", {})
    return {name: extra for name, extra in packages.items() if find_spec(name) is None}


def patches(mount: str, apps: Sequence[str]) -> list[Patch]:
    """For the settings and the URLconf, as far as they lack the archive.

    `mount` is where the archive is to be below the language: "archive/", or "" for the whole site;
    `apps` are those of `apps_around` that the site wants.
    """
    return [patch for patch in (_settings_patch(apps), _urls_patch(mount)) if patch]


def _settings_patch(apps: Sequence[str]) -> Patch | None:
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
        *(f'INSTALLED_APPS += ["{app}"]' for app in apps if app not in settings.INSTALLED_APPS),
        # What the site has set for itself, and the import would take away.
        *(f"{name} = {value!r}" for name, value in kept_values()),
    ]
    return Patch(path, old, old.rstrip("\n") + "\n".join(lines) + "\n")


def kept_values() -> Iterator[tuple[str, object]]:
    """What the site says in settings that the import gives too, as far as both agree."""
    own = tuple(getattr(settings, "MODELTRANSLATION_LANGUAGES", ()))
    pair = own if len(own) == 2 else VALUES["MODELTRANSLATION_LANGUAGES"]
    if pair != VALUES["MODELTRANSLATION_LANGUAGES"]:
        others = {"DEFAULT_LANGUAGE": pair[0], "LANGUAGES": pair, "FALLBACK_LANGUAGES": pair}
        for name, value in others.items():
            name = f"MODELTRANSLATION_{name}"
            yield name, getattr(settings, name, value)
    for name, given in VALUES.items():
        if name.startswith("MODELTRANSLATION_") and not name.endswith("CUSTOM_FIELDS"):
            continue
        value = getattr(settings, name, None)
        if settings.is_overridden(name) and (kept := _kept(name, value, pair)) not in (None, given):  # type: ignore[misc]
            yield name, kept


def _kept(name: str, value: Any, pair: Sequence[str]) -> object:
    """What of the site's own value the archive can live with; None for the archive's instead."""
    if name == "MODELTRANSLATION_CUSTOM_FIELDS":
        return tuple(dict.fromkeys((*value, *VALUES[name])))
    if name == "LANGUAGES":
        known = {code for code, _name in value}
        missing = [one for one in VALUES["LANGUAGES"] if one[0] in pair and one[0] not in known]
        return [*map(tuple, value), *missing]
    if name == "LANGUAGE_CODE":
        codes = dict(settings.LANGUAGES) if settings.is_overridden("LANGUAGES") else pair  # type: ignore[misc]
        return value if value in codes else None
    if name == "USE_I18N" or value == STOCK_IMAGE:
        return None
    if name == "WAGTAILSEARCH_BACKENDS":
        backend = str(value.get("default", {}).get("BACKEND", "wagtail."))
        return None if backend.startswith("wagtail.") else value
    return value


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
    tree = ast.parse(old)
    if any(_names_archive(node) for node in ast.walk(tree)):
        return None
    added = [
        'path("", include("archive.site_urls")),',
        f'*i18n_patterns(path("{mount}", include("archive.urls")), prefix_default_language=True),',
    ]
    lines = old.splitlines()
    row = _wagtails_row(tree, lines)
    if row is None:
        lines += ["", "urlpatterns = [", *(f"    {one}" for one in added), "    *urlpatterns,", "]"]
    else:
        indent = " " * (len(lines[row]) - len(lines[row].lstrip()))
        lines[row:row] = [f"{indent}{one}" for one in added]
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    own = [node for node in imports if getattr(node, "module", "") != "__future__"]
    if "import i18n_patterns" not in old and own:
        lines.insert(own[0].lineno - 1, "from django.conf.urls.i18n import i18n_patterns")
    new = "\n".join(lines) + "\n"
    # Whatever the file is like, it must still be Python.
    compile(new, str(path), "exec")
    return Patch(path, old, new)


def _names_archive(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module == "archive" and any(one.name == "urls" for one in node.names)
    return isinstance(node, ast.Constant) and node.value == "archive.urls"


def _wagtails_row(tree: ast.Module, lines: list[str]) -> int | None:
    """The row that includes Wagtail's pages, where it is an entry of `urlpatterns` on a row of its
    own; None elsewhere, such as inside `i18n_patterns`."""
    lists = (node for node in ast.walk(tree) if isinstance(node, ast.List))
    for whole in lists:
        for item in whole.elts:
            is_alone = not lines[item.lineno - 1][: item.col_offset].strip()
            is_inside = is_alone and item.lineno > whole.lineno
            if isinstance(item, ast.Call) and is_inside and "wagtail_urls" in ast.unparse(item):
                return item.lineno - 1
    return None
