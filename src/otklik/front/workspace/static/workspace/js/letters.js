// Letters that went out: the one that is open is marked in the list; a phone shows it in place of the list.
document.addEventListener("click", (event) => {
  const door = event.target.closest(".post-row");
  if (!door || event.ctrlKey || event.metaKey || event.shiftKey) return;
  for (const other of document.querySelectorAll(".post-row[aria-current]")) other.removeAttribute("aria-current");
  door.setAttribute("aria-current", "true");
  door.closest(".post").classList.add("opened");
  if (matchMedia("(max-width: 860px)").matches) scrollTo(0, 0);
});
