"""Chinese surnames by how common they are, from `data/surnames.txt`."""

from collections import defaultdict
from importlib import resources


def _groups() -> dict[str, str]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    text = resources.files("archive").joinpath("data", "surnames.txt").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            group, _tab, names = line.partition("\t")
            found[group].append(names)
    return {group: " ".join(lines) for group, lines in found.items()}


_FOUND = _groups()
# Characters in a row, the commonest first; those that are rather words come last.
COMMONEST, _USUAL, _WORDS, _RARE, _TRADITIONAL = (
    _FOUND[group].replace(" ", "")
    for group in ("commonest", "usual", "words", "rare", "traditional")
)
SURNAMES = COMMONEST + _USUAL + _WORDS
# With which a line of its own may be a name, in either script.
SIGNING = frozenset(COMMONEST + _USUAL + _RARE + _TRADITIONAL)
# Of two characters.
DOUBLE = frozenset(_FOUND["double"].split())
# "Wang", as English texts write the commonest; and what pypinyin reads otherwise, in small letters.
IN_PINYIN = frozenset(_FOUND["pinyin"].split())
READINGS = frozenset(_FOUND["readings"].split())
