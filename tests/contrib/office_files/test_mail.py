"""Letters: the story in one or attached to it, in any encoding."""

import time
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from django.utils.translation import override

from archive.contrib.intake.formats import recognise
from archive.contrib.intake.record_warnings import in_own_language
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.sources import SourceFile
from archive.contrib.office_files.mail import MailFormat, header_text
from tests.contrib.intake.files import JPEG
from tests.contrib.intake.formats.reading import source, stories, story, words
from tests.contrib.intake.texts import CHINESE, ENGLISH
from tests.contrib.office_files.test_docx import written


def letter(text: str = ENGLISH, subject: str = "For Monday", **options: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = "Wang Wei <wang@example.com>"
    message["To"] = "desk@example.com"
    message["Date"] = "Tue, 22 Sep 2015 10:00:00 +0800"
    message["Subject"] = subject
    message.set_content(text, **options)
    return message


@pytest.mark.parametrize("text", [ENGLISH, CHINESE])
@pytest.mark.parametrize("cte", ["quoted-printable", "base64", "8bit"])
def test_a_story_goes_in_with_nothing_missing(text: str, cte: str) -> None:
    article = story(letter(text, cte=cte).as_bytes())
    assert article.format == "mail"
    assert words(text) - words(article.text) == {}
    plain = stories(text.encode(), "a.txt")[0]
    assert (article.headline, article.blocks) == (plain.headline, plain.blocks)
    assert "Sent by Wang Wei" in " ".join(article.warnings)


def test_a_letter_in_gbk_with_a_raw_subject_is_read() -> None:
    data = letter("x", "SUBJECT").as_bytes().replace(b'charset="utf-8"', b'charset="gb2312"')
    head, _blank, _body = data.partition(b"\r\n\r\n")
    head = head.replace(b"SUBJECT", "湛江港开通新航线".encode("gbk")).replace(b"7bit", b"8bit")
    article = story(head + b"\r\n\r\n" + "港口昨日开通一条新航线，镕基。".encode("gbk"))
    assert article.headline == "湛江港开通新航线"
    assert "镕基" in article.text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("=?GB2312?B?1b+9rbjbv6rNqNDCur3P3w==?=", "湛江港开通新航线"),
        ("=?utf-8?Q?Caf=C3=A9?= opens", "Café opens"),
        ("=?gb2312?B?1b+9?=\r\n =?gb2312?B?rbjb?=", "湛江港"),
        ("=?nonsense?B?1b+9rbjb?=", "湛江港"),
        ("Port opens", "Port opens"),
    ],
)
def test_headers_in_any_encoding(raw: str, text: str) -> None:
    assert header_text(raw) == text


def test_a_subject_is_the_headline_of_a_text_without_one() -> None:
    text = "By Wang Wei\n\nZHANJIANG - A new route opened on Monday.\n\nIt is faster.\n"
    article = story(letter(text, "Fwd: Re: Port opens new route").as_bytes())
    assert article.headline == "Port opens new route"
    assert article.document_title == "Fwd: Re: Port opens new route"


@pytest.mark.parametrize("above", ["", "Dear editor,\n\n", "您好：\n\n"])
def test_a_text_s_own_headline_goes_before_the_subject(above: str) -> None:
    text = f"{above}Port opens new route\n\nA new route opened on Monday, the city said.\n"
    article = story(letter(text, "For Monday").as_bytes())
    assert article.headline == "Port opens new route"
    assert [block.text for block in article.blocks] == [
        "A new route opened on Monday, the city said."
    ]


@pytest.mark.parametrize("title", ["Night ferry leaves the old quay", "Who leaves the old quay?"])
def test_a_headline_below_a_note_goes_before_the_subject_which_is_told(title: str) -> None:
    text = (
        f"Hi,\n\nHere's the piece.\n\n{title}\nBy Wang Wei\n\nZHANJIANG - A new route opened on "
        "Monday with two ships, and more than a thousand containers were on board.\n\n"
        "The harbour master said that ships need a week less than they did before.\n"
    )
    article = story(letter(text, "Fwd: story for page 4").as_bytes())
    assert article.headline == title
    assert "Here's the piece." in article.unplaced
    assert "with the subject “Fwd: story for page 4”" in " ".join(article.warnings)


def test_a_text_that_is_quoted_whole_loses_its_marks() -> None:
    text = (
        "Harbor opens\nBy Wang Wei\n\nZHANJIANG - A new route opened on Monday.\n\nIt is faster.\n"
    )
    quoted = "".join(f"> {line}\n" for line in text.splitlines())
    article = story(letter(f"{quoted}\n--\nriver-list", "FW: Harbor opens").as_bytes())
    assert article.headline == "Harbor opens"
    assert [one.name for one in article.bylines] == ["Wang Wei"]
    assert [block.text for block in article.blocks][-1] == "It is faster."


def test_html_keeps_its_structure_and_pictures() -> None:
    message = letter("Port opens\n\nIt is very fast.\n")
    html = '<h1>Port opens</h1><p>It is <b>very</b> fast.</p><p><img src="cid:one"></p>'
    message.add_alternative(html, subtype="html")
    part = message.get_payload()[1]
    part.add_related(JPEG, "image", "jpeg", cid="<one>")
    message.add_attachment(JPEG, "image", "jpeg", filename="湛江港.jpg")
    article = story(message.as_bytes())
    assert [block.markup for block in article.blocks if block.markup] == ["It is <b>very</b> fast."]
    assert {(one.name, one.data) for one in article.images} == {
        ("cid:one", JPEG),
        ("湛江港.jpg", JPEG),
    }


def test_an_attached_story_is_the_story_and_the_letter_stays_with_it() -> None:
    message = letter("Dear desk,\nattached is the port story.\n")
    message.add_attachment(written(ENGLISH), "application", "octet-stream", filename="port.docx")
    article = story(message.as_bytes())
    assert (article.format, article.headline) == ("mail", "Port opens new route")
    assert "attached is the port story." in article.unplaced


def test_a_letters_words_hold_each_of_its_stories() -> None:
    message = letter("Hold both for Friday.\n")
    for name, text in (("port.txt", ENGLISH), ("gang.txt", CHINESE)):
        message.add_attachment(text, filename=name)
    first, second = MailFormat().parse(SourceFile(Path("in.eml"), message.as_bytes()))
    for article in (first, second):
        assert "Hold both for Friday." in article.missing


def test_words_that_are_no_story_are_kept_with_the_letters_own() -> None:
    message = letter(subject="Port opens new route")
    message.add_attachment("Attachment\nHold for Friday\n", filename="note.txt")
    article = story(message.as_bytes())
    assert (article.headline, len(article.blocks)) == ("Port opens new route", 4)
    assert {"Attachment", "Hold for Friday"} <= set(article.missing)


def test_a_letter_is_the_story_and_a_box_attached_to_it_another_text() -> None:
    message = letter(ENGLISH)
    message.add_attachment("The bean is from Yunnan. It grows 3 tonnes a year.", filename="box.txt")
    first, second = MailFormat().parse(SourceFile(Path("in.eml"), message.as_bytes()))
    assert first.headline == "Port opens new route"
    assert "3 tonnes" in second.blocks[0].text
    assert not first.missing


def test_a_letter_attached_to_a_letter_is_opened() -> None:
    message = letter("See below.\n")
    message.add_attachment(letter(ENGLISH))
    assert story(message.as_bytes()).headline == "Port opens new route"


def test_an_attachment_that_can_not_be_read_is_said() -> None:
    message = letter(ENGLISH)
    message.add_attachment(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application", "msword", filename="a.doc"
    )
    warnings = " ".join(story(message.as_bytes()).warnings)
    assert "“a.doc” was left out" in warnings
    assert ".docx" in warnings


def test_who_sent_it_is_said_in_the_readers_language() -> None:
    warnings = list(story(letter(ENGLISH).as_bytes()).warnings)
    with override("zh-hans"):
        said = " ".join(in_own_language(warnings))
        assert "由Wang Wei <wang@example.com>于" in said
        assert "主题为“For Monday”" in said
        assert MailFormat.name == "电子邮件"


@pytest.mark.parametrize(
    ("above", "headline"),
    [
        (
            "---------- Forwarded message ---------\nFrom: Li Na <li@x.cn>\n"
            "Date: Tue, 22 Sep 2015 at 10:00\nSubject: Fwd: Re: Ferry starts\nTo: <d@x.cn>\n",
            "Ferry starts",
        ),
        (
            "-----原始邮件-----\n发件人: 李娜 <li@x.cn>\n发送时间: 2015年9月22日 10:00\n"
            "收件人: 编辑部\n主题: 转发：渡轮开航\n",
            "渡轮开航",
        ),
        ("On Tue, 22 Sep 2015 at 10:00 AM Li Na <li@x.cn> wrote:\n", "Port"),
    ],
)
def test_the_header_of_a_letter_sent_on_is_no_print(above: str, headline: str) -> None:
    body = "A new route opened on Monday, the city said.\n\nIt is faster, said the captain.\n"
    if "渡轮" in above:
        body = "新航线周一开通。\n\n首批货轮载货三千吨，驶往越南。\n"
    found = story(letter(f"{above}\n{body}", "[desk] Fwd: Re[2]: Port").as_bytes())
    assert (found.headline, found.published, found.missing) == (headline, None, [])


def test_a_mailbox_holds_several() -> None:
    one, two = letter(ENGLISH).as_bytes(), letter(CHINESE).as_bytes()
    box = b"From a@b Tue Sep 22\n" + one + b"\n\nFrom a@b Tue Sep 22\n" + two
    found = stories(box.replace(b"\r\n", b"\n"))
    assert [(one.item, one.language) for one in found] == [(1, "en"), (2, "zh-hans")]


def test_format_flowed_lines_go_on() -> None:
    message = letter("One line that \ngoes on.\n")
    message.set_param("format", "flowed")
    (document,) = [one.text for one in stories(message.as_bytes())]
    assert "One line that goes on." in " ".join(document.split())


def test_an_empty_letter_is_said() -> None:
    with pytest.raises(IntakeError, match="no story"):
        stories(letter("").as_bytes())


@pytest.mark.parametrize(
    "text", ["From: here\nto: there\n\nText.", "Date: today\nSubject: port\n\nx"]
)
def test_a_text_with_colons_is_no_letter(text: str) -> None:
    assert recognise(source(text.encode())).id == "text"


def test_a_long_letter_takes_moments() -> None:
    started = time.process_time()
    data = letter("x").as_bytes()
    for piece in (b"a=\r\n", b"--b\r\n", b"From a\n", b"=?x?"):
        MailFormat().recognises(source(data + piece * 20_000))
        read = data.replace(b"For Monday", piece * 200)
        assert MailFormat().parse(source(read + b"\r\nPort opens\r\n" + piece * 200))
    assert time.process_time() - started < 4


def test_a_note_to_the_desk_above_the_story_is_no_part_of_it() -> None:
    text = f"Dear desk, here is the port.\n\n----\n\n{ENGLISH}"
    article = story(letter(text, "Port, for Monday").as_bytes())
    assert article.headline == ENGLISH.split("\n")[0]
    assert "Dear desk, here is the port." in article.unplaced


def test_a_note_above_a_letter_sent_on_is_no_part_and_its_subject_no_headline() -> None:
    mark = "---------- Forwarded message ---------\nFrom: Li Na <li@x.cn>\nSubject: that story\n"
    text = f"Hi all, for the port file please.\n\n{mark}To: <d@x.cn>\n\n{ENGLISH}"
    article = story(letter(text, "Fwd: that story").as_bytes())
    assert article.headline == ENGLISH.split("\n")[0]
    assert "Hi all, for the port file please." in article.furniture


def test_a_letter_with_a_days_cuttings_holds_several_stories() -> None:
    told = "By Wang Wei\n\nA new route opened on Monday.\n"
    text = f"Hi all\n\n1) Port opens\nHarbour Times, 3 May 2013, page 2\n{told}"
    text += f"\n2) Port closes\nHarbour Times, 4 May 2013, page 3\n{told}"
    found = stories(letter(text, "Cuttings").as_bytes(), "cuttings.eml")
    assert [one.headline for one in found] == ["Port opens", "Port closes"]
    assert [one.page for one in found] == ["2", "3"]


def test_a_quoted_letter_was_sent_on_whatever_stands_around_it() -> None:
    inner = f"From: Aled <aled@example.com>\nSubject: that goat story\n\n{ENGLISH}"
    quoted = "".join(f"> {line}\n" for line in inner.splitlines())
    article = story(letter(f"Mum - page one!\n\n{quoted}\nLots of love\n", "Fwd: goats").as_bytes())
    assert article.headline == "Port opens new route"
    assert "Mum - page one!" in article.furniture


def test_a_quotation_below_a_header_was_sent_on() -> None:
    sent = "---------- Forwarded message ----------\nFrom: Sam Ruiz\nSubject: clipping\n\n"
    text = "> Harbor opens\n> By Wang Wei\n>\n> A new route opened on Monday.\n>\n> It is faster.\n"
    article = story(letter(f"Hi all, here is the one. Best, Dana\n\n{sent}{text}").as_bytes())
    assert article.headline == "Harbor opens"
    assert [one.name for one in article.bylines] == ["Wang Wei"]


def test_a_subject_that_only_says_what_is_sent_is_no_headline() -> None:
    text = "Hi both,\n\nThe ferry was full again on Monday, the captain said, and it will be so.\n"
    assert story(letter(text, "Story for page 4").as_bytes()).headline == ""
    assert story(letter(text, "Ferry is full").as_bytes()).headline == "Ferry is full"
