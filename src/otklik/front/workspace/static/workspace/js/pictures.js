// A picture of the conversation in place: click enlarges, arrows go to the next one, Esc closes.
import { make, words } from "../../ui/js/page.js";

let all = [];
let at = 0;

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
  picture.addEventListener("click", () => dialog.toggleAttribute("data-zoom"));
  return dialog;
}

function draw(dialog) {
  const door = all[at];
  dialog.removeAttribute("data-zoom");
  dialog.querySelector("h2").textContent = door.title;
  dialog.querySelector("header a").href = `${door.href}original/`;
  Object.assign(dialog.querySelector("img"), { src: door.href, alt: door.title });
}
