/* Show the top of the table after turning a page. */
let turned = false;
element.addEventListener("click", (event) => {
  turned = event.target.closest("button[data-action=turn]") !== null;
});
watch("value", () => {
  if (turned) element.scrollIntoView({ block: "start" });
  turned = false;
});
