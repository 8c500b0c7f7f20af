/* The translators' desk: the names and terms of the current segment, underlined in its source.
 *
 * The sidebar knows them, and what to write for each: hovering or focusing one says it, a click,
 * Enter or its key puts it in. The source's own words and marks stay as they are.
 */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  const TERM = "[data-desk-term]";
  const DOUBLE_MS = 250;
  // A hand that presses isn't quite still.
  const DRAG_PX = 4;
  const ENDS = ["pointerup", "pointercancel"];

  class Terms {
    constructor(root, { sidebar, messages }) {
      this.root = root;
      this.sidebar = sidebar;
      this.messages = messages;
      root.addEventListener("desk:aids", ({ detail }) => this.show(detail.row));
      root.addEventListener("pointerdown", (event) => this.grip(event));
      root.addEventListener("click", ({ target, detail, clientX, clientY }) => {
        window.clearTimeout(this.timer);
        const { x, y } = this.from || { x: clientX, y: clientY };
        if (detail && Math.hypot(clientX - x, clientY - y) > DRAG_PX) return;
        // The first half of a double click selects the name, and words may be dragged over.
        const press = () => String(document.getSelection()).trim() || this.press(target);
        if (detail < 2) this.timer = window.setTimeout(press, detail * DOUBLE_MS);
      });
      root.addEventListener("keydown", (event) => {
        const isPress = ["Enter", " "].includes(event.key) && event.target.matches(TERM);
        if (!isPress || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        this.press(event.target);
      });
    }

    /* Where the pointer went down. Chromium selects nothing from the first letter on of what takes the
       focus: a name takes none from a pointer, which may select it. */
    grip({ target, clientX, clientY }) {
      this.from = { x: clientX, y: clientY };
      const term = target.closest?.(TERM);
      if (!term) return;
      term.removeAttribute("tabindex");
      const letGo = () => {
        term.tabIndex = 0;
        for (const name of ENDS) window.removeEventListener(name, letGo, true);
      };
      for (const name of ENDS) window.addEventListener(name, letGo, true);
    }

    press(target) {
      const term = target.closest?.(TERM);
      // By now perhaps another row is worked on.
      if (term?.isConnected && this.sidebar.row === this.row)
        this.sidebar.use(this.buttons[Number(term.dataset.deskTerm)]);
    }

    show(row) {
      const names = [...this.root.querySelectorAll("[data-section=names] li")]
        .map((line) => ({
          words: line.querySelector(".archive-desk__name")?.textContent,
          places: JSON.parse(line.querySelector("[data-places]")?.dataset.places || "[]"),
          button: line.querySelector("[data-insert]"),
        }))
        .filter(({ words, button }) => words && button);
      this.buttons = names.map(({ button }) => button);
      const told = JSON.stringify(names.map(({ words, button }) => [words, { ...button.dataset }]));
      // Drawn anew, the marks would take away what somebody has selected meanwhile.
      if (row === this.row && told === this.told && row.source.querySelector(TERM)) return;
      this.clear();
      [this.row, this.told] = [row, told];
      // The longest first: no name lies within another.
      [...names.entries()]
        .sort(([, one], [, two]) => two.words.length - one.words.length)
        .forEach(([number, name]) => this.mark(row.source, name, number));
    }

    /* Where the letters are the name, not other words' (三角 in 珠三角): the server says which. */
    mark(source, { words, places, button }, number) {
      const walker = document.createTreeWalker(source, NodeFilter.SHOW_TEXT);
      const nodes = [];
      while (walker.nextNode()) nodes.push(walker.currentNode);
      const starts = [];
      const text = nodes.map(({ data }) => data).join("");
      for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length))
        starts.push(at);
      let begin = 0;
      nodes
        .map((node) => {
          const from = begin;
          begin += node.data.length;
          return [node, from];
        })
        .filter(([node]) => !node.parentElement.closest(TERM))
        .forEach(([node, from]) => {
          const last = from + node.data.length - words.length;
          // From the end, so that the places before it hold.
          for (const start of places.map((place) => starts[place]).reverse()) {
            if (!(start >= from && start <= last)) continue;
            const found = node.splitText(start - from);
            found.splitText(words.length);
            const term = document.createElement("span");
            term.className = "archive-desk__term";
            term.tabIndex = 0;
            term.role = "button";
            term.dataset.deskTerm = number;
            const values = { words, form: button.dataset.insert };
            term.ariaLabel = desk.say(this.messages.termInsert, values);
            const { deskNth: nth, definition } = button.dataset;
            const told = nth ? `${values.form} · Ctrl+Alt+Shift+${nth}` : values.form;
            term.dataset.says = definition ? `${told}\n${definition}` : told;
            if (definition) term.ariaDescription = definition;
            found.replaceWith(term);
            term.append(found);
          }
        });
    }

    clear() {
      this.root.querySelectorAll(TERM).forEach((term) => {
        const parent = term.parentNode;
        term.replaceWith(...term.childNodes);
        parent.normalize();
      });
    }
  }

  desk.Terms = Terms;
})();
