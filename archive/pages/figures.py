"""Pictures as HTML: a figure with its caption in a story, the bare picture in a list."""

from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from archive.entities.bilingual import Text
from archive.pages.addresses import HTML_CODES
from archive.pages.captions import Caption, caption_of, other_caption
from archive.photos.markup import Markup, markup
from archive.text.escaping import escaped
from archive.text.language import supported


def img_html(img: Markup, alt: str = "", alt_lang: str = "", *, eager: bool = False) -> SafeString:
    """`eager` for what is likely on the first screen; `alt_lang` where it isn't the text's."""
    sizes = f' sizes="{escaped(img.sizes)}"' if img.sizes else ""
    sources = "".join(
        f'<source type="{source.type}" srcset="{escaped(source.srcset)}"{sizes}>'
        for source in img.sources
    )
    srcset = f' srcset="{escaped(img.srcset)}"{sizes}' if img.srcset else ""
    lang = f' lang="{alt_lang}"' if alt_lang else ""
    when = ' fetchpriority="high"' if eager else ' loading="lazy"'
    html = (
        f'<img src="{escaped(img.src)}"{srcset} width="{img.width}" height="{img.height}"'
        f' alt="{escaped(alt)}"{lang}{when} decoding="async">'
    )
    return mark_safe(f"<picture>{sources}{html}</picture>" if sources else html)  # noqa: S308


def figure_html(
    struct: Any,
    language: str,
    shape: str = "figure",
    *,
    eager: bool = False,
    twin: Any = None,
    twin_language: str = "",
) -> SafeString:
    """A picture block's value in a text of `language`; `twin` is the same block's value in the
    other text, where that is shown too. "" where there is neither a picture nor words."""
    words = caption_of(struct, language)
    twin_words = other_caption(twin, twin_language, words) if twin else None
    img = markup(struct["image"], shape) if struct["image"] else None
    if not img and not words.caption and not words.credit:
        return SafeString("")
    alt = words.alt_text
    shown = img_html(img, alt.text, _other_code(alt, language), eager=eager) if img else _lost()
    caption = _caption(words, language, twin_words, twin_language)
    opening = "<figure>" if img else '<figure class="lost">'
    return mark_safe(f"\n{opening}\n  {shown}\n{caption}</figure>\n")  # noqa: S308 - escaped


def _lost() -> str:
    language = HTML_CODES[supported(get_language())]
    note = gettext("The picture printed with this caption isn't in the archive.")
    return f'<p class="lost-note" lang="{language}">{escaped(note)}</p>'


def _caption(words: Caption, language: str, twin: Caption | None, twin_language: str) -> str:
    if not words.caption and not words.credit:
        return ""
    own = _words(words, language)
    if twin is not None:
        code = HTML_CODES[supported(twin_language)]
        beside = _words(twin, twin.caption.language, twin.credit.language)
        twin_html = f'<span class="twin" lang="{code}">{beside}</span>'
        own = f'<span class="own">{own}</span>\n    {twin_html}'
    return f"  <figcaption>{own}</figcaption>\n"


def _words(words: Caption, *languages: str) -> str:
    caption, credit = words.caption, words.credit
    parts = []
    if caption:
        parts.append(f"<span{_lang(caption, languages[0])}>{escaped(caption.text)}</span>")
    if credit:
        lang = _lang(credit, languages[-1])
        parts.append(f'<cite class="credit"{lang}>{escaped(credit.text)}</cite>')
    return "\n    ".join(parts)


def _lang(text: Text, language: str) -> str:
    code = _other_code(text, language)
    return f' lang="{code}"' if code else ""


def _other_code(text: Text, language: str) -> str:
    return HTML_CODES[text.language] if text and text.language != language else ""
