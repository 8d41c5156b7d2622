// Day, night or as the system says; roomy or compact.  Stored in the profile, so it follows the person.
import { door, post, root } from "./page.js";

const themes = () => document.querySelectorAll("[data-set-theme]");
const densities = () => document.querySelectorAll("[data-toggle-density]");

document.addEventListener("click", (event) => {
  const theme = event.target.closest("[data-set-theme]")?.dataset.setTheme;
  if (theme) {
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
    keep({ theme });
  }
  if (event.target.closest("[data-toggle-density]")) {
    const compact = root.dataset.density !== "compact";
    if (compact) root.dataset.density = "compact";
    else delete root.dataset.density;
    keep({ compact: compact ? "on" : "" });
  }
});

function keep(choice) {
  show();
  if (door("preferences")) post(door("preferences"), new URLSearchParams(choice)).catch(() => {});
}

function show() {
  for (const button of themes()) button.setAttribute("aria-pressed", button.dataset.setTheme === (root.dataset.theme ?? "system"));
  for (const button of densities()) button.setAttribute("aria-pressed", root.dataset.density === "compact");
}

show();
