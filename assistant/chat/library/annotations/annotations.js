/* Keep what is typed, and the focus, when the annotations are drawn again. */
const typed = new Map();
let focused = null;
const keyOf = ({ dataset }) => [dataset.id, dataset.action, dataset.kind].join(" ");
const fieldOf = (form) => form.querySelector("input, textarea");

element.addEventListener("input", ({ target }) => {
  if (target.form) typed.set(keyOf(target.form), target.value);
});
element.addEventListener("submit", ({ target }) => typed.delete(keyOf(target)));
element.addEventListener("focusin", ({ target }) => {
  focused = target.form && target.matches("input, textarea") ? keyOf(target.form) : null;
});
element.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget) focused = null;
});
watch("value", () => {
  element.querySelectorAll("form").forEach((form) => {
    const field = fieldOf(form);
    if (typed.has(keyOf(form))) field.value = typed.get(keyOf(form));
    if (focused === keyOf(form) && document.activeElement === document.body) field.focus();
  });
});
