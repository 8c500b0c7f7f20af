/* A link to a segment, "…#row-8": the form's editors grow while they load, so the row that the
   browser has found moves away. Keep it in view until they're done, or the reader moves. */
(() => {
  "use strict";

  const LOADING_MS = 3000;
  const MOVES = ["wheel", "touchmove", "keydown", "pointerdown"];

  const keepInView = (row) => {
    const watch = new ResizeObserver(() => row.scrollIntoView({ block: "center" }));
    const stop = () => watch.disconnect();
    watch.observe(row.parentElement);
    MOVES.forEach((move) => addEventListener(move, stop, { once: true, passive: true }));
    setTimeout(stop, LOADING_MS);
  };

  addEventListener("load", () => {
    const row = /^#row-\d+$/.test(location.hash) && document.querySelector(location.hash);
    if (row) keepInView(row);
  });
})();
