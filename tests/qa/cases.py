"""What the tests of the checks share: a pair in, out the ids of the checks that mind."""

from archive.qa.base import Finding, Pair, Story
from archive.qa.runner import check_story
from archive.text.language import CHINESE, ENGLISH, detect, other


def story_of(*texts: tuple[str, str], kind: str = "paragraph", into: str = "") -> Story:
    """A story of plain pairs; its direction is told by the first target unless given."""
    target_language = into or detect(texts[0][1])
    pairs = (Pair(f"p{n}", kind, source, target) for n, (source, target) in enumerate(texts))
    return Story(tuple(pairs), other(target_language), target_language)


def findings(source: str, target: str, **options: str) -> list[Finding]:
    return check_story(story_of((source, target), **options))


def ids(source: str, target: str, **options: str) -> set[str]:
    return {finding.check_id for finding in findings(source, target, **options)}


def rich(source: str, target: str, into: str = CHINESE) -> set[str]:
    """The same for two rich texts."""
    from archive.text.richtext import plain_text

    pair = Pair("p", "paragraph", plain_text(source), plain_text(target), source, target)
    language = ENGLISH if into == CHINESE else CHINESE
    return {finding.check_id for finding in check_story(Story((pair,), language, into))}
