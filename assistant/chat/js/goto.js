/* Buttons that lead to another tab: data-goto names the tab, or the form in the library.
   data-conversation is the id of the conversation to open there. */
document.addEventListener("click", (event) => {
  const { goto: target, conversation } = event.target.closest?.("[data-goto]")?.dataset ?? {};
  if (!target) return;
  if (conversation) {
    dispatchEvent(new CustomEvent("open-conversation", { detail: conversation }));
  }
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
