/* Clicks on what has data-do, and ticks, are told to the page with their data. */
element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-do]");
  if (button) trigger("click", { ...button.dataset });
});

element.addEventListener("change", (event) => {
  const ticked = event.target.closest("input[data-do]");
  if (!ticked) return;
  const all = [...element.querySelectorAll("input[data-do=choose]")];
  const boxes = ticked.dataset.do === "choose-page" ? all : [ticked];
  boxes.forEach((box) => (box.checked = ticked.checked));
  const whole = element.querySelector("input[data-do=choose-page]");
  if (whole) whole.checked = all.every((box) => box.checked);
  trigger("select", { ids: boxes.map((box) => box.value), chosen: ticked.checked });
});

/* The page changes the ticks in its HTML, and a browser keeps those that were clicked. */
watch("value", () => {
  element.querySelectorAll("input[data-do]").forEach((box) => {
    box.checked = box.hasAttribute("checked");
  });
});
