/* The translators' desk: its keys, listed in `segment_keys.html`.
 *
 * Letters by their place on the keyboard, with Ctrl+Alt: no browser and no input method for Chinese
 * takes these. While an input method composes, every key is its own.
 */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  const WITH_CTRL_ALT = {
    KeyJ: "unfinished",
    KeyC: "copySource",
    KeyG: "name",
    KeyM: "tag",
    KeyR: "stillRight",
    KeyO: "leaveOut",
    KeyB: "join",
    KeyK: "comments",
    KeyE: "markError",
    KeyF: "finding",
    KeyZ: "takeBack",
    KeyP: "pane",
    KeyW: "concordance",
    KeyN: "addName",
    Slash: "keys",
  };

  const isTyping = ({ target }) =>
    target.closest?.(
      "input, textarea, select, [contenteditable=true], [role=textbox], [role=dialog], dialog",
    );

  /* The deed that a key stands for: ["next"], ["suggestion", 2], or null. */
  const deedOf = (event) => {
    const { code, key, altKey, shiftKey } = event;
    const isCtrl = event.ctrlKey || event.metaKey;
    // In a box beside the row it sends what is typed there.
    const isInPane = event.target.closest?.("[data-desk-sidebar] :is(input, textarea)");
    if (key === "Enter" && isCtrl && !altKey && !shiftKey) return isInPane ? null : ["confirm"];
    if (code === "KeyS" && isCtrl && !altKey && !shiftKey) return ["save"];
    if (altKey && !isCtrl && !shiftKey && code === "ArrowDown") return ["next"];
    if (altKey && !isCtrl && !shiftKey && code === "ArrowUp") return ["previous"];
    if (isCtrl && altKey) {
      const digit = Number((/^(?:Digit|Numpad)([1-9])$/.exec(code) || [])[1] || 0);
      if (digit && shiftKey) return ["nthName", digit];
      if (digit && digit <= 5) return ["suggestion", digit];
      return !shiftKey && WITH_CTRL_ALT[code] ? [WITH_CTRL_ALT[code]] : null;
    }
    return key === "?" && !altKey && !isTyping(event) ? ["keys"] : null;
  };

  desk.listenForKeys = (run) => {
    document.addEventListener(
      "keydown",
      (event) => {
        if (event.isComposing || event.keyCode === 229) return;
        // AltGr is Ctrl+Alt on some keyboards, and types a character there.
        if (event.getModifierState("AltGraph")) return;
        const deed = deedOf(event);
        if (!deed || !run(...deed, event)) return;
        event.preventDefault();
        event.stopImmediatePropagation();
      },
      true,
    );
  };
})();
