/* The report on imported translations: "Use this text" puts the row as it is now in place of its own. */
(() => {
  "use strict";

  const count = (story, verdict) => story.querySelectorAll(`tr[data-verdict="${verdict}"]`).length;

  /* What stands above a story's segments says how many rows of each verdict there are. */
  const recount = (story, row) => {
    const list = story.querySelector(".archive-exchange__counts");
    const counts = [...list.querySelectorAll("[data-verdict]")];
    const { verdict } = row.dataset;
    if (!counts.some((item) => item.dataset.verdict === verdict)) {
      const item = counts[0].cloneNode(true);
      item.dataset.verdict = verdict;
      item.lastChild.data = ` ${row.querySelector("td").firstChild.data}`;
      counts.at(-1).after(item);
      counts.push(item);
    }
    for (const item of counts) {
      const number = count(story, item.dataset.verdict);
      item.querySelector("strong").textContent = number;
      if (!number) item.remove();
    }
  };

  const take = async (form) => {
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const options = { method: "POST", body: new FormData(form) };
      const answer = await window.ArchiveSession.ask(form.action, options);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const row = page.querySelector("tbody tr");
      form.closest("tr").replaceWith(row);
      recount(row.closest("article"), row);
      const result = row.querySelector("td");
      result.tabIndex = -1;
      result.focus();
    } catch ({ message }) {
      button.disabled = false;
      window.ArchiveSession.say(message);
    }
  };

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-exchange-take]")) return;
    event.preventDefault();
    take(event.target);
  });
})();
