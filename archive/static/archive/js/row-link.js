/* A link to a segment, "…#row-8": the form's editors grow while they load, and its tabs come
   late, so the row that the browser has found moves away. Keep it in view until they're done, or
   until the reader moves. */
(() => {
  "use strict";

  const LOADING_MS = 3000;
  const LOOK_MS = 100;
  const MOVES = ["wheel", "touchmove", "keydown", "pointerdown"];

  const isInView = (row) => {
    const { top } = row.getBoundingClientRect();
    return top >= 0 && top < innerHeight * 0.75;
  };

  const keepInView = (row) => {
    const look = setInterval(() => {
      if (!isInView(row)) row.scrollIntoView({ block: "center", behavior: "instant" });
    }, LOOK_MS);
    const stop = () => clearInterval(look);
    MOVES.forEach((move) => addEventListener(move, stop, { once: true, passive: true }));
    setTimeout(stop, LOADING_MS);
  };

  addEventListener("load", () => {
    const row = /^#row-\d+$/.test(location.hash) && document.querySelector(location.hash);
    if (row) keepInView(row);
  });
})();
