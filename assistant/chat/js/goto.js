/* Buttons that lead to another tab: data-goto names the tab, or the form in the library. */
document.addEventListener("click", (event) => {
  const target = event.target.closest?.("[data-goto]")?.dataset.goto;
  if (!target) return;
  const tab = target === "add-papers" ? "library" : target;
  allTabs()
    .find((one) => one.textContent.trim().toLowerCase() === tab)
    ?.click();
  if (target !== "add-papers") return;
  whenPresent("#add-papers > button", (toggle) => {
    if (!byId("drop")) toggle.click();
    toggle.scrollIntoView({ block: "nearest" });
  });
});
