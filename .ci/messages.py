"""The Chinese catalogues: `messages.py compile`, `messages.py write`, `messages.py check`.

`compile` makes the .mo files that Django reads, where they are missing or older than their .po;
they aren't in git, nor is the readers' text face, which it makes too. `write` extracts the strings
anew, `check` says if that would change anything.

The archive's strings live in archive/locale, those of each app around it in the app's own
folder, the site's in locale. All are extracted by
Django's makemessages; file positions and dates are left out, so that diffs show words only.
"""

import os
import runpy
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
FACES = ROOT / "archive" / "static" / "archive" / "fonts"
SOURCES = ("archive", "newsroom", "locale", "manage.py")
HEADER = {
    "Project-Id-Version": "wagtail-bilingual-archive",
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
APPS = sorted((ROOT / "archive" / "contrib").glob("*/apps.py"))
CATALOGUES = tuple(
    Path(folder, "locale", "zh_Hans", "LC_MESSAGES", "django.po")
    for folder in ("archive", *(app.parent.relative_to(ROOT) for app in APPS), "")
)


# Chinese for sentences of Wagtail's, which no extraction touches: in the archive's catalogue once
# it is compiled, and those of its scripts.
OF_WAGTAIL = "wagtail.po"
OF_SCRIPTS = CATALOGUES[0].with_name("djangojs.po")


def main(arguments: list[str]) -> int:
    """The exit code of `check` is 1 when something is out of date."""
    if arguments == ["compile"]:
        compile_catalogues(ROOT)
        # Once: what makes the faces takes longer to load than all the rest.
        if not FACES.exists():
            runpy.run_path(str(ROOT / "setup.py"))["write_faces"](ROOT)
        return 0
    if arguments == ["write"]:
        write(ROOT)
        compile_catalogues(ROOT)
        return 0
    if arguments != ["check"]:
        sys.exit(__doc__)
    troubles = check()
    for trouble in troubles:
        print(trouble)
    if troubles:
        print("Run `make messages`, fill in the Chinese, and run it again.")
    else:
        print("Every string has its Chinese.")
    return 1 if troubles else 0


def compile_catalogues(root: Path) -> None:
    """Two processes may do it at once: a file is written aside and moved into its place."""
    for path in (root / catalogue for catalogue in (*CATALOGUES, OF_SCRIPTS)):
        more = path.with_name(OF_WAGTAIL)
        sources = [path, more] if path.name == "django.po" and more.exists() else [path]
        target = path.with_suffix(".mo")
        newest = max(one.stat().st_mtime for one in sources)
        if target.exists() and target.stat().st_mtime >= newest:
            continue
        aside = path.with_suffix(f".{os.getpid()}.mo")
        catalogue = polib.pofile(str(path))
        for more in sources[1:]:
            catalogue.extend(polib.pofile(str(more)))
        catalogue.save_as_mofile(str(aside))
        aside.replace(target)


def write(root: Path) -> None:
    """Extract, and keep the translations there are."""
    for path in CATALOGUES:
        (root / path.parents[2]).mkdir(parents=True, exist_ok=True)
    extract(root)
    for path in CATALOGUES:
        if (root / path).exists():
            tidy(root / path)


def tidy(path: Path) -> None:
    """Give the catalogue a header without dates and names, and drop gettext's guesses."""
    catalogue = polib.pofile(str(path), wrapwidth=98)
    catalogue.header = "Simplified Chinese."
    catalogue.metadata = dict(HEADER)
    catalogue.metadata_is_fuzzy = False
    for entry in catalogue.fuzzy_entries():
        entry.msgstr = ""
        entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
        entry.flags.remove("fuzzy")
        entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
    catalogue.save()


def extract(root: Path) -> None:
    """Run makemessages over the sources under `root`."""
    ignored = ("tests", "docs", "var", "media", "staticfiles", "build", "*/demo/*")
    result = subprocess.run(
        [
            *(sys.executable, "manage.py", "makemessages", "--locale", "zh_Hans"),
            *("--no-location", "--no-obsolete"),
            *(word for pattern in ignored for word in ("--ignore", pattern)),
        ],
        cwd=root,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "newsroom.settings.test"},
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        sys.exit(f"makemessages failed:\n{result.stdout}{result.stderr}")


def check() -> list[str]:
    """What is wrong with the catalogues, a line each; works on a copy of the sources."""
    with tempfile.TemporaryDirectory(prefix="newsroom-messages-") as name:
        copy = Path(name)
        for source in SOURCES:
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, copy / source)
            elif (ROOT / source).exists():
                shutil.copy(ROOT / source, copy / source)
        write(copy)
        return [line for path in CATALOGUES for line in troubles_of(path, copy)] + disagreements()


def troubles_of(path: Path, fresh_root: Path) -> list[str]:
    """Compare a committed catalogue with a freshly extracted one."""
    if not (fresh_root / path).exists():
        return []
    if not (ROOT / path).exists():
        return [f"{path}: missing"]
    fresh = polib.pofile(str(fresh_root / path))
    committed = polib.pofile(str(ROOT / path))
    wanted, present = _keys(fresh), _keys(committed)
    lines = [f"{path}: not extracted yet: {key[1]!r}" for key in wanted if key not in present]
    lines += [f"{path}: no longer used: {key[1]!r}" for key in present if key not in wanted]
    lines += [f"{path}: fuzzy: {e.msgid!r}" for e in committed.fuzzy_entries()]
    lines += [f"{path}: no Chinese: {e.msgid!r}" for e in committed.untranslated_entries()]
    lines += format_troubles(ROOT / path)
    if (more := (ROOT / path).with_name(OF_WAGTAIL)).exists():
        doubled = _keys(polib.pofile(str(more))).keys() & wanted.keys()
        lines += [f"{more.name}: the archive's own catalogue has {key[1]!r}" for key in doubled]
        lines += format_troubles(more) + format_troubles(ROOT / OF_SCRIPTS)
    return lines


def disagreements() -> list[str]:
    """Django reads all catalogues as one: a string that two apps translate otherwise is said in
    the words of the last one everywhere, unless a context tells them apart."""
    said: dict[tuple[str | None, str], dict[str, Path]] = {}
    for path in filter(lambda path: (ROOT / path).exists(), CATALOGUES):
        for entry in polib.pofile(str(ROOT / path)):
            chinese = entry.msgstr or str(entry.msgstr_plural)
            said.setdefault((entry.msgctxt, entry.msgid), {})[chinese] = path
    return [
        f"{' and '.join(map(str, one.values()))}: other Chinese for {key[1]!r}; give it a context"
        for key, one in said.items()
        if len(one) > 1
    ]


def format_troubles(path: Path) -> list[str]:
    """Placeholders that the Chinese lost or invented, in gettext's own words."""
    command = ["msgfmt", "--check-format", "--output-file", os.devnull, str(path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return result.stderr.strip().splitlines() if result.returncode else []


def _keys(catalogue: polib.POFile) -> dict[tuple[str | None, str], None]:
    return {(e.msgctxt, e.msgid): None for e in catalogue if not e.obsolete}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
