/* Has a map drawn of the names that the form tags, and puts it before the body's other blocks. */
(() => {
  "use strict";

  const box = () => document.querySelector("[data-archive-locator-map]");

  const tagged = () =>
    [...document.querySelectorAll('#id_entity_tags-FORMS input[name$="-entity"]')]
      .filter((input) => !document.getElementById(input.id.replace(/entity$/, "DELETE"))?.value)
      .map((input) => input.value)
      .filter(Boolean);

  const make = async (button) => {
    const { send, placeLead } = window.ArchiveBody;
    const said = box().querySelector("[data-map-said]");
    said.textContent = "";
    button.disabled = true;
    const answer = await send(box().dataset.url, { entity: tagged() });
    button.disabled = false;
    said.textContent = answer.error ?? said.dataset.textDone;
    if (!answer.error) placeLead(answer.result);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-map-make]");
    if (button) make(button);
  });
})();
