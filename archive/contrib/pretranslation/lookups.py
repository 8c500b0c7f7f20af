"""Which texts the memory has word for word, as a whole or sentence by sentence."""

from collections.abc import Iterable
from dataclasses import dataclass

from archive.desk.memory.sentences import join, split
from archive.desk.memory.suggestions import suggest_each
from archive.text.language import other


@dataclass(frozen=True)
class KnownText:
    """A translation of just these words; `is_whole` is False where it was put together."""

    target: str
    is_whole: bool = True


def known_texts(texts: Iterable[str], language: str) -> dict[str, KnownText]:
    """The texts in `language` that were translated before, with their newest translation."""
    wanted = list(dict.fromkeys(texts))
    found = {text: KnownText(target) for text, target in _exact(wanted, language).items()}
    parts = {text: split(text) for text in wanted if text not in found}
    several = {text: sentences for text, sentences in parts.items() if len(sentences) > 1}
    known = _exact({one for some in several.values() for one in some}, language)
    for text, sentences in several.items():
        if all(one in known for one in sentences):
            target = join([known[one] for one in sentences], other(language))
            found[text] = KnownText(target, is_whole=False)
    return found


def _exact(texts: Iterable[str], language: str) -> dict[str, str]:
    wanted = list(texts)
    found = suggest_each(wanted, language, limit=1, threshold=100)
    return {text: one.target for text, some in zip(wanted, found, strict=True) for one in some}
