/* What the page does by itself, without asking the assistant: citations lead to their sources, the
   latest words stay in view, answers are copied, keys have meanings, a lost connection is told. */
() => {
  const byId = (id) => document.getElementById(id);

  // -- citations: a click leads to the quote, a hover shows it -----------------------------------
  // The page has a <base>: a browser would take "#source-1-2" for another address.

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
    const at = citation.getBoundingClientRect();
    const width = Math.min(440, innerWidth - 24);
    preview.style.width = `${width}px`;
    preview.style.left = `${Math.max(12, Math.min(at.left - 40, innerWidth - width - 12))}px`;
    const below = at.bottom + preview.offsetHeight + 12 < innerHeight;
    preview.style.top = `${below ? at.bottom + 6 : Math.max(8, at.top - preview.offsetHeight - 6)}px`;
    const mark = preview.querySelector("mark");
    if (mark) preview.scrollTop = mark.offsetTop - preview.clientHeight / 3;
  };
  const hidePreview = () => (preview.hidden = true);

  const lead = (citation) => {
    const quote = quoteOf(citation);
    if (!quote) return;
    for (let at = quote.parentElement; at; at = at.parentElement) {
      if (at instanceof HTMLDetailsElement) at.open = true;
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

  // -- clicks that the assistant need not know of -----------------------------------------------

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Browsers keep the clipboard from pages that come over plain HTTP from another machine.
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
        lead(citation);
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
      if (!menu.contains(event.target) || button?.dataset.do) menu.open = false;
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

  // -- the latest words stay in view, unless the reader has scrolled away -------------------------

  const follow = (chat) => {
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
    follow(byId("chat"));
  }, 50);

  // -- the connection ----------------------------------------------------------------------------

  const lost = document.createElement("div");
  lost.id = "lost";
  lost.setAttribute("role", "alert");
  lost.hidden = true;
  document.body.append(lost);
  let server = null;
  let misses = 0;

  const ask = async () => {
    const reply = await fetch("gradio_api/app_id", { cache: "no-store" });
    if (!reply.ok) throw new Error(reply.statusText);
    return (await reply.json()).app_id;
  };
  const look = async () => {
    try {
      const now = await ask();
      // What was asked is saved, but a new server knows nothing of this page.
      if (server !== null && now !== server) location.reload();
      server = now;
      misses = 0;
      lost.hidden = true;
    } catch {
      misses += 1;
      if (misses < 2) return;
      lost.textContent =
        "The assistant does not reply. Start it again with `assistant chat`, or check the network: " +
        "this page then goes on by itself. What was asked and answered is saved.";
      lost.hidden = false;
    }
  };
  look();
  setInterval(() => document.visibilityState === "visible" && look(), 3000);
}
