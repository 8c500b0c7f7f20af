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
      this.here = new Map();
    }

    /* What an earlier page kept; what was typed here meanwhile stays. */
    async read() {
      for (const { name, texts } of await desk.kept.under(this.prefix)) {
        const key = name.slice(this.prefix.length);
        this.here.set(key, { ...texts, ...this.of(key) });
      }
    }

    /* Texts by box, of a segment. */
    of(key) {
      return this.here.get(key) || {};
    }

    keep(key, box, text) {
      const { [box]: _before, ...texts } = this.of(key);
      if (text.trim()) texts[box] = text;
      this.here.set(key, texts);
      const name = this.prefix + key;
      if (this.has(key)) desk.kept.put({ name, texts });
      else desk.kept.drop(name);
    }

    has(key) {
      return Object.keys(this.of(key)).length > 0;
    }
  }

  desk.Unsent = Unsent;
})();
