/* The URL names the open conversation and tab: Back and Forward move between them. */
{
  const NAME = "Paper assistant";
  const openConversation = () => document.body.dataset.conversation ?? "";

  const setTitle = () => {
    const tab = selectedTab()?.textContent.trim();
    const title = tabName() === "chat" ? document.querySelector("#bar h2")?.textContent : tab;
    document.title = title ? `${title} · ${NAME}` : NAME;
  };

  const pushTab = () => {
    const url = new URL(location);
    if ((url.searchParams.get("tab") ?? "chat") === tabName()) return;
    if (tabName() === "chat") url.searchParams.delete("tab");
    else url.searchParams.set("tab", tabName());
    history.pushState(null, "", url);
  };

  const selectTabOfUrl = () => {
    const wanted = new URL(location).searchParams.get("tab") ?? "chat";
    if (wanted === tabName()) return;
    allTabs()
      .find((tab) => tab.textContent.trim().toLowerCase() === wanted)
      ?.click();
  };

  addEventListener("popstate", () => {
    selectTabOfUrl();
    const wanted = new URL(location).searchParams.get("conversation") ?? "";
    if (wanted !== openConversation()) {
      dispatchEvent(new CustomEvent("open-conversation", { detail: wanted }));
    }
  });

  whenPresent("#tabs [role=tab][aria-selected=true]", () => {
    selectTabOfUrl();
    const tabs = byId("tabs").querySelector("[role=tablist]");
    new MutationObserver(() => {
      pushTab();
      setTitle();
    }).observe(tabs, { attributes: true, attributeFilter: ["aria-selected"], subtree: true });
    setTitle();
  });
  whenPresent("#bar", (bar) => {
    new MutationObserver(setTitle).observe(bar, { childList: true, subtree: true, characterData: true });
  });
}
