// A button that shows a part of the page on the whole screen, and again as it was.

for (const button of document.querySelectorAll("[data-fullscreen]")) button.hidden = !document.fullscreenEnabled;

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fullscreen]");
  if (!button) return;
  if (document.fullscreenElement) document.exitFullscreen();
  else document.getElementById(button.dataset.fullscreen).requestFullscreen();
});
