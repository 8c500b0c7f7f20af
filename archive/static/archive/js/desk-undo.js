/* The translators' desk: undo in its plain texts.
 *
 * A browser has one list of changes for a whole page: Ctrl+Z in one text would take back what was
 * typed last in another, perhaps off the screen. So each plain text has its own list here; Draftail
 * has one for each of its own.
 */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  // Letters that follow each other within this time are one step, as in Draft.js.
  const RUN_MS = 1_000;
  const PLAIN = "textarea, input:not([type]), input[type=text], input[type=search]";

  /* "undo", "redo" or nothing. */
  const meaningOf = ({ key, ctrlKey, metaKey, altKey, shiftKey }) => {
    if (altKey || !(ctrlKey || metaKey)) return "";
    const letter = key.toLowerCase();
    if (letter === "z") return shiftKey ? "redo" : "undo";
    return letter === "y" && ctrlKey ? "redo" : "";
  };

  /* What kind of typing a change goes on with; "" for one that is a step of its own. */
  const runOf = ({ inputType, data, isComposing }) => {
    if (isComposing || inputType === "insertCompositionText") return "composition";
    return data?.length === 1 || inputType.startsWith("delete") ? inputType : "";
  };

  class History {
    constructor(input) {
      this.input = input;
      this.begin();
    }

    /* What stands there now is nobody's typing. */
    begin() {
      [this.past, this.future] = [[], []];
      this.end();
      this.shown = this.now;
    }

    get now() {
      const { value, selectionStart, selectionEnd } = this.input;
      return { value, selectionStart, selectionEnd };
    }

    /* Before a change: with the cursor as it is. */
    prepare() {
      if (this.input.value === this.shown.value) this.shown = this.now;
      else this.begin();
    }

    change(event) {
      const run = runOf(event);
      const isSoon = run === "composition" || Date.now() - this.at < RUN_MS;
      if (!run || run !== this.run || !isSoon) this.past.push(this.shown);
      this.future = [];
      [this.run, this.at, this.shown] = [run, Date.now(), this.now];
    }

    /* What comes next is another step. */
    end() {
      [this.run, this.at] = ["", 0];
    }

    go(meaning) {
      const [from, to] = meaning === "undo" ? [this.past, this.future] : [this.future, this.past];
      if (!from.length || this.input.readOnly) return;
      to.push(this.shown);
      this.shown = from.pop();
      const { value, selectionStart, selectionEnd } = this.shown;
      this.input.value = value;
      this.input.setSelectionRange(selectionStart, selectionEnd);
      this.end();
      const inputType = meaning === "undo" ? "historyUndo" : "historyRedo";
      this.input.dispatchEvent(new InputEvent("input", { bubbles: true, inputType }));
    }
  }

  class Undo {
    constructor(root) {
      this.histories = new WeakMap();
      root.addEventListener("focusin", ({ target }) => this.of(target));
      root.addEventListener("beforeinput", (event) => this.prepare(event), true);
      root.addEventListener("input", (event) => this.change(event), true);
      root.addEventListener("compositionend", ({ target }) => this.of(target)?.end());
      root.addEventListener("keydown", (event) => this.press(event), true);
    }

    of(target) {
      if (!target.matches?.(PLAIN)) return null;
      if (!this.histories.has(target)) this.histories.set(target, new History(target));
      return this.histories.get(target);
    }

    /* A menu or a phone asks for it without a key. */
    prepare(event) {
      const history = this.of(event.target);
      if (!event.inputType.startsWith("history")) {
        history?.prepare();
        return;
      }
      event.preventDefault();
      const meaning = event.inputType === "historyUndo" ? "undo" : "redo";
      const field = event.target.closest?.("[data-desk-field]");
      const editor = field?.querySelector("[data-desk-editor]")?.draftailEditor;
      if (history) history.go(meaning);
      else editor?.onChange(window.DraftJS.EditorState[meaning](editor.getEditorState()));
    }

    /* An event without a kind tells of words that a page put there: of a colleague, or kept ones. */
    change(event) {
      const history = this.of(event.target);
      if (!event.inputType) history?.begin();
      else if (!event.inputType.startsWith("history")) history?.change(event);
    }

    /* Draft.js takes the key by itself; elsewhere a browser would turn to what was typed last. */
    press(event) {
      const meaning = meaningOf(event);
      if (!meaning || event.isComposing || event.target.isContentEditable) return;
      event.preventDefault();
      this.of(event.target)?.go(meaning);
    }
  }

  desk.Undo = Undo;
})();
