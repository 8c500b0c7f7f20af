/* The translators' desk: texts and comments of segments that have no row any more, below the rows. */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  const UNUSED = "unused";

  const addressOf = (box) =>
    box.closest("li").querySelector("[data-unused-reply]").dataset.unusedReply;

  class Unused {
    constructor(root, { saver, messages }) {
      this.root = root;
      this.saver = saver;
      this.messages = messages;
      const place = root.querySelector("[data-desk-unused]");
      if (!place) return;
      this.unsent = new desk.Unsent(root.dataset);
      this.unsent.read().then(() => this.putBack(place));
      place.addEventListener("input", ({ target }) => {
        if (target.matches("textarea")) this.keep(target);
      });
      place.addEventListener("click", ({ target }) => {
        const button = target.closest("[data-unused-reply], [data-unused-resolve]");
        if (button) this.post(button);
        const discarding = target.closest("[data-unused-discard]");
        if (discarding) this.discard(discarding);
      });
    }

    /* Replies that were typed and not sent, each under the address that takes it. */
    putBack(place) {
      const texts = this.unsent.of(UNUSED);
      place.querySelectorAll("textarea").forEach((box) => {
        box.value ||= texts[addressOf(box)] || "";
      });
    }

    keep(box) {
      this.unsent.keep(UNUSED, addressOf(box), box.value);
    }

    async discard(button) {
      const text = button.closest("[data-unused-text]");
      if (!confirm(button.closest("[data-desk-unused]").dataset.sure)) return;
      const { unusedDiscard: key, version: base } = button.dataset;
      button.disabled = true;
      text.querySelector(".error-message")?.remove();
      try {
        const answer = await this.saver.post([{ key, base, target: "", left_out: true }]);
        const [{ kind, message }] = answer.outcomes;
        if (kind !== "saved") throw new Error(message);
        this.saver.onSaved(answer);
        text.remove();
      } catch (error) {
        this.tell(text, error);
      } finally {
        button.disabled = false;
      }
    }

    tell(place, error) {
      const line = document.createElement("p");
      line.className = "error-message";
      line.setAttribute("role", "alert");
      line.textContent = error.message;
      place.append(line);
    }

    async post(button) {
      const thread = button.closest("li");
      const box = thread.querySelector("textarea");
      const { unusedReply, unusedResolve } = button.dataset;
      const text = box.value;
      const body = new FormData();
      body.set("text", text);
      button.disabled = true;
      thread.querySelector(".error-message")?.remove();
      try {
        const address = unusedReply || unusedResolve;
        const response = await window.ArchiveSession.ask(address, { method: "POST", body });
        const detail = await response.json();
        this.root.dispatchEvent(new CustomEvent("desk:posted", { detail }));
        if (unusedResolve) {
          box.value = "";
          this.keep(box);
          thread.remove();
          return;
        }
        const said = document.createElement("p");
        said.textContent = text;
        box.before(said);
        // Perhaps more was typed while it was on its way.
        if (box.value !== text) return;
        box.value = "";
        this.keep(box);
      } catch (error) {
        this.tell(thread, error);
      } finally {
        button.disabled = false;
      }
    }
  }

  desk.Unused = Unused;
})();
