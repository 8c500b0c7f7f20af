"""How Sphinx builds the documentation: `make docs`."""

import re
from pathlib import Path
from typing import Any

from sphinx.util import logging

ROOT = Path(__file__).resolve().parents[1]

project = "Newsroom archive"
copyright = "the wagtail-bilingual-archive contributors"
version = release = re.findall(r'"(.+)"', (ROOT / "archive/__init__.py").read_text("utf-8"))[-1]

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
root_doc = "index"
exclude_patterns = ["examples", "locale", "screenshots"]
html_theme = "furo"
html_title = f"{project} {version}"
html_copy_source = False

# Headings are link targets, as on a code host.
myst_heading_anchors = 4
# The guides have Chinese twins: `make docs-messages` brings their catalogues up to date.
locale_dirs = ["locale"]
gettext_compact = False

logger = logging.getLogger(__name__)
_addresses: set[str] = set()


def setup(app: Any) -> None:
    app.connect("doctree-resolved", _check_translation)
    app.connect("doctree-resolved", _collect_addresses)
    app.connect("build-finished", _list_addresses)


def _check_translation(app: Any, doctree: Any, docname: str) -> None:
    """The guides are for people who may read Chinese alone: a sentence without it is an error."""
    progress = doctree.get("translation_progress", {"total": 0, "translated": 0})
    if app.config.language != "en" and docname.startswith("guides/"):
        missing = progress["total"] - progress["translated"]
        if missing:
            logger.warning("%d texts have no Chinese: docs/locale", missing, location=docname)


def _collect_addresses(app: Any, doctree: Any, docname: str) -> None:
    for node in doctree.findall(lambda one: "refuri" in getattr(one, "attributes", {})):
        if node["refuri"].startswith(("http://", "https://")):
            _addresses.add(f"{node['refuri']}  ({docname})")


def _list_addresses(app: Any, exception: Exception | None) -> None:
    """Links to other sites are listed, not asked: a build needs no network."""
    if app.builder.name == "html" and not exception:
        listing = Path(app.outdir).parent / "external-links.txt"
        listing.write_text("\n".join(sorted(_addresses)) + "\n", encoding="utf-8")
