"""Collects the addresses from the URL resolver, and says what is asked of each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver, reverse
from django.utils import translation
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Page

from archive.contrib.harvesting.oai_requests import PREFIX, RULES
from archive.contrib.reader_reports.models import ReaderReport
from archive.desk.models import Translation
from archive.entities.models import Entity
from archive.entities.terms.models import GlossaryTerm
from archive.site.citations.formats import FORMS
from archive.site.feeds.formats import FORMATS as FEEDS
from archive.site.modes import MODES
from archive.site.permalinks import short_id
from archive.site.sitemaps.kinds import KINDS
from archive.stories.models import ArticlePage, Author
from archive.text.language import LANGUAGES
from tests.safety.world import PARAGRAPH, RESTRICTED, STORIES, World, lure

# Wagtail's and Django's own, which the archive leaves as they are. The namespace, or the name.
OF_WAGTAIL = {
    *("wagtailadmin_collections", "wagtailadmin_workflows", "wagtailadmin_reports"),
    *("wagtailredirects", "wagtailsettings", "wagtailembeds", "wagtailsnippets", "wagtailsites"),
    *("wagtailadmin_api:documents", "wagtailadmin_api:images"),
    # Whom it tells what is asked in tests/contrib/api.
    *("wagtailapi", "wagtailapi_v3"),
    *("wagtaildocs", "wagtaildocs_chooser", "wagtailimages", "wagtailimages_chooser"),
    *("wagtailusers_users", "wagtailusers_groups", "wagtailadmin_editing_sessions"),
    *("wagtailadmin_home", "wagtailadmin_error_test", "wagtailadmin_account"),
    *("wagtailadmin_logout", "wagtailadmin_login", "wagtailadmin_dismissibles"),
    *("wagtailadmin_block_preview", "wagtailadmin_tag_autocomplete", "wagtailadmin_sprite"),
    *("wagtailadmin_tag_model_autocomplete", "wagtailadmin_javascript_catalog"),
    *("wagtailadmin_password_reset", "wagtailadmin_password_reset_done"),
    *("wagtailadmin_password_reset_confirm", "wagtailadmin_password_reset_complete"),
    *("wagtailadmin_choose_page_external_link", "wagtailadmin_choose_page_email_link"),
    *("wagtailadmin_choose_page_phone_link", "wagtailadmin_choose_page_anchor_link"),
    *("wagtaildocs_serve", "wagtaildocs_authenticate_with_password"),
    *("wagtailcore_authenticate_with_password", "wagtailcore_login"),
}
# Without a name: files of pictures in development, and the admin's page "not found".
UNNAMED = {"admin/test404/", "admin/^.*/$"}
# What an address takes, where an older Wagtail gives it no names.
UNNAMED_PARTS = {
    "wagtailadmin_pages:revisions_compare": ("pk", "revision_id_a", "revision_id_b"),
}

BULK_MODELS = (Page, ArticlePage, Translation, ReaderReport, Entity, Author, GlossaryTerm)


@dataclass(frozen=True)
class Route:
    """A named address of the site, and the names of what it takes."""

    name: str
    parts: tuple[str, ...]
    is_public: bool


@dataclass(frozen=True)
class Asked:
    """One request; `target` is the paper that it is about, "" where that makes no difference."""

    name: str
    path: str
    target: str = ""


def routes() -> list[Route]:
    found = {route.name: route for route in _walk(get_resolver(), "", ())}
    return [route for name, route in sorted(found.items()) if not is_of_wagtail(name)]


def is_of_wagtail(name: str) -> bool:
    spaces = name.split(":")
    return any(":".join(spaces[:depth]) in OF_WAGTAIL for depth in range(1, len(spaces) + 1))


def _walk(resolver: Any, prefix: str, spaces: tuple[str, ...]) -> Iterator[Route]:
    for one in resolver.url_patterns:
        place = prefix + str(one.pattern)
        if isinstance(one, URLPattern):
            if one.name or place not in UNNAMED:
                name = ":".join([*spaces, one.name or place])
                named = {**getattr(one.pattern, "converters", {}), **one.pattern.regex.groupindex}
                parts = tuple(named) or UNNAMED_PARTS.get(name, ())
                yield Route(name, parts, not place.startswith("admin/"))
        else:
            yield from _walk(one, place, (*spaces, one.namespace) if one.namespace else spaces)


# Of the admin


def admin_requests(world: World, route: Route) -> list[Asked]:
    """One for each of the two papers, if the address names a row that has to do with one."""
    if route.name == "wagtail_bulk_action":
        return list(_bulk_actions(world))
    given = {paper: _values(world, route.name, paper) for paper in ("alpha", "beta")}
    paths = {
        paper: reverse(route.name, args=[values[part] for part in route.parts])
        + QUERIES.get(route.name, "")
        for paper, values in given.items()
    }
    asked = [Asked(route.name, path, paper) for paper, path in paths.items()]
    if len(set(paths.values())) == 1:
        asked = [Asked(route.name, paths["alpha"])]
    return asked


def _bulk_actions(world: World) -> Iterator[Asked]:
    for model in BULK_MODELS:
        for action in bulk_action_registry.get_bulk_actions_for_model(*label_of(model)):
            for paper in ("alpha", "beta"):
                pk = _rows(world, paper)[model]
                path = reverse("wagtail_bulk_action", args=[*label_of(model), action.action_type])
                name = f"wagtail_bulk_action {model._meta.model_name} {action.action_type}"
                yield Asked(name, f"{path}?id={pk}", paper)


def label_of(model: Any) -> tuple[str, str]:
    return model._meta.app_label, model._meta.model_name


def _rows(world: World, paper: str) -> dict[type, int]:
    is_alpha = paper == "alpha"
    story, rows = world.pages["open" if is_alpha else "chinese"], world.rows
    return {
        Page: story.pk,
        ArticlePage: story.pk,
        Translation: rows[f"translation {'open' if is_alpha else 'chinese'}"].pk,
        ReaderReport: rows["report" if is_alpha else "report source"].pk,
        Entity: rows["city"].pk,
        Author: rows["author"].pk,
        GlossaryTerm: rows["term"].pk,
    }


def _values(world: World, name: str, paper: str) -> dict[str, Any]:
    """What an address may take, by the name of the part."""
    mine, other = ("open", "chinese") if paper == "alpha" else ("chinese", "open")
    story, rows = world.pages[mine], world.rows
    translated = rows[f"translation {mine}"]
    parts_of_names = ("translation", "exchange", "replacement", "suggestions:mark")
    parts_of_names += ("assessment:assess", "assessment:mark")
    is_of_translation = any(part in name for part in parts_of_names)
    owners = {"author": rows["author"], "entity": rows["city"], "tie": rows["tie"]}
    owners |= {"glossaryterm": rows["term"]}
    owners |= {"readerreport": rows["report" if paper == "alpha" else "report source"]}
    owners |= {"reports:settle": owners["readerreport"], "merging": rows["city"]}
    if name.startswith("archive_import:"):
        item = rows[f"import {paper}"]
        return {"pk": item.batch_id, "item": item.pk}
    if name == "archive_pairs:pair":
        return {"pk": rows["pair"].pk}
    if name == "archive_pairs:links":
        return {"pk": translated.pk}
    if name.startswith("archive_source_profiles:"):
        return {"pk": rows["profile"].pk}
    if name == "archive_ties:sentences":
        return {"pk": story.pk}
    if name.endswith("picture_texts"):
        return {"pk": rows["image"].pk}
    owners |= {"place_chooser": rows["city"], "ties": rows["tie"], "pages": story}
    named = next((row for part, row in owners.items() if part in name), story)
    row = translated if is_of_translation else named
    parts = {"unwaive_finding": "waiver", "unmark_error": "mark"} | dict.fromkeys(
        ("reply_to_comment", "resolve_comment"), "comment"
    )
    row = rows[part] if (part := parts.get(name.rpartition(":")[2])) else row
    issue = story.get_parent()
    return {
        **dict.fromkeys(("page_id", "page_to_move_id"), story.pk),
        "parent_page_id": issue.pk,
        "destination_id": world.pages[other].get_parent().pk,
        "content_type_app_name": "archive",
        "content_type_model_name": "articlepage",
        "app_label": "archive",
        "model_name": "articlepage",
        "pk": row.pk,
        # Of the log, for an undo.
        "entry": 1,
        # Of a guide.
        "name": "editor",
        "revision_id": (translated if is_of_translation else story).latest_revision_id,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "task_state_id": 1,
        "task_id": 1,
        "workflow_state_id": 1,
        "action_name": "approve",
    }


# What an address of the admin needs beside, to show anything.
QUERIES = {
    "archive_translation:repetitions": "?key=headline",
    "archive_translation:sidebar": "?key=headline",
}


# For readers


def public_requests(world: World, route: Route) -> list[Asked]:
    """Every output of the address, in both languages, for what is open and what is hidden."""
    paths: list[str] = []
    in_languages = route.name.startswith(("archive:", "wagtail_serve"))
    for language in LANGUAGES if in_languages else LANGUAGES[:1]:
        with translation.override(language):
            paths += OUTPUTS[route.name](world)
    return [Asked(route.name, path) for path in dict.fromkeys(paths)]


def _hidden(world: World) -> list[int]:
    return [world.rows["pk of deleted"] if n == "deleted" else world.pages[n].pk for n in STORIES]


def _read(world: World) -> list[str]:
    """Pages, in each view, and what is hidden by its address."""
    shown = [page.get_url() for page in (*_places(world), world.pages["open"])]
    views = [f"{world.pages['open'].get_url()}?view={view}" for view in MODES]
    home = world.pages["home"].get_url()
    days = {"password": "alpha/2015/09/23", "draftbeta": "beta/2015/09/22"}
    hidden = [f"{home}{days.get(name, 'alpha/2015/09/22')}/s-{name}/" for name in STORIES]
    hidden.append(f"{home}alpha/2015/09/23/")
    wrong = [f"{home}alpha/2014/01/02/s-{name}/" for name in STORIES[:4]]
    return [*shown, *views, *hidden, *wrong]


def _twins(world: World) -> list[str]:
    """Of all that is asked for as a page."""
    paths = [path for path in _read(world) if path and "?" not in path]
    home = world.pages["home"].get_url()
    return [f"{home}index.md", *(f"{path.rstrip('/')}.md" for path in paths if path != home)]


def _places(world: World) -> list[Page]:
    issue = world.pages["open"].get_parent()
    year = issue.get_parent()
    papers = [world.pages[name] for name in ("home", "alpha", "beta", "section", "dossier")]
    return [
        *papers,
        year.specific,
        issue.specific,
        world.pages["chinese"],
        world.pages["withdrawn"],
    ]


def _feeds(name: str, *args: str) -> Any:
    return lambda world: [
        f"{reverse(f'archive:{name}', args=args)}{query}"
        for query in ("", *(f"?format={form}" for form in FEEDS))
    ]


def _plain(name: str, *args: Any, queries: Iterable[str] = ("",)) -> Any:
    return lambda world: [f"{reverse(name, args=args)}{query}" for query in queries]


def _search(name: str, *queries: str) -> Any:
    words = [*(lure(one) for one in (*STORIES, *RESTRICTED)), "harbour", "海港"]

    def asked(world: World) -> list[str]:
        path = reverse(f"archive:{name}")
        found = [f"{path}?q={word}" for word in words]
        return [*found, *(f"{path}?q=harbour{query}" for query in queries)]

    return asked


def _stories(name: str, *queries: str) -> Any:
    """By short ids: of what is open and of what is hidden."""

    def asked(world: World) -> list[str]:
        pks = [world.pages["open"].pk, world.pages["chinese"].pk, *_hidden(world)]
        paths = [reverse(name, args=[short_id(pk)]) for pk in pks]
        return [*paths, *(f"{paths[0]}{query}" for query in queries)]

    return asked


def _reprints(world: World) -> list[str]:
    """What is open beside what is open, and beside what is hidden."""
    first = short_id(world.pages["open"].pk)
    others = [world.pages["chinese"].pk, *_hidden(world)]
    return [reverse("archive:reprint", args=[first, short_id(pk)]) for pk in others]


def _permalinks_in(world: World) -> list[str]:
    pks = [world.pages["open"].pk, *_hidden(world)]
    return [reverse("archive_permalink_in", args=[short_id(pk), "en"]) for pk in pks]


def _oai(world: World) -> list[str]:
    path, pks = reverse("archive_oai"), [world.pages["open"].pk, *_hidden(world)]
    record = f"metadataPrefix={PREFIX}&identifier=oai:localhost:"
    asked = []
    for verb in RULES:
        needs = f"&metadataPrefix={PREFIX}" if verb in ("ListIdentifiers", "ListRecords") else ""
        asked.append(f"{path}?verb={verb}{needs}")
    return asked + [f"{path}?verb=GetRecord&{record}{short_id(pk)}" for pk in pks]


def _reports(world: World) -> list[str]:
    path = reverse("archive:report")
    return [f"{path}?story={pk}" for pk in (world.pages["open"].pk, *_hidden(world))] + [
        f"{path}?story={world.pages['open'].pk}&segment={PARAGRAPH}"
    ]


def _sitemaps(world: World) -> list[str]:
    return [
        reverse("archive_sitemap_file", args=[language, kind, number])
        for language in LANGUAGES
        for kind in KINDS
        # The first range of ids; the year of the issues.
        for number in (0, 2015)
    ]


OUTPUTS: dict[str, Any] = {
    "archive_mcp": _plain("archive_mcp"),
    "archive:page": _read,
    # The same pages, for a site that leaves the archive's own address of them out.
    "wagtail_serve": lambda world: [world.pages["home"].get_url()],
    "archive:search": _search("search", "&format=json"),
    "archive:search_trends": _search("search_trends", "&format=csv", "&format=json", "&year=2015"),
    "archive:search_suggest": _search("search_suggest", "&format=opensearch"),
    "archive:search_feed": _search("search_feed", *(f"&format={form}" for form in FEEDS)),
    "archive:search_description": _plain("archive:search_description"),
    "archive:browse": _plain("archive:browse"),
    "archive:browse_decade": _plain("archive:browse_decade", 2010),
    "archive:browse_year": _plain("archive:browse_year", 2015),
    "archive:browse_month": _plain("archive:browse_month", 2015, 9),
    "archive:browse_day": lambda world: [
        reverse("archive:browse_day", args=[2015, 9, day]) for day in (22, 23)
    ],
    "archive:on_this_day": _plain("archive:on_this_day"),
    "archive:on_this_day_of": lambda world: [
        reverse("archive:on_this_day_of", args=[9, day]) for day in (22, 23)
    ],
    "archive:browse_page": _plain("archive:browse_page", 2015, 9, 22, "alpha", "1"),
    "archive:browse_sections": _plain("archive:browse_sections"),
    "archive:browse_names": _plain("archive:browse_names", "places"),
    "archive:browse_letter": _plain("archive:browse_letter", "places", "z"),
    "archive:entity_index": _plain("archive:entity_index"),
    "archive:entity": _plain("archive:entity", "zhanjiang", queries=("", "?role=about")),
    "archive:entity_card": _plain("archive:entity_card", "zhanjiang"),
    "archive:entity_feed": _feeds("entity_feed", "zhanjiang"),
    "archive:cities": _plain("archive:cities"),
    "archive:city": _plain("archive:city", "zhanjiang"),
    "archive:tie_index": _plain(
        "archive:tie_index", queries=("", "?format=csv", "?format=geojson")
    ),
    "archive:tie_timeline": _plain("archive:tie_timeline"),
    "archive:tie_overview": _plain("archive:tie_overview"),
    "archive:compare": _plain("archive:compare", queries=("", "?one=zhanjiang")),
    "archive:pair": _plain("archive:pair", "chicago", "zhanjiang"),
    "archive:pair_feed": _feeds("pair_feed", "chicago", "zhanjiang"),
    "archive:dossier_reader": _plain("archive:dossier_reader", "dossier"),
    "archive:dossier_epub": _plain("archive:dossier_epub", "dossier"),
    "archive:story_epub": _stories("archive:story_epub"),
    "archive:dossier_feed": _feeds("dossier_feed", "dossier"),
    "archive:archive_feed": _feeds("archive_feed"),
    "archive:publication_feed": _feeds("publication_feed", "alpha"),
    "archive:section_feed": _feeds("section_feed", "alpha", "world"),
    "archive:cite": _stories("archive:cite", *(f"?format={form.code}" for form in FORMS)),
    "archive:reprint": _reprints,
    "archive:report": _reports,
    "archive:report_thanks": lambda world: [
        f"{reverse('archive:report_thanks')}?story={world.pages['open'].pk}"
    ],
    "archive:saved": _plain("archive:saved"),
    "archive:cite_stories": _plain("archive:cite_stories"),
    "archive:manifest": _plain("archive:manifest"),
    "archive:twin": _twins,
    "archive_llms": _plain("archive_llms"),
    "archive_dump": _plain("archive_dump"),
    "archive_dump_changes": _plain("archive_dump_changes", "changes-20260101T0.jsonl.gz"),
    "archive_dump_checksums": _plain("archive_dump_checksums"),
    "archive_dump_key": _plain("archive_dump_key"),
    "archive_dump_signature": _plain("archive_dump_signature"),
    "archive_sync": _plain("archive_sync"),
    "archive_sync_capabilities": _plain("archive_sync_capabilities"),
    "archive_sync_change_part": _plain("archive_sync_change_part", "0.0"),
    "archive_sync_changes": _plain("archive_sync_changes"),
    "archive_sync_resource_part": _plain("archive_sync_resource_part", "0"),
    "archive_sync_resources": _plain("archive_sync_resources"),
    "archive_tdmrep": _plain("archive_tdmrep"),
    "archive_oai": _oai,
    "archive_robots": _plain("archive_robots"),
    "archive_sitemap": _plain("archive_sitemap"),
    "archive_sitemap_news": _plain("archive_sitemap_news"),
    "archive_sitemap_file": _sitemaps,
    "archive_permalink": _stories("archive_permalink"),
    "archive_permalink_in": _permalinks_in,
    "archive_service_worker": _plain("archive_service_worker"),
    "archive_view": lambda world: [
        f"{reverse('archive_view', args=[mode])}?to=/en/" for mode in MODES
    ],
}
