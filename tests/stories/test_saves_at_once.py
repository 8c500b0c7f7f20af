"""Two forms of one story that are posted at the same moment: one is saved, the other is asked."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from archive.models import ArticlePage
from archive.stories.stale_save import CONFLICT
from tests.desk.edit_forms import Form
from tests.desk.helpers import Person, again
from tests.factories import make_article, make_editor
from tests.services import migrated

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 4
RACE = """
import django
django.setup()
from django.test.utils import setup_test_environment
setup_test_environment()
from tests.factories import make_home
from tests.stories.test_saves_at_once import race
make_home()
race()
"""


def race() -> None:
    """Each round, two people press the button at once; fails where both are taken."""
    article = make_article("Ships")
    people = [Person(make_editor(name)) for name in ("ann", "bob")]
    for number in range(ROUNDS):
        action = ("", "publish")[number % 2]
        forms = [one.edits(article).type(headline_en=f"{one.user} {number}") for one in people]
        versions = again(article).revisions.count()
        answers = pressed_at_once(forms, action)
        assert sorted(answer.status_code for answer in answers) == [200, 302]
        [refused] = [one.content.decode() for one in answers if one.status_code == 200]
        assert f'name="{CONFLICT}"' in refused
        assert again(article).revisions.count() == versions + 1


def pressed_at_once(forms: list[Form], action: str) -> list[Any]:
    start, answers = threading.Barrier(len(forms)), []

    def press(form: Form) -> None:
        start.wait()
        answers.append(form.press(action))
        connection.close()

    threads = [threading.Thread(target=press, args=[form]) for form in forms]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return answers


@contextmanager
def committed() -> Iterator[None]:
    """What other connections see must be committed; so it is deleted by hand."""
    stories = set(ArticlePage.objects.values_list("pk", flat=True))
    try:
        yield
    finally:
        for story in ArticlePage.objects.exclude(pk__in=stories):
            story.delete()
        User.objects.filter(username__in=("ann", "bob")).delete()


@pytest.mark.postgres
def test_of_two_forms_at_once_one_is_refused(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), committed():
        race()


@pytest.mark.sqlite
def test_of_two_forms_at_once_one_is_refused_on_sqlite(
    db: None, migrated_copy: migrated.Copy, tmp_path: Path
) -> None:
    """In a process of its own: the tests' database is in memory, and has one writer."""
    environment = migrated_copy.environment(tmp_path, "newsroom.settings.dev")
    done = subprocess.run([sys.executable, "-c", RACE], env=environment, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()[-3000:]
