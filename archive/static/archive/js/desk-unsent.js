/* The translators' desk: what is typed beside a segment, and isn't sent yet.
 *
 * A comment, or the reason why a finding is dismissed, is sent by its button alone. Until then it
 * stays in this browser, by segment and box: whoever leaves the row, or the page, finds it again.
 */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  class Unsent {
    constructor({ user, translation }) {
      this.prefix = `archive-desk-unsent:${user}:${translation}:`;
      // Where the browser keeps nothing.
      this.here = new Map();
    }

    /* Texts by box, of a segment. */
    of(key) {
      try {
        return JSON.parse(localStorage.getItem(this.prefix + key)) || {};
      } catch {
        return this.here.get(key) || {};
      }
    }

    keep(key, box, text) {
      const texts = this.of(key);
      if (text.trim()) texts[box] = text;
      else delete texts[box];
      const isEmpty = !Object.keys(texts).length;
      this.here.set(key, texts);
      try {
        if (isEmpty) localStorage.removeItem(this.prefix + key);
        else localStorage.setItem(this.prefix + key, JSON.stringify(texts));
      } catch {
        /* It is in `here`, as long as the page. */
      }
    }

    has(key) {
      return Object.keys(this.of(key)).length > 0;
    }
  }

  desk.Unsent = Unsent;
})();
