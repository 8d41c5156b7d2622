// What is typed is offered: `::name` in an answer saved replies, `@name` or `+name` in a note colleagues; Enter or Tab
// puts the chosen one in its place.
import { announce, make } from "../../ui/js/page.js";
import { score } from "../../ui/js/fuzzy.js";
import { composer, textOf, type } from "./composer-form.js";
import { insert } from "./composer-saved.js";

const MOST = 8;
const KEPT = 60_000;
const known = new Map();
let menu = null;
let turn = 0;

// `typed` finds the sign and what follows it; a plus alone is a plus.
const OFFERS = {
  "reply-text": {
    typed: /(?:^|\s)(::)([^\s:]{0,40})$/u,
    address: (form) => `${form.dataset.saved}names/`,
    read: ({ replies }) => replies.map(({ id, name, shortcut }) => ({ id, name, hint: shortcut && `::${shortcut}`, words: shortcut })),
    button: "[data-key=template]",
    take: (field, { dataset }, start, end) => insert(composer(), dataset.id, start, end),
  },
  "note-text": {
    typed: /(?:^|[\s(])(@|\+(?=[^\s@+]))([^\s@+]{0,40})$/u,
    address: (form) => form.dataset.colleagues,
    read: ({ people }) => people.map(({ id, name, title }) => ({ id, name, hint: title, words: "" })),
    button: "[data-name-colleague]",
    take: (field, { dataset }, start, end) => type(field, `@${dataset.name} `, start, end),
  },
};
const offerOf = (field) => OFFERS[field?.id];

document.addEventListener("input", ({ target }) => offerOf(target) && follow(target));
document.addEventListener("focusout", ({ target }) => offerOf(target) && hide());
document.addEventListener("selectionchange", () => menu && wanted(menu.field) === null && hide());
document.addEventListener("click", (event) => {
  if (!event.target.closest("#composer [data-name-colleague]")) return;
  const field = textOf(composer(), "note");
  const before = field.value.slice(0, field.selectionStart);
  type(field, /(?:^|[\s(])$/u.test(before) ? "@" : " @");
});

/** The sign and what stands between it and the caret, or null. */
function wanted(field) {
  if (field.selectionStart !== field.selectionEnd) return null;
  const found = offerOf(field).typed.exec(field.value.slice(0, field.selectionEnd));
  return found && { sign: found[1], query: found[2] };
}

// Only the newest letter draws: an answer that comes late must not open again what Escape has closed.
async function follow(field) {
  if (wanted(field) === null) return hide();
  const mine = ++turn;
  const offered = await names(offerOf(field));
  if (mine !== turn) return;
  const asked = wanted(field);
  if (asked === null || document.activeElement !== field) return hide();
  const rate = ({ name, words }) => (asked.query ? Math.max(score(words, asked.query) * 1.1, score(name, asked.query)) : 1);
  const rated = offered.map((one) => [rate(one), one]).filter(([rate]) => rate > 0);
  rated.sort(([a], [b]) => b - a);
  draw(field, rated.slice(0, MOST).map(([, one]) => one));
}

/** What this form offers: asked for once a minute, however many letters are typed meanwhile. */
function names(offer) {
  const address = offer.address(composer());
  const { at, offered } = known.get(address) ?? { at: -KEPT };
  if (performance.now() - at < KEPT) return offered;
  const asked = ask(address, offer.read);
  known.set(address, { at: performance.now(), offered: asked });
  return asked;
}

async function ask(address, read) {
  const answer = await fetch(address).catch(() => null);
  if (answer?.ok) return read(await answer.json());
  known.delete(address);
  return [];
}

function draw(field, offered) {
  hide();
  if (!offered.length) return;
  const label = composer().querySelector(offerOf(field).button).getAttribute("aria-label");
  const list = make("div", { class: "menu offered", id: "offered", role: "listbox", popover: "manual", "aria-label": label });
  offered.forEach(({ id, name, hint }, at) => {
    const beside = hint ? make("small", {}, hint) : "";
    list.append(make("div", { role: "option", id: `typed-${at}`, "data-id": id, "data-name": name }, make("span", { class: "clip" }, name), beside));
  });
  field.after(list);
  list.showPopover();
  place(list, field.getBoundingClientRect());
  field.setAttribute("aria-controls", list.id);
  menu = { list, field };
  mark(0);
  announce(offered.map(({ name }) => name).join(", "));
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
}

// Above the text when there is room: below it stands what is chosen next.
function place(list, by) {
  const top = by.top - list.offsetHeight - 6;
  list.style.top = `${top > 8 ? top : Math.min(by.bottom + 6, innerHeight - list.offsetHeight - 8)}px`;
  list.style.left = `${Math.max(8, Math.min(by.left + 8, innerWidth - list.offsetWidth - 8))}px`;
}

function hide() {
  turn += 1;
  if (!menu) return;
  menu.list.remove();
  menu.field.removeAttribute("aria-controls");
  menu.field.removeAttribute("aria-activedescendant");
  menu = null;
}

function mark(at) {
  const options = [...menu.list.children];
  options.forEach((option, index) => option.setAttribute("aria-selected", index === at));
  options[at].scrollIntoView({ block: "nearest" });
  menu.field.setAttribute("aria-activedescendant", options[at].id);
}

document.addEventListener("keydown", (event) => {
  if (!menu || event.target !== menu.field || event.isComposing || event.ctrlKey || event.metaKey) return;
  const options = [...menu.list.children];
  const now = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) mark((now + step + options.length) % options.length);
  else if (["Enter", "Tab"].includes(event.key) && !event.shiftKey) take(options[now]);
  else if (event.key === "Escape") hide();
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);

function take(option) {
  const { field } = menu;
  const end = field.selectionEnd;
  const { sign, query } = wanted(field);
  hide();
  offerOf(field).take(field, option, end - query.length - sign.length, end);
}
