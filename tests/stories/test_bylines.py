"""Bylines as a newspaper words them."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from archive.models import ArticleByline, Author
from archive.stories.bylines import byline_parts
from archive.text.language import CHINESE, ENGLISH, LANGUAGES, column


def worded(role: str, place: str, language: str) -> list[str]:
    author = Author(**{column("name", lang): "Li Na" for lang in LANGUAGES})
    where = place and Author(**{column("name", lang): place for lang in LANGUAGES})
    with translation.override(language):
        return byline_parts([SimpleNamespace(role=role, place=where, author=author)])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ["", "Zhanjiang"])
@pytest.mark.parametrize("role", ArticleByline.Role.values)
def test_every_role_has_its_words(role: str, place: str, language: str) -> None:
    (part,) = worded(role, place, language)
    assert "Li Na" in part
    assert place in part


@pytest.mark.parametrize(
    ("language", "words"),
    [(ENGLISH, "By Li Na in Zhanjiang"), (CHINESE, "通讯员 Li Na Zhanjiang报道")],
)
def test_a_contributor_writes_but_is_no_reporter(language: str, words: str) -> None:
    assert worded("contributor", "Zhanjiang", language) == [words]


@pytest.mark.parametrize(
    ("language", "words"),
    [(ENGLISH, "Additional reporting by Li Na"), (CHINESE, "参与报道：Li Na")],
)
def test_who_helped_to_report_is_named_for_that(language: str, words: str) -> None:
    assert worded("additional", "", language) == [words]
