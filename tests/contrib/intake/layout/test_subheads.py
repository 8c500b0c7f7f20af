"""Which short lines are subheads: of an interview, of key points, of briefs."""

from tests.contrib.intake.texts import paragraphs, parse

SAYS = ["The ferry was full on every day of the week, he says.", "Nobody knows why it was so."]


def subheads(text: str) -> list[str]:
    return [block.text for block in parse(text).blocks if block.type == "subhead"]


def test_an_interviews_questions_are_paragraphs() -> None:
    asked = ["When did you first see the harbor?", "And the ferry?", "Who pays?", "Do you swim?"]
    lines = [line for question in asked for line in (question, SAYS[0] + " " + SAYS[1], "")]
    text = "\n\n".join(["The man who tunes the bells", "By Li Na", *filter(None, lines)])
    assert subheads(text) == []
    assert set(asked) <= set(paragraphs(parse(text)))


def test_a_short_line_that_says_who_speaks_is_a_paragraph() -> None:
    said = ["湛江港周一开通一条新航线，货物当天运往南方。", "她说：", "“航程更短了，大家都高兴。”"]
    assert paragraphs(parse("\n".join(["湛江港开通新航线", "本报记者 王伟", *said]))) == said


def test_counted_subheads_begin_above_the_text() -> None:
    told = ["县城的钟楼上，他敲了四十一年钟，从早敲到晚。", "钟是明朝的，裂了一道缝，不能再焊。"]
    lines = ["守着一口钟的人", "本报记者 李娜", "一、敲", *told, "二、修", *told, "三、传", *told]
    assert subheads("\n\n".join(lines)) == ["一、敲", "二、修", "三、传"]


def test_briefs_are_signed_one_by_one() -> None:
    briefs = [
        "▲老城区更换铅管，不收工料费。（李娜）",
        "▲少年气象站今日成立。（王伟）",
        "▲三只丹顶鹤迁入新居。",
    ]
    article = parse("\n".join(["湛江晚报", "1999.12.8 星期三 2版", "简讯", *briefs]))
    assert paragraphs(article) == [
        "老城区更换铅管，不收工料费。",
        "少年气象站今日成立。",
        "三只丹顶鹤迁入新居。",
    ]
    assert [one.name for one in article.bylines] == ["李娜", "王伟"]
    assert article.captions == ()


def test_a_name_that_stands_as_the_other_subheads_do_is_one() -> None:
    told = "The freight goes through the town at seven, or it does not, and nobody minds."
    heads = ["The bakery", "The train", "Mrs. Ames"]
    body = "\n\n".join(f"{head}\n\n{told}" for head in heads)
    assert subheads(f"A town without a clock\n\nBy Dorothy Kines\n\n{told}\n\n{body}") == heads
