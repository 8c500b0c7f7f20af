// Suggestions below the search box: an ARIA combobox with a list. Without it the form is a form.
(() => {
  "use strict";

  const WAIT_MS = 150;
  const MOST_KEPT = 50;
  let boxes = 0;

  class SearchBox {
    constructor(form) {
      this.form = form;
      this.input = form.elements.namedItem("q");
      this.kept = new Map();
      this.active = -1;
      this.offers = [];
      this.shown = "";
      this.isComposing = false;
      this.build();
      this.listen();
      // On a slow line a reader has typed before this script came.
      const isTypedIn = this.input.value !== this.input.defaultValue;
      if (isTypedIn && document.activeElement === this.input) this.askSoon();
    }

    build() {
      boxes += 1;
      const id = `search-box-list-${boxes}`;
      this.list = document.createElement("ul");
      this.list.id = id;
      this.list.className = "search-offers";
      this.list.hidden = true;
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", this.form.dataset.label);
      this.status = document.createElement("span");
      this.status.className = "unseen";
      this.status.setAttribute("role", "status");
      this.form.append(this.list, this.status);
      const roles = {
        role: "combobox",
        autocomplete: "off",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": id,
      };
      Object.entries(roles).forEach(([name, value]) => this.input.setAttribute(name, value));
    }

    listen() {
      this.input.addEventListener("compositionstart", () => {
        // Half a word of an input method is nothing to ask for.
        this.isComposing = true;
        this.forget();
      });
      this.input.addEventListener("compositionend", () => {
        this.isComposing = false;
        this.askSoon();
      });
      this.input.addEventListener("input", (event) => {
        if (!this.isComposing && !event.isComposing) this.askSoon();
      });
      this.input.addEventListener("keydown", (event) => this.press(event));
      this.form.addEventListener("focusout", (event) => {
        if (!this.form.contains(event.relatedTarget)) this.close();
      });
      this.form.addEventListener("submit", () => this.close());
      // The box keeps the focus, and with it the keyboard of a phone.
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.follow(Number(option.dataset.number), event.metaKey || event.ctrlKey);
      });
    }

    forget() {
      clearTimeout(this.waiting);
      this.request?.abort();
    }

    askSoon() {
      this.forget();
      const typed = this.input.value.trim();
      if (!typed) {
        this.close();
        return;
      }
      if (this.kept.has(typed)) {
        this.show(typed, this.kept.get(typed));
        return;
      }
      this.waiting = setTimeout(() => this.ask(typed), WAIT_MS);
    }

    async ask(typed) {
      const request = new AbortController();
      this.request = request;
      const address = `${this.form.dataset.suggest}?${new URLSearchParams({ q: typed })}`;
      try {
        const response = await fetch(address, { signal: request.signal, credentials: "omit" });
        if (!response.ok) return;
        const answer = await response.json();
        if (this.kept.size >= MOST_KEPT) this.kept.clear();
        this.kept.set(typed, answer);
        const isWanted = document.activeElement === this.input && !this.isComposing;
        if (isWanted && this.input.value.trim() === typed) this.show(typed, answer);
      } catch {
        // Aborted, or offline: a search box goes on without suggestions.
      }
    }

    show(typed, answer) {
      this.offers = answer.suggestions;
      this.shown = typed;
      this.active = -1;
      this.list.replaceChildren(...this.offers.map((offer, number) => this.option(offer, number)));
      this.status.textContent = answer.status;
      this.open(this.offers.length > 0);
    }

    option(offer, number) {
      const option = document.createElement("li");
      option.id = `${this.list.id}-${number}`;
      option.className = `search-offer is-${offer.type}`;
      option.dataset.number = number;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const names = this.part("search-offer-text");
      names.append(this.part("search-offer-name", offer.text, offer.language));
      if (offer.other) {
        names.append(" ", this.part("search-offer-other", offer.other, offer.other_language));
      }
      const notes = [offer.kind, offer.note].filter(Boolean).join(" · ");
      option.append(names, " ", this.part("search-offer-note", notes));
      return option;
    }

    part(name, text = "", language = "") {
      const part = document.createElement("span");
      part.className = name;
      part.textContent = text;
      if (language) part.lang = language;
      return part;
    }

    open(isOpen) {
      this.list.hidden = !isOpen;
      this.input.setAttribute("aria-expanded", String(isOpen));
      if (!isOpen) this.choose(-1);
    }

    close() {
      this.forget();
      this.open(false);
      this.status.textContent = "";
    }

    choose(number) {
      this.list.children[this.active]?.setAttribute("aria-selected", "false");
      this.active = number;
      const option = this.list.children[number];
      if (option) {
        option.setAttribute("aria-selected", "true");
        option.scrollIntoView({ block: "nearest" });
        this.input.setAttribute("aria-activedescendant", option.id);
      } else {
        this.input.removeAttribute("aria-activedescendant");
      }
    }

    press(event) {
      // What an input method takes for itself, Enter and the arrows included, isn't ours.
      if (event.isComposing || event.keyCode === 229) return;
      const keys = { ArrowDown: 1, ArrowUp: -1 };
      if (event.key in keys && !event.altKey) {
        event.preventDefault();
        this.step(keys[event.key]);
      } else if (event.key === "Escape" && !this.list.hidden) {
        event.preventDefault();
        this.close();
      } else if (event.key === "Enter" && this.active >= 0 && !this.list.hidden) {
        event.preventDefault();
        this.follow(this.active, false);
      }
    }

    step(by) {
      if (this.list.hidden) {
        // An arrow brings back what Escape has closed.
        if (this.shown === this.input.value.trim() && this.offers.length) this.open(true);
        else this.askSoon();
        return;
      }
      // Between the last and the first stands the box itself.
      const places = this.offers.length + 1;
      this.choose(((this.active + 1 + by + places) % places) - 1);
    }

    follow(number, inNewTab) {
      const { url } = this.offers[number];
      this.close();
      if (inNewTab) window.open(url, "_blank", "noopener");
      else window.location.assign(url);
    }
  }

  document.querySelectorAll("[data-search-box]").forEach((form) => {
    if (form.dataset.suggest) new SearchBox(form);
  });
})();
