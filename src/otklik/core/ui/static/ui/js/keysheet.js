// The ? sheet, written from the table that binds the keys, and the hint after G.
import { data, isMac, make, moved, movedActs, root, words } from "./page.js";
import { russianOf } from "./fuzzy.js";
import { isOffered, on, places } from "./keys.js";

on("help", () => {
  const sheet = build();
  document.body.append(sheet);
  sheet.addEventListener("close", () => sheet.remove());
  sheet.showModal();
});

// A Mac says ⌘ where others say Ctrl.
if (isMac) {
  for (const cap of document.querySelectorAll("kbd[data-mod]")) cap.textContent = forMac(cap.textContent);
}

// Caps on the page say the keys that this person has.
function recaption() {
  if (!moved.size) return;
  for (const cap of document.querySelectorAll("kbd:not([data-own])")) {
    const shown = moved.get(cap.textContent);
    cap.toggleAttribute("data-own", true);
    if (shown !== undefined) cap.textContent = shown;
    cap.hidden = shown === "";
  }
  for (const [action, [usual, shown]] of movedActs) {
    const offering = `:is([data-key~="${action}"], [data-bulk~="${action}"])[title*=" · "]`;
    for (const one of document.querySelectorAll(offering)) one.title = retitled(one.title, usual, shown);
  }
}

// "Assign · A" says the key of this person, too, or none; "· ⇧ F · ??" keeps what is no key of the table.
function retitled(title, usual, shown) {
  const cap = usual.replace("Shift+", "⇧");
  const [name, ...parts] = title.split(" · ");
  const told = parts.map((part) => (part.replace(/\s/g, "") === cap ? shown : part));
  return [name, ...told.filter(Boolean)].join(" · ");
}
recaption();
document.addEventListener("htmx:after:swap", recaption);

export const forMac = (text) => (isMac ? text.replace("Ctrl ", "⌘") : text);

/** Caption of the key of an action, "" when it has none. */
export function captionOf(action) {
  const row = data.keys.find(([name]) => name === action);
  return row ? forMac(row[4]) : "";
}

// As `captions` in core/ui/keys.py: both layouts for who reads Russian.
const cap = (letter) => (root.lang.startsWith("ru") ? `${letter}/${russianOf(letter)}` : letter);

/** Caption of the way to a place: "G/П Q/Й". */
export const captionOfPlace = (letter) => `${cap("G")} ${cap(letter)}`;

function build() {
  const label = data.keys.find(([action]) => action === "help")?.[2] ?? "";
  const close = make("button", { class: "btn quiet icon s", type: "button", "data-close": true, "aria-label": words.close });
  close.append(make("i", { class: "i i-x", "aria-hidden": "true" }));
  const head = make("header", {}, make("h2", { id: "keysheet-title" }, label), close);
  const body = make("div", { class: "in" }, make("div", { class: "keysheet" }, ...groups()));
  return make("dialog", { class: "dialog wide", "aria-labelledby": "keysheet-title" }, head, body);
}

function groups() {
  const groups = Object.entries(data.scopes).map(([scope, label]) => [label, rowsOf(scope)]);
  return groups
    .filter(([, rows]) => rows.length)
    .map(([label, rows]) => make("section", {}, make("h3", {}, label), make("ul", {}, ...rows)));
}

function rowsOf(scope) {
  if (scope === "go") return [...places()].map(([letter, link]) => row(nameOf(link), captionOfPlace(letter)));
  const here = data.keys.filter(([action, keys, , of]) => keys && of === scope && (isOffered(action) || action === "leave"));
  return here.map(([, , label, , caption]) => row(label, forMac(caption)));
}

const row = (label, keys) => make("li", {}, make("span", {}, label), make("kbd", { "data-own": true }, keys));

const nameOf = (link) => (link.title || link.textContent).trim();

document.addEventListener("key:go", (event) => {
  document.querySelector(".gohint")?.remove();
  if (!event.detail.places) return;
  const items = [...event.detail.places].map(([letter, link]) => make("span", {}, make("kbd", {}, cap(letter)), nameOf(link)));
  document.body.append(make("div", { class: "gohint", role: "status" }, make("b", {}, words.goHint), ...items));
});
