/* The changes that the server doesn't have yet, kept in this browser: of the translators' desk by
 * segment, of a story's form as a whole. */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  /* Keyed by person, translation or story, window and segment: no two pages overwrite each other's. */
  class Outbox {
    constructor(translation, user) {
      this.prefix = `archive-desk:${user}:${translation}:`;
      this.own = `${this.prefix}${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}:`;
    }

    /* Whether the browser could keep it. */
    keep(change) {
      try {
        localStorage.setItem(this.own + change.key, JSON.stringify({ ...change, at: Date.now() }));
        return true;
      } catch {
        return false;
      }
    }

    forget(key) {
      try {
        localStorage.removeItem(this.own + key);
      } catch {
        /* Then there is nothing to forget. */
      }
    }

    /* What other pages of this person left here, oldest first: [{name, change}]. */
    left() {
      let names = [];
      try {
        names = Object.keys(localStorage).filter((name) => name.startsWith(this.prefix));
      } catch {
        /* Then nothing is kept here. */
      }
      const left = names
        .map((name) => ({ name, change: this.read(name) }))
        .filter(({ change }) => change);
      return left.sort((one, other) => one.change.at - other.change.at);
    }

    /* One that can't be read, or that another page took meanwhile, hides none of the others. */
    read(name) {
      try {
        const change = JSON.parse(localStorage.getItem(name));
        return typeof change.target === "string" ? change : null;
      } catch {
        return null;
      }
    }

    drop(name) {
      localStorage.removeItem(name);
    }
  }

  desk.Outbox = Outbox;
})();
