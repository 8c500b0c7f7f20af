/* The translators' desk: a row's text, be it a plain input or Wagtail's rich text editor.
 *
 * Both are read and written alike, and whatever is put in for a translator is one step of undo.
 */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  class PlainText {
    constructor(field) {
      this.input = field.querySelector("textarea, input");
    }

    get value() {
      return this.input.value;
    }

    get plain() {
      return this.input.value;
    }

    /* The text without what doesn't matter: two that are alike say the same. */
    get words() {
      return this.wordsOf(this.input.value);
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

    /* As stored elsewhere: nobody typed it, so there is nothing to undo. */
    load(value) {
      this.input.value = value;
      this.input.dispatchEvent(new Event("input", { bubbles: true }));
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

    /* At the cursor; `over` letters before it go. */
    insert(text, { over = 0 } = {}) {
      this.focus();
      const { selectionStart, selectionEnd } = this.input;
      this.input.setSelectionRange(selectionStart - over, selectionEnd);
      this.type(text);
    }

    /* The only way to write that browsers can undo. */
    type(text) {
      if (document.execCommand(text ? "insertText" : "delete", false, text)) return;
      this.input.setRangeText(text, this.input.selectionStart, this.input.selectionEnd, "end");
      this.input.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  class RichText {
    constructor(field, options, changed) {
      this.field = field;
      this.input = field.querySelector("[data-desk-editor]");
      this.still = field.querySelector("[data-desk-still]");
      // Wagtail's placeholder speaks of blocks; those are the source's.
      this.options = { ...options[this.input.dataset.deskEditor], placeholder: "" };
      this.watch(changed);
    }

    /* Draftail writes into the input and tells nobody. */
    watch(changed) {
      const { get, set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
      Object.defineProperty(this.input, "value", {
        get() {
          return get.call(this);
        },
        set(value) {
          set.call(this, value);
          changed();
        },
      });
    }

    get editor() {
      return this.input.draftailEditor;
    }

    get value() {
      return this.input.value;
    }

    get blocks() {
      return JSON.parse(this.input.value || "null")?.blocks || [];
    }

    get plain() {
      return this.blocks.map((block) => block.text).join("\n");
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
      if (this.editor || !window.draftail) return;
      window.draftail.initEditor(
        `#${CSS.escape(this.input.id)}`,
        this.options,
        document.currentScript,
      );
      this.still.hidden = true;
    }

    /* Draftail hands its text over a quarter of a second late. */
    settle() {
      if (this.editor) this.editor.saveState();
    }

    focus() {
      this.mount();
      const state = this.editor.getEditorState();
      if (!state.getSelection().getHasFocus()) {
        this.editor.onChange(window.DraftJS.EditorState.moveFocusToEnd(state));
      }
      this.editor.focus();
    }

    load(value, html) {
      if (!this.editor && html !== undefined) {
        this.still.innerHTML = html;
        this.input.value = value;
        return;
      }
      this.mount();
      this.push(window.DraftJS.convertFromRaw(JSON.parse(value) || { blocks: [], entityMap: {} }));
      this.settle();
    }

    /* `raw` is the text with its links and mentions, where it has any. */
    replace(text, raw) {
      const { ContentState, convertFromRaw } = window.DraftJS;
      this.focus();
      this.push(raw ? convertFromRaw(JSON.parse(raw)) : ContentState.createFromText(text), true);
    }

    copy(source) {
      this.focus();
      this.push(window.DraftJS.convertFromRaw(desk.rawContentOf(source)), true);
    }

    push(content, isFocused = false) {
      const { EditorState } = window.DraftJS;
      const state = this.editor.getEditorState();
      const last = content.getLastBlock();
      const end = state.getSelection().merge({
        anchorKey: last.getKey(),
        anchorOffset: last.getLength(),
        focusKey: last.getKey(),
        focusOffset: last.getLength(),
        isBackward: false,
      });
      const whole = content.merge({ selectionBefore: state.getSelection(), selectionAfter: end });
      // Of this kind each change is a step of undo on its own.
      const next = EditorState.push(state, whole, "apply-entity");
      this.editor.onChange(isFocused ? EditorState.forceSelection(next, end) : next);
    }

    before() {
      const state = this.editor.getEditorState();
      const selection = state.getSelection();
      const block = state.getCurrentContent().getBlockForKey(selection.getStartKey());
      return block.getText().slice(0, selection.getStartOffset());
    }

    insert(text, { over = 0, entity = null } = {}) {
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
      const written = Modifier.replaceText(content, selection, text, style, key);
      const next = EditorState.push(state, written, "apply-entity");
      this.editor.onChange(EditorState.forceSelection(next, written.getSelectionAfter()));
    }
  }

  /* An element's text; `changed` is called for changes that no event tells of. */
  desk.textOf = (field, options, changed) =>
    field.querySelector("[data-desk-editor]")
      ? new RichText(field, options, changed)
      : new PlainText(field);
})();
