// Letters that went out: the one that is open is marked in the list.
document.addEventListener("click", (event) => {
  const door = event.target.closest(".post-row");
  if (!door || event.ctrlKey || event.metaKey || event.shiftKey) return;
  for (const other of document.querySelectorAll(".post-row[aria-current]")) other.removeAttribute("aria-current");
  door.setAttribute("aria-current", "true");
});
