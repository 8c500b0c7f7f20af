/* The translators' desk: what is selected in a row, and where the memory has the same words.
 *
 * Who selects words of the source and then some of the translation has both: a term is added from
 * them. The latest of the two is what the concordance looks for.
 */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  class Selection {
    constructor(rows) {
      this.rows = rows;
      this.clear();
      document.addEventListener("selectionchange", () => this.read());
      // A plain input tells of its selection itself, and to nobody in the document.
      document.addEventListener("select", () => this.read(), true);
    }

    clear(row = null) {
      this.row = row;
      this.source = "";
      this.target = "";
      this.latest = "";
    }

    read() {
      const { activeElement: field } = document;
      const selection = document.getSelection();
      const isPlain = typeof field?.selectionStart === "number";
      const words = isPlain
        ? field.value.slice(field.selectionStart, field.selectionEnd)
        : String(selection);
      const node = isPlain ? field : selection.anchorNode;
      const place = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
      const row = this.rows.find(({ element }) => element.contains(place));
      const side = place?.closest?.("[data-desk-source]") ? "source" : "target";
      if (!row || !words.trim() || (side === "target" && !place.closest("[data-desk-field]")))
        return;
      if (row !== this.row) this.clear(row);
      this[side] = words.trim().replace(/\s+/g, " ");
      this.latest = this[side];
    }

    /* The words of a row that were selected last; "" for none. */
    of(row) {
      // The browser tells of a selection a little later.
      this.read();
      return this.row === row ? this.latest : "";
    }
  }

  class Concordance {
    constructor(root, { selection, sidebar, tell, messages }) {
      this.url = root.dataset.concordanceUrl;
      this.place = root.querySelector("[data-desk-concordance]");
      Object.assign(this, { selection, sidebar, tell, messages });
      this.place.addEventListener("click", (event) => {
        const button = event.target.closest("[data-insert]");
        if (button) {
          event.stopPropagation();
          this.insert(button);
        } else if (event.target.closest("[data-desk-close]")) {
          this.close();
          sidebar.row?.text.focus();
        }
      });
      this.place.addEventListener(
        "keydown",
        (event) => {
          if (event.key === "Escape") this.close();
        },
        true,
      );
    }

    open(row) {
      const words = this.selection.of(row);
      if (!words) {
        this.tell(this.messages.selectFirst);
        return;
      }
      this.row = row;
      this.request?.abort();
      const request = new AbortController();
      this.request = request;
      this.answer = this.look(words, request).finally(() => {
        if (this.request === request) this.answer = null;
      });
    }

    async look(words, request) {
      try {
        const url = `${this.url}?words=${encodeURIComponent(words)}`;
        const response = await window.ArchiveSession.ask(url, { signal: request.signal });
        const html = await response.text();
        if (this.request !== request) return;
        this.place.innerHTML = html;
        this.place.parentElement.scrollTop = 0;
      } catch (error) {
        if (error.name === "AbortError") return;
        this.close();
        this.tell(this.messages.sidebarFailed);
      }
    }

    close() {
      this.request?.abort();
      this.request = null;
      this.answer = null;
      this.place.replaceChildren();
      this.row = null;
    }

    /* It is about one row's words. */
    follow(row) {
      if (this.row && this.row !== row) this.close();
    }

    /* The hit of that number goes in, or what is selected of one; false where none is shown. A
       number that is pressed before the hits have come is one of theirs. */
    use(number) {
      if (this.answer) {
        // Pressed again meanwhile, it goes in once.
        const wanted = { row: this.row, isStill: this.sidebar.untouched() };
        this.wanted = wanted;
        this.answer.then(() => {
          if (this.row !== wanted.row || this.wanted !== wanted) return;
          if (wanted.isStill()) this.use(number);
          else this.tell(desk.say(this.messages.suggestionLate, { number }));
        });
        return true;
      }
      const button = this.place.querySelector(`[data-desk-nth="${number}"]`);
      if (!button) return false;
      this.insert(button);
      return true;
    }

    /* A part that is selected in a hit stands for the whole. */
    insert(button) {
      const selection = document.getSelection();
      const part = button.closest("li").contains(selection.anchorNode) && String(selection).trim();
      this.row.text.insert(part || button.dataset.insert);
    }
  }

  Object.assign(desk, { Concordance, Selection });
})();
