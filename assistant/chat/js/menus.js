/* Copy buttons, the drawer of conversations, and menus that close on a click elsewhere. */
{
  const OPEN_MENUS = "details.menu[open], details.edit[open]";

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Over plain HTTP from another machine, browsers do not provide the clipboard API.
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.copy) {
      copy(button.dataset.copy);
      button.classList.add("copied");
      setTimeout(() => button.classList.remove("copied"), 1500);
    }
    if (button?.dataset.toggle) document.body.classList.toggle(`show-${button.dataset.toggle}`);
    else if (!event.target.closest("#history") || button?.matches(".open, #new")) {
      document.body.classList.remove("show-history");
    }
    document.querySelectorAll(OPEN_MENUS).forEach((menu) => {
      if (!menu.contains(event.target) || button?.dataset.action) menu.open = false;
    });
  });

  const MARGIN = 8;

  // Move a menu sideways if the window, or what scrolls around it, would cut it off.
  const moveIntoView = (items) => {
    items.style.translate = "";
    const box = items.getBoundingClientRect();
    let [left, right] = [0, document.documentElement.clientWidth];
    for (let node = items.parentElement; node && node !== document.body; node = node.parentElement) {
      if (getComputedStyle(node).overflowX === "visible") continue;
      const around = node.getBoundingClientRect();
      [left, right] = [Math.max(left, around.left), Math.min(right, around.right)];
    }
    const shift = Math.max(left + MARGIN - box.left, Math.min(0, right - MARGIN - box.right));
    if (shift) items.style.translate = `${shift}px`;
  };

  // A menu opens below its button: scroll it into view, so that it covers no answer.
  document.addEventListener(
    "toggle",
    (event) => {
      if (!event.target.matches?.("details.menu[open]")) return;
      const items = event.target.querySelector(".items");
      if (!items) return;
      moveIntoView(items);
      items.scrollIntoView({ block: "nearest" });
    },
    true,
  );

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menus = document.querySelectorAll(OPEN_MENUS);
    const drawer = document.body.classList.contains("show-history");
    document.body.classList.remove("show-history");
    menus.forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    // Escape closes what is open; otherwise it closes the open paper or stops the answer. In a
    // field of the library it belongs to the field.
    if (menus.length || drawer) return;
    if (tabName() === "library") {
      if (event.target.closest("input, textarea, select")) return;
      document.querySelector("#reader article .close")?.click();
    } else if (tabName() === "chat") byId("stop")?.click();
  });
}
