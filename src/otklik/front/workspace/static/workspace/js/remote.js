// Pictures that were asked for come into the letter's frame by the form itself; the question is not needed any more.
document.addEventListener("submit", (event) => {
  const asked = event.target.closest("form.remote[data-once]");
  if (asked) setTimeout(() => asked.remove());
});
