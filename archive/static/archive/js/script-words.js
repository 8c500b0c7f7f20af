/* The archive's words for what Wagtail's scripts say, in place of those of their catalogue. */
(() => {
  "use strict";

  const words = document.getElementById("archive-script-words");
  Object.assign(window.django.catalog, JSON.parse(words.textContent));
})();
