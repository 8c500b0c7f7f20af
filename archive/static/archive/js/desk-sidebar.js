/* The translators' desk: what helps with the row that has the focus, fetched as HTML. */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  const PAUSE_MS = 200;
  const LETTERS_BEFORE = /(?:\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{M}'’-]){2,})$/u;

  class Sidebar {
    constructor(root, { saver, messages }) {
      this.root = root;
      this.panel = root.querySelector("[data-desk-sidebar]");
      this.saver = saver;
      this.messages = messages;
      this.row = null;
      this.ready = Promise.resolve();
      // What lies under a pressed button of the mouse must lie there still when it is let go.
      this.released = Promise.resolve();
      // Of another button's end, or of a first finger's, nobody may be told.
      window.addEventListener(
        "pointerdown",
        (event) => {
          this.release?.();
          if (event.button === 0)
            this.released = new Promise((release) => {
              this.release = release;
            });
        },
        true,
      );
      ["pointerup", "pointercancel"].forEach((kind) => {
        window.addEventListener(kind, () => window.setTimeout(() => this.release?.()), true);
      });
      // The text keeps its cursor while a button is pressed.
      this.panel.addEventListener("mousedown", (event) => {
        if (event.target.closest("[data-insert], [data-replace]")) event.preventDefault();
      });
      this.panel.addEventListener("click", (event) => this.press(event));
      this.panel.addEventListener("keydown", (event) => this.enter(event));
    }

    /* Show the sidebar of this row, soon; that of a row that was only passed is never fetched. */
    follow(row) {
      if (this.row === row) return;
      this.row = row;
      window.clearTimeout(this.timer);
      this.request?.abort();
      this.ready = this.released.then(() => this.move(row));
    }

    async move(row) {
      if (this.row !== row) return;
      this.panel.hidden = true;
      row.element.append(this.panel);
      await new Promise((resolve) => {
        this.timer = window.setTimeout(resolve, PAUSE_MS);
      });
      await this.fetch();
    }

    async fetch() {
      const { row } = this;
      if (!row) return;
      this.request?.abort();
      this.request = new AbortController();
      const url = `${this.root.dataset.sidebarUrl}?key=${encodeURIComponent(row.key)}`;
      try {
        const response = await fetch(url, {
          headers: { "X-Requested-With": "XMLHttpRequest" },
          signal: this.request.signal,
        });
        if (!response.ok || response.redirected) throw new Error(`${response.status}`);
        const html = await response.text();
        if (this.row === row) this.show(row, html);
      } catch (error) {
        if (error.name !== "AbortError" && this.row === row)
          this.showTrouble(this.messages.sidebarFailed);
      }
    }

    show(row, html) {
      // What is being typed into a section outlives a refresh.
      const typed = new Map(
        [...this.panel.querySelectorAll("[data-section-input]")].map((input) => [
          this.nameOf(input),
          input.value,
        ]),
      );
      const hadFocus =
        this.panel.contains(document.activeElement) && this.nameOf(document.activeElement);
      this.panel.innerHTML = html;
      this.panel.querySelectorAll("button:not([type])").forEach((button) => {
        button.type = "button";
      });
      // A room may number its suggestions itself.
      this.suggestions().forEach((button, n) => {
        if (!button.dataset.number && n < 5) button.dataset.deskNth = n + 1;
      });
      this.names().forEach((button, n) => {
        button.dataset.deskNth = n < 9 ? n + 1 : "";
      });
      this.panel.querySelectorAll("[data-section-input]").forEach((input) => {
        if (this.shownFor === row) input.value = typed.get(this.nameOf(input)) ?? input.value;
        if (hadFocus === this.nameOf(input)) input.focus();
      });
      this.shownFor = row;
      this.panel.hidden = !this.panel.textContent.trim();
      this.compare(row);
    }

    nameOf(input) {
      return `${input.closest("[data-section]")?.dataset.section}:${input.dataset?.sectionInput}`;
    }

    /* A colleague may have saved this segment since the page was loaded. */
    compare(row) {
      const fragment = this.panel.querySelector("[data-desk-fragment]");
      if (!fragment || !this.saver.isOn) return;
      // What was typed a moment ago is a change, too.
      row.text.settle();
      if (row.isDirty || row.isConflict) return;
      const stored = JSON.parse(fragment.dataset.stored);
      if (stored.version === row.base.value) return;
      row.follow(stored, fragment.dataset.state);
      row.showSaved("followed", this.messages.followed);
    }

    showTrouble(message, section = this.panel) {
      const line = document.createElement("p");
      line.className = "error-message";
      line.setAttribute("role", "alert");
      line.textContent = message;
      section.querySelectorAll(":scope > .error-message").forEach((old) => old.remove());
      section.append(line);
      this.panel.hidden = false;
    }

    suggestions() {
      return [...this.panel.querySelectorAll("[data-replace]")];
    }

    names() {
      const all = [...this.panel.querySelectorAll("[data-section=names] [data-insert]")];
      const first = all.filter((button) => "first" in button.dataset);
      return first.length ? first : all;
    }

    press(event) {
      const button = event.target.closest("[data-insert], [data-replace], [data-section-post]");
      if (!button || !this.panel.contains(button)) return;
      event.preventDefault();
      this.use(button);
    }

    enter(event) {
      if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
      if (!event.target.matches("input") && !(event.ctrlKey || event.metaKey)) return;
      // It would send the whole form.
      event.preventDefault();
      event.stopPropagation();
      event.target.closest("[data-section]")?.querySelector("[data-section-post]")?.click();
    }

    use(button) {
      if (!button || !this.row) return;
      const { insert, replace, content, origin, sectionPost } = button.dataset;
      if (insert !== undefined) this.insert(button);
      else if (replace !== undefined) this.row.replace(replace, origin, content);
      else if (sectionPost) this.post(button);
    }

    /* A name that is a mention in the source goes in as one. */
    insert(button, over = 0) {
      const { insert, mention } = button.dataset;
      const isRich = this.row.element.dataset.markup === "rich";
      const entity = { type: "ENTITY", data: { id: Number(mention), label: insert } };
      this.row.text.insert(insert, { over, entity: mention && isRich ? entity : null });
    }

    async post(button) {
      const section = button.closest("[data-section]") || this.panel;
      const body = new FormData();
      body.set("key", this.row.key);
      section
        .querySelectorAll("[data-section-input], input[name], textarea[name], select[name]")
        .forEach((input) => {
          const isOff = ["checkbox", "radio"].includes(input.type) && !input.checked;
          if (!isOff) body.append(input.dataset.sectionInput || input.name, input.value);
        });
      body.set("csrfmiddlewaretoken", this.saver.token);
      button.disabled = true;
      try {
        const headers = { "X-Requested-With": "XMLHttpRequest", "X-CSRFToken": this.saver.token };
        const response = await fetch(button.dataset.sectionPost, { method: "POST", body, headers });
        const isJson = (response.headers.get("content-type") || "").includes("application/json");
        const answer = isJson ? await response.json() : {};
        if (!response.ok || response.redirected)
          throw new Error(answer.error || this.messages.sidebarFailed);
        if (answer.open)
          this.root.dispatchEvent(new CustomEvent("desk:comments", { detail: answer.open }));
        if (answer.reports)
          this.root.dispatchEvent(new CustomEvent("desk:reports", { detail: answer.reports }));
        section.querySelectorAll("[data-section-input]").forEach((input) => {
          input.value = "";
        });
        await this.fetch();
      } catch (error) {
        this.showTrouble(error.message, section);
      } finally {
        button.disabled = false;
      }
    }

    async useSuggestion(number) {
      await this.ready;
      this.use(this.suggestions()[number - 1]);
    }

    async useName(number) {
      await this.ready;
      this.use(this.names()[number - 1]);
    }

    /* The name that is selected in the source or begun at the cursor, or else the next missing. */
    async useFittingName() {
      await this.ready;
      const names = this.names();
      const told = (button) => (button.closest("li, tr, p") || button).textContent.toLowerCase();
      const selection = window.getSelection();
      const isInSource = this.row.source.contains(selection.anchorNode);
      const selected = isInSource ? selection.toString().trim().toLowerCase() : "";
      const meant = selected && names.find((button) => told(button).includes(selected));
      if (meant) {
        this.use(meant);
        return;
      }
      const begun = this.row.text.hasFocus
        ? (LETTERS_BEFORE.exec(this.row.text.before()) || [""])[0]
        : "";
      const fitting = this.begunName(names, begun, told);
      if (fitting) {
        this.insert(fitting.button, fitting.length);
        return;
      }
      const text = this.row.text.plain;
      this.use(names.find((button) => !text.includes(button.dataset.insert)));
    }

    /* The longest end of what stands before the cursor that begins a name. */
    begunName(names, begun, told) {
      for (let length = begun.length; length > 0; length -= 1) {
        const letters = begun.slice(-length).toLowerCase();
        const isWord = length === begun.length || /\p{Script=Han}/u.test(letters);
        const button =
          isWord &&
          names.find(
            (one) =>
              (one.dataset.insert.toLowerCase().startsWith(letters) &&
                one.dataset.insert.length > length) ||
              (letters.length > 1 &&
                told(one)
                  .split(/\s+/)
                  .some((word) => word.startsWith(letters))),
          );
        if (button) return { button, length };
      }
      return null;
    }

    /* To the box for a new comment. */
    async comment() {
      await this.ready;
      this.panel.hidden = false;
      this.panel.querySelector("[data-section=comments] textarea")?.focus();
    }
  }

  desk.Sidebar = Sidebar;
})();
