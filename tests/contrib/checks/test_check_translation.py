"""The command: two plain texts, line by line."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_entity

pytestmark = pytest.mark.django_db

SOURCE = "Zhanjiang has routes to 114 countries.\n\nTrade reached $1 billion.\n"


@pytest.fixture
def check(tmp_path, capsys):
    """Runs the command on two texts; gives its exit status and what it wrote."""

    def run(source: str | bytes, target: str | bytes, *options: str) -> tuple[int, str]:
        paths = []
        for name, text in (("source.txt", source), ("target.txt", target)):
            path = tmp_path / name
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            paths.append(str(path))
        status = 0
        try:
            call_command("check_translation", *paths, *options, no_color=True)
        except CommandError as error:
            status, message = error.returncode, str(error)
            return status, capsys.readouterr().out + message
        return status, capsys.readouterr().out

    return run


def test_errors_are_told_by_line_and_give_exit_status_1(check):
    status, told = check(SOURCE, "湛江的航线通达140个国家。\n\n贸易额达10亿元。\n")
    assert status == 1
    assert "1: error number-value: The source says “114”, the translation “140”." in told
    assert "3: error money-value" in told
    assert "target[4:8]" in told
    assert "2 errors." in told


def test_a_good_translation_gives_exit_status_0(check):
    status, told = check(SOURCE, "湛江的航线通达114个国家。\n\n贸易额达10亿美元。\n")
    assert (status, told) == (0, "Nothing found.\n")


def test_warnings_alone_give_exit_status_0(check):
    status, told = check(SOURCE, "湛江的航线通达114个国家.\n\n贸易额达10亿美元。\n")
    assert status == 0
    assert "1: warning half-width" in told


def test_json_goes_to_standard_output_alone(check, capsys):
    status, told = check(SOURCE, "湛江的航线通达114个国家。\n\n贸易额达10亿元。\n", "--json", "-")
    assert status == 1
    (finding,) = json.loads(told.removesuffix("1 error."))
    assert finding == {
        "line": 3,
        "check_id": "money-value",
        "severity": "error",
        "message": "The source says “$1 billion”, the translation “10亿元”.",
        "source_spans": [[14, 24]],
        "target_spans": [[4, 8]],
    }


def test_json_goes_to_a_file(check, tmp_path):
    out = tmp_path / "findings.json"
    _status, told = check(
        SOURCE, "湛江的航线通达114个国家.\n\n贸易额达10亿美元。\n", "--json", str(out)
    )
    assert "half-width" in told
    assert [one["check_id"] for one in json.loads(out.read_text())] == ["half-width"]


@pytest.mark.parametrize("options", [(), ("--source-language", "zh-hans")])
def test_the_source_may_be_chinese(check, options):
    status, told = check("贸易额达10亿元。\n", "Trade reached $1 billion.\n", *options)
    assert status == 1
    assert "money-value" in told


def test_the_archives_names_are_known(check):
    make_entity("wang-zhongbing", "Wang Zhongbing", "王中丙", kind="person")
    status, told = check("Mayor Wang Zhongbing spoke.\n", "市长王中平讲了话。\n")
    assert status == 1
    assert "王中丙" in told
    assert check("Mayor Wang Zhongbing spoke.\n", "市长王中丙讲了话。\n")[0] == 0


def test_windows_files_are_read_as_well(check):
    source = "\ufeffIt has 114 ports.\r\n\r\nIt grows.\r\n\r\n"
    assert check(source, "有114个港口。\n\n它在发展。") == (0, "Nothing found.\n")


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("One.\nTwo.\n", "一。\n", "source.txt has 2 lines"),
        ("One.\n", "一。".encode("gb18030"), "target.txt isn't UTF-8 (byte"),
        ("One.\n".encode("utf-16"), "一。\n", "source.txt isn't UTF-8 (byte 1)"),
    ],
)
def test_what_cant_be_compared_gives_exit_status_2_and_a_way_out(check, source, target, said):
    status, told = check(source, target)
    assert status == 2
    assert said in told


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.txt can't be read: No such file") as caught:
        call_command("check_translation", str(tmp_path / "nowhere.txt"), "x")
    assert caught.value.returncode == 2


def test_a_place_that_cant_be_written_is_named(check, tmp_path):
    status, told = check("One.\n", "一。\n", "--json", str(tmp_path / "no" / "such.json"))
    assert status == 2
    assert "can't be written" in told
