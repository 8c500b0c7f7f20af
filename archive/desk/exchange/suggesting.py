"""What the translation memory has for a segment, to go along with its export."""

from collections.abc import Iterator
from html import escape

from archive.desk.exchange.units import Match
from archive.desk.memory.suggesting import suggest
from archive.desk.models import Translation
from archive.desk.segments import Row
from archive.text.language import other
from archive.text.richtext import plain_text
from archive.text.segmentation import RICH

MOST = 3
# A look into the memory takes milliseconds a segment: too long for a whole year's stories.
MOST_STORIES = 20


def from_memory(translation: Translation, row: Row) -> Iterator[Match]:
    """The best suggestions for what isn't translated yet, best first."""
    if row.is_done:
        return
    is_rich = row.source.markup == RICH
    text = plain_text(row.source.text) if is_rich else row.source.text
    language = other(translation.language)
    for one in suggest(text, language, article_id=translation.article_id, limit=MOST):
        source, target = (_as(text, is_rich) for text in (one.source, one.target))
        yield Match(source, target, one.score, one.unit.label if one.unit else "")


def _as(text: str, is_rich: bool) -> str:
    return escape(text, quote=False) if is_rich else text
