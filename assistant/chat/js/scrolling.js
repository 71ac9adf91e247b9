/* Scroll with the words of an answer, and announce it to screen readers when it is complete. */
{
  const NEAR_PX = 60;

  const announcer = document.createElement("div");
  announcer.id = "announcer";
  announcer.setAttribute("role", "status");
  document.body.append(announcer);

  const follow = (chat) => {
    let following = true;
    let exchanges = 0;
    let scrolledTo = 0;
    let busy = false;

    const latest = () => [...chat.querySelectorAll(".exchange")].pop();

    // The end of the text, but never past the start of the latest question.
    const target = () => {
      const end = chat.scrollHeight - chat.clientHeight;
      const exchange = latest();
      if (!exchange) return end;
      const start = exchange.getBoundingClientRect().top - chat.getBoundingClientRect().top;
      return Math.max(0, Math.min(end, chat.scrollTop + start));
    };

    const announce = () => {
      const exchange = latest();
      const isBusy = exchange?.getAttribute("aria-busy") === "true";
      if (busy && exchange && !isBusy) {
        announcer.textContent = exchange.querySelector(".text, .note, .stopped")?.innerText ?? "";
      }
      busy = isBusy;
    };

    chat.addEventListener("scroll", () => {
      if (Math.abs(chat.scrollTop - scrolledTo) > 1) {
        following = Math.abs(chat.scrollTop - target()) < NEAR_PX;
      }
    });
    new MutationObserver(() => {
      const count = chat.querySelectorAll(".exchange").length;
      if (following || count > exchanges) {
        chat.scrollTop = target();
        scrolledTo = chat.scrollTop;
        following = true;
      }
      exchanges = count;
      announce();
    }).observe(chat, { childList: true, subtree: true, characterData: true });
  };

  whenPresent("#chat", follow);
}
