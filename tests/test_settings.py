"""Each setting is documented as it is, and a wrong value is said at the start."""

import re
from pathlib import Path
from typing import Any

import polib
import pytest

from archive.checks import check_settings
from archive.conf import Setting, every_setting

PAGE = Path(__file__).resolve().parents[1] / "docs" / "settings.md"
NAMED = pytest.mark.parametrize("setting", every_setting(), ids=lambda one: one.name)
WRONG: dict[type, list[Any]] = {
    int: ["12", True, 1.5, None, -1],
    bool: ["yes", 1, None],
    str: [7, ["x"], None],
    list: ["text", [7], {"a": "b"}],
    dict: ["text", ["x"]],
}


def rows() -> dict[str, list[str]]:
    """The cells of each setting's row in the page, by the setting's name."""
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if "| `ARCH" in line]
    # A bar inside a cell is written `\|`.
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    assert len({one[0] for one in cells}) == len(cells)
    return {one[0].strip("`"): one for one in cells}


def test_every_setting_has_a_row_and_every_row_a_setting() -> None:
    assert sorted(rows()) == sorted(one.name for one in every_setting())


@NAMED
def test_the_row_gives_type_default_meaning_and_check(setting: Setting[Any]) -> None:
    _name, type_, default, meaning, check = rows()[setting.name]
    assert type_.replace("\\|", "|") == f"`{setting.type_name}`"
    assert eval(default.strip("`"), {}) == setting.default
    assert len(meaning) > 10
    assert re.fullmatch(r"E003(, [EWI]\d{3})*", check)


@NAMED
def test_a_value_of_a_wrong_type_is_an_error_that_names_the_setting(
    setting: Setting[Any], settings: Any
) -> None:
    for value in WRONG[setting.type_]:
        if value is None and setting.default is None:
            continue
        setattr(settings, setting.name, value)
        (error,) = check_settings(None)
        assert (error.id, setting.name in error.msg) == ("archive.E003", True), value


@pytest.mark.parametrize(
    "setting", [s for s in every_setting() if s.leads_to], ids=lambda one: one.name
)
@pytest.mark.parametrize("path", ["nowhere.Thing", "Thing", "archive.conf.FIRST_MENTION"])
def test_a_path_that_leads_to_something_else_is_an_error(
    setting: Setting[Any], path: str, settings: Any
) -> None:
    setattr(settings, setting.name, [path] if setting.type_ is list else path)
    (error,) = check_settings(None)
    assert error.msg.startswith(setting.name)
    assert repr(path) in error.msg


def test_the_defaults_and_the_settings_of_the_tests_are_right() -> None:
    assert check_settings(None) == []


def test_no_message_on_screen_names_a_setting() -> None:
    """Who reads it can't set one. Backups are an administrator's commands."""
    app = Path(__file__).resolve().parents[1] / "archive"
    catalogues = [path for path in app.rglob("*.po") if "backup" not in path.parts]
    said = [entry.msgid for path in catalogues for entry in polib.pofile(str(path))]
    assert said != []
    assert [one for one in said if re.search(r"[A-Z]_[A-Z]{3}|%\(setting\)", one)] == []
