/* A long story's paragraphs: an editor starts once its block comes near the screen, is focused, or
 * is asked for by a script. Until then its input holds what the server gave, and posts that.
 */
(() => {
  "use strict";

  const NEAR = "1000px";
  const { DraftailRichTextArea } = window.draftail;

  const waiting = new Map();
  const watcher = new IntersectionObserver(
    (seen) =>
      seen
        .filter((one) => one.isIntersecting)
        .forEach(({ target }) => waiting.get(target)?.start()),
    // The page is scrolled inside one of its boxes, which cuts off the margin of the window.
    { rootMargin: NEAR, scrollMargin: NEAR },
  );

  const hidden = (name, id, value) =>
    Object.assign(document.createElement("input"), { type: "hidden", name, id, value });

  const stillText = (value) =>
    Object.assign(document.createElement("div"), {
      className: "archive-still",
      tabIndex: 0,
      textContent: (JSON.parse(value)?.blocks || []).map(({ text }) => text).join("\n"),
    });

  // JSON without its order and what is empty.
  const told = (value) =>
    JSON.stringify(value && JSON.parse(value), (_name, one) =>
      one && typeof one === "object" && !Array.isArray(one)
        ? Object.entries(one)
            .filter(([, held]) => typeof held !== "object" || Object.keys(held ?? {}).length)
            .sort(([a], [b]) => (a < b ? -1 : 1))
        : one,
    );

  /* An editor that starts writes the text of its input anew, in its own order. That is no change:
   * the form would save a draft of whoever only looks through the story.
   */
  const keepText = (input) => {
    const { get, set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
    Object.defineProperty(input, "value", {
      get,
      set(text) {
        if (told(text) !== told(this.value)) set.call(this, text);
      },
    });
  };

  /* Stands for Wagtail's widget, and hands over to it. */
  class WaitingEditor {
    constructor(area, place, name, id, value, ...rest) {
      this.place = place;
      this.input = hidden(name, id, value);
      this.input.dataset.archiveWaiting = "";
      // What asks the input for its editor gets one.
      Object.defineProperty(this.input, "draftailEditor", { get: () => this.start().editor });
      const still = stillText(value);
      still.addEventListener("focus", () => this.start().editor.focus());
      place.append(this.input, still);
      this.unstarted = area.getByName(name, this.input);
      this.begin = () => area.startIn(place, name, id, this.input.value, ...rest);
      waiting.set(place, this);
      watcher.observe(place);
    }

    get isWaiting() {
      return !this.widget;
    }

    get editor() {
      return this.input.draftailEditor;
    }

    start() {
      if (this.widget) return this;
      watcher.unobserve(this.place);
      waiting.delete(this.place);
      const isInvalid = this.input.hasAttribute("aria-invalid");
      this.place.replaceChildren();
      this.widget = this.begin();
      this.input = this.widget.input;
      if (isInvalid) this.widget.setInvalid(true);
      return this;
    }

    getValue() {
      return this.input.value;
    }

    getTextLabel(options) {
      return (this.widget || this.unstarted).getTextLabel(options);
    }

    setInvalid(isInvalid) {
      (this.widget || this.unstarted).setInvalid(isInvalid);
    }

    getState() {
      return this.start().widget.getState();
    }

    setState(state) {
      this.start().widget.setState(state);
    }

    focus(options) {
      this.start().widget.focus(options);
    }

    /* An editor that starts later begins with what its block can do by then. */
    setCapabilityOptions(...options) {
      this.widget?.setCapabilityOptions(...options);
    }
  }

  /* Comments in the text are shown by the editors that hold them: with any, all start at once. */
  const hasComments = () => {
    const data = document.getElementById("comments-data");
    return Boolean(data && JSON.parse(data.textContent).comments.length);
  };

  class StoryTextArea extends DraftailRichTextArea {
    startIn(...where) {
      const widget = super.render(...where);
      keepText(widget.input);
      return widget;
    }

    /* Wagtail takes the cursor there a moment later, when somebody may be elsewhere by then. */
    startHalf(...where) {
      const widget = this.startIn(...where);
      widget.focus = () => widget.input.draftailEditor.focus();
      return widget;
    }

    render(place, name, id, state, ...rest) {
      // Half of a paragraph that was split comes with its cursor.
      if (typeof state !== "string") return this.startHalf(place, name, id, state, ...rest);
      if (hasComments()) return this.startIn(place, name, id, state, ...rest);
      return new WaitingEditor(this, place, name, id, state, ...rest);
    }
  }

  /* Where a form has comments, Wagtail's editor hands its text over a quarter of a second late and
   * `saveState` does nothing. The marks of comments are no part of the text. */
  const store = (input) => {
    const raw = window.Draftail.serialiseEditorStateToRaw(input.draftailEditor.getEditorState());
    for (const block of raw?.blocks || []) {
      block.inlineStyleRanges = block.inlineStyleRanges.filter(
        ({ style }) => !style.startsWith("COMMENT-"),
      );
    }
    input.rawContentState = raw;
    input.value = JSON.stringify(raw);
  };

  window.ArchiveStoryEditors = { store };

  window.telepath.register("wagtail.widgets.DraftailRichTextArea", StoryTextArea);
})();
