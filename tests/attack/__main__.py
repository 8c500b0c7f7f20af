"""`python -m tests.attack [WORD …]`: all attacks, or those whose names have one of the words.

Prints one line an attack, and what was found below it. The exit code is 1 on a finding.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

import django

from tests.attack.browser import LONGEST_S

MOST_SHOWN = 8


def environment(folder: Path) -> dict[str, str]:
    """A server's, but for the redirect to https: that one is for the served site only."""
    return {
        "DJANGO_SETTINGS_MODULE": "tests.attack.settings",
        "SECRET_KEY": "of the attacks, and of nothing else: it is no secret",
        "ALLOWED_HOSTS": "127.0.0.1 localhost",
        "DATABASE_URL": f"sqlite:///{folder}/archive.sqlite3",
        "CACHE_URL": f"file://{folder}/cache",
        "MEDIA_ROOT": f"{folder}/media",
        "STATIC_ROOT": f"{folder}/static",
        "NEWSROOM_VAR_DIR": str(folder),
        "SECURE_SSL_REDIRECT": "false",
        "CLIENT_ADDRESS_HEADER": "X-Forwarded-For",
        "LOG_LEVEL": "WARNING",
    }


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def attack(folder: Path, words: list[str]) -> int:
    """Gives the number of findings."""
    os.environ.pop("DEBUG", None)
    os.environ.update(environment(folder))
    for name in ("cache", "media", "static"):
        (folder / name).mkdir()
    django.setup()
    # Models can be imported from here on.
    from tests.attack import bounds, desk, readers, target, withdrawals

    chosen = [
        one
        for one in (*desk.ATTACKS, *readers.ATTACKS, *withdrawals.ATTACKS, *bounds.ATTACKS)
        if not words or any(word in one.__name__ for word in words)
    ]
    findings = 0
    with target.served(folder) as attacked:
        attacked.site.until = time.monotonic() + LONGEST_S
        for one in chosen:
            start = time.monotonic()
            try:
                found = [*one(attacked), *attacked.faults()]
            except Exception as error:
                found = [f"{type(error).__name__}: {error}"]
            findings += len(found)
            took, name = time.monotonic() - start, (one.__doc__ or "").splitlines()[0]
            say(f"{'FOUND' if found else 'held '} {took:6.1f} s  {name}")
            for text in found[:MOST_SHOWN]:
                say(f"                {text}")
            if len(found) > MOST_SHOWN:
                say(f"                and {len(found) - MOST_SHOWN} more")
    say(f"{len(chosen)} attacks, {findings} findings")
    return findings


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="archive-attack-") as made:
        sys.exit(1 if attack(Path(made), sys.argv[1:]) else 0)
