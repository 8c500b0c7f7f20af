// What a reader has set, put on <html> before anything is painted: a head script, so a short one.
(() => {
  "use strict";
  const { dataset } = document.documentElement;
  dataset.reader = "";
  try {
    const kept = JSON.parse(localStorage.getItem("archive-reader"));
    for (const name of ["text", "spacing", "theme", "pinyin"]) {
      if (/^[a-z]+$/.test(kept?.[name] ?? "")) dataset[name] = kept[name];
    }
  } catch {
    // Storage is closed to this page, or holds something else: then the page is as designed.
  }
})();
