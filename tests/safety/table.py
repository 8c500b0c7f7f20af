"""What each role gets at each address: the declaration that the matrix is held against.

An address of the admin stands below its outcomes, one letter a role in the order of `ROLES`: for
GET and for POST, and for Beta's row after Alpha's where that differs. o: shown, r: refused, x: no
such thing, m: not by this method, >: led elsewhere, ".": let through, to whatever the data is
worth, and "!": let through, and too much for Wagtail, which has no form there. A refused request
must write nothing.
"""

from collections.abc import Iterator

_ADMIN = """
rrrooroo | rrr..r..
    archive_exchange:import archive_exchange:memory_tmx archive_translation:notices
    archive_translation:other_texts archive_translation:other_texts_results
    archive_replacement:replace_in_mine wagtailsnippets_archive_translation:list
    wagtailsnippets_archive_translation:list_results
rrrmmmmm | rrr..r..
    archive_exchange:take
rrrooroo | rrrrrr..
    archive_exchange:memory
rrrrrroo | rrrrrrmm
    archive_assessment:quality
rrrooroo | rrrmmrmm
    archive_assessment:statistics archive_memory:search
rrrmmmmm | rrrrrrrr
    archive_assessment:time
rrrmmmmm | rrr..r..
    archive_translation:shortcuts
rrrmmmmm | rrrrrr..
    archive_assessment:assess archive_assessment:mark_error archive_assessment:unmark_error
rrr>>r>> | rrrmmmmm
    archive_translation:notice
rrrrroro | rrrrr!r!
    archive_place_chooser:create wagtailsnippetchoosers_archive_author:create
    wagtailsnippetchoosers_archive_entity:create wagtailsnippetchoosers_archive_tie:create
rrrrroro | rrrrr.r.
    archive_translation:picture_texts
    archive_merging:doubles archive_merging:merge archive_merging:split
    archive_name_suggestions:report
    archive_name_suggestions:report_results archive_unfiled:report archive_unfiled:report_results
    archive_saved_views:add stories:index stories:index_results
    wagtailadmin_pages:search wagtailadmin_pages:search_results wagtailadmin_pages:type_use
    wagtailadmin_pages:type_use_results
    wagtailsnippets_archive_author:add wagtailsnippets_archive_author:edit
    wagtailsnippets_archive_author:history wagtailsnippets_archive_author:history_results
    wagtailsnippets_archive_author:list wagtailsnippets_archive_author:list_results
    wagtailsnippets_archive_author:usage wagtailsnippets_archive_entity:add
    wagtailsnippets_archive_entity:edit wagtailsnippets_archive_entity:export_table
    archive_exchange:names_tbx wagtailsnippets_archive_entity:history
    wagtailsnippets_archive_entity:history_results
    archive_exchange:import_glossary
    wagtailsnippets_archive_entity:import_names wagtailsnippets_archive_entity:list
    wagtailsnippets_archive_entity:list_results wagtailsnippets_archive_entity:usage
    wagtailsnippets_archive_tie:add wagtailsnippets_archive_tie:delete
    wagtailsnippets_archive_tie:edit wagtailsnippets_archive_tie:history
    wagtailsnippets_archive_tie:history_results wagtailsnippets_archive_tie:list
    wagtailsnippets_archive_tie:list_results wagtailsnippets_archive_tie:usage
rrrrroro | rrrrr.r.
    archive_import:index archive_import:index_results archive_import:new
    archive_source_profiles:add archive_source_profiles:delete archive_source_profiles:edit
    archive_source_profiles:history archive_source_profiles:history_results
    archive_source_profiles:index archive_source_profiles:index_results
    archive_source_profiles:usage
rrrrroro | rrrrr.r.
    archive_pairs:list archive_reprints:list
rrrrrxro | rrrrr.r.
    archive_pairs:pair
rrrrrxrx | rrrrr.r.
    archive_saved_views:delete
rrrmmmmm | rrrrr.r. rrrrrrr.
    archive_versions:restore
rrrorroo rrrroroo | rrr.rr.. rrrr.r..
    archive_pairs:links archive_replacement:replace
rrrrroro rrrrrxro | rrrrr.r.
    archive_import:accept_above archive_import:batch archive_import:delete archive_import:item
    archive_import:item_columns archive_import:item_places archive_import:item_profile
    archive_import:undo
rrrrrmrm rrrrrxrm | rrrrr.r.
    archive_import:add archive_import:decide archive_import:read
rrrrrrro | rrrrrrr.
    archive_first_run archive_state
rrrooooo | rrrmmmmm
    archive_guide
rrrxxxxx | rrr.....
    archive_journal:undo archive_machinery:fill archive_machinery:read_all
    wagtailadmin_api:pages:find
    wagtailadmin_pages:collect_workflow_action_data wagtailadmin_pages:convert_alias
    wagtailadmin_pages:workflow_action
rrrooooo | rrr.rr.. rrrr.r..
    bulk:translation.analyse
rrrooooo | rrr.....
    archive_place_chooser:choose archive_place_chooser:choose_results
    archive_place_chooser:chosen archive_place_chooser:chosen_multiple stories:choose_parent
    bulk:articlepage.delete bulk:articlepage.edit bulk:articlepage.move
    bulk:articlepage.export bulk:articlepage.offer bulk:articlepage.publish
    bulk:articlepage.unpublish bulk:author.merge
    bulk:author.part
    bulk:page.delete bulk:page.move bulk:page.publish bulk:page.unpublish
    bulk:readerreport.accept-reports bulk:readerreport.delete bulk:readerreport.done-reports
    bulk:readerreport.reject-reports bulk:translation.assign
    bulk:translation.delete bulk:translation.due-date bulk:translation.export
    bulk:translation.pretranslate bulk:translation.release
    bulk:translation.take bulk:translation.urgency wagtailadmin_api:pages:listing
    wagtailadmin_choose_page wagtailadmin_choose_page_child
    wagtailadmin_choose_page_chosen_multiple wagtailadmin_choose_page_search
    wagtailadmin_pages:choose_parent wagtailadmin_pages:confirm_workflow_cancellation
    wagtailsnippetchoosers_archive_author:choose
    wagtailsnippetchoosers_archive_author:choose_results
    wagtailsnippetchoosers_archive_author:chosen
    wagtailsnippetchoosers_archive_author:chosen_multiple
    wagtailsnippetchoosers_archive_entity:choose
    wagtailsnippetchoosers_archive_entity:choose_results
    wagtailsnippetchoosers_archive_entity:chosen
    wagtailsnippetchoosers_archive_entity:chosen_multiple
    wagtailsnippetchoosers_archive_tie:choose
    wagtailsnippetchoosers_archive_tie:choose_results
    wagtailsnippetchoosers_archive_tie:chosen
    wagtailsnippetchoosers_archive_tie:chosen_multiple
    wagtailsnippets_archive_reader_reports_readerreport:list
    wagtailsnippets_archive_reader_reports_readerreport:list_results
rrrmmmmm | rrr.rr.. rrrrr.r.
    archive_reader_reports:settle
rrrmmmmm | rrrrr.r. rrrrrrr.
    archive_name_suggestions:again archive_name_suggestions:answer wagtailadmin_pages:lock
    wagtailadmin_pages:set_page_position wagtailadmin_pages:unlock
rrrmmmmm | rrrrr.r.
    archive_name_suggestions:again_new archive_ties:add_evidence archive_story_form:byline
    archive_story_form:paste
rrrrrmrm | rrrrr.r.
    archive_stories:picture archive_tie_maps:locator_map
rrrmmmmm | rrr.rr.. rrrr.r..
    archive_translation:add_comment archive_translation:add_term archive_name_suggestions:mark
    archive_translation:release
    archive_translation:take archive_translation:waive_finding
rrrrroro rrrrrrro | rrrrr.r. rrrrrrr.
    archive_translation:changes wagtailadmin_pages:add wagtailadmin_pages:copy
    wagtailadmin_pages:delete wagtailadmin_pages:edit wagtailadmin_pages:history
    wagtailadmin_pages:history_results wagtailadmin_pages:move
    wagtailadmin_pages:preview_on_add wagtailadmin_pages:preview_on_edit
    wagtailadmin_pages:revisions_compare wagtailadmin_pages:revisions_revert
    wagtailadmin_pages:revisions_unschedule wagtailadmin_pages:revisions_view
    wagtailadmin_pages:set_privacy wagtailadmin_pages:unpublish wagtailadmin_pages:usage
    wagtailadmin_pages:view_draft wagtailadmin_pages:workflow_history
rrrorroo rrrroroo | rrr.....
    archive_translation:findings archive_translation:people
rrrmmmmm | rrr.....
    archive_machinery:draft archive_machinery:read wagtailadmin_api:pages:action
rrr>rr>> rrrr>r>> | rrr.rr.. rrrr.r..
    archive_translation:open
rrrmmmmm | rrr.rr.. rrrr.r..
    archive_translation:save_segment archive_translation:undo archive_replacement:replace_here
rrrooooo | rrrmmmmm
    archive_session
rrrmmmmm | rrr.rr..
    archive_translation:reply_to_comment archive_translation:resolve_comment
    archive_translation:unwaive_finding
rrrorroo rrrroroo | rrr.rr.. rrrr.r..
    archive_translation:exact_matches archive_translation:repetitions
    wagtailsnippets_archive_translation:confirm_workflow_cancellation
    wagtailsnippets_archive_translation:edit wagtailsnippets_archive_translation:history
    wagtailsnippets_archive_translation:history_results
    wagtailsnippets_archive_translation:preview_on_edit
    wagtailsnippets_archive_translation:revisions_compare
    wagtailsnippets_archive_translation:revisions_revert
    wagtailsnippets_archive_translation:revisions_view
    wagtailsnippets_archive_translation:usage
    wagtailsnippets_archive_translation:workflow_history
rrrorroo rrrroroo | rrr.....
    archive_translation:concordance archive_translation:page archive_translation:page_window
    archive_translation:rows archive_translation:sidebar
rrrrroro rrrrrrro | rrr.....
    archive_stories:missing
rrrrroro | rrr.....
    archive_ties:sentences
rrrooooo | rrr.....
    archive_stories:picture_texts
rrrooooo | rrr....r
    bulk:author.delete bulk:entity.delete
rrr>>>>> | rrr.....
    bulk:entity.merge wagtailadmin_pages:revisions_index
rrrooooo | rrr.....
    wagtailsnippets_archive_glossaryterm:add archive_exchange:terms_tbx
    bulk:glossaryterm.delete wagtailsnippets_archive_glossaryterm:history
    wagtailsnippets_archive_glossaryterm:history_results
    wagtailsnippets_archive_glossaryterm:list wagtailsnippets_archive_glossaryterm:list_results
rrrrrooo | rrrrr...
    wagtailsnippets_archive_glossaryterm:delete wagtailsnippets_archive_glossaryterm:edit
    archive_exchange:import_terms wagtailsnippets_archive_glossaryterm:usage
rrrxxoxo rrrxxxxo | rrr.....
    wagtailadmin_api:pages:detail
rrrrroro rrrrr>ro | rrrrr.r.
    wagtailadmin_explore wagtailadmin_explore_results
rrrrr>ro | rrrrr.r.
    wagtailadmin_explore_root
rrrrr>r> rrrrrrr> | rrrrr.r. rrrrrrr.
    wagtailadmin_pages:add_subpage
rrrooooo | rrrrrrr.
    wagtailadmin_pages:move_confirm
rrrrrxrx rrrrrrrx | rrrrr.r. rrrrrrr.
    wagtailadmin_pages:workflow_history_detail
rrrrrrrr | rrr.....
    wagtailadmin_pages:workflow_preview
rrrrrrro | rrrrrrrr
    wagtailsnippets_archive_author:delete wagtailsnippets_archive_entity:delete
rrrrrrrr | rrrrrrrr
    wagtailsnippets_archive_reader_reports_readerreport:add
    wagtailsnippets_archive_reader_reports_readerreport:delete
    wagtailsnippets_archive_translation:add wagtailsnippets_archive_translation:delete
    wagtailsnippets_archive_translation:preview_on_add
rrrorroo rrrrroro | rrr.rr.. rrrrr.r.
    wagtailsnippets_archive_reader_reports_readerreport:edit
    wagtailsnippets_archive_reader_reports_readerreport:history
    wagtailsnippets_archive_reader_reports_readerreport:history_results
    wagtailsnippets_archive_reader_reports_readerreport:usage
rrrxrrxx rrrrxrxx | rrr.rr.. rrrr.r..
    wagtailsnippets_archive_translation:collect_workflow_action_data
    wagtailsnippets_archive_translation:workflow_action
    wagtailsnippets_archive_translation:workflow_history_detail
rrrmrrmm rrrrmrmm | rrr.rr.. rrrr.r..
    wagtailsnippets_archive_translation:lock
rrrrrroo | rrrrrr..
    wagtailsnippets_archive_translation:revisions_unschedule
    wagtailsnippets_archive_translation:unpublish
rrrrrrmm | rrrrrr..
    wagtailsnippets_archive_translation:unlock
rrrrrrrr | rrr.rr.. rrrr.r..
    wagtailsnippets_archive_translation:workflow_preview
"""


def _read(text: str) -> Iterator[tuple[str, tuple[str, str]]]:
    got, posted = "", ""
    for line in text.splitlines():
        if "|" in line:
            got, posted = (part.strip() for part in line.split("|"))
        for name in line.split() if line.startswith(" ") else ():
            if name.startswith("bulk:"):
                name = name.replace("bulk:", "wagtail_bulk_action ").replace(".", " ")
            yield name, (got, posted)


# By the address's name, the outcomes of GET and of POST.
ADMIN: dict[str, tuple[str, str]] = dict(_read(_ADMIN))

# The outcomes that an address for readers may have, the same for everybody: some of what is asked
# for is hidden, see `addresses.OUTPUTS`.
PUBLIC: dict[str, str] = {
    **dict.fromkeys(
        (
            *("archive:browse", "archive:browse_decade", "archive:browse_year"),
            *("archive:browse_month", "archive:browse_names", "archive:browse_letter"),
            *("archive:browse_page", "archive:browse_sections", "archive:entity_index"),
            *("archive:on_this_day", "archive:on_this_day_of"),
            *("archive:entity", "archive:entity_feed", "archive:city", "archive:pair"),
            *("archive:pair_feed", "archive:tie_index", "archive:tie_overview"),
            "archive:compare",
            *("archive:tie_timeline", "archive:archive_feed", "archive:publication_feed"),
            *("archive:section_feed", "archive:search", "archive:search_feed"),
            *(
                "archive:search_trends",
                "archive:dossier_reader",
                "archive:dossier_epub",
                "archive:dossier_feed",
                "archive:search_suggest",
                "archive:search_description",
                "archive:saved",
            ),
            *("archive:manifest", "archive_oai", "archive_robots", "archive_service_worker"),
            *("archive_sitemap", "archive_sitemap_news", "archive_llms"),
            *("archive_sync", "archive_sync_capabilities", "archive_sync_changes"),
            *("archive_sync_change_part", "archive_sync_resources", "archive_sync_resource_part"),
        ),
        "o",
    ),
    **dict.fromkeys(("archive:entity_card", "archive:report_thanks"), "om"),
    **dict.fromkeys(("archive:browse_day", "archive:cite", "archive:reprint"), "ox"),
    "archive:story_epub": "ox",
    # A report without words is a form that is refused.
    "archive:report": "oxb",
    **dict.fromkeys(("archive_sitemap_file",), "ox"),
    **dict.fromkeys(("archive:cities", "archive_view"), ">"),
    **dict.fromkeys(("archive_permalink", "archive_permalink_in"), ">x"),
    "archive:page": "o>xr",
    # By POST alone, and for what names stories.
    "archive:cite_stories": "mb",
    "archive_mcp": "mo",
    "archive:twin": "ox",
    # There is no dump until one is made.
    "archive_dump": "x",
    **dict.fromkeys(
        (f"archive_dump_{one}" for one in ("changes", "checksums", "key", "signature")), ">x"
    ),
    # Nothing is reserved until a site says so.
    "archive_tdmrep": "x",
    "wagtail_serve": "o",
}
# Who is shown the page of a story that isn't for all.
HIDDEN: dict[str, set[str]] = {
    **{name: set() for name in ("draft", "draftbeta", "embargoed", "unpublished", "deleted")},
    "password": {"reader with the password"},
    "group": {"reader in the group", "administrator"},
    "later": {
        *("reader in the group", "translator into Chinese", "translator into English"),
        *("editor of Alpha", "reviewer", "administrator"),
    },
}
# Wagtail tells the title of a live page's newest draft to whoever may open the admin.
TOLD_BY_WAGTAIL = (
    *("wagtailadmin_choose_page_child", "wagtailadmin_pages:move_confirm"),
    "wagtail_bulk_action page",
)
# The outputs that are asked for at these addresses.
DECLARED: dict[str, set[str]] = {
    "feeds": {"rss", "atom", "json"},
    "citations": {"bibtex", "ris", "csl-json"},
    "OAI-PMH": {
        *("Identify", "ListMetadataFormats", "ListSets", "ListIdentifiers", "ListRecords"),
        "GetRecord",
    },
    "sitemaps": {"pages", "stories", "issues", "names", "ties"},
    "views": {"en", "zh-hans", "both", "reveal"},
    "files for translation tools": {"xliff12", "xliff21", "po", "docx", "xlsx"},
    "bulk actions": {
        name.removeprefix("wagtail_bulk_action ")
        for name in ADMIN
        if name.startswith("wagtail_bulk_action ")
    },
}
