/* The translators' desk: its keys, as `shortcuts.html` lists them, and how one changes them.
 *
 * Letters by their place on the keyboard, by default with Ctrl+Alt: no browser and no input method
 * for Chinese takes these. While an input method composes, every key is its own.
 */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  // All that a key which is held down does again and again; every other command is done once.
  const MOVES = new Set(["next", "previous"]);
  // What Enter and the space press, and what Enter sends.
  const PRESSED = "button, summary, [type=checkbox], [type=radio], [data-desk-term]";
  const SENT = "input, select, a";

  const MODIFIERS = new Set(["Control", "Alt", "Shift", "Meta", "AltGraph", "CapsLock"]);

  const isTyping = ({ target }) =>
    target.closest?.(
      "input, textarea, select, [contenteditable=true], [role=textbox], [role=dialog], dialog",
    );

  /* "Ctrl+Alt+KeyJ": the form that `shortcuts.py` knows. */
  const combination = ({ ctrlKey, metaKey, altKey, shiftKey, key, code }) =>
    [
      (ctrlKey || metaKey) && "Ctrl",
      altKey && "Alt",
      shiftKey && "Shift",
      key === "Enter" ? "Enter" : code,
    ]
      .filter(Boolean)
      .join("+");

  // AltGr is Ctrl+Alt on some keyboards, and types a character there.
  const isForeign = (event) =>
    event.isComposing || event.keyCode === 229 || event.getModifierState("AltGraph");

  class Keys {
    constructor(root, saver) {
      this.root = root;
      this.list = root.querySelector("[data-desk-keylist]");
      this.table = root.querySelector("[data-desk-shortcuts]");
      this.status = root.querySelector("[data-desk-keys-status]");
      this.url = root.dataset.shortcutsUrl;
      this.saver = saver;
      this.awaited = "";
      // The key whose act is done, until another is pressed.
      this.acting = "";
      this.read();
      this.leaveOutTaken();
      this.table.addEventListener("click", ({ target }) => {
        const button = target.closest("[data-desk-set], [data-desk-unset]");
        if (button?.dataset.deskSet) this.wait(button.dataset.deskSet);
        else if (button) this.set(button.dataset.deskUnset, "");
      });
      this.list.addEventListener("close", () => this.wait(""));
      // Before every other listener: the keys pressed now are no command yet.
      window.addEventListener("keydown", (event) => this.take(event), true);
    }

    read() {
      this.commands = JSON.parse(this.table.querySelector("script").textContent);
      // Buttons tell the keys that do the same.
      const used = new Set(Object.values(this.commands));
      this.root.querySelectorAll("[data-desk-hint]").forEach((button) => {
        const { dataset } = button;
        dataset.deskTitle ??= button.title;
        const keys = used.has(dataset.deskHint) ? this.labelOf(dataset.deskHint) : "";
        button.title = [dataset.deskTitle, keys].filter(Boolean).join(" · ");
      });
    }

    /* Wagtail's own list tells of Ctrl+Alt and a letter what it does at other forms. */
    leaveOutTaken() {
      const parts = [...document.querySelectorAll("template")].map((one) => one.content);
      [document, ...parts].forEach((part) => {
        part.querySelectorAll(".w-keyboard_shortcuts__key").forEach((row) => {
          const [, second, letter] = row.querySelector("kbd").textContent.split(" + ");
          const isTaken = `Ctrl+Alt+Key${letter?.toUpperCase()}` in this.commands;
          if (isTaken && ["Alt", "⌥"].includes(second)) row.remove();
        });
      });
    }

    /* What is pressed for a command, as the list says it. */
    labelOf(command) {
      const label = this.table.querySelector(`#archive-desk-command-${command}`);
      return label.previousElementSibling.textContent.trim();
    }

    /* The command that a key stands for: ["next"], ["suggestion", 2], or null. */
    commandOf(event) {
      const keys = combination(event);
      // In a box beside the row it sends what is typed there.
      const isInPane = event.target.closest?.("[data-desk-sidebar] :is(input, textarea)");
      if (keys === "Ctrl+Enter" && isInPane) return null;
      if (Object.hasOwn(this.commands, keys)) return [this.commands[keys]];
      const digit = /^Ctrl\+Alt\+(Shift\+)?(?:Digit|Numpad)([1-9])$/.exec(keys);
      if (digit?.[1]) return ["nthName", Number(digit[2])];
      if (digit) return ["suggestion", Number(digit[2])];
      return event.key === "?" && !event.altKey && !isTyping(event) ? ["keys"] : null;
    }

    /* The next keys are the command's; without a command, they are what they were. */
    wait(command) {
      this.awaited = command;
      this.status.textContent = command ? this.status.dataset.press : "";
    }

    take(event) {
      if (!this.awaited || isForeign(event) || MODIFIERS.has(event.key)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.key === "Escape") this.wait("");
      else this.set(this.awaited, combination(event));
    }

    async set(command, keys) {
      this.wait("");
      try {
        const response = await window.ArchiveSession.ask(this.url, {
          method: "POST",
          body: JSON.stringify({ command, keys }),
          headers: { "Content-Type": "application/json" },
        });
        this.show(await response.text(), command);
      } catch ({ message }) {
        this.status.textContent = message;
      }
    }

    show(html, command) {
      this.table.innerHTML = html;
      this.read();
      const button = this.table.querySelector(`[data-desk-set="${command}"]`);
      (button || this.list.querySelector("[data-desk-close]")).focus();
    }

    isAct(event) {
      const command = this.commandOf(event);
      if (command) return !MOVES.has(command[0]);
      const { key, target, ctrlKey, metaKey } = event;
      if (key === "Enter") return ctrlKey || metaKey || target.matches?.(`${PRESSED}, ${SENT}`);
      return key === " " && target.matches?.(PRESSED);
    }

    /* A key that is held down comes again thirty times a second, and nobody reads thirty segments in
       it: no act is done twice, and nothing is written where its act has led. */
    isHeld(event) {
      const isAct = this.isAct(event);
      if (!event.repeat) this.acting = isAct ? event.code : "";
      return event.repeat && (isAct || event.code === this.acting);
    }

    listen(run) {
      document.addEventListener(
        "keydown",
        (event) => {
          if (isForeign(event)) return;
          if (!this.isHeld(event)) {
            const command = this.commandOf(event);
            if (!command || !run(...command, event)) return;
          }
          event.preventDefault();
          event.stopImmediatePropagation();
        },
        true,
      );
    }
  }

  Object.assign(desk, { isTyping, Keys });
})();
