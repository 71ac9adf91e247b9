/* Keep the typed question when the page is reloaded, as after a restart of the assistant. */
{
  const KEY = "draft";

  addEventListener("pagehide", () => {
    sessionStorage.setItem(KEY, document.querySelector("#question textarea")?.value ?? "");
  });
  whenPresent("#question textarea", (field) => {
    const draft = sessionStorage.getItem(KEY);
    if (!draft || field.value) return;
    field.value = draft;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
