"""HTML pages as Markdown."""

import pytest

from archive.site.twins import to_markdown

AT = "https://archive.example/en/paper/"


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<h1>Port <b>opens</b></h1>", "# Port **opens**"),
        ('<p>See <a href="../x/">it</a>.</p>', "See [it](https://archive.example/en/x/)."),
        ("<p>a*b_c [d] &lt;e&gt;</p>", r"a\*b\_c \[d\] \<e\>"),
        ("<p># no heading</p>", r"\# no heading"),
        ("<p>1. no list</p>", r"1\. no list"),
        ("<ul><li>One</li><li>Two</li></ul>", "- One\n- Two"),
        ("<ol><li>One</li><li>Two</li></ol>", "1. One\n2. Two"),
        ("<ol start=4><li>One<ul><li>Two</ul></ol>", "4. One\n   - Two"),
        ("<ul><li><h3>A</h3><p>b</p></li></ul>", "- ### A\n\n  b"),
        ("<dl><dt>Page</dt><dd>B3</dd></dl>", "**Page**\n\nB3"),
        ("<details><summary>More</summary>b</details>c", "More\n\nb\n\nc"),
        ("<pre>a*\n  b</pre>", "```\na*\n  b\n```"),
        ("<blockquote><p>Said.</p></blockquote>", "> Said."),
        ("<p>One<br>two</p>", "One  \ntwo"),
        ("<table><tr><th>A</th></tr><tr><td>1</td></tr></table>", "| A |\n| --- |\n| 1 |"),
        ("<p>x</p><nav>y</nav><form>z</form><p hidden>q</p>", "x"),
        ('<img src="/a.jpg" alt="A crane">', "![A crane](https://archive.example/a.jpg)"),
        ('<img src="/a.jpg" alt="[A|B">', r"![\[A\|B](https://archive.example/a.jpg)"),
        ('<img src="/a.jpg" alt="">', ""),
        ("<p>湛江<em>港</em></p>", "湛江*港*"),
        ("<p>never <p>closed", "never\n\nclosed"),
    ],
)
def test_the_main_part_is_written_as_markdown(html: str, markdown: str) -> None:
    page = f"<body><nav>Menu</nav><main>{html}</main><footer>Foot</footer></body>"
    assert to_markdown(page, AT) == f"{markdown}\n"


def test_lines_break_only_where_readers_see_it() -> None:
    assert to_markdown("<main><p>One\n- two\n3. three</p></main>", AT) == "One \\- two 3\\. three\n"


def test_each_block_ends_in_its_permanent_address() -> None:
    html = '<main><div class="block" id="b1"><p>One.</p></div><p id="x">Two.</p></main>'
    expected = "One. [¶](https://archive.example/s/1/en/#b1)\n\nTwo.\n"
    assert to_markdown(html, AT, "https://archive.example/s/1/en/") == expected


def test_the_address_of_a_table_stands_behind_it() -> None:
    table = "<table><tr><th>A</th></tr><tr><td>1</td></tr></table>"
    html = f'<main><div class="block" id="b1">{table}</div></main>'
    expected = "| A |\n| --- |\n| 1 |\n\n[¶](https://archive.example/s/1/en/#b1)\n"
    assert to_markdown(html, AT, "https://archive.example/s/1/en/") == expected


def test_a_page_without_a_main_part_has_no_text() -> None:
    assert to_markdown("<body><p>Menu</p></body>", AT) == "\n"
