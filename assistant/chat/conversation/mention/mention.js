/* "@" and some letters in the question box open a list of papers and collections to choose from. */
const DELAY_MS = 120;
const BEFORE_CARET = /(?:^|\s)@([^@\n]{0,60})$/;

let asked = null; // the text after "@", null while the list is closed
let active = 0;
let waiting = null;

const box = () => document.querySelector("#question textarea");
const options = () => [...element.querySelectorAll("[role=option]")];
const wanted = () => {
  const field = box();
  return BEFORE_CARET.exec(field.value.slice(0, field.selectionStart))?.[1] ?? null;
};

const draw = () => {
  const found = options();
  element.toggleAttribute("data-open", asked !== null && found.length > 0);
  active = Math.min(active, Math.max(0, found.length - 1));
  found.forEach((one, index) => one.setAttribute("aria-selected", String(index === active)));
  found[active]?.scrollIntoView({ block: "nearest" });
  if (element.hasAttribute("data-open")) box().setAttribute("aria-activedescendant", found[active].id);
  else box()?.removeAttribute("aria-activedescendant");
};

const close = () => {
  clearTimeout(waiting);
  asked = null;
  draw();
};

const choose = (option) => {
  const field = box();
  const caret = field.selectionStart;
  const start = caret - wanted().length - 1;
  field.value = field.value.slice(0, start) + field.value.slice(caret);
  field.setSelectionRange(start, start);
  close();
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  trigger("select", { ...option.dataset });
};

document.addEventListener("input", (event) => {
  if (event.target !== box()) return;
  const query = wanted();
  if (query === null) return close();
  // Only for what is typed: a draft that is put back must not open the list over the answer.
  if (!event.isTrusted) return;
  asked = query;
  active = 0;
  clearTimeout(waiting);
  waiting = setTimeout(() => trigger("click", { action: "find", query }), DELAY_MS);
});

document.addEventListener(
  "keydown",
  (event) => {
    if (event.target !== box() || !element.hasAttribute("data-open")) return;
    const found = options();
    if (event.key === "ArrowDown") active = (active + 1) % found.length;
    else if (event.key === "ArrowUp") active = (active + found.length - 1) % found.length;
    else if (event.key === "Enter" || event.key === "Tab") choose(found[active]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
    draw();
  },
  true,
);

// The question box keeps the focus.
element.addEventListener("mousedown", (event) => event.preventDefault());
element.addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]");
  if (option) choose(option);
});
document.addEventListener("focusout", (event) => event.target === box() && close());
watch("value", draw);
