/* Changes a story's form as an editor would: adds or takes off a tag, marks a name in the text.
 *
 * Everything is stored with the form, by its own buttons. No other word of it is touched.
 */
(() => {
  "use strict";

  const TAGS = "id_entity_tags";
  const TYPE = "ENTITY";

  // Tags: rows of Wagtail's inline panel

  const rows = () => [...document.querySelectorAll(`#${TAGS}-FORMS input[name$="-entity"]`)];
  const prefixOf = (input) => input.id.replace(/-entity$/, "");
  const isDeleted = (input) => Boolean(document.getElementById(`${prefixOf(input)}-DELETE`)?.value);
  const rowOf = (id) => rows().find((input) => input.value === String(id) && !isDeleted(input));

  /* False where the form has no such panel, or no chooser in it. */
  const addTag = ({ entity, title, url }, role) => {
    if (rowOf(entity)) return true;
    const add = document.getElementById(`${TAGS}-ADD`);
    if (!add) return false;
    const known = new Set(rows());
    add.click();
    const input = rows().find((one) => !known.has(one));
    const chooser = input && document.getElementById(`${input.id}-chooser`)?.widget;
    if (!chooser) return false;
    chooser.setState({ id: entity, title, edit_url: url });
    setRole(entity, role);
    return true;
  };

  const hasTag = (entity) => Boolean(rowOf(entity));

  const setRole = (entity, role) => {
    const row = rowOf(entity);
    const select = row && document.getElementById(`${prefixOf(row)}-role`);
    if (!select || select.value === role) return;
    select.value = role;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const removeTag = (entity) => {
    const row = rowOf(entity);
    if (row) document.getElementById(`${prefixOf(row)}-DELETE-button`)?.click();
  };

  // Mentions: marks in Draftail's text

  const editorsIn = (part) =>
    [...part.querySelectorAll("input, textarea")]
      .map((input) => input.draftailEditor)
      .filter(Boolean);

  /* The body in the story's language, also while another tab is looked at. */
  const bodies = () =>
    [...document.querySelectorAll('[data-contentpath^="body"]')].filter(
      (body) => !body.closest("[data-archive-language]")?.closest(".w-panel")?.hidden,
    );

  /* The editor of a segment: "block", "block/text" or "block/items/item"; undefined for plain text. */
  const editorOf = (segment) => {
    let part = null;
    segment.split("/").forEach((id) => {
      const scope = part || document;
      const input = [...scope.querySelectorAll('input[type="hidden"][name$="-id"]')].find(
        (one) => one.value === id,
      );
      if (input) part = input.closest("[data-streamfield-child]") || part;
    });
    return part ? editorsIn(part)[0] : undefined;
  };

  /* Where the words stand in the editor's text: at the start that the server saw, or nearest to it. */
  const findIn = (content, start, words) => {
    const blocks = content.getBlocksAsArray();
    const text = blocks.map((block) => block.getText()).join("\n");
    let at = text.startsWith(words, start) ? start : -1;
    for (let next = text.indexOf(words); at < 0 && next >= 0; ) {
      const later = text.indexOf(words, next + 1);
      if (later < 0 || Math.abs(later - start) > Math.abs(next - start)) at = next;
      next = later;
    }
    if (at < 0) return null;
    for (const block of blocks) {
      const length = block.getLength();
      if (at + words.length <= length) return { block, from: at, to: at + words.length };
      // A name that runs on into another paragraph isn't one.
      if (at <= length) return null;
      at -= length + 1;
    }
    return null;
  };

  const isFree = ({ block, from, to }) => {
    for (let at = from; at < to; at += 1) if (block.getEntityAt(at)) return false;
    return true;
  };

  const marksIn = ({ value }) =>
    value.includes(TYPE) ? Object.values(JSON.parse(value)?.entityMap || {}) : [];

  const isMarked = (entity) => {
    settle();
    return bodies()
      .flatMap((body) => [...body.querySelectorAll('input[type="hidden"]')])
      .flatMap(marksIn)
      .some(({ type, data }) => type === TYPE && String(data.id) === String(entity));
  };

  const rangeIn = (block, from, to) =>
    window.DraftJS.SelectionState.createEmpty(block.getKey()).merge({
      anchorOffset: from,
      focusOffset: to,
    });

  const push = (editor, content) => {
    const { EditorState } = window.DraftJS;
    const state = editor.getEditorState();
    const next = EditorState.push(state, content, "apply-entity");
    // The cursor stays where it is, and the keys stay in the list of suggestions.
    editor.onChange(EditorState.acceptSelection(next, state.getSelection()));
    editor.saveState();
  };

  /* Marks the first of these places that is free; null if none is, or one is marked already. */
  const markFirst = ({ entity, title, url }, spots) => {
    if (!window.DraftJS || isMarked(entity)) return null;
    for (const [segment, start, words] of spots) {
      const editor = editorOf(segment);
      const content = editor?.getEditorState().getCurrentContent();
      const place = content && findIn(content, start, words);
      if (place && isFree(place)) {
        const marked = content.createEntity(TYPE, "MUTABLE", { id: entity, label: title, url });
        const key = marked.getLastCreatedEntityKey();
        push(
          editor,
          window.DraftJS.Modifier.applyEntity(
            marked,
            rangeIn(place.block, place.from, place.to),
            key,
          ),
        );
        return { editor, key };
      }
    }
    return null;
  };

  const unmark = ({ editor, key }) => {
    let content = editor.getEditorState().getCurrentContent();
    content.getBlocksAsArray().forEach((block) => {
      block.findEntityRanges(
        (letter) => letter.getEntity() === key,
        (from, to) => {
          content = window.DraftJS.Modifier.applyEntity(content, rangeIn(block, from, to), null);
        },
      );
    });
    push(editor, content);
  };

  /* A block that was never stored has no id yet: the server's answer names blocks by theirs. */
  const nameBlocks = () => {
    bodies().forEach((body) => {
      body
        .querySelectorAll('[data-streamfield-child] input[type="hidden"][name$="-id"]')
        .forEach((input) => {
          if (!input.value) input.value = newId();
        });
    });
  };

  const newId = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  /* Draftail hands its text to the form a quarter of a second late; what waits has no news. */
  const plainly = (input) => input.draftailEditor.saveState();
  const settle = () =>
    bodies()
      .flatMap((body) => [...body.querySelectorAll("input:not([data-archive-waiting])")])
      .filter((input) => input.draftailEditor)
      .forEach(window.ArchiveStoryEditors?.store || plainly);

  window.ArchiveStoryForm = {
    addTag,
    hasTag,
    removeTag,
    setRole,
    markFirst,
    unmark,
    nameBlocks,
    settle,
  };
})();
