/* Send clicks on [data-action] buttons, and forms, to the server with their data attributes and
   fields. data-event names the Gradio event; the default is "click". */
const send = (node, fields) =>
  trigger(node.dataset.event ?? "click", { ...node.dataset, ...fields });

element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-action]");
  if (button) send(button, {});
});

element.addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.target, Object.fromEntries(new FormData(event.target)));
  event.target.closest("details")?.removeAttribute("open");
});

/* Enter submits a form; Shift+Enter starts a new line. */
element.addEventListener("keydown", (event) => {
  const form = event.target.closest("form[data-action]");
  if (!form || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
