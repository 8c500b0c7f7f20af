/* Find and replace beside the translator's rows: what would change is shown first, and what was changed
 * can be taken back above the rows.
 */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;
  desk.tools ||= [];

  class Replacing {
    constructor(root, { saver, selection, current }) {
      Object.assign(this, { root, saver, selection, current });
      this.url = root.dataset.replaceUrl;
      this.dialog = root.querySelector("[data-replace-dialog]");
      if (!this.dialog) return;
      const part = (name) => this.dialog.querySelector(`[data-replace-${name}]`);
      [this.found, this.error] = [part("found"), part("error")];
      this.inputs = [...this.dialog.querySelectorAll("[data-replace-name]")];
      part("close").addEventListener("click", () => this.dialog.close());
      part("preview").addEventListener("click", () => this.preview());
      this.dialog.addEventListener("click", ({ target }) => {
        if (target.closest("[data-replace-apply]")) this.apply(target);
        // Its link leads to the row behind the dialog.
        if (target.closest("a")) this.dialog.close();
      });
      // It would send the whole form.
      this.dialog.addEventListener("keydown", (event) => {
        const isHere = this.inputs.includes(event.target) && event.target.type === "text";
        if (event.key !== "Enter" || event.isComposing || event.keyCode === 229 || !isHere) return;
        event.preventDefault();
        this.preview();
      });
      // What is listed was found with other words.
      for (const input of this.inputs)
        input.addEventListener("input", () => this.found.replaceChildren());
      this.dialog.addEventListener("close", () => {
        // The form around it has no use for these boxes.
        this.found.replaceChildren();
        this.current()?.text.focus();
      });
    }

    open(row) {
      if (!this.dialog || !this.saver.isOn) return;
      const [find] = this.inputs;
      const words = row ? this.selection.of(row) : "";
      if (words) find.value = words;
      this.found.replaceChildren();
      this.error.textContent = "";
      this.dialog.showModal();
      find.focus();
      find.select();
    }

    get asked() {
      const body = new FormData();
      for (const { dataset, type, checked, value } of this.inputs)
        if (type === "text" || checked) body.set(dataset.replaceName, value);
      return body;
    }

    /* The answer to what is asked, once all that is typed is stored; null where it is refused. */
    async ask(body) {
      this.error.textContent = "";
      try {
        await this.saver.flushAll();
        return await (await window.ArchiveSession.ask(this.url, { method: "POST", body })).json();
      } catch ({ message }) {
        this.error.textContent = message;
        return null;
      }
    }

    async preview() {
      const { asked } = this;
      const answer = await this.ask(asked);
      if (!answer) return;
      this.found.innerHTML = answer.html;
      this.shown = asked;
      this.found.querySelector("[data-replace-apply]")?.focus();
    }

    async apply(button) {
      const body = this.shown;
      body.delete("segment");
      for (const box of this.found.querySelectorAll("[name=segment]:checked"))
        body.append("segment", box.value);
      body.set("apply", "1");
      button.disabled = true;
      const detail = await this.ask(body);
      button.disabled = false;
      if (!detail) return;
      this.dialog.close();
      this.root.dispatchEvent(new CustomEvent("desk:done", { detail }));
    }
  }

  desk.tools.push((root, parts) => {
    const replacing = new Replacing(root, parts);
    return { commands: { replace: (row) => replacing.open(row) } };
  });
})();
