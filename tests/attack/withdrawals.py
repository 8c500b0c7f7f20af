"""A story is withdrawn, and what should follow doesn't: is it still in a public answer?"""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import replace

from django.db import connection
from wagtail.models import PageViewRestriction

from archive.contrib.harvesting.dumps import make_dumps
from archive.models import ArticlePage, Translation
from archive.publishing import followers
from tests.attack.target import Target
from tests.factories import block, make_article, tag, translate
from tests.safety.killed import KILLED, in_a_fork, killed_after, public_paths

_LURE = "lurewithdrawn"
Withdrawal = Callable[[], object]
# By a process, and whether readers may still have the story then.
Attempt = Callable[[Withdrawal, Callable[[], bool]], None]


def _dies(withdraw: Withdrawal, is_public: Callable[[], bool]) -> None:
    """At its first statement after the commit that withdraws the story."""
    commit, outcome = 0, KILLED
    while outcome == KILLED and is_public():
        commit += 1
        connection.close()
        outcome = in_a_fork(killed_after, commit, withdraw)


def _fails(withdraw: Withdrawal, is_public: Callable[[], bool]) -> None:
    """In each of its followers."""

    def fail(*what: object) -> None:
        raise ValueError("odd")

    def work() -> None:
        for name, one in list(vars(followers).items()):
            if isinstance(one, followers.Follower):
                setattr(followers, name, replace(one, follow=fail))
        # What is logged is no finding.
        followers.logger.disabled = True
        withdraw()

    connection.close()
    in_a_fork(work)


def dying(target: Target) -> Iterator[str]:
    """A process is killed just after the commit that withdraws a story"""
    yield from _withdrawn(target, "dying", _dies)


def failing_followers(target: Target) -> Iterator[str]:
    """A story is withdrawn, and every follower of that fails"""
    yield from _withdrawn(target, "failing", _fails)


def _withdrawn(target: Target, how: str, attempt: Attempt) -> Iterator[str]:
    for way in ("unpublished", "deleted", "restricted", "translation"):
        word, translated = f"zq{how}{way}qz", f"zq{how}{way}yiwenqz"
        story = _publish(target, word, translated)
        make_dumps(with_bodies=True)
        before = "".join(text for _path, text in _answers(target, story.pk, word))
        yield from (
            f"the control: {one} is read nowhere" for one in (word, translated) if one not in before
        )

        def withdraw(pk: int = story.pk, way: str = way) -> None:
            page = ArticlePage.objects.get(pk=pk)
            if way == "unpublished":
                page.unpublish()
            elif way == "deleted":
                page.delete()
            elif way == "restricted":
                PageViewRestriction.objects.create(page=page, restriction_type="login")
            else:
                Translation.objects.get(article=pk).unpublish()

        def is_public(pk: int = story.pk, way: str = way) -> bool:
            if way == "translation":
                return Translation.objects.filter(article=pk, live=True).exists()
            open_ = not PageViewRestriction.objects.filter(page=pk).exists()
            return open_ and ArticlePage.objects.filter(pk=pk, live=True).exists()

        attempt(withdraw, is_public)
        if is_public():
            yield f"the control: {way}, it is still public"
        lost = [translated] if way == "translation" else [word, translated]
        for path, text in _answers(target, story.pk, word):
            yield from (f"{way}: {path} has {one}" for one in lost if one in text)
    # A dump with something that is withdrawn is offered to nobody.
    make_dumps(with_bodies=True)


def _publish(target: Target, word: str, translated: str) -> ArticlePage:
    world = target.world
    story = make_article(
        f"{_LURE} {word}",
        slug=word,
        body=[block("paragraph", f"<p>{_LURE} {word}</p>")],
        publication=world.pages["alpha"],
        section=world.pages["section"],
        print_page="1",
    )
    tag(story, world.rows["city"])
    story.save_revision().publish()
    translate(story, headline=f"{_LURE} {translated}")
    return story


def _answers(target: Target, pk: int, slug: str) -> Iterator[tuple[str, str]]:
    """Each address with what it says, without the address itself."""
    for path in public_paths(pk, slug, "alpha", _LURE):
        answer = target.browser().get(path)
        body = (
            gzip.decompress(answer.body)
            if path.endswith(".gz") and answer.body[:2] == b"\x1f\x8b"
            else answer.body
        )
        text = body.decode("utf-8", "replace") if answer.status == 200 else ""
        yield path, text.replace(path, "")


ATTACKS = (dying, failing_followers)
