"""What changed in a source text, as a translator reads it."""

import pytest

from archive.text.differences import differences


def marked(old: str, new: str) -> str:
    signs = {"same": "{}", "gone": "[-{}]", "new": "[+{}]"}
    return "".join(signs[part.kind].format(part.text) for part in differences(old, new))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Ships came.", "Ships came.", "Ships came."),
        ("Three ships came.", "Four ships came.", "[-Three][+Four] ships came."),
        ("All three ships came.", "All four ships.", "All [-three][+four] ships[- came]."),
        ("三艘船来了。", "四艘船来了。", "[-三][+四]艘船来了。"),
        ("船来了。", "船今天来了。", "船[+今天]来了。"),
        ("Port of 湛江市", "Port of 湛江", "Port of 湛江[-市]"),
        # Between other words, white space that is the same says nothing.
        ("It was left here.", "They are told.", "[-It was left here][+They are told]."),
        # A paragraph is compared with its own, which may be two now, or one.
        (
            "Gone today.\nIts pot was left.\nThey ask for hints.",
            "Gone today.\nThey ask for hints. A reward is paid.",
            "Gone today.\n[-Its pot was left.\n]They ask for hints.[+ A reward is paid.]",
        ),
        ("One, two.\nThree, four.", "One, two. Three, four.", "One, two.[-\n][+ ]Three, four."),
        ("三艘船来了。\n它们走了。", "它们明天走了。", "[-三艘船来了。\n]它们[+明天]走了。"),
        ("", "New", "[+New]"),
        ("Gone", "", "[-Gone]"),
        ("", "", ""),
    ],
)
def test_marks_what_is_gone_and_what_is_new(old: str, new: str, shown: str) -> None:
    assert marked(old, new) == shown


def test_both_versions_can_be_read_from_it() -> None:
    old, new = "湛江 (Zhanjiang), 1980–2015!\nEnd", "湛江港 (Zhanjiang) 1980-2016!\n\nThe end"
    parts = differences(old, new)
    assert "".join(part.text for part in parts if part.kind != "new") == old
    assert "".join(part.text for part in parts if part.kind != "gone") == new
