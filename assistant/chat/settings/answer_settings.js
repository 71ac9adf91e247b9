/* Send what is chosen in a list to the server. */
element.addEventListener("change", (event) => {
  const list = event.target.closest("select[data-action]");
  if (list) trigger("select", { ...list.dataset, value: list.value });
});
