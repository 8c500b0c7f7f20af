"""Sentences inside the memory's paragraphs: pairs of which the aligner is sure, pure functions."""

from collections.abc import Iterator

from archive.alignment.aligner import align_texts
from archive.qa.amounts.comparison import compare
from archive.text.language import UNSPACED, other
from archive.text.sentences import sentence_spans

# Surer than what a person needn't look at: nobody looks at a sentence before it is suggested.
_SURE = 0.9


def split(text: str) -> list[str]:
    """A text's sentences, in order."""
    return [text[start:end] for start, end in sentence_spans(text)]


def join(sentences: list[str], language: str) -> str:
    return ("" if language in UNSPACED else " ").join(sentences)


def sentence_pairs(source: str, target: str, language: str) -> Iterator[tuple[str, str]]:
    """The sentences of two texts that certainly say the same; `language` is the source's.

    Where a translator made one sentence of two, both are one text. No pairs come of two texts of
    one sentence each: they are a pair already.
    """
    texts = split(source), split(target)
    if all(len(one) < 2 for one in texts):
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
