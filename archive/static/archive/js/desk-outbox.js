/* The changes that the server doesn't have yet, kept in this browser: of the translators' desk by
 * segment, of a story's form as a whole.
 *
 * In IndexedDB, for a browser that is killed takes with it what it wrote into `localStorage` during
 * the last seconds, at times a minute: words would be gone, and older ones that the server has had
 * since would be there again.
 */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  const STORE = "kept";

  const open = () =>
    new Promise((resolve, reject) => {
      const asked = indexedDB.open("archive-desk", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "name" });
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });

  let opened = null;

  /* Whether it is on the disk; what is asked for is done in order. */
  const write = async (act) => {
    try {
      opened ||= open();
      const base = await opened;
      await new Promise((resolve, reject) => {
        const work = base.transaction(STORE, "readwrite", { durability: "strict" });
        work.oncomplete = resolve;
        work.onabort = () => reject(work.error);
        act(work.objectStore(STORE));
        // A page that is being left takes part no further.
        work.commit();
      });
      return true;
    } catch {
      return false;
    }
  };

  /* {name, …} by its name. */
  desk.kept = {
    put: (entry) => write((store) => store.put(entry)),
    drop: (name) => write((store) => store.delete(name)),

    /* All whose names begin so; none where the browser keeps nothing. */
    async under(prefix) {
      try {
        opened ||= open();
        const base = await opened;
        return await new Promise((resolve, reject) => {
          const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
          const asked = base.transaction(STORE).objectStore(STORE).getAll(range);
          asked.onsuccess = () => resolve(asked.result);
          asked.onerror = () => reject(asked.error);
        });
      } catch {
        return [];
      }
    },
  };

  /* Keyed by person, translation or story, window and segment: no two pages overwrite each other's. */
  class Outbox {
    constructor(translation, user) {
      this.prefix = `archive-desk:${user}:${translation}:`;
      this.own = `${this.prefix}${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}:`;
    }

    /* Whether the browser could keep it. */
    keep(change) {
      return desk.kept.put({ name: this.own + change.key, change: { ...change, at: Date.now() } });
    }

    forget(key) {
      return this.drop(this.own + key);
    }

    /* What other pages of this person left here, oldest first: [{name, change}]. */
    async left() {
      const left = await desk.kept.under(this.prefix);
      return left.sort((one, other) => one.change.at - other.change.at);
    }

    drop(name) {
      return desk.kept.drop(name);
    }
  }

  desk.Outbox = Outbox;
})();
