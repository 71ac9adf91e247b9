/* Functions that the other scripts of this folder use. They run in one function, in this order. */
const byId = (id) => document.getElementById(id);
const allTabs = () => [...document.querySelectorAll("#tabs [role=tablist] [role=tab]")];
const selectedTab = () => allTabs().find((tab) => tab.getAttribute("aria-selected") === "true");
const tabName = () => selectedTab()?.textContent.trim().toLowerCase() ?? "chat";
const scrollBehavior = () =>
  matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";

/* Call a function with an element as soon as it is on the page. */
const whenPresent = (selector, use) => {
  const node = document.querySelector(selector);
  if (node) use(node);
  else setTimeout(() => whenPresent(selector, use), 50);
};
