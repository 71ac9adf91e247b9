/* Send clicks on [data-action] buttons, and ticks of checkboxes, to the server with their data. */
element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-action]");
  if (button) trigger("click", { ...button.dataset });
});

element.addEventListener("change", (event) => {
  const box = event.target.closest("input[data-action]");
  if (!box) return;
  const rows = [...element.querySelectorAll("input[data-action=select]")];
  const changed = box.dataset.action === "select-page" ? rows : [box];
  changed.forEach((row) => (row.checked = box.checked));
  const page = element.querySelector("input[data-action=select-page]");
  if (page) page.checked = rows.every((row) => row.checked);
  trigger("select", { ids: changed.map((row) => row.value), selected: box.checked });
});

/* A browser keeps the state of a clicked checkbox when its HTML changes: set it from the HTML. */
watch("value", () => {
  element.querySelectorAll("input[data-action]").forEach((box) => {
    box.checked = box.hasAttribute("checked");
  });
});
