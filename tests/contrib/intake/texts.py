"""Small source texts, and the shortest way to read one."""

from pathlib import Path

from archive.contrib.intake.formats.plain_text import PlainText
from archive.contrib.intake.records import ParsedArticle
from archive.contrib.intake.sources import SourceFile

DATA = Path(__file__).resolve().parents[2] / "data"
SEED = DATA / "zhanjiang-2015-09-22.txt"
EXPECTED = DATA / "zhanjiang-2015-09-22.expected.json"

ENGLISH = """Port opens new route
The service will cut sailing times by a week
By Wang Wei
ZHANJIANG, Guangdong - A new route opened on Monday.
"It is faster," said Li Na, who runs the port.
Room for growth
The port plans to add two berths next year.
Contact the writer at wangwei@example.com
Containers wait at the port. Li Na / China Daily
(China Daily 09/22/2015 page17)
"""
CHINESE = """湛江港开通新航线
——航程缩短一周
本报记者 王伟 李娜
本报湛江9月22日电 湛江港周一开通一条新航线。
“航程更短了。”港口负责人说。
扩建泊位
港口计划明年新增两个泊位。
联系作者：lina@example.com
图为湛江港。李娜 摄
（中国日报 2015年09月22日 第17版）
"""


def parse(text: str, language: str | None = None) -> ParsedArticle:
    """The story in a text, as the one format reads it."""
    source = SourceFile(Path("story.txt"), text.encode())
    (article,) = PlainText().parse(source, language)
    return article


def paragraphs(article: ParsedArticle) -> list[str]:
    return [block.text for block in article.blocks if block.type == "paragraph"]


def subheads(article: ParsedArticle) -> list[str]:
    return [block.text for block in article.blocks if block.type == "subhead"]
