// Shows the questions of the chosen kinds and outcomes that contain the words searched for.
const entries = [...document.querySelectorAll(".entry")];
const boxes = [...document.querySelectorAll(".filters input[type=checkbox]")];
const search = document.querySelector(".filters input[type=search]");
const count = document.querySelector(".count");

function chosen(group) {
  return new Set(boxes.filter((box) => box.name === group && box.checked).map((box) => box.value));
}

function apply() {
  const kinds = chosen("kind");
  const outcomes = chosen("outcome");
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const entry of entries) {
    const text = entry.textContent.toLowerCase();
    const fits =
      (kinds.size === 0 || kinds.has(entry.dataset.kind)) &&
      (outcomes.size === 0 || outcomes.has(entry.dataset.outcome)) &&
      words.every((word) => text.includes(word));
    entry.hidden = !fits;
    shown += fits;
  }
  count.textContent = `${shown} of ${entries.length} questions`;
}

boxes.forEach((box) => box.addEventListener("change", apply));
search.addEventListener("input", apply);
apply();
