"""The marks that join words, in the active language: “A, B” and “Kind: A”, A、B and 类别：A."""

from collections.abc import Iterable

from django.utils.translation import pgettext


def joined(words: Iterable[object]) -> str:
    """A, B, C; in Chinese A、B、C."""
    return pgettext("between names", ", ").join(map(str, words))


def in_sentences(words: Iterable[object]) -> str:
    """Several remarks, in one line."""
    return pgettext("between reasons", "; ").join(map(str, words))


def labelled(text: object, label: object) -> str:
    """Kind: text; in Chinese 类别：text. The text alone without a label."""
    return f"{label}{pgettext('after a label', ': ')}{text}" if label else str(text)


def aside(text: object) -> str:
    """What follows a word in brackets, with its space: " (3)"; in Chinese "（3）"."""
    opening, closing = pgettext("opening bracket", " ("), pgettext("closing bracket", ")")
    return f"{opening}{text}{closing}"
