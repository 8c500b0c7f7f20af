"""Two forms of one story that are posted at the same moment: one is saved, the other is asked.

Of two bylines of a new author, one makes the author."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.urls import reverse

from archive.models import ArticlePage, Author
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
from tests.stories.test_saves_at_once import race, race_for_an_author
make_home()
race()
race_for_an_author()
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


def race_for_an_author() -> None:
    """Each round, two people accept one new name at once; fails where it is made twice."""
    people = [Person(make_editor(name)) for name in ("cat", "dan")]
    for one in people:
        one.user.user_permissions.add(Permission.objects.get(codename="add_author"))
    for number in range(ROUNDS):
        named = {"text": f"By Tom Reed{'abcd'[number]}", "language": "en", "keep": "1"}
        address = reverse("archive_story_form:byline")
        answers = at_once([partial(one.client.post, address, named) for one in people])
        ids = {row["author"]["id"] for answer in answers for row in answer.json()["rows"]}
        assert len(ids) == 1


def pressed_at_once(forms: list[Form], action: str) -> list[Any]:
    return at_once([partial(form.press, action) for form in forms])


def at_once(works: list[Callable[[], Any]]) -> list[Any]:
    start, answers = threading.Barrier(len(works)), []

    def work(one: Callable[[], Any]) -> None:
        start.wait()
        answers.append(one())
        connection.close()

    threads = [threading.Thread(target=work, args=[one]) for one in works]
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
        User.objects.filter(username__in=("ann", "bob", "cat", "dan")).delete()
        Author.objects.filter(name_en__startswith="Tom Reed").delete()


@pytest.mark.postgres
@pytest.mark.parametrize("run", [race, race_for_an_author])
def test_of_two_forms_at_once_one_waits_for_the_other(
    django_db_setup: None, django_db_blocker: Any, run: Callable[[], None]
) -> None:
    with django_db_blocker.unblock(), committed():
        run()


@pytest.mark.exhaustive
@pytest.mark.sqlite
def test_of_two_forms_at_once_one_waits_for_the_other_on_sqlite(
    db: None, migrated_copy: migrated.Copy, tmp_path: Path
) -> None:
    """In a process of its own: the tests' database is in memory, and has one writer."""
    environment = migrated_copy.environment(tmp_path, "newsroom.settings.dev")
    done = subprocess.run([sys.executable, "-c", RACE], env=environment, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()[-3000:]
