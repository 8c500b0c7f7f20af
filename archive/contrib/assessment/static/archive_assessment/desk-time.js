/* The translators' desk: counts the time spent in a segment, for who has switched it on.
 *
 * It counts while the segment has the focus and keys or a mouse are used, and pauses after a minute
 * without. Every half a minute, and when the page is left, the seconds are sent.
 */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  const IDLE_MS = 60_000;
  const SEND_MS = 30_000;

  class Clock {
    constructor(root, { current }) {
      // Of an old version nothing is saved, and its time is nobody's.
      this.url = root.dataset.saveUrl && root.dataset.timeUrl;
      if (!this.url) return;
      this.root = root;
      this.current = current;
      this.seconds = {};
      this.last = 0;
      ["keydown", "input", "pointerdown", "pointermove", "wheel"].forEach((kind) => {
        const used = () => {
          this.last = Date.now();
        };
        root.addEventListener(kind, used, { capture: true, passive: true });
      });
      window.setInterval(() => this.tick(), 1000);
      window.setInterval(() => this.send(), SEND_MS);
      window.addEventListener("pagehide", () => this.send());
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "hidden") this.send();
      });
    }

    tick() {
      const isUsed = document.hasFocus() && Date.now() - this.last < IDLE_MS;
      const row = this.root.contains(document.activeElement) && this.current();
      if (!isUsed || !row) return;
      this.seconds[row.key] = (this.seconds[row.key] || 0) + 1;
      this.show(row);
    }

    /* What is stored of it, and what isn't sent yet. */
    show(row) {
      const shown = this.root.querySelector("[data-desk-time]");
      if (!shown) return;
      const total = Number(shown.dataset.deskTime) + (this.seconds[row.key] || 0);
      shown.textContent = `${Math.floor(total / 60)}:${String(total % 60).padStart(2, "0")}`;
    }

    async send() {
      const { seconds } = this;
      if (!Object.keys(seconds).length) return;
      this.seconds = {};
      // Until the sidebar is fetched again, it has what is on its way.
      const shown = this.root.querySelector("[data-desk-time]");
      const row = this.current();
      if (shown && row)
        shown.dataset.deskTime = Number(shown.dataset.deskTime) + (seconds[row.key] || 0);
      try {
        await window.ArchiveSession.ask(this.url, {
          method: "POST",
          body: JSON.stringify({ seconds }),
          headers: { "Content-Type": "application/json" },
          keepalive: true,
        });
      } catch {
        // The line is down, or the session is over: it counts on, and these are sent with the next.
        Object.entries(seconds).forEach(([key, number]) => {
          this.seconds[key] = (this.seconds[key] || 0) + number;
        });
      }
    }
  }

  desk.tools ||= [];
  desk.tools.push((root, parts) => {
    new Clock(root, parts);
    return {};
  });
})();
