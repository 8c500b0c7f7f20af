"""Where sentences end, in either language, without being told which."""

import pytest

from archive.text.sentences import sentence_at, sentence_ends, sentence_spans

TEXTS = [
    ["Mr. Hill of St. Ives, 7.5 miles off, met J. R. Cole.", "They talked."],
    ["Gov. Cox met Sen. Lee on Sept. 22 at No. 5 Pier.", "The U.S. side agreed."],
    ["Xi visited Tacoma, Wash. on Sept. 23.", "He gave a ping-pong table."],
    ["Acme Inc. Chairman Wu came.", "He left in 1931.", "A school stands there."],
    ["“We will come,” he said.", "“Soon!”", "She smiled."],
    ["3.4. Technical notes for readers"],
    ["The port opened", "A new line"],
    ["他说：“我们愿意来。”", "大家都笑了。"],
    ["港口开通了！", "真的？", "是的……", "他点头。"],
    ["He said 你好。", "They met."],
    ["会议在St. Louis举行。", "No. 5 Pier见。"],
]


@pytest.mark.parametrize("sentences", TEXTS, ids=lambda one: one[0])
def test_sentences_end_where_readers_end_them(sentences: list[str]) -> None:
    is_chinese = sentences[0][-1] > "\u3000"
    text = ("\n" if sentences[0][-1] == "d" else "" if is_chinese else " ").join(sentences)
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


def test_a_span_over_two_sentences_has_both() -> None:
    text = "One came. Two went. Three stayed."
    assert sentence_at(text, 0, 12) == "One came. Two went."
    assert [text[:end] for end in sentence_ends(text)][1:] == ["One came. Two went.", text]
