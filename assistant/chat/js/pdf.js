/* PDFs beside the page: a link with data-pdf-of opens in a frame where there is room for it. */
{
  const hasRoom = () => matchMedia("(min-width: 1000px)").matches;

  const viewer = document.createElement("aside");
  viewer.id = "pdf";
  viewer.tabIndex = -1;
  viewer.hidden = true;
  viewer.innerHTML = `<header><h2></h2><a target="_blank" rel="noopener">New tab</a>
    <button type="button" aria-label="Close the PDF">×</button></header>
    <p>Opening the PDF …</p>`;
  document.body.append(viewer);

  let opener = "";

  const openPdf = (address, title) => {
    viewer.setAttribute("aria-label", `PDF of ${title}`);
    viewer.querySelector("h2").textContent = title;
    viewer.querySelector("a").href = address;
    viewer.querySelector("iframe")?.remove();
    // A new frame each time: the pages of one would be entries of the browser's history.
    const frame = document.createElement("iframe");
    frame.title = `PDF of ${title}`;
    frame.src = address;
    viewer.append(frame);
    viewer.hidden = false;
    document.body.classList.add("shows-pdf");
    viewer.focus();
  };

  const closePdf = () => {
    viewer.hidden = true;
    viewer.querySelector("iframe")?.remove();
    document.body.classList.remove("shows-pdf");
    document.querySelector(`a[href="${CSS.escape(opener)}"]`)?.focus();
  };

  viewer.querySelector("button").addEventListener("click", closePdf);

  // Runs before other listeners, which scroll the sources: closing the viewer shows those again.
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest?.("a[data-pdf-of]");
      const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
      if (link && isPlain && hasRoom()) {
        event.preventDefault();
        opener = link.getAttribute("href");
        openPdf(opener, link.dataset.pdfOf);
        return;
      }
      const citation = viewer.hidden ? null : event.target.closest?.('a.citation[href*="#source-"]');
      if (!citation) return;
      const quote = byId(citation.hash.slice(1));
      const its = quote?.closest("article").querySelector("a[data-pdf-of]");
      if (its) openPdf(quote.dataset.pdf, its.dataset.pdfOf);
      else closePdf();
    },
    true,
  );

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || viewer.hidden) return;
      event.stopPropagation();
      closePdf();
    },
    true,
  );
}
