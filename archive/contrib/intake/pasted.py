"""What an editor copied elsewhere, from Word, a page, a mail or plain, as a story for the form.

All of its words are in the body, and each field has what it would take.

What was told from the text is a proposal. Until somebody accepts it, its lines stand in the body
where the source has them; accepting it takes them out, or what of a paragraph they are.
"""

import html
import re
from bisect import bisect
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from archive.contrib.intake.batches.duplicates import find_like
from archive.contrib.intake.body import compose
from archive.contrib.intake.conf import settings
from archive.contrib.intake.document_builder import margin_notes
from archive.contrib.intake.documents import (
    DocumentLine,
    DocumentMetadata,
    SourceDocument,
    Span,
    from_lines,
    without_ligatures,
)
from archive.contrib.intake.formats import registered
from archive.contrib.intake.formats.base import DocumentFormat
from archive.contrib.intake.formats.story_texts import read_document_lines
from archive.contrib.intake.layout.citations import read_citation
from archive.contrib.intake.layout.lines import (
    Line,
    ends_sentence,
    from_document,
    undivided_within,
    words_of,
)
from archive.contrib.intake.layout.paragraphs import join_wrapped
from archive.contrib.intake.limited import read_within_limits
from archive.contrib.intake.markup_lines import WORD_DECK, lines_of, story_kind, with_broken
from archive.contrib.intake.outlets import naming
from archive.contrib.intake.plan import place
from archive.contrib.intake.record_warnings import say_parted
from archive.contrib.intake.records import IntakeError, ParsedArticle, ParsedBlock
from archive.contrib.intake.sources import SourceFile, check_size
from archive.contrib.intake.story_fields import bylines_of
from archive.contrib.intake.story_reader import read_story
from archive.likeness.fingerprints import follow_stories, sample_of
from archive.stories.lookup import named_publication, named_section, publication_names
from archive.stories.models import ArticlePage
from archive.stories.pasting.clipboard import has_words, left_out_of, tidied
from archive.stories.pasting.reader import (
    FoundField,
    OwnWords,
    PastedReader,
    PastedStory,
    PastingError,
    PrintedName,
    TakenBlock,
)
from archive.stories.policies import papers_for
from archive.stories.unplaced import UnplacedText
from archive.text.fingerprints import word_row
from archive.text.language import column
from archive.text.markup.blocks import MarkupBlock, read_page
from archive.text.markup.html_tree import MarkupError, parse_html, take_comments
from archive.text.punctuation import aside, joined
from archive.text.segmentation import Raw

# So many stories that were changed last are brought up to date before a text is looked for.
_FOLLOWED = 50
# Elements that a text has around it only where it was copied with its page.
_OF_PAGES = ("nav", "header", "footer", "aside")


def read_copied_story(markup: str, text: str) -> ParsedArticle:
    """A whole story, its headline, byline and other fields told from its text.

    `markup` is the clipboard's HTML, "" for none; `text` its plain text. Raises IntakeError where
    neither has words.
    """
    document = _document(markup, text)
    said = replace(document.metadata, editor_notes=margin_notes(take_comments(parse_html(markup))))
    article = read_story(replace(document, metadata=said), "")
    if _is_no_headline(article.headline) and not document.metadata.headline:
        # Its line is a paragraph of the body.
        article = replace(article, headline="")
    if not article.blocks or (has_words(markup) and not parse_html(markup).find(*_OF_PAGES)):
        # Somebody selected these lines: a page around them would have brought its own elements.
        lines = {line.text for line in document.lines}
        left = (one for one in article.furniture if one not in lines or _is_again(one, article))
        article = replace(article, furniture=tuple(left))
    # Of a text in two languages the form takes one; the other's words aren't dropped.
    others = [part for part in article.parts if part.language != article.language]
    rest = [words for part in others for words in _words_beside(part, article)]
    notes = [one for one in article.warnings if one == say_parted()]
    if article.images:
        notes.append(_("Pictures can't be pasted: drop their files into the text."))
    warnings = tuple(dict.fromkeys([*left_out_of(markup), *document.warnings, *notes]))
    return replace(article, unplaced=(*article.unplaced, *rest), warnings=warnings)


def _is_again(text: str, article: ParsedArticle) -> bool:
    """Whether a print line says nothing but what the fields have from another one."""
    said = read_citation(Line(1, text))
    if said is None or not said.is_printed or said.left:
        return False
    names = ("publication", "page", "section")
    is_same = all(getattr(said, name) == getattr(article, name) for name in names)
    return is_same and {stamp.day for stamp in said.stamps} == {article.published}


def _is_no_headline(text: str) -> bool:
    """A sentence is the text's first; a headline may ask, call out or, in capitals, have a stop.

    A lone letter or sign heads nothing.
    """
    if len(text.strip()) < 2:
        return True
    is_sentence = ends_sentence(text) and not text.isupper()
    return is_sentence and not text.rstrip("\"'”’」』").endswith(("?", "!", "？", "！"))


def read_paragraphs(text: str) -> list[str]:
    """Those of a plain text, its wrapped lines joined; nothing else is told from its layout."""
    lines = join_wrapped(from_document(read_document_lines(text), text))
    return [line.text for line in lines]


def _words_beside(part: ParsedArticle, main: ParsedArticle) -> list[str]:
    """What another language's part says beyond the fields of the main one, which has captions."""
    own = {span for reading in main.fields.values() for span in reading.spans}
    lines = {
        span for name in part.fields.keys() - {"blocks", "unplaced"} for span in _spans(part, name)
    }
    said = [" ".join(main.text[slice(*span)].split()) for span in sorted(lines - own)]
    return [*said, *(block.text for block in part.blocks), *part.unplaced]


def _document(markup: str, text: str) -> SourceDocument:
    if not has_words(markup):
        text = without_ligatures(text)
        return SourceDocument(text, read_document_lines(text))
    root = tidied(markup)
    if root.find(*_OF_PAGES):
        page = SourceFile(Path("pasted.html"), markup.encode("utf-8", "replace"))
        for form in registered():
            # Without the library, or a reader of pages, the layout tells what is the story's.
            with suppress(IntakeError):
                if isinstance(form, DocumentFormat) and form.reads_pages:
                    document = next(form.documents(page))
                    if isinstance(document, SourceDocument):
                        return document
    blocks: list[MarkupBlock] = []
    decks: set[str] = set()
    for node, block in read_page(root):
        if block.kind == "subhead" and WORD_DECK.match(node.get("class")):
            lines_of_deck = block.value.split("\n")
            decks.update(lines_of_deck)
            blocks += [replace(block, value=one) for one in lines_of_deck]
        else:
            blocks.append(block)
    found = lines_of(blocks)
    plain, lines = from_lines(_with_headline(found.lines, decks))
    headline = next((line.text for line in lines if line.kind == "headline"), "")
    return SourceDocument(
        plain, lines, DocumentMetadata(headline=headline), tuple(found.images), tuple(found.notes)
    )


def _with_headline(lines: list[DocumentLine], decks: Collection[str]) -> list[DocumentLine]:
    """What stands above all else as a heading is the headline; the layout reads short lines.

    `decks` are subtitles by Word's style; those above the text are the standfirst.
    """
    found = with_broken([replace(line, kind=story_kind(line)) for line in lines])
    above = next((at for at, line in enumerate(found) if line.kind == "paragraph"), len(found))
    for at, line in enumerate(found[:above]):
        if line.kind == "subhead" and line.text in decks:
            found[at] = replace(line, kind="standfirst")
    if found and found[0].kind == "subhead":
        found[0] = replace(found[0], kind="headline")
    return found


def found_fields(article: ParsedArticle) -> dict[str, Any]:
    """The story's words by the form's fields, those that it has: for people to accept."""
    said = {
        **{name: getattr(article, name) for name in ArticlePage.text_fields},
        "headline": " ".join(article.headline.split()),
        "print_page": article.page,
        "contact": article.contact,
        "source_url": article.url,
        "rights": article.rights,
    }
    return {name: value for name, value in said.items() if value}


# The fields whose lines a proposal takes, by the proposal's name.
_LINES = {
    **{name: (name,) for name in ArticlePage.heading_fields},
    "byline": ("bylines",),
    "dateline": ("dateline",),
    "citation": ("publication", "published", "page", "section"),
    "contact": ("contact",),
}


@dataclass
class _Piece:
    """A block of the body and where it stands; `fields` have its words, but for `rest`."""

    span: Span
    block: ParsedBlock
    rest: ParsedBlock | None = None
    fields: list[str] = field(default_factory=list)
    # Its number among the blocks that were read.
    number: int | None = None


def pasted_body(article: ParsedArticle, proposed: Collection[str]) -> PastedStory:
    """The body with the lines of the fields; `proposed` names the proposals that take theirs.

    A line that says something for another field as well stays in the body.
    """
    spans = _spans(article, "blocks")
    pieces = [
        _Piece(spans[at] if at < len(spans) else (0, 0), block, number=at)
        for at, block in enumerate(article.blocks)
    ]
    placed = word_row(caption.text for caption in article.captions)
    for name, span in _lines(article):
        _put_line(pieces, article.text, span, name, placed)
    left = _put_missing(pieces, article)
    pieces.sort(key=lambda piece: piece.span)
    return _composed(article, pieces, left, proposed)


def _lines(article: ParsedArticle) -> Iterator[tuple[str, Span]]:
    for name, fields in _LINES.items():
        for of in fields:
            yield from ((name, span) for span in dict.fromkeys(_spans(article, of)))


def _spans(article: ParsedArticle, name: str) -> tuple[Span, ...]:
    reading = article.fields.get(name)
    return reading.spans if reading else ()


def _put_line(pieces: list[_Piece], text: str, span: Span, name: str, placed: str) -> None:
    """A field's line as a paragraph of its own, or in front of the paragraph that it opens."""
    said = " ".join(text[slice(*span)].split())
    if not said or word_row([said]) in placed:
        return
    for piece in pieces:
        end = piece.span[1]
        is_beside = span[1] <= piece.span[0] and "\n" not in text[span[1] : piece.span[0]]
        if not (is_beside or (span[0] < end and piece.span[0] < span[1])):
            continue
        before = re.sub(r"\s+", " ", text[span[0] : piece.span[0]])
        if before and piece.block.type == "paragraph":
            piece.rest = piece.rest or piece.block
            markup = piece.block.markup and html.escape(before, quote=False) + piece.block.markup
            piece.block = ParsedBlock("paragraph", before + piece.block.text, markup)
            piece.span = (min(span[0], piece.span[0]), max(span[1], end))
        if piece.rest or piece.number is None:
            piece.fields = [*dict.fromkeys([*piece.fields, name])]
        return
    pieces.append(_Piece(span, ParsedBlock("paragraph", said), fields=[name]))


def _put_missing(pieces: list[_Piece], article: ParsedArticle) -> list[UnplacedText]:
    """What may well be the story's stands in the body, too; gives what doesn't."""
    missing, left = article.missing, list[UnplacedText]()
    spans = _spans(article, "unplaced")
    for at, text in enumerate(article.unplaced):
        # Some words of a line can't be put where they stood.
        is_line = at < len(spans) and " ".join(article.text[slice(*spans[at])].split()) == text
        if text in missing and is_line:
            _put_line(pieces, article.text, spans[at], "", "")
        else:
            left.append(UnplacedText(text, is_left_out=text not in missing))
    return left


def _composed(
    article: ParsedArticle,
    pieces: list[_Piece],
    left: list[UnplacedText],
    proposed: Collection[str],
) -> PastedStory:
    starts = [piece.span[0] for piece in pieces]
    blocks = tuple(piece.block for piece in pieces)
    # Each behind the lines above it, what no field holds among them.
    spans = _spans(article, "captions")
    captions = tuple(
        replace(one, after=bisect(starts, spans[at][0])) if at < len(spans) else one
        for at, one in enumerate(article.captions)
    )
    images = tuple(replace(one, after=_moved(one.after, pieces)) for one in article.images)
    whole = replace(article, blocks=blocks, captions=captions, images=images)
    raw = compose(whole)
    words = [one for one in raw if one["type"] != "image"]
    taken = []
    for piece, block in zip(pieces, words, strict=True):
        if piece.fields and set(piece.fields) <= set(proposed):
            rest = _rest(piece, block) if piece.rest else None
            # The hour has no field.
            is_timed = "citation" in piece.fields and article.published_at is not None
            line = piece.block.text if is_timed and rest is None else ""
            taken.append(TakenBlock(block["id"], tuple(piece.fields), rest, line))
    return PastedStory(article.language, raw, taken=taken, unplaced=left)


def _moved(after: int, pieces: list[_Piece]) -> int:
    """The place behind so many of the blocks, now that lines of fields stand among them."""
    numbers = [piece.number for piece in pieces]
    if after:
        return numbers.index(after - 1) + 1
    return numbers.index(0) if 0 in numbers else 0


def _rest(piece: _Piece, block: Raw) -> Raw:
    """The paragraph without what was told from it, as the same block."""
    alone: Any = ParsedArticle("", "", "", blocks=(piece.rest,) if piece.rest else ())
    return {**compose(alone)[0], "id": block["id"]}


class LayoutReader(PastedReader):
    """Tells a story's fields by the layout, as of a file that is imported."""

    reads_bylines = True

    def read_story(
        self, markup: str, text: str, *, filled: Collection[str], user: Any
    ) -> PastedStory:
        markup, text = _undivided(markup, text)
        try:
            with naming(publication_names()):
                article = read_copied_story(markup, text)
        except (IntakeError, MarkupError) as error:
            raise PastingError(str(error)) from error
        found = _found(article, user)
        # Day and paper are filled in from where the story lies; accepting others can be undone.
        typed = [one for one in found if one.name != "citation" and set(filled) & set(one.values)]
        found = [_beside_typed(one, article) if one in typed else one for one in found]
        body = pasted_body(article, {one.name for one in found if one.is_whole and not one.waits})
        return replace(
            body,
            found=found,
            unplaced=[*body.unplaced, *_without_line(typed, article)],
            warnings=(*article.warnings, *_there_already(article, user)),
        )

    def read_blocks(self, markup: str, text: str) -> list[Raw]:
        return super().read_blocks(*_undivided(markup, text))

    def read_paragraphs(self, text: str) -> list[str]:
        return read_paragraphs(text)

    def read_byline(self, printed: str) -> list[PrintedName]:
        return [PrintedName(one.name, one.role, one.place) for one in bylines_of(printed)]

    def own_words(self, text: str, language: str) -> OwnWords:
        """Without citation, contact and credits; all lines of what is no newspaper story."""
        every = super().own_words(text, language)
        try:
            article = read_within_limits(
                SourceFile(Path("story.txt"), text.encode()), language, papers=publication_names()
            )[0]
        except IntakeError:
            return every
        return OwnWords(_own_spans(article, text) or every.spans, article.published)


def _beside_typed(found: FoundField, article: ParsedArticle) -> FoundField:
    """What the text says for a field that somebody has written in: shown, and not to accept."""
    waits = (
        _("The field is filled in already and stays as it is; this line stays in the text.")
        if _has_line(found, article)
        else _("The field is filled in already and stays as it is; this is kept as not placed.")
    )
    return FoundField(found.name, found.label, found.shown, waits=waits)


def _without_line(typed: Iterable[FoundField], article: ParsedArticle) -> list[UnplacedText]:
    """What only the page around a text says for fields that are filled in: it is in no block."""
    return [
        UnplacedText(one.shown, is_left_out=one.name == "source_url")
        for one in typed
        if not _has_line(one, article)
    ]


def _has_line(found: FoundField, article: ParsedArticle) -> bool:
    return any(name == found.name for name, _span in _lines(article))


def _there_already(article: ParsedArticle, user: Any) -> Iterator[str]:
    """Says of the text most like it that the person may read; a paper may print a story again."""
    follow_stories(_FOLLOWED)
    numbers = sample_of("\n".join(block.text for block in article.blocks), article.language)
    for like in find_like(numbers, batch=None, before=None, user=user)[:1]:
        # It may have been deleted since the numbers were read.
        for story in ArticlePage.objects.filter(pk__in=[like.article]):
            words = {"title": story.title, "percent": round(like.share * 100)}
            yield (
                _("In the archive already: “%(title)s” has about %(percent)s %% of this text.")
                % words
            )


def _own_spans(article: ParsedArticle, text: str) -> list[tuple[int, int]] | None:
    """Where heading, body and captions stand; None if one isn't found."""
    head = [*filter(None, (getattr(article, name) for name in ArticlePage.heading_fields))]
    rest = [block.text for block in article.blocks] + [one.text for one in article.captions]
    spans: list[tuple[int, int]] = []
    for piece in [*head, *filter(None, rest)]:
        start = -1
        while (start := text.find(piece, start + 1)) >= 0:
            if all(end <= start or start + len(piece) <= first for first, end in spans):
                break
        else:
            return None
        spans.append((start, start + len(piece)))
    return spans[: len(head)] + sorted(spans[len(head) :])


def _undivided(*given: str) -> list[str]:
    """The clipboard's markup and text, with words whole that print had divided."""
    _check_sizes(*given)
    words = words_of(given)
    return [undivided_within(one, words) for one in given]


def _check_sizes(*given: str) -> None:
    try:
        for one in given:
            size = len(one.encode("utf-8", "surrogatepass"))
            check_size(size, settings.INTAKE_MAX_BYTES)
    except IntakeError as error:
        raise PastingError(str(error)) from error


def _found(article: ParsedArticle, user: Any) -> list[FoundField]:
    said, language = found_fields(article), article.language
    found = []
    for name in ArticlePage.heading_fields:
        if text := said.get(name):
            found.append(FoundField(name, _label(name), text, {column(name, language): text}))
    if article.bylines:
        found.append(_found_byline(article))
    if text := said.get("dateline"):
        field_ = column("dateline", language)
        found.append(FoundField("dateline", _label("dateline"), text, {field_: text}))
    found += _found_citation(article, said.get("print_page"), user)
    for name in ("contact", "source_url", "rights"):
        if text := said.get(name):
            found.append(FoundField(name, _label(name), text, {name: text}))
    return found


def _label(name: str) -> str:
    field_: Any = ArticlePage._meta.get_field(name)
    label = str(field_.verbose_name)
    return label[:1].upper() + label[1:]


def _found_byline(article: ParsedArticle) -> FoundField:
    rows = [{"name": one.name, "role": one.role, "place": one.place} for one in article.bylines]
    shown = [one.name + aside(one.place) if one.place else one.name for one in article.bylines]
    values = {"printed_byline": article.printed_byline} if article.printed_byline else {}
    return FoundField("byline", _("Byline"), joined(shown), values, bylines=rows)


def _found_citation(article: ParsedArticle, page: str | None, user: Any) -> list[FoundField]:
    """Publication, date, page and section as one: what the paper printed as one line.

    Day and page of a paper that isn't the person's would file the story under another.
    """
    printed = place(article)
    values: dict[str, Any] = {}
    shown, waits = [article.publication or ""], ""
    paper = named_publication(printed.paper) if printed.paper else None
    if printed.paper and paper and papers_for(user).filter(pk=paper.pk).exists():
        values["publication"] = paper.pk
        values["print_edition"] = printed.paper.edition
        if section := named_section(paper, article.section or ""):
            values["section"] = section.pk
    elif article.publication:
        shown = [_("%(paper)s (not among your publications)") % {"paper": article.publication}]
        waits = _("Its line stays in the text: fill in publication, date and page yourself.")
    if printed.day:
        values["print_date"] = printed.day.isoformat()
        shown.append(date_format(printed.day))
    if page:
        values["print_page"] = page
        shown.append(_("page %(page)s") % {"page": page})
    if article.section:
        shown.append(article.section)
    values = {name: value for name, value in values.items() if value}
    if not any(shown):
        return []
    words = joined(filter(None, shown))
    if waits:
        return [FoundField("citation", _("Printed in"), words, waits=waits)]
    is_whole = not article.section or "section" in values
    return [FoundField("citation", _("Printed in"), words, values, is_whole=is_whole)]
