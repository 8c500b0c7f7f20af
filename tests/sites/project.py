"""A site made by `wagtail start` in a folder of its own, which runs the installed archive."""

import os
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "tests" / "data" / "zhanjiang-2015-09-22.txt"
STORY = "china-daily/2015/09/22/city-builds-on-long-history-with-us/"


@dataclass
class Project:
    """`folder` holds manage.py; `packages` the unpacked wheel."""

    folder: Path
    packages: Path
    python: str = sys.executable

    @classmethod
    def start(cls, folder: Path, packages: Path, python: str = sys.executable) -> "Project":
        """What `wagtail start mysite` writes, not yet migrated."""
        project = cls(folder / "mysite", packages, python)
        script = "from wagtail.bin.wagtail import main; main()"
        project.run("-c", script, "start", "mysite", at=folder)
        return project

    def run(self, *words: str, at: Path | None = None, fails: bool = False) -> str:
        """What Python printed; where it fails or, with `fails`, doesn't, an AssertionError."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        done = subprocess.run(
            [self.python, *words],
            cwd=at or self.folder,
            env={**kept, "PYTHONPATH": str(self.packages), "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert bool(done.returncode) == fails, f"{words}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    def manage(self, *words: str, fails: bool = False) -> str:
        return self.run("manage.py", *words, fails=fails)

    def manage_in_turn(self, *commands: tuple[str, ...]) -> str:
        """Several commands by one process: to start each takes seconds."""
        calls = [f"call_command(*{words!r})" for words in commands]
        return self.python_code(
            "\n".join(["from django.core.management import call_command", *calls])
        )

    def python_code(self, code: str) -> str:
        """What a script prints that runs in the site, with `client` to ask it."""
        begin = """
            import os
            os.environ["DJANGO_SETTINGS_MODULE"] = "mysite.settings.dev"
            import django
            django.setup()
            from django.conf import settings
            settings.DEBUG, settings.ALLOWED_HOSTS = False, ["*"]
            from django.test import Client
            client = Client()
        """
        return self.run("-c", textwrap.dedent(begin) + textwrap.dedent(code))

    def status(self, *paths: str) -> list[int]:
        """The answers' status codes."""
        code = f"print([client.get(path).status_code for path in {paths!r}])"
        return [int(one) for one in self.python_code(code).strip()[1:-1].split(",")]

    def page(self, path: str) -> str:
        return self.python_code(f"print(client.get({path!r}).content.decode())")

    def edit(self, name: str, old: str, new: str) -> None:
        """In one of the site's files; AssertionError where the text isn't there."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} isn't in {path}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")

    def install_archive(self, *options: str) -> None:
        """As `docs/install.md` has it: one line, one command, migrate, the same command again."""
        self.edit(
            "mysite/settings/base.py", "INSTALLED_APPS = [", 'INSTALLED_APPS = [\n    "archive",'
        )
        self.manage("archive_setup", "--write", "--noinput", *options)
        self.manage_in_turn(
            ("migrate", "--verbosity", "0"), ("archive_setup", "--publication", "China Daily")
        )

    def import_seed(self) -> None:
        """The seed story, published; and its address by language."""
        self.manage("import_articles", str(SEED), "--publish", "--create-publications")
