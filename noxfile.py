"""The archive with other releases than the locks', each in an environment of its own by uv.

`nox` runs the newest releases on each newer Python, the oldest ones, and an upgrade; `nox -l` lists
all, `nox -s "matrix-3.13(wagtail='8.0', django='6.0')"` runs one. Arguments after `--` name the
checks of `.ci/checks.py` to run in place of the usual ones. A Python that isn't there is skipped.
"""

import os
import shutil
from pathlib import Path

import nox

ROOT = Path(__file__).parent
NEWEST = "newest"
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
# What Wagtail 7.4 and Python 3.11 don't support.
LEFT_OUT = {("7.4", "6.1")}
OLD_PYTHON, OLD_DJANGO = "3.11", "5.2"
CHECKS = ("django check", "migrations", "tests on SQLite")
FIRST_RELEASE = "0.1.0"

nox.options.default_venv_backend = "uv"
nox.options.sessions = ["newest", "lowest", "upgrade"]
# Only what this machine has: elsewhere it may reach no server that has another.
nox.options.download_python = "never"
nox.options.error_on_missing_interpreters = False


def install(session: nox.Session, *wanted: str) -> None:
    """What the project asks for, in the releases that `wanted` says."""
    extras = [
        word for name in ("site", "postgres", "intake", "docx", "dev") for word in ("--extra", name)
    ]
    session.install("-r", "pyproject.toml", *extras, *wanted)


def check(session: nox.Session) -> None:
    session.run("python", ".ci/messages.py", "compile")
    session.run("python", ".ci/checks.py", *(session.posargs or CHECKS))


@nox.session(python=PYTHONS)
@nox.parametrize("django", ["5.2", "6.0", "6.1"])
@nox.parametrize("wagtail", ["7.4", "8.0", NEWEST])
def matrix(session: nox.Session, wagtail: str, django: str) -> None:
    """One pair of releases on one Python."""
    if (wagtail, django) in LEFT_OUT or (session.python == OLD_PYTHON and django != OLD_DJANGO):
        session.skip("These don't go together.")
    release = [] if wagtail == NEWEST else [f"wagtail=={wagtail}.*"]
    install(session, f"django=={django}.*", *release)
    check(session)


@nox.session(python=PYTHONS[1:])
def newest(session: nox.Session) -> None:
    """The newest releases of all that the archive needs."""
    install(session)
    check(session)


@nox.session(python=OLD_PYTHON)
def lowest(session: nox.Session) -> None:
    """The oldest releases that `pyproject.toml` allows."""
    install(session, "--resolution", "lowest-direct")
    check(session)


@nox.session(python=OLD_PYTHON)
def upgrade(session: nox.Session) -> None:
    """The demo of the first release, or of the last commit until there is one, goes on."""
    folder = Path(session.create_tmp())
    # By its commit: a clone may have come without tags.
    wanted = ("--format=%H", "--grep", f"^Release {FIRST_RELEASE}$")
    released = session.run("git", "log", *wanted, external=True, silent=True)
    before = released.split()[-1] if released else "HEAD"
    session.install("build", "setuptools", "polib")
    for name, commit in (("before", before), ("after", "HEAD")):
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir()
        packed = folder / f"{name}.tar"
        session.run("git", "archive", "-o", str(packed), commit, external=True)
        shutil.unpack_archive(packed, folder / name, filter="data")
        wheels = ("--wheel", "--outdir", str(folder / f"{name}-wheel"), str(folder / name))
        session.run("python", "-m", "build", "--no-isolation", *wheels, silent=True)
        # The site takes the archive from the wheel.
        shutil.rmtree(folder / name / "archive")
    told = {"NEWSROOM_VAR_DIR": str(folder), "MEDIA_ROOT": str(folder / "media"), "DEBUG": "1"}
    told |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings.dev", "DATABASE_URL": ""}
    (folder / "newsroom.sqlite3").unlink(missing_ok=True)
    manage(session, folder / "before", told, ["migrate", "-v0"], ["setup_demo"])
    manage(session, folder / "after", told, ["migrate", "-v0"], ["check"], ["setup_demo"])


def manage(session: nox.Session, site: Path, told: dict[str, str], *lines: list[str]) -> None:
    """Commands of the site, with the archive from the wheel beside it."""
    wheel = next(Path(f"{site}-wheel").glob("*.whl"))
    session.install("--reinstall-package", "wagtail-bilingual-archive", f"{wheel}[site]")
    with session.chdir(site):
        for line in lines:
            session.run("python", "manage.py", *line, env={**os.environ, **told})
        counted = (
            "from archive.models import ArticlePage as A; assert A.objects.live().count() >= 18"
        )
        session.run("python", "manage.py", "shell", "-c", counted, env={**os.environ, **told})
