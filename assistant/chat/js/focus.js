/* The keyboard: "/" and the skip link, arrow keys in the list of conversations. */
{
  const focusMainField = () => {
    const field = {
      chat: "#question textarea",
      library: "#filters input, #filters textarea",
      saved: "#saved input, #saved textarea",
      evals: "#evals input",
      settings: "#settings input, #settings button",
    }[tabName()];
    document.querySelector(field)?.focus();
  };

  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("a.skip")) return;
    event.preventDefault();
    focusMainField();
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      focusMainField();
    }
  });

  // One tab stop for each conversation: its menu is reached with the right arrow key.
  document.addEventListener("keydown", (event) => {
    const item = event.target.closest?.("#history-list li");
    if (!item || !event.target.matches("button.open, summary")) return;
    const items = [...document.querySelectorAll("#history-list li")];
    const target = {
      ArrowRight: item.querySelector("summary"),
      ArrowLeft: item.querySelector(".open"),
      ArrowDown: items[items.indexOf(item) + 1]?.querySelector(".open"),
      ArrowUp: items[items.indexOf(item) - 1]?.querySelector(".open"),
    }[event.key];
    if (!target) return;
    event.preventDefault();
    target.focus();
  });

  // The sources scroll: the keyboard has to reach them.
  whenPresent("#sources", (sources) => {
    sources.tabIndex = 0;
    sources.setAttribute("role", "region");
    sources.setAttribute("aria-label", "Sources");
  });
}
