// Answer or note: keys and clicks choose the mode and put the caret into its text; the sent bar lets write more.
import { on } from "../../ui/js/keys.js";
import { words } from "../../ui/js/page.js";
import { say } from "../../ui/js/toast.js";
import { choose, composer, modeOf, textOf, write } from "./composer-form.js";

document.addEventListener("click", (event) => {
  const form = composer();
  if (!form?.contains(event.target)) return follow(event);
  if (event.target.closest("[data-write-more]")) return open(form);
  const label = event.target.closest(".bar > .seg label");
  if (!label || event.target.matches("input")) return;
  choose(event, label);
  write(textOf(form));
});

// Arrow keys on the two radios change the mode without taking the focus away.
document.addEventListener("change", (event) => {
  const form = composer();
  if (form && event.target.matches("#composer [name=mode]") && !event.target.matches(":focus-visible")) write(textOf(form));
});

// A key of what stands beside the answer (solved, a date) works while a note is being written: the answer comes back.
document.addEventListener("key:hidden", (event) => {
  const form = composer();
  if (!form?.contains(event.target) || modeOf(form) !== "note" || !event.target.closest("[data-mode=reply]")) return;
  form.querySelector("#m-reply").checked = true;
  event.preventDefault();
});

// Who presses the key of undoing a second too late must not think that it was undone.
on("undo", () => (composer() ? void say(words.tooLate, { state: "info" }) : false), () => false);

/** Under the bar "the answer leaves in 9 s" one can already write the next text. */
function open(form) {
  form.querySelector(".sentbar").toggleAttribute("data-open", true);
  write(textOf(form));
}

document.addEventListener("countdown:end", (event) => {
  const bar = event.target.closest("#composer .sentbar");
  if (!bar) return event.target.closest("[data-undo-toast]")?.remove();
  const held = bar.contains(document.activeElement);
  const form = composer();
  const used = bar.hasAttribute("data-open") || form.contains(document.activeElement) && !held;
  bar.remove();
  if (used) return;
  htmx.ajax("GET", form.dataset.whole, { target: "#composer", swap: "outerHTML" }).then(() => {
    const fresh = composer();
    if (held && fresh?.dataset.number === form.dataset.number) fresh.querySelector(".seg input:checked")?.focus();
  });
});

// Buttons of the answer strip carry a key but no act of their own: they open what the header offers.
function follow(event) {
  const button = event.target.closest("button.ed[data-key]");
  const door = button && document.querySelector(`[data-acts] [data-key="${button.dataset.key}"]`);
  door?.click();
}

/** The form begins with the caret in the text when it was opened to write (a reply taken back, ?compose=reply). */
function begin() {
  const form = composer();
  if (!form?.hasAttribute("data-begin")) return;
  form.removeAttribute("data-begin");
  write(textOf(form, modeOf(form)));
}

// A reply that leaves from another ticket: its bar stands among the toasts, until that ticket is open and has its own.
// Each page brings the bar along, so the one that stands already is replaced.
function adopt() {
  const toasts = [...document.querySelectorAll("[data-undo-toast]")];
  const place = document.getElementById("toasts");
  const come = toasts.find((toast) => toast.parentElement !== place);
  if (come && place) {
    for (const toast of toasts) if (toast !== come && toast.dataset.undoToast === come.dataset.undoToast) toast.remove();
    place.append(come);
  }
  const form = composer();
  for (const toast of document.querySelectorAll("[data-undo-toast]")) {
    toast.hidden = form?.dataset.number === toast.dataset.undoToast && form.querySelector(".sentbar") !== null;
  }
}

function find() {
  begin();
  adopt();
}
document.addEventListener("htmx:after:swap", find);
document.addEventListener("htmx:after:settle", find);
find();
