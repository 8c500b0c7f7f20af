"""The main part of a page of HTML as Markdown (CommonMark, with GitHub's tables)."""

import re
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from markdownify import ATX, MarkdownConverter

# What only a browser uses, and pictures that say nothing.
_SKIPPED = (
    *("script", "style", "form", "button", "svg", "nav", "template", "select", "noscript"),
    *("dialog", "input", "[hidden]", "img:not([alt])", "img[alt='']"),
)
# Blocks that markdownify takes for running text.
_BLOCKS = (
    *("address", "aside", "details", "dd", "figure", "footer", "header", "hgroup", "main"),
    "summary",
)
# Where a link may stand at the end of a block's last line: not in a table or code.
_LINES = {"blockquote", "div", "li", "ol", "p", "ul"}
# What would end a picture's words, or a cell of a table.
_SPECIAL = re.compile(r"([\\\[\]|])")


def to_markdown(html: str, address: str, permanent: str = "") -> str:
    """The element `main`: without what only a browser uses, such as forms and navigation.

    Links are absolute, as seen from `address`. With `permanent`, each block that has an id of its
    own ends in a link to it: `permanent#id`.
    """
    soup = BeautifulSoup(html, "lxml")
    main = soup.main or soup.new_tag("main")
    for element in main.select(",".join(_SKIPPED)):
        element.decompose()
    for name in ("href", "src"):
        for element in main.select(f"[{name}]"):
            element[name] = urljoin(address, str(element[name]))
    for element in main.select("img"):
        element["alt"] = _SPECIAL.sub(r"\\\1", str(element["alt"]))
    for element in main.select("dt"):
        # A bold line: CommonMark has no lists of terms.
        element.name = "strong"
        element.wrap(soup.new_tag("p"))
    for element in main.select("cite"):
        element.name = "em"
    for element in [main, *main.select(",".join(_BLOCKS))]:
        element.name = "div"
    for block in main.select(".block[id]") if permanent else ():
        link = soup.new_tag("a", href=f"{permanent}#{block['id']}", string="¶")
        _end_of(block).extend([" ", link])
    # Long lines: where a text breaks in the HTML says nothing.
    converter = MarkdownConverter(
        bullets="-", escape_misc=True, heading_style=ATX, wrap=True, wrap_width=None
    )
    return converter.convert_soup(main).strip() + "\n"


def _end_of(block: Tag) -> Tag:
    """The innermost element at the block's end that is lines of text."""
    inner = [one for one in block.children if isinstance(one, Tag) or str(one).strip()]
    last = inner[-1] if inner else None
    return _end_of(last) if isinstance(last, Tag) and last.name in _LINES else block
