/* Save a note when its field loses the focus. */
element.addEventListener("change", ({ target }) => {
  if (target.matches("textarea")) target.form.requestSubmit();
});
