/* Send the text of an edited cell when it loses the focus; Enter ends editing, Escape undoes it. */
let before = "";
const cellOf = (event) => event.target.closest?.("td[data-column]");

element.addEventListener("focusin", (event) => {
  if (cellOf(event)) before = cellOf(event).innerText;
});
element.addEventListener("focusout", (event) => {
  const cell = cellOf(event);
  if (!cell || cell.innerText === before) return;
  cell.classList.add("edited");
  trigger("submit", { ...cell.dataset, text: cell.innerText });
});
element.addEventListener("keydown", (event) => {
  const cell = cellOf(event);
  if (!cell || !["Enter", "Escape"].includes(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key === "Escape") cell.innerText = before;
  cell.blur();
});
element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-action]");
  if (button) trigger("click", { ...button.dataset });
});
