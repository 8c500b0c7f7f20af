"""The check of the house rules, on small apps of its own."""

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def load_check():
    """The script in .ci/, which is no package."""
    spec = importlib.util.spec_from_file_location("house", ROOT / ".ci" / "house.py")
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up by its name.
    sys.modules["house"] = module
    spec.loader.exec_module(module)
    return module


house = load_check()


@pytest.fixture
def app(tmp_path):
    """Writes an app of these files and gives what is wrong with it, as (file:line, rule)."""

    def check(files: dict[str, str]) -> list[tuple[str, str]]:
        for name, text in files.items():
            path = tmp_path / "archive" / f"{name}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        found = house.check(tmp_path)
        return [(f"{v.path.removeprefix('archive/')}:{v.line}", v.rule) for v in found]

    return check


def test_two_public_classes_of_one_name_are_found(app):
    assert app({"a": "class Story: ...\n", "b": "\n\nclass Story: ...\n"}) == [
        ("b.py:3", "class name")
    ]


def test_private_classes_and_those_that_django_names_may_share_a_name(app):
    text = "class _Row: ...\nclass Command: ...\nclass Big:\n    class Meta: ...\n"
    assert app({"a": text, "b": text.replace("Big", "Small")}) == []


def test_an_import_inside_a_function_says_why(app):
    text = "def f():\n    import json\n\n    return json\n"
    assert app({"a": text}) == [("a.py:2", "inner import")]


def test_a_comment_above_explains_a_group_of_imports(app):
    text = (
        "def f():\n"
        "    # The apps must have been loaded\n"
        "    # first.\n"
        "    from a import (\n        b,\n    )\n"
        "    from c import d\n\n"
        "    return b, d\n"
    )
    assert app({"a": text}) == []


@pytest.mark.parametrize("comment", ["# noqa: PLC0415 as it must be", "# Circle."])
def test_a_mark_for_the_linter_or_a_single_word_is_no_reason(app, comment):
    assert app({"a": f"def f():\n    {comment}\n    import json\n"}) == [("a.py:3", "inner import")]


def test_an_import_in_a_function_in_a_function_is_told_once(app):
    text = "def f():\n    def g():\n        import json\n    return g\n"
    assert app({"a": text}) == [("a.py:3", "inner import")]


def test_a_long_module_needs_a_reason(app):
    long = "x = 1\n" * 601
    assert app({"a": long, "b": "x = 1\n" * 600}) == [("a.py:601", "long module")]
    assert app({"a": f"# Long because it is one table of the standard.\n{long}"}) == []


def test_a_circle_of_modules_is_found_with_the_way_round(app, tmp_path):
    assert app(
        {
            "desk/a": "\nfrom archive.desk import b\n",
            "desk/b": "from archive.desk.c import x\n",
            "desk/c": "import archive.desk.a\n",
            "desk/d": "from archive.desk import a\n",
        }
    ) == [("desk/a.py:2", "import circle")]
    (circle,) = house.check(tmp_path)
    assert "archive.desk.a → archive.desk.b → archive.desk.c → archive.desk.a;" in circle.text


def test_a_circle_between_rooms_and_through_a_function_is_found(app):
    assert app(
        {
            "desk/a": "def f():\n    # It is loaded later.\n    from archive.site import b\n",
            "site/b": "from ..desk.a import f\n",
        }
    ) == [("desk/a.py:3", "import circle")]


def test_what_only_type_checkers_import_makes_no_circle(app):
    assert (
        app(
            {
                "a": "if TYPE_CHECKING:\n    from archive.b import B\n",
                "b": "from archive.a import x\n",
            }
        )
        == []
    )


def test_a_package_that_hands_out_its_modules_is_no_circle(app):
    assert (
        app(
            {
                "desk/__init__": "from .a import x\n",
                "desk/a": "from .b import x\n",
                "desk/b": "x = 1\n",
            }
        )
        == []
    )


def test_migrations_are_djangos(app):
    assert app({"migrations/a": "class A: ...\n", "migrations/b": "class A: ...\n"}) == []


def test_the_answer_counts_what_is_broken(app, tmp_path, capsys):
    app({"a": "class A: ...\n", "b": "class A: ...\n\n\ndef f():\n    import os\n"})
    assert house.main([str(tmp_path)]) == 1
    assert "House rules: 2 broken (1 class name, 1 inner import)." in capsys.readouterr().out


def test_a_clean_app_passes(app, tmp_path, capsys):
    app({"a": "x = 1\n"})
    assert house.main([str(tmp_path)]) == 0
    assert capsys.readouterr().out == "The house rules are kept.\n"
