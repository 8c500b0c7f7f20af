"""Runs the project's checks, each under its name, and sums up: `checks.py [name …]`.

Without names, all of them. What a machine lacks (gettext, PostgreSQL, a browser) is reported
and left out; with CI=true or ARCHIVE_REQUIRE_ALL=1 in the environment it is a failure.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser.chromium import find_chromium  # noqa: E402
from tests.services import postgres  # noqa: E402

# A developer's own site settings are no business of the checks. Nor is a wish for no bytecode:
# each of the checks' processes would compile Django, Wagtail and the tests again.
OWN_VARIABLES = (
    "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "DATABASE_URL", "DEBUG", "DJANGO_SETTINGS_MODULE",
    "MEDIA_ROOT", "NEWSROOM_VAR_DIR", "PYTHONDONTWRITEBYTECODE", "SECRET_KEY", "STATIC_ROOT",
    "TIME_ZONE", "WAGTAILADMIN_BASE_URL", "DEFAULT_FROM_EMAIL",
)  # fmt: skip
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "newsroom.settings.production",
    "SECRET_KEY": "a-key-for-the-deployment-check-only-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "archive.example",
    "CLIENT_ADDRESS_HEADER": "X-Forwarded-For",
    "WAGTAILADMIN_BASE_URL": "https://archive.example",
    "DEFAULT_FROM_EMAIL": "desk@archive.example",
}
TEST = {"DJANGO_SETTINGS_MODULE": "newsroom.settings.test"}


@dataclass(frozen=True)
class Check:
    """A command with a name; `lacks` tells what the machine lacks for it, or nothing.

    The command is what follows `program`, Python unless it says otherwise.
    """

    name: str
    command: tuple[str, ...]
    program: str = sys.executable
    variables: dict[str, str] = field(default_factory=dict)
    lacks: Callable[[], str] = lambda: ""
    database: Callable[[], AbstractContextManager[str]] = lambda: nullcontext("")


def manage(name: str, *words: str, variables: dict[str, str] = TEST) -> Check:
    return Check(name, ("manage.py", *words), variables=variables)


def pytest(name: str, *words: str, **rest: object) -> Check:
    return Check(name, ("-m", "pytest", "-q", *words), **rest)  # type: ignore[arg-type]


def lacks_gettext() -> str:
    return "" if shutil.which("xgettext") and shutil.which("msgfmt") else "GNU gettext"


def lacks_postgres() -> str:
    return "" if postgres.find_binaries() else "PostgreSQL"


def lacks_browser() -> str:
    if not find_chromium():
        return "Chromium or Chrome"
    return "" if shutil.which("w3m") else "w3m"


def lacks_npm() -> str:
    return "" if shutil.which("npm") else "npm"


LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"
TWO, THREE = (("-n", number, "--dist", "worksteal") for number in ("2", "3"))
# Their folders by name: to look at all other tests first takes each process seconds.
IN_BROWSERS = ("-m", "browser or text_browser", "tests/browser", "tests/access")
ELSEWHERE = ("-m", "not browser and not text_browser")
QUICK = (
    Check("ruff check", ("-m", "ruff", "check", "--quiet")),
    Check("ruff format", ("-m", "ruff", "format", "--check", "--quiet")),
    Check("import rules", ("-c", LINT_IMPORTS)),
    Check("house rules", (".ci/house.py",)),
    Check("mypy", ("-m", "mypy")),
    Check("scripts and styles", ("check", "--error-on-warnings"), ".ci/biome", lacks=lacks_npm),
    pytest("package", "tests/sites"),
    manage("django check", "check", "--fail-level", "WARNING"),
    manage("django check --deploy", "check", "--deploy", "--fail-level", "WARNING",
           variables=PRODUCTION),
    manage("migrations", "makemigrations", "--check", "--dry-run"),
    Check("messages", (".ci/messages.py", "check"), lacks=lacks_gettext),
)  # fmt: skip
# More of them than processors: half of the time they wait.
BROWSER = pytest("browser tests", *THREE, *IN_BROWSERS, lacks=lacks_browser)
# In one process: browsers leave it little more, and each would migrate a database of its own.
POSTGRES = pytest(
    "tests on PostgreSQL", *ELSEWHERE, lacks=lacks_postgres, database=postgres.running_server
)
SQLITE = pytest("tests on SQLite", *TWO, *ELSEWHERE)
# Of a release, and only by name.
ALL_SITES = pytest("installed sites", "--all", "tests/sites")
ALL_BROWSER = pytest("all browser tests", *THREE, "--all", *IN_BROWSERS, lacks=lacks_browser)
ALL_POSTGRES = pytest(
    "all tests on PostgreSQL", *TWO, *ELSEWHERE, "--all",
    lacks=lacks_postgres, database=postgres.running_server,
)  # fmt: skip
# Lanes run side by side, the checks of a lane in turn: no processor waits for the other's last.
LANES = ((*QUICK, POSTGRES), (BROWSER, SQLITE))
CHECKS = (
    *(check for lane in LANES for check in lane),
    ALL_BROWSER,
    ALL_POSTGRES,
    ALL_SITES,
)

Result = tuple[Check, str, float]
children: set[subprocess.Popen[str]] = set()


def main(names: list[str]) -> int:
    """Run the named checks, or all of a change; the exit code is 1 if one failed."""
    unknown = set(names) - {check.name for check in CHECKS}
    if unknown:
        sys.exit(f"No such check: {', '.join(sorted(unknown))}.\n{listing()}")
    # Told to stop, stop in order: a database server may be running.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    subprocess.run([sys.executable, ".ci/messages.py", "compile"], cwd=ROOT, check=True)
    chosen = [check for check in CHECKS if check.name in names]
    results = run_lane(chosen) if names else run_lanes()
    print("\n== summary")
    for check, verdict, seconds in results:
        print(f"{verdict:>8}  {check.name} ({seconds:.0f} s)")
    verdicts = [verdict for _check, verdict, _seconds in results]
    failed = verdicts.count("FAILED")
    print(f"checks: {verdicts.count('passed')} passed, {failed} failed", flush=True)
    return 1 if failed else 0


def run_lanes() -> list[Result]:
    """Run the lanes side by side; what each check prints comes in one piece, as it ends."""
    with ThreadPoolExecutor(len(LANES)) as pool:
        futures = [pool.submit(run_lane, lane, is_live=False) for lane in LANES]
        try:
            return [result for future in futures for result in future.result()]
        except BaseException:
            for child in list(children):
                child.kill()
            raise


def run_lane(lane: Sequence[Check], is_live: bool = True) -> list[Result]:
    return [(check, *run(check, is_live)) for check in lane]


def listing() -> str:
    return "The checks are: " + ", ".join(check.name for check in CHECKS) + "."


def run(check: Check, is_live: bool) -> tuple[str, float]:
    """Run one check, with its output on screen; gives `passed`, `FAILED` or `left out`."""
    title = f"\n== {check.name}"
    if is_live:
        print(title, flush=True)
    start = time.monotonic()
    if missing := check.lacks():
        code, output = (1 if strict() else None), f"{missing} was not found on this machine."
    else:
        try:
            with check.database() as url:
                code, output = execute(check, url, is_live)
        except postgres.PostgresError as error:
            code, output = 1, str(error)
    words = ([] if is_live else [title]) + ([output.rstrip()] if output else [])
    if words:
        # In one piece: another check may end at the same moment.
        print("\n".join(words) + "\n", end="", flush=True)
    verdict = {None: "left out", 0: "passed"}.get(code, "FAILED")
    return verdict, time.monotonic() - start


def execute(check: Check, database_url: str, is_live: bool) -> tuple[int, str]:
    """The exit code of the command, and what it printed unless that went to the screen."""
    with subprocess.Popen(
        [check.program, *check.command],
        cwd=ROOT,
        env=environment(check, database_url),
        stdout=None if is_live else subprocess.PIPE,
        stderr=None if is_live else subprocess.STDOUT,
        text=True,
    ) as child:
        children.add(child)
        try:
            output, _errors = child.communicate()
        except BaseException:
            child.kill()
            raise
        finally:
            children.discard(child)
    return child.returncode, output or ""


def environment(check: Check, database_url: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in OWN_VARIABLES}
    database = {"DATABASE_URL": database_url} if database_url else {}
    return {**kept, **check.variables, **database}


def strict() -> bool:
    """Whether everything must be there: on a build server."""
    names = ("CI", "ARCHIVE_REQUIRE_ALL")
    return any(os.environ.get(name, "").lower() in ("1", "true", "yes") for name in names)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
