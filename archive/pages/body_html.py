"""A body's rows as HTML, put together here: templates in templates take several times as long."""

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from archive.pages.addresses import HTML_CODES
from archive.pages.modes import BOTH
from archive.pages.rows import BodyRow, Side
from archive.text.escaping import escaped
from archive.text.language import LABELS

Context = dict[str, Any]


def rows_html(rows: Sequence[BodyRow], context: Context) -> SafeString:
    """`context` is that of the story's page; blocks with a template see it too."""
    one_row = _pair if context["story_view"].is_paired else _alone
    return mark_safe("".join(one_row(row, context) for row in rows))  # noqa: S308 - escaped


def _alone(row: BodyRow, context: Context) -> str:
    return _main_side(row, context, "")


def _pair(row: BodyRow, context: Context) -> str:
    shared = "" if row.other else " pair-shared"
    lang = f' lang="{escaped(context["text_lang"])}"' if context["text_lang"] else ""
    return (
        f'\n<div class="pair pair-{row.kind}{shared}">\n<div class="side"{lang}>'
        f"{_main_side(row, context, row.twin)}\n</div>"
        f"{_other(row, row.other, context) if row.other else ''}\n</div>"
    )


def _other(row: BodyRow, side: Side, context: Context) -> str:
    """The other text's part of a pair: beside the main text, or to be revealed."""
    code = HTML_CODES[side.language]
    html = f'\n<div class="side side-other" lang="{code}">{_other_side(row, side, context)}\n</div>'
    if context["story_view"].mode == BOTH:
        return html
    summary = f'<summary lang="{code}">{LABELS[side.language]}</summary>'
    return f'\n<details class="reveal">{summary}{html}</details>'


def _main_side(row: BodyRow, context: Context, twin: Any) -> str:
    """A row's blocks in the main text, each with its id."""
    side = row.main
    if not side.blocks:
        notes = _notes(row, side, context, leads_to=row.key)
        anchors = _anchors(one for one in row.anchors if one != row.key)
        key = escaped(row.key)
        return f'\n<div class="block block-omitted" id="{key}">{anchors}{notes}</div>'
    dateline = context["text"].dateline
    parts = [_anchors(row.anchors)]
    for number, block in enumerate(side.blocks):
        html = _block(row, side, number, context, dateline, block.id, twin)
        mark = _corrected(block, context)
        key = escaped(block.id)
        parts.append(f'\n<div class="block block-{block.block_type}" id="{key}">{html}{mark}</div>')
    return "".join(parts)


def _other_side(row: BodyRow, side: Side, context: Context) -> str:
    """A row's blocks in the other text: the main text has the ids."""
    if not side.blocks:
        return f'\n<div class="block block-omitted">{_notes(row, side, context)}</div>'
    dateline = context["other_text"].dateline
    return "".join(
        f'\n<div class="block block-{block.block_type}">'
        f"{_block(row, side, number, context, dateline, '', '')}</div>"
        for number, block in enumerate(side.blocks)
    )


def _block(
    row: BodyRow,
    side: Side,
    number: int,
    context: Context,
    dateline: str,
    block_id: str,
    twin: Any,
) -> str:
    """A block, after the last the row's notes; the first row's first block has the dateline."""
    block = side.blocks[number]
    values = {
        "dateline": dateline if row.is_first and number == 0 else "",
        "block_id": block_id,
        "body_language": side.language,
        "twin": twin,
    }
    kind = block.block
    if getattr(kind, "needs_page", True):
        values = {**context, "row": row, "side": side, **values}
        html = block.render_as_block(values)
    else:
        html = kind.render(block.value, values)
    is_last = number == len(side.blocks) - 1
    return html + _notes(row, side, context) if is_last and side.notes else str(html)


def _notes(row: BodyRow, side: Side, context: Context, leads_to: str = "") -> str:
    """What is to be said of the translation."""
    if not side.notes:
        return ""
    values = {**context, "row": row, "side": side, "leads_to": leads_to}
    return render_to_string("archive/blocks/notes.html", values)


def _corrected(block: Any, context: Context) -> str:
    if not context.get("corrected_by"):
        return ""
    return render_to_string("archive/blocks/corrected.html", {**context, "block": block})


def _anchors(keys: Any) -> str:
    return "".join(f'<span class="anchor" id="{escaped(key)}"></span>' for key in keys)
