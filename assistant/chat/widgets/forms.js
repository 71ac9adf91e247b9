/* Send forms, and clicks on [data-action] buttons outside of them, to the server. */
element.addEventListener("submit", (event) => {
  event.preventDefault();
  const fields = {};
  for (const [name, value] of new FormData(event.target)) (fields[name] ??= []).push(value);
  trigger("submit", { ...event.target.dataset, ...fields });
});
element.addEventListener("click", (event) => {
  const button = event.target.closest("button[type=button][data-action]");
  if (button) trigger("click", { ...button.dataset });
});
