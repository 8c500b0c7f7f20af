/* The translators' desk: words of a source are selected by keyboard.
 *
 * The arrows go from word to word, with Shift they select, with Ctrl they go by letters; Escape leads
 * back to the text. What takes selected words is a command with its own keys.
 */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  const MOVES = {
    ArrowLeft: ["backward", "word"],
    ArrowRight: ["forward", "word"],
    ArrowUp: ["backward", "line"],
    ArrowDown: ["forward", "line"],
    Home: ["backward", "lineboundary"],
    End: ["forward", "lineboundary"],
  };

  class Reading {
    constructor(root) {
      root.addEventListener("keydown", (event) => this.steer(event));
      root.addEventListener("focusout", ({ target }) => {
        if (target === this.row?.source) target.removeAttribute("tabindex");
      });
    }

    /* The source takes the focus, its first word selected or the one that was last. */
    enter(row) {
      const selection = document.getSelection();
      this.row = row;
      const { source } = row;
      const isHere = source.contains(selection.anchorNode);
      source.tabIndex = -1;
      source.focus();
      if (isHere) return;
      selection.setPosition(source, 0);
      selection.modify("extend", "forward", "word");
    }

    steer(event) {
      const { key, target, shiftKey, ctrlKey, metaKey, altKey } = event;
      if (target !== this.row?.source || altKey) return;
      if (key === "Escape") this.row.text.focus();
      const move = MOVES[key];
      if (!move && key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      if (!move) return;
      const [way, unit] = move;
      const step = unit === "word" && (ctrlKey || metaKey) ? "character" : unit;
      const selection = document.getSelection();
      const kept = selection.getRangeAt(0).cloneRange();
      const back = [selection.anchorNode, selection.anchorOffset];
      selection.modify(shiftKey ? "extend" : "move", way, step);
      // Whoever only moves has the next word, whole.
      if (!shiftKey && step === "word") {
        if (way === "backward") selection.modify("move", "backward", "word");
        selection.modify("extend", "forward", "word");
      }
      if (this.row.source.contains(selection.focusNode)) return;
      selection.removeAllRanges();
      selection.addRange(kept);
      if (shiftKey) selection.setBaseAndExtent(...back, kept.endContainer, kept.endOffset);
    }
  }

  desk.Reading = Reading;
})();
