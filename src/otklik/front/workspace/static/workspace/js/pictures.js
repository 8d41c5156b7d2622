// A picture of the conversation in place: click or + and - enlarge it, 0 fits it, arrows go to the next one, Esc closes.
import { announce, make, words } from "../../ui/js/page.js";

let all = [];
let at = 0;
let zoom = 1; // of the size at which it fits; below that nobody looks closer
const STEP = 1.5;
const MOST = STEP ** 5;
const ZOOMS = { "+": (by) => by * STEP, "=": (by) => by * STEP, "-": (by) => by / STEP, 0: () => 1 };

document.addEventListener("click", (event) => {
  const door = event.target.closest("[data-picture]");
  if (!door || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  all = [...document.querySelectorAll("[data-picture]")];
  open(all.indexOf(door));
});

function open(index) {
  at = index;
  const dialog = build();
  document.body.append(dialog);
  draw(dialog);
  dialog.showModal();
  dialog.addEventListener("close", () => {
    dialog.remove();
    all[at]?.focus();
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return; // those are the browser's
    if (ZOOMS[event.key]) {
      event.preventDefault();
      return enlarge(dialog, ZOOMS[event.key](zoom));
    }
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    at = (at + step + all.length) % all.length;
    draw(dialog);
  });
}

function build() {
  const picture = make("img", { alt: "" });
  const close = make("button", { class: "btn quiet icon s", type: "button", "data-close": true, "aria-label": words.close }, make("i", { class: "i i-x", "aria-hidden": "true" }));
  const save = make("a", { class: "btn quiet s", download: true }, make("i", { class: "i i-download", "aria-hidden": "true" }));
  const dialog = make("dialog", { class: "dialog viewer" }, make("header", {}, make("h2"), save, close), make("div", { class: "in" }, picture));
  picture.addEventListener("click", () => {
    const whole = dialog.hasAttribute("data-zoom");
    enlarge(dialog, 1);
    dialog.toggleAttribute("data-zoom", !whole);
  });
  return dialog;
}

function enlarge(dialog, wanted) {
  const picture = dialog.querySelector("img");
  picture.style.removeProperty("width");
  dialog.removeAttribute("data-zoom");
  zoom = Math.min(Math.max(wanted, 1), MOST);
  if (zoom > 1) {
    const fits = picture.getBoundingClientRect().width;
    dialog.setAttribute("data-zoom", "");
    picture.style.width = `${fits * zoom}px`;
  }
  announce(`${Math.round(zoom * 100)} %`);
}

function draw(dialog) {
  const door = all[at];
  dialog.removeAttribute("data-zoom");
  dialog.querySelector("img").style.removeProperty("width");
  zoom = 1;
  dialog.querySelector("h2").textContent = door.title;
  dialog.querySelector("header a").href = `${door.href}original/`;
  Object.assign(dialog.querySelector("img"), { src: door.href, alt: door.title });
}
