/* The page's own behaviour, without the server: citations show their sources, new words stay in
   view, answers are copied, keyboard shortcuts work, a lost connection is reported. */
() => {
  const byId = (id) => document.getElementById(id);

  // -- citations: a click scrolls to the quote, a hover shows it ---------------------------------
  // The page has a <base>, so a browser would resolve "#source-1-2" against another address.

  const quoteOf = (citation) => byId(citation.hash.slice(1));
  const citationAt = (node) => node.closest?.('a.citation[href*="#source-"]');

  const preview = document.createElement("div");
  preview.id = "preview";
  preview.setAttribute("role", "tooltip");
  preview.hidden = true;
  document.body.append(preview);

  const showPreview = (citation) => {
    const card = quoteOf(citation)?.closest("article")?.cloneNode(true);
    if (!card) return;
    card.querySelectorAll("[id]").forEach((node) => node.removeAttribute("id"));
    card.querySelectorAll("mark").forEach((mark) => {
      if (mark.dataset.citation !== citation.textContent.slice(1, -1)) mark.replaceWith(mark.textContent);
    });
    preview.replaceChildren(card);
    preview.hidden = false;
    const box = citation.getBoundingClientRect();
    const width = Math.min(440, innerWidth - 24);
    preview.style.width = `${width}px`;
    preview.style.left = `${Math.max(12, Math.min(box.left - 40, innerWidth - width - 12))}px`;
    const below = box.bottom + preview.offsetHeight + 12 < innerHeight;
    preview.style.top = `${below ? box.bottom + 6 : Math.max(8, box.top - preview.offsetHeight - 6)}px`;
    const mark = preview.querySelector("mark");
    if (mark) preview.scrollTop = mark.offsetTop - preview.clientHeight / 3;
  };
  const hidePreview = () => (preview.hidden = true);

  const scrollToQuote = (citation) => {
    const quote = quoteOf(citation);
    if (!quote) return;
    for (let node = quote.parentElement; node; node = node.parentElement) {
      if (node instanceof HTMLDetailsElement) node.open = true;
    }
    document.querySelectorAll("mark.shown").forEach((mark) => mark.classList.remove("shown"));
    quote.classList.add("shown");
    quote.focus({ preventScroll: true });
    quote.scrollIntoView({ block: "center", behavior: "smooth" });
  };

  const onPhone = () => matchMedia("(max-width: 820px)").matches;

  document.addEventListener("mouseover", (event) => {
    const citation = citationAt(event.target);
    if (citation && !onPhone()) showPreview(citation);
    else if (!preview.contains(event.target)) hidePreview();
  });
  document.addEventListener("focusin", (event) => {
    const citation = citationAt(event.target);
    if (citation && !onPhone()) showPreview(citation);
    else if (!preview.contains(event.target)) hidePreview();
  });

  // -- clicks that the server does not need -----------------------------------------------------

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
    const citation = citationAt(event.target);
    if (citation) {
      event.preventDefault();
      hidePreview();
      if (onPhone()) {
        event.stopPropagation();
        showPreview(citation);
      } else {
        scrollToQuote(citation);
      }
    } else if (!preview.contains(event.target)) {
      hidePreview();
    }
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
    document.querySelectorAll("details.menu[open], details.edit[open]").forEach((menu) => {
      if (!menu.contains(event.target) || button?.dataset.action) menu.open = false;
    });
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, [contenteditable]");
    if (event.key === "/" && !typing) {
      event.preventDefault();
      byId("question")?.querySelector("textarea")?.focus();
    }
    if (event.key !== "Escape") return;
    hidePreview();
    document.body.classList.remove("show-history");
    const open = document.querySelectorAll("details.menu[open], details.edit[open]");
    open.forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    if (open.length === 0) byId("stop")?.click();
  });

  // -- scroll with new words, unless the reader has scrolled up ----------------------------------

  const followText = (chat) => {
    let atEnd = true;
    let exchanges = 0;
    chat.addEventListener("scroll", () => {
      atEnd = chat.scrollHeight - chat.scrollTop - chat.clientHeight < 60;
    });
    new MutationObserver(() => {
      const count = chat.querySelectorAll(".exchange").length;
      if (atEnd || count > exchanges) chat.scrollTop = chat.scrollHeight;
      exchanges = count;
    }).observe(chat, { childList: true, subtree: true, characterData: true });
  };
  const waitForChat = setInterval(() => {
    if (!byId("chat")) return;
    clearInterval(waitForChat);
    followText(byId("chat"));
  }, 50);

  // -- the connection ----------------------------------------------------------------------------

  const lost = document.createElement("div");
  lost.id = "lost";
  lost.setAttribute("role", "alert");
  lost.hidden = true;
  document.body.append(lost);
  let serverId = null;
  let failures = 0;

  const fetchServerId = async () => {
    const reply = await fetch("gradio_api/app_id", { cache: "no-store" });
    if (!reply.ok) throw new Error(reply.statusText);
    return (await reply.json()).app_id;
  };
  const checkConnection = async () => {
    try {
      const current = await fetchServerId();
      // Conversations are saved, but a restarted server does not know this page's session.
      if (serverId !== null && current !== serverId) location.reload();
      serverId = current;
      failures = 0;
      lost.hidden = true;
    } catch {
      failures += 1;
      if (failures < 2) return;
      lost.textContent =
        "The assistant does not respond. Start it again with `assistant chat`, or check the network. " +
        "This page then reconnects by itself. Your conversations are saved.";
      lost.hidden = false;
    }
  };
  checkConnection();
  setInterval(() => document.visibilityState === "visible" && checkConnection(), 3000);
}
