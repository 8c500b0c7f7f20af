"""The archive with other releases than the locks', each in an environment of its own by uv.

`nox` runs the newest releases on each newer Python, and the oldest ones; `nox -l` lists all,
`nox -s "matrix-3.13(wagtail='8.0', django='6.0')"` runs one. Arguments after `--` name the checks
of `.ci/checks.py` to run in place of the usual ones. A Python that isn't there is skipped.
"""

import nox

NEWEST = "newest"
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
# What Wagtail 7.4 and Python 3.11 don't support.
LEFT_OUT = {("7.4", "6.1")}
OLD_PYTHON, OLD_DJANGO = "3.11", "5.2"
CHECKS = ("django check", "migrations", "tests on SQLite")

nox.options.default_venv_backend = "uv"
nox.options.sessions = ["newest", "lowest"]
# Only what this machine has: elsewhere it may reach no server that has another.
nox.options.download_python = "never"
nox.options.error_on_missing_interpreters = False


# What imports read files with.
READ = ("intake", "office-files", "web-pages")
# What else apps may do with a package more.
ADDED = ("replacement", "docx", "c2pa", "signing", "redis", "worker")


def install(session: nox.Session, *wanted: str) -> None:
    """What the project asks for, in the releases that `wanted` says."""
    extras = [
        word
        for name in ("site", "build", "postgres", *READ, *ADDED, "dev")
        for word in ("--extra", name)
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
