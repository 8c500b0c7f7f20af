"""Batches of imports: files in, read in slices, checked by a person, accepted, undone.

How a screen uses this. All functions take objects and a user, never a request. They raise
`IntakeError` with a sentence for the person, and `PermissionDenied` for whoever may not import.

    policies.py
        may_import(user) -> bool                          whether to show the menu item
        batches_for(user) -> QuerySet[ImportBatch]        theirs, or an archive editor's: all
        check_batch(batch, user)                          raises PermissionDenied
    actions.py
        create_batch(user, name="", options=FilingOptions()) -> ImportBatch
        add_file(batch, user, name, data) -> ImportFile   bytes or a Django File
        add_text(batch, user, text, name="") -> ImportFile
        add_folder(batch, user, path) -> list[ImportFile] below ARCHIVE_INTAKE_FOLDERS only
        start_reading(batch)                              by a worker, if one runs
        delete_batch(batch, user)                         with its files; stories stay
    slices.py
        read_slice(batch, seconds=2.0) -> SliceProgress   the page calls it until `is_done`;
                                                          any number of callers may
    changes.py
        change_fields(item, user, {"headline": "…", "published": "2015-09-22", …})
        retype(item, user, (start, end), kind)            a line's kind, by its span in `item.text`
    decisions.py
        accept(item, user, publish=False, as_version=False) -> ItemDecision
        accept_above(batch, user, confidence, publish=False) -> list[ItemDecision]
        reject(item, user), put_back(item, user)
    joins.py
        joined_with(item) -> JoinedItems | None           what is accepted with it, for its page
        joins_among(items) -> list[JoinedItems]           what accepting all of them joins
    undo.py
        undo_batch(batch, user) -> ImportUndoPlan         what went; what is excepted, and why
    profile_choice.py
        proposed_rules(item) -> list[dict]                what the person's corrections say
        save_profile(user, profile) -> SourceProfile      nothing is learned but by this

The list is `batch.items` in its own order, most doubtful first; `batch.counts()` gives the
numbers by state, "files" and "unread". An item's `record` is the JSON report's record (with
`fields` = confidence and spans into `item.text`) and what else storing needs: see
`stored`. `item.page` is the story that it would change (before and after), until it is accepted;
then the story that it became. `item.duplicate_of` and `item.twin` are the text that it is like,
`item.likeness` how much. `item.group` keeps the halves of a bilingual story together.
`item.pictures` are [{"name", "file"}] in `storage.private_storage()`, until the item is accepted. A
decision's `lacks` are named by `plan.lack_label`.
"""
