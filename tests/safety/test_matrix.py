"""Every address by every role, GET and POST, against the table; and no secret in any answer."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import override_settings
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

import archive
from archive.contrib.exchange.formats import FORMATS as EXCHANGES
from archive.contrib.harvesting.oai_requests import RULES
from archive.site.citations.formats import FORMS
from archive.site.feeds.formats import FORMATS as FEEDS
from archive.site.modes import MODES
from archive.site.sitemaps.kinds import KINDS
from tests.safety.addresses import (
    BULK_MODELS,
    OUTPUTS,
    Asked,
    admin_requests,
    label_of,
    public_requests,
    routes,
)
from tests.safety.crafted import crafted
from tests.safety.table import ADMIN, DECLARED, HIDDEN, PUBLIC, TOLD_BY_WAGTAIL
from tests.safety.world import ROLES, SECRETS, World, build_world, secret

READERS = ROLES[:3]
# Rows of these come and go with anybody's visit.
OF_VISITS = ("django_session", "wagtailadmin_editingsession", "wagtailcore_pagesubscription")
REFUSED = "r"
# In Wagtail's log, in translations that no address asked for opens, and beside a finding.
SHOWN_ELSEWHERE = {"deleted", "scheduled", "withdrawn", "waiver", "evidence", "tied"}


@dataclass
class Findings:
    """What was asked, and what was wrong with the answers."""

    roles: tuple[str, ...]
    asked: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    # The secrets that were shown to somebody who may read them.
    seen: set[str] = field(default_factory=set)

    def summary(self) -> str:
        kinds = ", ".join(f"{number} {kind}" for kind, number in self.asked.items())
        asked = f"{len(self.roles)} roles, {sum(self.asked.values())} requests ({kinds})"
        return f"Matrix: {asked}; {len(SECRETS)} secrets, {len(self.told)} told"


# What is declared is what there is


def test_every_address_has_a_row() -> None:
    names = {route.name for route in routes()} - {"wagtail_bulk_action"}
    public = {route.name for route in routes() if route.is_public}
    bulk = {name for name in ADMIN if name.startswith("wagtail_bulk_action ")}
    assert names == {*ADMIN, *PUBLIC} - bulk, "Add the address to tests/safety/table.py."
    assert public == set(OUTPUTS) == set(PUBLIC), "Say what is asked: tests/safety/addresses.py."


def test_every_output_has_a_row() -> None:
    found = {
        "feeds": set(FEEDS),
        "citations": {form.code for form in FORMS},
        "OAI-PMH": set(RULES),
        "sitemaps": set(KINDS),
        "views": set(MODES),
        "files for translation tools": set(EXCHANGES),
        "bulk actions": {
            f"{label_of(model)[1]} {action.action_type}"
            for model in BULK_MODELS
            for action in bulk_action_registry.get_bulk_actions_for_model(*label_of(model))
        },
    }
    assert found == DECLARED, "Ask for the new output in tests/safety/, and declare it."


def test_one_function_says_what_the_public_may_see() -> None:
    """Wagtail's own knows nothing of stories that are filed in a restricted section."""
    own = re.compile(r"\.(public|private|private_q|not_public)\(\)")
    modules = Path(archive.__file__).parent.rglob("*.py")
    assert [one.name for one in modules if own.search(one.read_text(encoding="utf-8"))] == []


# What is answered is what is declared


@pytest.mark.django_db
def test_readers_are_told_no_secret_and_the_desk_is_kept_in_its_bounds() -> None:
    """What matters most; `pytest --all` asks for everything by everybody."""
    findings = check_matrix(ROLES[:4] + ROLES[5:6], asked_in_short)
    assert {"password", "group", "later"} <= findings.seen


@pytest.mark.exhaustive
@pytest.mark.django_db
def test_every_role_gets_what_is_its_own_at_every_address() -> None:
    findings = check_matrix(ROLES, asked_in_full)
    unseen = SECRETS.keys() - findings.seen - SHOWN_ELSEWHERE
    assert not unseen, "Nobody was shown these: are they where somebody would look?"


Chosen = Callable[[str, Asked, str], bool]


def check_matrix(roles: tuple[str, ...], is_asked: Chosen) -> Findings:
    findings = Findings(roles)
    with override_settings(ARCHIVE_CACHE_PAGES=True):
        world = build_world(warm)
        every = [(asked, method) for asked in everything(world) for method in ("GET", "POST")]
        for role in roles:
            world.clients[role].raise_request_exception = False
            for asked, method in every:
                if is_asked(role, asked, method):
                    look(world, role, asked, method, findings)
    for asked, _method in every[::2]:
        if is_asked("anonymous", asked, "uncached"):
            look(world, "anonymous", asked, "uncached", findings)
    sys.stdout.write(f"\n{findings.summary()}\n")
    assert not findings.told, "\n".join(sorted(findings.told))
    assert not findings.wrong, "\n".join(findings.wrong)
    return findings


def warm(world: World) -> None:
    """All that is public, read before a part of it is taken down."""
    world.rows["pk of deleted"] = world.pages["deleted"].pk
    for route in routes():
        for asked in public_requests(world, route) if route.is_public else ():
            world.clients["anonymous"].get(asked.path)


def everything(world: World) -> Iterator[Asked]:
    for route in routes():
        yield from (
            public_requests(world, route) if route.is_public else admin_requests(world, route)
        )


def asked_in_full(role: str, asked: Asked, method: str) -> bool:
    return method != "uncached" or asked.name in PUBLIC


def asked_in_short(role: str, asked: Asked, method: str) -> bool:
    if asked.name in PUBLIC:
        return method == "GET" and (role == "anonymous" or is_about_stories(asked))
    if role in READERS:
        return role == "anonymous" and method == "GET"
    return expected(asked, role, method) == REFUSED


def is_about_stories(asked: Asked) -> bool:
    return asked.name == "archive:page" and "/s-" in asked.path


def look(world: World, role: str, asked: Asked, method: str, findings: Findings) -> None:
    """Ask, undo, and note what isn't as it should be."""
    writes: list[str] = []
    client = world.clients[role]
    # What lacks something is led back to where one came from, and who may not, to the first page.
    came = {"referer": "http://testserver/en/"}
    with transaction.atomic(), connection.execute_wrapper(watch(writes)):
        if method == "POST":
            posted = crafted(world, asked.name, asked.target or "alpha")
            headers = came | posted.pop("headers", {})
            response = client.post(asked.path, headers=headers, **posted)
        else:
            response = client.get(asked.path, headers=came)
        transaction.set_rollback(True)
    findings.asked[method] += 1
    got, wanted = outcome(response), expected(asked, role, method)
    where = f"{role}: {method} {asked.path} ({asked.name})"
    if not matches(got, wanted):
        findings.wrong.append(f"{where}: {got}, not {wanted}")
    if got == REFUSED and writes:
        findings.wrong.append(f"{where}: refused, but wrote {writes[:3]}")
    # What Wagtail has to say comes with the next page.
    client.cookies.pop("messages", None)
    text = f"{response.headers} {response.getvalue().decode('utf-8', 'replace')}".lower()
    for name, may_read in SECRETS.items():
        if secret(name) not in text:
            continue
        if role in may_read:
            findings.seen.add(name)
        elif not is_known(name, asked):
            findings.told.add(f"{name} to {where}")


def is_known(name: str, asked: Asked) -> bool:
    return name == "newerbeta" and asked.name.startswith(TOLD_BY_WAGTAIL)


def watch(writes: list[str]) -> Any:
    def noted(execute: Any, sql: str, *rest: Any) -> Any:
        is_write = sql.startswith(("INSERT", "UPDATE", "DELETE"))
        if is_write and not any(table in sql[:80] for table in OF_VISITS):
            writes.append(sql[:80])
        return execute(sql, *rest)

    return noted


def outcome(response: Any) -> str:
    """o: shown, r: refused, x: there is no such thing, m: not by this method, >: led elsewhere."""
    status = response.status_code
    if status in (301, 302):
        to = response.url
        if to.startswith(("/en/admin/", "/zh-hans/admin/")):
            # Django looks for what it hasn't found below a language.
            return "x"
        is_refusal = to == "/admin/" or to.startswith("/admin/login/") or "/_util/login/" in to
        return REFUSED if is_refusal else ">"
    letters = {200: "o", 304: "o", 400: "b", 403: "r", 404: "x", 405: "m", 410: "x"}
    return letters.get(status, str(status))


def expected(asked: Asked, role: str, method: str) -> str:
    if asked.name in PUBLIC:
        hidden = next((name for name in HIDDEN if f"/s-{name}/" in asked.path), "")
        if hidden and asked.name == "archive:page" and method != "POST":
            # Whoever lacks the password is shown the form that asks for it.
            form = "o" if hidden == "password" else ""
            return "o" if role in HIDDEN[hidden] else f"xr>{form}"
        return PUBLIC[asked.name] + "m" * (method == "POST")
    got, posted = ADMIN[asked.name]
    papers = (posted if method == "POST" else got).split()
    return papers[-1 if asked.target == "beta" else 0][ROLES.index(role)]


def matches(got: str, wanted: str) -> bool:
    if wanted in "!.":
        return got != REFUSED and (wanted == "!" or not got.startswith("5"))
    return got in wanted
