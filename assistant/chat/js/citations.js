/* Citations: a click scrolls to the quote, a hover or focus shows it in a card. */
{
  const HIDE_DELAY_MS = 300; // time for the mouse to move from the citation to the card

  // The page has a <base>, so a browser would resolve "#source-1-2" against another address.
  const quoteOf = (citation) => byId(citation.hash.slice(1));
  const citationAt = (node) => node.closest?.('a.citation[href*="#source-"]');
  const onPhone = () => matchMedia("(max-width: 820px)").matches;

  const preview = document.createElement("div");
  preview.id = "preview";
  preview.setAttribute("role", "tooltip");
  preview.hidden = true;
  document.body.append(preview);

  let hiding = null;
  const keepPreview = () => clearTimeout(hiding);
  const hidePreview = () => {
    keepPreview();
    preview.hidden = true;
  };
  const hidePreviewSoon = () => {
    keepPreview();
    hiding = setTimeout(hidePreview, HIDE_DELAY_MS);
  };

  const showPreview = (citation) => {
    keepPreview();
    const card = quoteOf(citation)?.closest("article")?.cloneNode(true);
    if (!card) return;
    card.querySelectorAll("[id]").forEach((node) => node.removeAttribute("id"));
    card.querySelectorAll(".foot").forEach((node) => node.remove());
    card.querySelectorAll("blockquote").forEach((quote) => {
      const { citation: label } = quote.querySelector("mark").dataset;
      if (label !== citation.textContent.slice(1, -1)) quote.remove();
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

  const scrollToQuote = (citation) => {
    const quote = quoteOf(citation);
    if (!quote) return;
    for (let node = quote.parentElement; node; node = node.parentElement) {
      if (node instanceof HTMLDetailsElement) node.open = true;
    }
    document.querySelectorAll("mark.shown").forEach((mark) => mark.classList.remove("shown"));
    quote.classList.add("shown");
    quote.focus({ preventScroll: true });
    quote.scrollIntoView({ block: "center", behavior: scrollBehavior() });
  };

  document.addEventListener("mouseover", (event) => {
    const citation = citationAt(event.target);
    if (citation && !onPhone()) showPreview(citation);
    else if (preview.contains(event.target)) keepPreview();
    else if (!preview.hidden) hidePreviewSoon();
  });
  document.addEventListener("focusin", (event) => {
    const citation = citationAt(event.target);
    if (citation && !onPhone()) showPreview(citation);
    else if (!preview.contains(event.target)) hidePreview();
  });
  document.addEventListener("click", (event) => {
    const citation = citationAt(event.target);
    if (!citation) {
      if (!preview.contains(event.target)) hidePreview();
      return;
    }
    event.preventDefault();
    hidePreview();
    if (onPhone()) showPreview(citation);
    else scrollToQuote(citation);
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && hidePreview());
}
