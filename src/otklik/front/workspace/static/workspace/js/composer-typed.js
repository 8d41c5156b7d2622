// What is typed is offered: `::name` in an answer saved replies, `@name` or `+name` in a note colleagues, `==` a field,
// `№` or `#` a request; Enter or Tab puts the chosen one in its place.
import { announce, make } from "../../ui/js/page.js";
import { score } from "../../ui/js/fuzzy.js";
import { composer, modeOf, textOf, type } from "./composer-form.js";
import { OFFERS } from "./composer-offers.js";

const MOST = { any: 8, field: 40 };
const KEPT = 60_000;
const known = new Map();
let menu = null;
let turn = 0;
let pressed = null; // the sign that a button has typed: who wants nothing of it has typed nothing

const offersOf = (field) => OFFERS[field?.id];

document.addEventListener("input", ({ target }) => offersOf(target) && follow(target));
document.addEventListener("focusout", ({ target }) => offersOf(target) && hide());
document.addEventListener("selectionchange", () => menu && wanted(menu.field) === null && hide());
document.addEventListener("click", ({ target }) => {
  const button = target.closest("#composer [data-sign]");
  if (!button) return;
  const field = textOf(composer(), button.closest(".write")?.dataset.mode ?? modeOf(composer()));
  const before = field.value.slice(0, field.selectionStart);
  const { sign } = button.dataset;
  pressed = { field, typed: /(?:^|[\s(])$/u.test(before) ? sign : ` ${sign}` };
  type(field, pressed.typed, field.selectionEnd, field.selectionEnd);
});

/** The offer whose sign stands there, the sign, and what stands between it and the caret; or null. */
function wanted(field) {
  if (field.selectionStart !== field.selectionEnd) return null;
  const before = field.value.slice(0, field.selectionEnd);
  for (const offer of offersOf(field)) {
    const found = offer.typed.exec(before);
    if (found) return { offer, sign: found[1], query: found[2] };
  }
  return null;
}

// Only the newest letter draws: an answer that comes late must not open again what Escape has closed.
async function follow(field) {
  const { offer } = wanted(field) ?? {};
  if (!offer) return hide();
  const mine = ++turn;
  const offered = await names(offer);
  if (mine !== turn) return;
  const asked = wanted(field);
  if (asked?.offer !== offer || document.activeElement !== field) return hide();
  const rate = ({ name, words }) => (asked.query ? Math.max(score(words, asked.query) * 1.1, score(name, asked.query)) : 1);
  const rated = offered.map((one) => [rate(one), one]).filter(([rate]) => rate > 0);
  rated.sort(([a], [b]) => b - a);
  draw(field, offer, rated.slice(0, MOST[offer.name] ?? MOST.any).map(([, one]) => one));
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

function draw(field, offer, offered) {
  hide();
  if (!offered.length) return;
  const label = composer().querySelector(`[data-mode] [data-offers="${offer.name}"]`)?.getAttribute("aria-label");
  const list = make("div", { class: "menu offered", id: "offered", role: "listbox", popover: "manual", "aria-label": label });
  offered.forEach(({ name, hint, empty }, at) => {
    const beside = hint ? make("small", { class: empty ? "clip c-soon" : "clip" }, hint) : "";
    list.append(make("div", { role: "option", id: `typed-${at}` }, make("span", { class: "clip" }, name), beside));
  });
  field.after(list);
  list.showPopover();
  place(list, field.getBoundingClientRect());
  field.setAttribute("aria-controls", list.id);
  menu = { list, field, offered };
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
  if (step) {
    menu.moved = true;
    mark((now + step + options.length) % options.length);
  } else if (["Enter", "Tab"].includes(event.key) && !event.shiftKey && !means(now)) return hide();
  else if (["Enter", "Tab"].includes(event.key) && !event.shiftKey) take(options[now]);
  else if (event.key === "Escape") dismiss();
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);

/** Whether the marked option is what was typed; whoever has moved to it means it. */
function means(at) {
  const { offer, query } = wanted(menu.field) ?? {};
  return menu.moved || !offer?.sure || offer.sure(menu.offered[at], query);
}

function dismiss() {
  const { field } = menu;
  hide();
  if (pressed?.field === field && field.value.slice(0, field.selectionEnd).endsWith(pressed.typed)) {
    type(field, "", field.selectionEnd - pressed.typed.length, field.selectionEnd);
  }
  pressed = null;
}

function take(option) {
  const { field, offered } = menu;
  const chosen = offered[[...menu.list.children].indexOf(option)];
  const end = field.selectionEnd;
  const { offer, sign, query } = wanted(field);
  hide();
  pressed = null;
  offer.take(field, chosen, end - query.length - sign.length, end);
}
