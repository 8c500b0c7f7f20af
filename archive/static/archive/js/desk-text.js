/* The translators' desk: a row's text, be it a plain input or Wagtail's rich text editor.
 *
 * Both are read and written alike, and whatever is put in for a translator is one step of undo.
 */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  // Draftail hands its text over a quarter of a second after the last key; somebody who types on
  // and on would lose all of it in a crash.
  const SETTLE_MS = 250;
  // Chinese characters and their punctuation.
  const WIDE = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u;

  /* Whether a lock, such as that of its review, keeps this person from changing the translation. */
  desk.isLocked = () => document.body.classList.contains("content-locked");

  class PlainText {
    constructor(field, changed) {
      this.field = field;
      this.input = field.querySelector("textarea, input");
      this.input.readOnly = desk.isLocked();
      // Half a word that an input method still composes is nobody's text.
      this.input.addEventListener("compositionstart", () => {
        this.composedOver = this.input.value;
      });
      this.input.addEventListener("compositionend", () => {
        this.composedOver = null;
        changed();
      });
      this.input.addEventListener("keydown", (event) => {
        const isPlain = !(event.ctrlKey || event.metaKey || event.altKey);
        if (event.key === "Enter" && isPlain && !event.isComposing) event.preventDefault();
      });
      this.input.addEventListener("paste", (event) => {
        const text = event.clipboardData.getData("text/plain");
        if (!/[\r\n]/.test(text.trim())) return;
        event.preventDefault();
        this.type(desk.inOneLine(text));
      });
    }

    get value() {
      return this.composedOver ?? this.input.value;
    }

    get plain() {
      return this.value;
    }

    plainOf(value) {
      return value;
    }

    /* The text without what doesn't matter: two that are alike say the same. */
    get words() {
      return this.wordsOf(this.value);
    }

    wordsOf(value) {
      return value.replace(/\r\n/g, "\n").trim();
    }

    get hasFocus() {
      return document.activeElement === this.input;
    }

    mount() {}

    settle() {}

    focus() {
      this.input.focus();
    }

    /* As stored elsewhere. */
    load(value) {
      if (value !== this.input.value) this.put(value, 0, this.input.value.length);
    }

    replace(text) {
      this.focus();
      this.input.select();
      this.type(text);
    }

    copy(source) {
      this.replace(source.textContent.trim());
    }

    before() {
      return this.input.value.slice(0, this.input.selectionStart);
    }

    get selected() {
      const { value, selectionStart, selectionEnd } = this.input;
      return this.hasFocus ? value.slice(selectionStart, selectionEnd) : "";
    }

    /* At the cursor; `over` letters before it go. */
    insert(text, { over = 0 } = {}) {
      this.focus();
      const { selectionStart, selectionEnd } = this.input;
      this.input.setSelectionRange(selectionStart - over, selectionEnd);
      this.type(text);
    }

    /* Write `text` where these words stand for the nth time, from 0; whether they do. */
    mend(words, nth, text) {
      const start = desk.nthPlace(this.input.value, words, nth);
      if (start < 0) return false;
      this.focus();
      this.input.setSelectionRange(start, start + words.length);
      this.type(text);
      return true;
    }

    /* As typed. */
    type(text) {
      const { readOnly, selectionStart, selectionEnd } = this.input;
      if (!readOnly) this.put(text, selectionStart, selectionEnd);
    }

    /* One step of undo (`desk-undo.js`). */
    put(text, start, end) {
      const told = { bubbles: true, inputType: "insertReplacementText" };
      this.input.dispatchEvent(new InputEvent("beforeinput", told));
      this.input.setRangeText(text, start, end, "end");
      this.input.dispatchEvent(new InputEvent("input", told));
    }
  }

  class RichText {
    constructor(field, options, changed) {
      this.field = field;
      this.input = field.querySelector("[data-desk-editor]");
      this.still = field.querySelector("[data-desk-still]");
      // No editor starts over what can only be read.
      this.isReadOnly = desk.isLocked();
      if (this.isReadOnly) this.still.setAttribute("aria-readonly", "true");
      // Wagtail's placeholder speaks of blocks; those are the source's.
      this.options = { ...options[this.input.dataset.deskEditor], placeholder: "" };
      this.watch(changed);
      ["keydown", "input", "paste", "cut", "drop", "compositionend"].forEach((kind) => {
        field.addEventListener(kind, () => this.settleSoon(), true);
      });
      field.addEventListener("paste", () => window.setTimeout(() => this.dropBlanks()), true);
    }

    settleSoon() {
      this.timer ||= window.setTimeout(() => {
        this.timer = 0;
        this.settle();
      }, SETTLE_MS);
    }

    /* Word puts an empty paragraph between two. That they go is the paste's own step of undo. */
    dropBlanks() {
      if (!this.editor) return;
      const { EditorState } = window.DraftJS;
      const state = this.editor.getEditorState();
      const content = state.getCurrentContent();
      const blocks = content.getBlockMap();
      const filled = blocks.filter((block) => block.getText().trim());
      if (!filled.size || filled.size === blocks.size) return;
      const cursor = state.getSelection();
      const isThere = filled.has(cursor.getAnchorKey()) && filled.has(cursor.getFocusKey());
      // Where a redo puts the cursor is in a paragraph that is still there, too.
      const after = isThere ? cursor : this.endOf(filled.last(), cursor);
      const next = content.merge({ blockMap: filled, selectionAfter: after });
      const silent = EditorState.set(state, { allowUndo: false });
      const pushed = EditorState.push(silent, next, "remove-range");
      this.editor.onChange(EditorState.set(pushed, { allowUndo: true }));
    }

    endOf(block, selection) {
      return selection.merge({
        anchorKey: block.getKey(),
        anchorOffset: block.getLength(),
        focusKey: block.getKey(),
        focusOffset: block.getLength(),
        isBackward: false,
      });
    }

    /* Draftail writes into the input and tells nobody. */
    watch(changed) {
      const { get, set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
      this.setSilently = (value) => set.call(this.input, value);
      Object.defineProperty(this.input, "value", {
        get() {
          return get.call(this);
        },
        set(value) {
          const isNew = value !== get.call(this);
          set.call(this, value);
          if (isNew) changed();
        },
      });
    }

    get editor() {
      return this.input.draftailEditor;
    }

    get value() {
      return this.input.value;
    }

    get plain() {
      return this.plainOf(this.value);
    }

    plainOf(value) {
      const blocks = JSON.parse(value || "null")?.blocks || [];
      return blocks.map((block) => block.text).join("\n");
    }

    get words() {
      // Asked for often, of every row.
      if (this.read !== this.input.value) {
        this.read = this.input.value;
        this.lastWords = this.wordsOf(this.read);
      }
      return this.lastWords;
    }

    wordsOf(value) {
      const raw = JSON.parse(value || "null") || { blocks: [], entityMap: {} };
      const ranges = (list) =>
        list.map((r) => [r.offset, r.length, r.style || this.named(raw.entityMap[r.key])]);
      const blocks = raw.blocks
        .filter((block, _n, all) => block.text.trim() || all.length > 1)
        .map((block) => [
          block.type,
          block.depth,
          block.text.replace(/[\s\u00a0]+/g, " ").trim(),
          ...ranges(block.inlineStyleRanges),
          ...ranges(block.entityRanges),
        ]);
      return JSON.stringify(blocks);
    }

    named({ type, data }) {
      return `${type}:${data.id || data.url}`;
    }

    get hasFocus() {
      return this.field.contains(document.activeElement);
    }

    mount() {
      if (this.editor || this.isReadOnly || !window.draftail) return;
      const { value } = this;
      const first = this.former ?? value;
      this.setSilently(first);
      window.draftail.initEditor(
        `#${CSS.escape(this.input.id)}`,
        this.options,
        document.currentScript,
      );
      this.still.hidden = true;
      if (first === value) return;
      this.setSilently(value);
      this.push(this.contentOf(value));
    }

    contentOf(value) {
      return window.DraftJS.convertFromRaw(JSON.parse(value) || { blocks: [], entityMap: {} });
    }

    settle() {
      const content = this.editor?.getEditorState().getCurrentContent();
      if (!content || content === this.settled) return;
      this.settled = content;
      this.editor.saveState();
    }

    focus() {
      if (this.isReadOnly) {
        this.still.focus();
        return;
      }
      this.mount();
      const state = this.editor.getEditorState();
      if (!state.getSelection().getHasFocus()) {
        this.editor.onChange(window.DraftJS.EditorState.moveFocusToEnd(state));
      }
      this.editor.focus();
    }

    load(value, html) {
      if (!this.editor && html !== undefined) {
        // An undo brings it back, once there is an editor.
        this.former ??= this.value;
        this.still.innerHTML = html;
        this.input.value = value;
        return;
      }
      this.mount();
      this.push(this.contentOf(value));
      this.settle();
    }

    /* `raw` is the text with its links and mentions, where it has any. */
    replace(text, raw) {
      if (this.isReadOnly) return;
      const { ContentState, convertFromRaw } = window.DraftJS;
      this.focus();
      this.push(raw ? convertFromRaw(JSON.parse(raw)) : ContentState.createFromText(text), true);
    }

    copy(source) {
      if (this.isReadOnly) return;
      this.focus();
      this.push(window.DraftJS.convertFromRaw(desk.rawContentOf(source)), true);
    }

    push(content, isFocused = false) {
      const { EditorState } = window.DraftJS;
      const state = this.editor.getEditorState();
      const end = this.endOf(content.getLastBlock(), state.getSelection());
      const whole = content.merge({ selectionBefore: state.getSelection(), selectionAfter: end });
      // Of this kind each change is a step of undo on its own.
      const next = EditorState.push(state, whole, "apply-entity");
      this.editor.onChange(isFocused ? EditorState.forceSelection(next, end) : next);
      this.settle();
    }

    /* What stands there keeps its link and its emphasis. */
    mend(words, nth, text) {
      if (this.isReadOnly) return false;
      const { EditorState, Modifier, SelectionState } = window.DraftJS;
      this.mount();
      const state = this.editor.getEditorState();
      const content = state.getCurrentContent();
      let left = nth;
      const block = content.getBlocksAsArray().find((one) => {
        const number = one.getText().split(words).length - 1;
        if (left < number) return true;
        left -= number;
        return false;
      });
      if (!block) return false;
      const start = desk.nthPlace(block.getText(), words, left);
      const place = SelectionState.createEmpty(block.getKey()).merge({
        anchorOffset: start,
        focusOffset: start + words.length,
      });
      const [style, entity] = [block.getInlineStyleAt(start), block.getEntityAt(start)];
      const written = Modifier.replaceText(content, place, text, style, entity);
      const next = EditorState.push(state, written, "insert-characters");
      this.editor.onChange(EditorState.forceSelection(next, written.getSelectionAfter()));
      this.settle();
      return true;
    }

    before() {
      if (!this.editor) return "";
      const state = this.editor.getEditorState();
      const selection = state.getSelection();
      const block = state.getCurrentContent().getBlockForKey(selection.getStartKey());
      return block.getText().slice(0, selection.getStartOffset());
    }

    /* Of several paragraphs, in one. */
    get selected() {
      if (!this.editor || !this.hasFocus) return "";
      const state = this.editor.getEditorState();
      const selection = state.getSelection();
      const [start, end] = [selection.getStartKey(), selection.getEndKey()];
      const content = state.getCurrentContent();
      const blocks = content.getBlocksAsArray();
      const isOf = (one) => blocks.findIndex((block) => block.getKey() === one);
      return blocks
        .slice(isOf(start), isOf(end) + 1)
        .map((block) => {
          const from = block.getKey() === start ? selection.getStartOffset() : 0;
          const to = block.getKey() === end ? selection.getEndOffset() : block.getLength();
          return block.getText().slice(from, to);
        })
        .join(" ");
    }

    /* At the cursor, in place of what is selected; with `isAround` a tag goes around that. */
    insert(text, { over = 0, entity = null, isAround = false } = {}) {
      if (this.isReadOnly) return;
      const { EditorState, Modifier } = window.DraftJS;
      this.focus();
      const state = this.editor.getEditorState();
      let content = state.getCurrentContent();
      let selection = state.getSelection();
      if (over) {
        const offset = selection.getStartOffset() - over;
        selection = selection.merge({
          anchorKey: selection.getStartKey(),
          anchorOffset: offset,
          focusKey: selection.getEndKey(),
          focusOffset: selection.getEndOffset(),
          isBackward: false,
        });
      }
      let key;
      if (entity) {
        content = content.createEntity(entity.type, "MUTABLE", entity.data);
        key = content.getLastCreatedEntityKey();
      }
      const style = state.getCurrentInlineStyle();
      const written =
        entity && isAround && !selection.isCollapsed()
          ? Modifier.applyEntity(content, selection, key)
          : Modifier.replaceText(content, selection, text, style, key);
      const next = EditorState.push(state, written, "apply-entity");
      this.editor.onChange(EditorState.forceSelection(next, written.getSelectionAfter()));
      this.settle();
    }
  }

  /* Where words begin for the nth time, none within another; -1 for nowhere. */
  desk.nthPlace = (text, words, nth) => {
    const parts = text.split(words);
    return words && nth < parts.length - 1 ? parts.slice(0, nth + 1).join(words).length : -1;
  };

  /* An element's text; `changed` is called for changes that no event tells of. */
  desk.textOf = (field, options, changed) =>
    field.querySelector("[data-desk-editor]")
      ? new RichText(field, options, changed)
      : new PlainText(field, changed);

  /* Lines as one: Chinese needs no space between them. */
  desk.inOneLine = (text) =>
    text
      .split(/[\r\n]+/)
      .map((line) => line.trim())
      .filter(Boolean)
      .reduce((all, line) => {
        const isWide = WIDE.test(all.slice(-1)) || WIDE.test(line[0]);
        return all ? `${all}${isWide ? "" : " "}${line}` : line;
      }, "");
})();
