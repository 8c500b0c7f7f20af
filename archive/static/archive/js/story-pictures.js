/* What a picture block takes from its picture is shown below each empty field of the block; a button
   copies it there, to be changed for this story alone. Another moves the block above the text, and a
   link leads to what only the picture itself can be given. */
(() => {
  "use strict";

  const FIELDS = ["caption", "alt_text", "credit"];
  const IMAGE = /^(body_(\w+?))-.*-image$/;
  const known = new Map();
  const form = () => document.querySelector("[data-archive-story-form]");

  const textsOf = (picture) => {
    if (!known.has(picture)) {
      const url = `${form().dataset.textsUrl}?id=${encodeURIComponent(picture)}`;
      const asked = window.ArchiveSession.ask(url).then(
        (response) => response.json(),
        () => ({}),
      );
      known.set(picture, asked);
      // Somebody may write them into the picture meanwhile.
      setTimeout(() => known.delete(picture), 60_000);
    }
    return known.get(picture);
  };

  const noteBeside = (field) => {
    const place = field.closest("[data-field]") ?? field.parentElement;
    const found = place.querySelector("[data-archive-inherited]");
    if (found) return found;
    const note = document.createElement("p");
    note.className = "help archive-inherited";
    note.dataset.archiveInherited = "";
    place.append(note);
    return note;
  };

  const show = (field, text) => {
    const note = noteBeside(field);
    note.replaceChildren();
    note.hidden = !text || Boolean(field.value.trim());
    if (note.hidden) return;
    const words = document.createElement("q");
    words.textContent = text;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small button-secondary";
    button.textContent = form().dataset.textsEdit;
    button.addEventListener("click", () => {
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
      field.focus();
    });
    note.append(`${form().dataset.textsLabel} `, words, " ", button);
  };

  const showLacks = (input, { lacks, edit_url: url }) => {
    const place = input.closest("[data-field]") ?? input.parentElement;
    place.querySelector("[data-archive-lacks]")?.remove();
    if (!lacks || !url) return;
    const link = document.createElement("a");
    link.dataset.archiveLacks = "";
    link.href = url;
    link.target = "_blank";
    link.rel = "noreferrer";
    link.textContent = `${form().dataset.textsLacks} ${lacks}`;
    place.append(link);
  };

  const showAll = async (input) => {
    const [, , language] = IMAGE.exec(input.name);
    const texts = input.value ? await textsOf(input.value) : {};
    showLacks(input, texts);
    FIELDS.forEach((name) => {
      const field = document.getElementsByName(input.name.replace(/image$/, name))[0];
      if (field) show(field, texts[`${name}_${language}`] ?? texts[name] ?? "");
    });
  };

  /* A picture that isn't the first of the story's blocks can become so. */
  const offerLead = (input) => {
    const place = window.ArchiveBody.blockOf(input);
    // One of a gallery isn't moved.
    if (place?.child.type !== "image") return;
    const { stream, child } = place;
    const found = child.element.querySelector("[data-archive-lead]");
    if (found) {
      found.hidden = child.index === 0;
      return;
    }
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small button-secondary archive-lead";
    button.dataset.archiveLead = "";
    button.textContent = form().dataset.textsLead;
    button.hidden = child.index === 0;
    button.addEventListener("click", () => {
      stream.moveBlock(child.index, 0);
      button.hidden = true;
      child.element.scrollIntoView({ block: "center" });
      child.block.childBlocks.caption.focus();
    });
    (input.closest("[data-field]") ?? input.parentElement).append(button);
  };

  const inputs = (root) =>
    [...root.querySelectorAll('input[type="hidden"][name$="-image"]')].filter((input) =>
      IMAGE.test(input.name),
    );
  const seen = new WeakMap();

  /* A chooser sets its input without an event that all versions of Wagtail send. */
  const look = () => {
    if (!form()) return;
    inputs(document).forEach((input) => {
      offerLead(input);
      if (seen.get(input) === input.value) return;
      seen.set(input, input.value);
      showAll(input);
    });
  };

  addEventListener("input", (event) => {
    const name = event.target.name ?? "";
    const field = FIELDS.find((one) => name.endsWith(`-${one}`));
    if (!field) return;
    const image = document.getElementsByName(`${name.slice(0, -field.length)}image`)[0];
    if (image && IMAGE.test(image.name)) showAll(image);
  });
  // It may have been added in another tab.
  addEventListener("focus", () => {
    if (!document.querySelector("[data-archive-lacks]")) return;
    known.clear();
    inputs(document)
      .filter((input) => input.value)
      .forEach(showAll);
  });
  addEventListener("load", () => {
    look();
    setInterval(look, 1000);
  });
})();
