"""One story, with all that a newspaper prints, for a round of each format."""

from dataclasses import dataclass, field

from tests.contrib.intake.files import JPEG

PICTURE = "quay.jpg"
HEADLINE = "Port opens a new route to the south"
STANDFIRST = "Ships reach the gulf a week sooner"
DATELINE = "ZHANJIANG"
FIRST = (
    "A new route opened on Monday with two ships, and more than a thousand containers were on "
    "board when they left the harbour in the morning."
)
SECOND = (
    "The harbour master said that ships need a week less than they did, because they no longer "
    "call at three other ports on their way."
)
SUBHEAD = "Room for growth"
THIRD = (
    "Two more berths are to be built by the end of next year, and the railway to the harbour gets "
    "a second track, so that goods need not wait for a train."
)
ITEMS = ("Berths: two", "Cranes: five")
ROWS = (("Year", "Ships"), ("2014", "12"), ("2013", "31"))
QUOTE, SAID_BY = "We have waited ten years for this.", "Chen Gang"
CAPTION, CREDIT = "Cranes load the first ship at the new quay.", "Zhao Lei"
RIGHTS = "© 2014 Gulf Press Holdings"
# What readers are to find on the page, by part.
PARTS = {
    "headline": HEADLINE,
    "standfirst": STANDFIRST,
    "byline": "Wang Wei Li Na",
    "dateline": DATELINE,
    "paragraphs": f"{FIRST} {SECOND} {THIRD}",
    "subhead": SUBHEAD,
    "list": " ".join(ITEMS),
    "table": " ".join(cell for row in ROWS for cell in row),
    "quote": f"{QUOTE} {SAID_BY}",
    "caption": f"{CAPTION} {CREDIT}",
    "publication": "Harbour Post",
    "date": "22 September 2015",
    "page": "B8",
    "section": "Business",
    "rights": RIGHTS,
}
TABLE = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
FIGURE = (
    f'<figure><img src="{PICTURE}" alt="Two cranes" width="800" height="600"/>'
    f'<figcaption>{CAPTION} <span class="credit">{CREDIT}</span></figcaption></figure>'
)
LIST = "<ul>" + "".join(f"<li>{one}</li>" for one in ITEMS) + "</ul>"
BODY = (
    f"<p>{DATELINE} - {FIRST}</p>{FIGURE}<p>{SECOND}</p><h2>{SUBHEAD}</h2><p>{THIRD}</p>{LIST}"
    f"<table>{TABLE}</table><blockquote><p>{QUOTE}</p><cite>{SAID_BY}</cite></blockquote>"
)
PLAIN_BODY = BODY.replace(FIGURE, "").replace(f"{DATELINE} - ", "")
PHOTO = {PICTURE: JPEG}
# What plain text has no form for.
MARKED_UP = ("table", "quote", "list", "section", "rights")


@dataclass(frozen=True)
class RoundFile:
    """A story's file, those beside it, and the parts of the story that the format can't hold.

    `said` are the words of another story than this one.
    """

    name: str
    data: bytes
    without: tuple[str, ...] = ()
    beside: dict[str, bytes] = field(default_factory=dict)
    has_picture: bool = True
    said: str = ""

    @property
    def words(self) -> str:
        return self.said or " ".join(
            text for name, text in PARTS.items() if name not in self.without
        )
