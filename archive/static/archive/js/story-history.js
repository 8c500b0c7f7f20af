/* A body's history of changes that blocks take part in as such: a paragraph is split, two are
 * joined, blocks are pasted, added, copied, moved or deleted. Draft.js has a history for each
 * paragraph, which would take back half of such a step, and lose or double words: it begins anew
 * there, and what is older is here. A step is taken back, and done again, only while its blocks hold
 * what it left in them.
 */
(() => {
  "use strict";

  const done = [];
  const undone = [];
  // A step is being made, taken back or done again: what it does with blocks is part of it.
  let isAtWork = false;

  const isParagraph = (child) => child?.type === "paragraph";

  const editorOf = (child) => child?.block.widget?.input?.draftailEditor;

  const remove = (stream, child) => {
    if (!child || stream.children[child.index] !== child) return;
    // The browser takes the cursor out of what is hidden only later.
    if (child.element.contains(document.activeElement)) document.activeElement.blur();
    stream.deleteBlock(child.index, {});
  };

  const withId = (stream, id) => stream.children.find((child) => child.id === id);

  /* The state with no history. */
  const fresh = (state) => {
    const { EditorState } = window.DraftJS;
    return EditorState.set(state, {
      undoStack: state.getUndoStack().clear(),
      redoStack: state.getRedoStack().clear(),
      lastChangeType: null,
    });
  };

  /* For another editor, or the same one later: what the browser itself had put on the screen at the
   * time isn't there any more. */
  const unfocused = (state) => {
    const { EditorState, SelectionState } = window.DraftJS;
    const first = state.getCurrentContent().getFirstBlock().getKey();
    const rendered = EditorState.set(state, { nativelyRenderedContent: null });
    return EditorState.acceptSelection(rendered, SelectionState.createEmpty(first));
  };

  /* What a block holds: an editor's state, or as the form keeps it while no editor has started. */
  const stateOf = (child) => {
    if (!isParagraph(child)) return null;
    return child.block.widget.isWaiting ? child.block.getValue() : editorOf(child).getEditorState();
  };

  const rawOf = (state) =>
    typeof state === "string"
      ? JSON.parse(state)
      : window.DraftJS.convertToRaw(state.getCurrentContent());

  const placesOf = (ranges = []) =>
    ranges
      .filter(({ style }) => !style?.startsWith("COMMENT-"))
      .map(({ offset, length, style }) => `${offset} ${length} ${style || ""}`)
      .sort();

  const textsIn = (value) => {
    if (value && typeof value === "object") return Object.values(value).flatMap(textsIn);
    if (typeof value !== "string" || !value.startsWith("{")) return value ? [`${value}`] : [];
    try {
      return JSON.parse(value).blocks.map(({ text }) => text);
    } catch {
      return [value];
    }
  };

  const wordsOf = (child, state = stateOf(child)) => {
    if (!isParagraph(child)) return JSON.stringify(textsIn(child.block.getValue()));
    const blocks = rawOf(state)?.blocks || [];
    if (!blocks.some(({ text }) => text)) return "";
    return JSON.stringify(
      blocks.map(({ text, type, inlineStyleRanges, entityRanges }) => [
        text,
        type,
        placesOf(inlineStyleRanges),
        placesOf(entityRanges),
      ]),
    );
  };

  /* What the block at hand holds beside its text, such as a picture, is known from now on. */
  const withValue = (entry) =>
    isParagraph(entry.child)
      ? entry
      : { ...entry, words: wordsOf(entry.child), value: entry.child.block.getState() };

  const look = (stream, atHand) =>
    stream.children.map((child) => {
      // A new form's blocks have none yet.
      child.id ||= crypto.randomUUID();
      const entry = { child, id: child.id, state: stateOf(child) };
      return child === atHand ? withValue(entry) : entry;
    });

  const contentOf = ({ state }) => state?.getCurrentContent?.() || state;

  const isSame = (one, other) => one?.child === other?.child && contentOf(one) === contentOf(other);

  const withWords = (entry) => ({ words: wordsOf(entry.child, entry.state), ...entry });

  const atWork = (work) => {
    isAtWork = true;
    try {
      return work();
    } finally {
      isAtWork = false;
    }
  };

  /* Changes a body by `work`, as one step; gives the step. The cursor stands in `child`. */
  const change = (stream, child, work) => {
    const before = look(stream, child);
    atWork(work);
    const after = look(stream, child);
    const isBeside = (one, other) => isSame(one, other) && one.child !== child;
    let start = 0;
    while (start < before.length && isBeside(before[start], after[start])) start += 1;
    let end = 0;
    while (
      end < Math.min(before.length, after.length) - start &&
      isBeside(before.at(-1 - end), after.at(-1 - end))
    )
      end += 1;
    const runOf = (all) => all.slice(start, all.length - end).map(withWords);
    const behind = before[start - 1]?.id;
    const step = { stream, behind, before: runOf(before), after: runOf(after), cursor: child?.id };
    if (step.before.length || step.after.length) done.push(step);
    undone.length = 0;
    return step;
  };

  const isAsLeft = (stream, { id, words }) => {
    const child = withId(stream, id);
    return Boolean(child) && wordsOf(child) === words;
  };

  /* Whether the blocks are there, one behind the other, with the words that they had. */
  const areAsLeft = (stream, entries) => {
    const first = withId(stream, entries[0]?.id)?.index;
    return entries.every(
      (entry, n) => isAsLeft(stream, entry) && withId(stream, entry.id).index === first + n,
    );
  };

  /* The form has it at once, for who saves it the next moment. */
  const store = (child) => window.ArchiveStoryEditors.store(child.block.widget.input);

  const put = (child, state) => {
    editorOf(child).onChange(unfocused(state));
    store(child);
  };

  /* Where a side of a step begins; one that has no blocks, behind the block that stood above it. */
  const placeOf = ({ stream, behind }, entries) =>
    entries.length
      ? withId(stream, entries[0].id).index
      : (withId(stream, behind)?.index ?? -1) + 1;

  /* The blocks of one side of a step give way to those of the other. */
  const exchange = (step, from, to) => {
    const { stream } = step;
    const at = placeOf(step, from);
    document.getSelection().removeAllRanges();
    // With the history that each has by now, for the way back.
    for (const entry of from) {
      entry.child = withId(stream, entry.id);
      entry.state = stateOf(entry.child);
      Object.assign(entry, entry.value && withValue(entry));
    }
    for (const { id, child } of from)
      if (!to.some((entry) => entry.id === id)) remove(stream, child);
    to.forEach(({ id, child, state, value: held, words }, n) => {
      const own = withId(stream, id);
      if (own && state?.getCurrentContent) put(own, state);
      if (own && held && wordsOf(own) !== words) own.block.setState(held);
      if (own) stream.moveBlock(own.index, at + n);
      if (own) return;
      const value = state?.getCurrentContent ? unfocused(state) : state;
      const known = value ?? held ?? child.block.getState();
      const added = stream.insert({ type: child.type, value: known, id }, at + n);
      if (state?.getCurrentContent) store(added);
    });
  };

  const focus = (stream, { id, state } = {}) => {
    const child = withId(stream, id);
    const editor = isParagraph(child) && editorOf(child);
    if (!editor) return;
    const { EditorState } = window.DraftJS;
    const now = editor.getEditorState();
    const selection = state?.getSelection?.() || EditorState.moveSelectionToEnd(now).getSelection();
    editor.onChange(EditorState.forceSelection(now, selection));
    editor.focus();
  };

  const drop = (steps, step) => {
    if (steps.includes(step)) steps.splice(steps.indexOf(step), 1);
  };

  /* Takes a step back. Where somebody has gone on with one of its blocks, only those go that the step
   * brought along, `added` by their ids, and that are as they came; false then. */
  const takeBack = (step, added = []) => {
    const { stream, before, after, behind, cursor } = step;
    drop(done, step);
    if ((before.length || after.length) && areAsLeft(stream, after)) {
      atWork(() => exchange(step, after, before));
      focus(stream, before.find(({ id }) => id === cursor) || before[0] || { id: behind });
      undone.push(step);
      return true;
    }
    const left = after.filter((entry) => added.includes(entry.id) && isAsLeft(stream, entry));
    atWork(() => {
      for (const { id } of left) remove(stream, withId(stream, id));
    });
    return false;
  };

  /* A block that was added and written in isn't taken away. */
  const isOver = ({ stream, before, after }) =>
    after.some(({ id }) => !withId(stream, id)) || (!before.length && !areAsLeft(stream, after));

  const undo = () => {
    while (done.length && isOver(done.at(-1))) done.pop();
    const step = done.at(-1);
    if (!step) return;
    if (!areAsLeft(step.stream, step.after)) window.ArchiveBody.tell("textCannotUndo");
    else if (step.undo) step.undo();
    else takeBack(step);
  };

  const redo = () => {
    const step = undone.at(-1);
    if (!step) return;
    if (!areAsLeft(step.stream, step.before)) {
      window.ArchiveBody.tell("textCannotRedo");
      return;
    }
    undone.pop();
    atWork(() => exchange(step, step.before, step.after));
    done.push(step);
    step.redo?.();
    focus(step.stream, step.after.filter(({ child }) => isParagraph(child)).at(-1));
  };

  /* The keys of an editor that has nothing of its own to take back, or to do again; and those that
   * no field gets, as after a block's button. */
  const onKey = (event) => {
    const { target, altKey, ctrlKey, metaKey, shiftKey } = event;
    const key = event.key.toLowerCase();
    if (altKey || !(ctrlKey || metaKey) || !(key === "z" || (key === "y" && !shiftKey))) return;
    const isUndo = key === "z" && !shiftKey;
    if (target.closest?.('input, textarea, select, [contenteditable="true"], [role="dialog"]')) {
      if (!target.matches(".public-DraftEditor-content")) return;
      const child = window.ArchiveBody.blockOf(target)?.child;
      if (!isParagraph(child)) return;
      const state = editorOf(child).getEditorState();
      if ((isUndo ? state.getUndoStack() : state.getRedoStack()).size) return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isUndo) undo();
    else redo();
  };

  // What Wagtail's buttons and menus do with the blocks of a body

  const isBody = (stream) =>
    [...document.querySelectorAll('[data-contentpath^="body"] [id$="-root"]')].some(
      ({ rootBlock }) => rootBlock === stream,
    );

  /* Wagtail's method makes a step; `around` it is done what else belongs to that. */
  const follow = (name, around) => {
    const { prototype } = window.wagtailStreamField.blocks.StreamBlock;
    const own = prototype[name];
    prototype[name] = function followed(...given) {
      const work = (...values) => own.apply(this, values);
      return isAtWork || !isBody(this) ? work(...given) : around(this, work, given);
    };
  };

  const asStep = (stream, work, given) => change(stream, null, () => work(...given));

  /* Halves as ours; the paragraph is whole before, without the word that opened the menu. */
  const splitByMenu = (stream, work, [index, before, after, ...rest]) => {
    const { EditorState } = window.DraftJS;
    const child = stream.children[index];
    const whole = EditorState.undo(before);
    editorOf(child).onChange(EditorState.set(whole, { redoStack: whole.getRedoStack().clear() }));
    const halves = [before, after].map((half) => fresh(unfocused(half)));
    change(stream, child, () => work(index, ...halves, ...rest));
  };

  const deleteByButton = (stream, work, given) => {
    // Scripts of ours tell of what they delete themselves.
    if (!given[1]?.animate) work(...given);
    else window.ArchiveBody.tellDeleted(asStep(stream, work, given));
  };

  document.addEventListener("DOMContentLoaded", () => {
    if (!window.wagtailStreamField) return;
    for (const name of ["moveBlock", "duplicateBlock", "_onRequestInsert"]) follow(name, asStep);
    follow("splitBlock", splitByMenu);
    follow("deleteBlock", deleteByButton);
  });

  document.addEventListener("keydown", onKey, true);

  window.ArchiveHistory = {
    ...{ change, takeBack, fresh, unfocused },
    ...{ editorOf, isParagraph, withId, wordsOf },
  };
})();
