/* A citation leads to its source without leaving the page: the page has a <base>, so a browser
   would take "#source-1-2" for another address and load everything anew. */
() => {
  document.addEventListener("click", (event) => {
    const citation = event.target.closest?.('a.citation[href*="#source-"]');
    if (!citation) return;
    event.preventDefault();
    const quote = document.getElementById(citation.hash.slice(1));
    if (!quote) return;
    for (let at = quote.parentElement; at; at = at.parentElement) {
      if (at instanceof HTMLDetailsElement) at.open = true;
    }
    document.querySelectorAll("mark.shown").forEach((mark) => mark.classList.remove("shown"));
    quote.classList.add("shown");
    quote.focus({ preventScroll: true });
    quote.scrollIntoView({ block: "center", behavior: "smooth" });
  });
}
