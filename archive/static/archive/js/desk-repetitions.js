/* The translators' desk: once a segment is confirmed, asks whether the same words elsewhere in
 * one's work are to be translated so, too. What is filled is a draft. */
(() => {
  "use strict";

  const CONFIRMED = new Set(["confirmed", "reviewed"]);

  const start = () => {
    const root = document.querySelector("[data-archive-desk]");
    const url = root?.dataset.repetitionsUrl;
    if (!url || root.dataset.repetitionsStarted) return;
    root.dataset.repetitionsStarted = "yes";
    const box = root.querySelector("[data-desk-repetitions]");
    const [asked, stories, fill, leave] = ["asked", "stories", "fill", "leave"].map((name) =>
      box.querySelector(`[data-repetitions-${name}]`),
    );
    let key = "";

    const ask = async (method, wanted) => {
      const data = new URLSearchParams({ key: wanted });
      const token = root.closest("form").querySelector("[name=csrfmiddlewaretoken]").value;
      const options = { headers: { "X-Requested-With": "XMLHttpRequest", "X-CSRFToken": token } };
      const response =
        method === "POST"
          ? await fetch(url, { ...options, method, body: data })
          : await fetch(`${url}?${data}`, options);
      // Nobody misses a question that couldn't be asked.
      return response.ok ? response.json() : { count: 0 };
    };

    const question = async (row) => {
      const answer = await ask("GET", row.dataset.key);
      if (!answer.count) return;
      key = row.dataset.key;
      asked.textContent = answer.asked;
      stories.textContent = answer.stories.join(" · ");
      fill.hidden = leave.hidden = false;
      box.hidden = false;
    };

    fill.addEventListener("click", async () => {
      fill.hidden = leave.hidden = true;
      const { said } = await ask("POST", key);
      asked.textContent = said || "";
      stories.textContent = "";
      if (!said) box.hidden = true;
    });
    leave.addEventListener("click", () => {
      box.hidden = true;
    });

    const states = new MutationObserver((changes) => {
      const row = changes.find(
        ({ target, oldValue }) => CONFIRMED.has(target.dataset.state) && !CONFIRMED.has(oldValue),
      )?.target;
      if (row) question(row);
    });
    root.querySelectorAll("[data-desk-row]").forEach((row) => {
      states.observe(row, { attributeFilter: ["data-state"], attributeOldValue: true });
    });
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
