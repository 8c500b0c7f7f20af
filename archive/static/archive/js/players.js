// Puts a player of another site into a story, but not before the reader has asked for it.
(() => {
  // A story with several embeds runs this as often: what is shown already is left as it is.
  for (const place of document.querySelectorAll(".embed-frame[hidden]")) {
    place.hidden = false;
    place.querySelector("button").addEventListener("click", () => {
      const frame = document.createElement("iframe");
      frame.title = place.dataset.title || place.dataset.player;
      frame.allow = "encrypted-media; fullscreen; picture-in-picture";
      frame.sandbox = "allow-popups allow-presentation allow-same-origin allow-scripts";
      // YouTube plays nothing for pages that don't say which site they are of.
      frame.referrerPolicy = "strict-origin-when-cross-origin";
      frame.src = place.dataset.player;
      place.replaceChildren(frame);
      frame.focus();
    });
  }
})();
