/* Move the focus to a paper when it is opened, and back when it is closed. */
let opener = null;
watch("value", () => {
  const paper = element.querySelector("article");
  if (paper) {
    const focused = document.activeElement?.closest("#papers [data-id]");
    if (focused) opener = focused.dataset.id;
    paper.focus();
  } else if (opener !== null) {
    document.querySelector(`#papers [data-id="${CSS.escape(opener)}"]`)?.focus();
    opener = null;
  }
});
