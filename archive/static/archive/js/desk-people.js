/* The translators' desk: names of colleagues after an @ in a comment. */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  const MOST = 6;
  const FIELDS = "[data-desk-comment], [data-desk-reply]";
  // No address of mail; a name may have blanks.
  const CALL = /(?<![A-Za-z0-9._-])[@＠]([^@＠\n]*)$/;

  class Colleagues extends desk.OptionList {
    constructor(root, { view }) {
      super(root, root.querySelector("[data-desk-colleagues]"), view);
      this.people = [];
    }

    get takers() {
      return ["Tab", "Enter"];
    }

    /* Comments are written in what covers the rows. */
    get room() {
      return { top: 0, bottom: window.innerHeight };
    }

    /* Those who may be called here; asked for at the first @. */
    async load(target) {
      if (this.isAsked) return;
      this.isAsked = true;
      try {
        const response = await window.ArchiveSession.ask(this.root.dataset.peopleUrl);
        this.people = (await response.json()).people;
        this.offer(target);
      } catch {
        // The next @ asks again.
        this.isAsked = false;
      }
    }

    offer(target) {
      window.clearTimeout(this.timer);
      this.isDue = false;
      const chosen = this.isOpen ? this.offered[this.chosen].text : "";
      this.close();
      if (this.isComposing || target !== document.activeElement || !target.matches(FIELDS)) return;
      const call = CALL.exec(target.value.slice(0, target.selectionStart));
      if (!call) return;
      this.load(target);
      const typed = call[1].toLowerCase();
      const begins = (name) => name.toLowerCase().startsWith(typed);
      this.offered = this.people
        .filter(({ name, login }) => (begins(name) || begins(login)) && name !== call[1])
        .map(({ name }) => ({ text: name, over: begins(name) ? typed.length : 0, call: call[1] }))
        .slice(0, MOST);
      if (!this.offered.length) return;
      this.open(target);
      this.choose(Math.max(this.placeOf(chosen), 0));
    }

    take(number) {
      const { text, call } = this.offered[number];
      const { field } = this;
      this.close();
      this.isTaking = true;
      field.focus();
      const end = field.selectionStart;
      field.setSelectionRange(end - call.length, end);
      // The only way to write that browsers can undo.
      document.execCommand("insertText", false, text);
      this.isTaking = false;
    }
  }

  desk.Colleagues = Colleagues;
})();
