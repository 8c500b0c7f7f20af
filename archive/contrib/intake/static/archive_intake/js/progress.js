/* An import being read or accepted: the page asks for the next slice until all is done. */
(() => {
  "use strict";

  const PAUSE_MS = 700;
  const goingOn = document.querySelector("[data-intake-goes-on]");
  if (goingOn) goingOn.requestSubmit();

  const form = document.querySelector("[data-intake-progress]");
  if (!form) return;
  const bar = form.querySelector("progress");
  const words = form.querySelector("[data-intake-words]");
  form.querySelector("[data-intake-read]").hidden = true;

  const ask = async () => {
    try {
      const answer = await window.ArchiveSession.ask(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
      });
      const { read, total, done } = await answer.json();
      bar.max = total;
      bar.value = read;
      words.textContent = form.dataset.words.replace("{read}", read).replace("{total}", total);
      if (done) location.reload();
      else setTimeout(ask, PAUSE_MS);
    } catch ({ message }) {
      // The button is there, and the page tries again by itself.
      words.textContent = message;
      form.querySelector("[data-intake-read]").hidden = false;
      setTimeout(ask, 10 * PAUSE_MS);
    }
  };
  ask();
})();
