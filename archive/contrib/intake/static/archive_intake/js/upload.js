/* A new import: files dropped or chosen are sent in portions, and stay chosen if something fails. */
(() => {
  "use strict";

  const form = document.querySelector("[data-intake-upload]");
  if (!form) return;
  const input = form.querySelector("[data-intake-files]");
  const drop = form.querySelector("[data-intake-drop]");
  const list = form.querySelector("[data-intake-chosen]");
  const errors = form.querySelector("[data-intake-errors]");
  const sending = form.querySelector("[data-intake-sending]");
  const bar = sending.querySelector("progress");
  // A request holds at most this; a server's own limit is often 100 files.
  const FILES = 50;
  const BYTES = 20 * 1024 * 1024;
  let files = [];

  form.querySelector("[data-intake-hint]").hidden = false;

  const show = () => {
    // The browser's own count says how many are chosen, too.
    const chosen = new DataTransfer();
    for (const file of files) chosen.items.add(file);
    input.files = chosen.files;
    list.replaceChildren(
      ...files.slice(0, 100).map((file) => {
        const row = document.createElement("li");
        const kilobytes = Math.max(1, Math.round(file.size / 1024)).toLocaleString();
        row.textContent = `${file.webkitRelativePath || file.name} (${kilobytes} kB)`;
        const isLarge = file.size > Number(form.dataset.limit) && !/\.zip$/i.test(file.name);
        if (isLarge) row.append(`: ${form.dataset.tooLarge}`);
        return row;
      }),
    );
    if (files.length > 100) {
      const more = document.createElement("li");
      more.textContent = `… ${files.length - 100}`;
      list.append(more);
    }
  };

  input.addEventListener("change", () => {
    files = [...files, ...input.files];
    show();
  });
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.dataset.over = "";
    });
  }
  for (const name of ["dragleave", "drop"]) {
    drop.addEventListener(name, () => delete drop.dataset.over);
  }
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    files = [...files, ...event.dataTransfer.files];
    show();
  });

  // What was typed or chosen is nowhere else until it is sent.
  const isUnsent = () =>
    files.length > 0 ||
    [...form.querySelectorAll("textarea, input[type=text]")].some(
      (one) => one.value !== one.defaultValue,
    );
  let isSent = false;
  addEventListener("beforeunload", (event) => {
    if (!isSent && isUnsent()) event.preventDefault();
  });
  form.querySelector("[data-intake-cancel]").addEventListener("click", () => {
    isSent = true;
  });

  const portions = () => {
    const found = [[]];
    let size = 0;
    for (const file of files) {
      const last = found[found.length - 1];
      if (last.length && (last.length >= FILES || size + file.size > BYTES)) {
        found.push([file]);
        size = file.size;
      } else {
        last.push(file);
        size += file.size;
      }
    }
    return found;
  };

  const post = (address, data, sent, total) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", address);
      request.setRequestHeader("Accept", "application/json");
      request.responseType = "json";
      request.upload.addEventListener("progress", (event) => {
        bar.value = total ? Math.min(100, (100 * (sent + event.loaded)) / total) : 0;
      });
      request.addEventListener("error", () => reject([form.dataset.failed]));
      request.addEventListener("load", () => {
        const answer = request.response || {};
        if (request.status === 200 && request.response) resolve(answer);
        else reject(answer.errors || [`${form.dataset.failed} (${request.status})`]);
      });
      request.send(data);
    });

  const send = async () => {
    const total = files.reduce((sum, file) => sum + file.size, 0);
    const parts = portions();
    const trouble = await window.ArchiveSession.renew();
    if (trouble) throw trouble;
    const token = window.ArchiveSession.token();
    let sent = 0;
    let address = location.pathname;
    let answer = {};
    for (const [number, part] of parts.entries()) {
      const data = number ? new FormData() : new FormData(form);
      data.delete("uploads");
      data.set("csrfmiddlewaretoken", token);
      for (const file of part) data.append("uploads", file, file.webkitRelativePath || file.name);
      if (number < parts.length - 1) data.set("more", "on");
      answer = await post(address, data, sent, total);
      address = answer.add || address;
      sent += part.reduce((sum, file) => sum + file.size, 0);
    }
    isSent = true;
    location.assign(answer.address);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    sending.hidden = false;
    sending.querySelector("[data-intake-words]").textContent = form.dataset.sending;
    send().catch((reasons) => {
      errors.replaceChildren(
        ...[reasons].flat().map((reason) => {
          const line = document.createElement("p");
          line.className = "error-message";
          line.textContent = String(reason);
          return line;
        }),
      );
      button.disabled = false;
      sending.hidden = true;
      errors.scrollIntoView({ block: "center" });
    });
  });
})();
