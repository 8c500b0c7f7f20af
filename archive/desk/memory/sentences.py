"""Sentences inside the memory's paragraphs: pairs of which the aligner is sure, pure functions."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from archive.alignment.aligner import Link, align_texts
from archive.qa.amounts.comparison import compare
from archive.text.language import UNSPACED, other
from archive.text.sentences import sentence_spans

# Surer than what a person needn't look at: nobody looks at a sentence before it is suggested.
_SURE = 0.9
# Two texts, and the language of the first.
Paragraph = tuple[str, str, str]
Pairs = list[tuple[str, str]]

_known: ContextVar[Mapping[Paragraph, Pairs] | None] = ContextVar("known pairs", default=None)


def split(text: str) -> list[str]:
    """A text's sentences, in order."""
    return [text[start:end] for start, end in sentence_spans(text)]


def join(sentences: list[str], language: str) -> str:
    return ("" if language in UNSPACED else " ").join(sentences)


def sentence_pairs(source: str, target: str, language: str) -> Iterator[tuple[str, str]]:
    """The sentences of two texts that certainly say the same; `language` is the source's.

    Where a translator made one sentence of two, both are one text. No pairs come of a text of one
    sentence: it and the whole of the other are a pair already.
    """
    texts = split(source), split(target)
    if any(len(one) < 2 for one in texts):
        return
    links = align_texts(*texts)
    # A sentence without a counterpart may be a part of any of the others.
    if len(links) == 1 or not all(link.is_pair for link in links):
        return
    for link in links:
        if link.confidence < _SURE:
            continue
        ours = join([texts[0][at] for at in link.source], language)
        theirs = join([texts[1][at] for at in link.target], other(language))
        found = compare(ours, language, theirs, other(language))
        # Figures that stand on one side only belong to a neighbour.
        if not (found.conflicts or found.likely or found.added):
            yield ours, theirs


def align_paragraphs(
    source: Sequence[str], target: Sequence[str], language: str, names: Sequence[tuple[str, str]]
) -> tuple[list[Link], dict[Paragraph, Pairs]]:
    """Links of two texts' paragraphs, and the pairs of those that say the same: the aligner has
    just read their sentences. `language` is the source's; without it no pairs are found."""
    links, pairs = align_texts(source, target, names=names), dict[Paragraph, Pairs]()
    for link in links if language else ():
        if link.source and link.target:
            ours = join([source[at] for at in link.source], language)
            theirs = join([target[at] for at in link.target], other(language))
            pairs[ours, theirs, language] = list(sentence_pairs(ours, theirs, language))
    return links, pairs


@contextmanager
def knowing(pairs: Mapping[Paragraph, Pairs]) -> Iterator[None]:
    """Within it, `pairs_of` looks only for those of other paragraphs."""
    token = _known.set(pairs)
    try:
        yield
    finally:
        _known.reset(token)


def pairs_of(source: str, target: str, language: str) -> Pairs:
    one = source, target, language
    known = _known.get() or {}
    return known[one] if one in known else list(sentence_pairs(*one))
