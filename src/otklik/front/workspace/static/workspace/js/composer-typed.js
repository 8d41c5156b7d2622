// `::name` typed in an answer offers saved replies; Enter or Tab puts the chosen one in its place.
import { announce, make } from "../../ui/js/page.js";
import { score } from "../../ui/js/fuzzy.js";
import { composer } from "./composer-form.js";
import { insert } from "./composer-saved.js";

const TYPED = /(?:^|\s)::([^\s:]{0,40})$/u;
const MOST = 8;
const KEPT = 60_000;
const known = new Map();
let menu = null;
let turn = 0;

document.addEventListener("input", ({ target }) => target.id === "reply-text" && follow(target));
document.addEventListener("focusout", ({ target }) => target.id === "reply-text" && hide());
document.addEventListener("selectionchange", () => menu && wanted(menu.field) === null && hide());

/** What stands between `::` and the caret, or null. */
function wanted(field) {
  if (field.selectionStart !== field.selectionEnd) return null;
  return TYPED.exec(field.value.slice(0, field.selectionEnd))?.[1] ?? null;
}

// Only the newest letter draws: an answer that comes late must not open again what Escape has closed.
async function follow(field) {
  if (wanted(field) === null) return hide();
  const mine = ++turn;
  const replies = await names(composer());
  if (mine !== turn) return;
  const query = wanted(field);
  if (query === null || document.activeElement !== field) return hide();
  const rate = (reply) => (query ? Math.max(score(reply.shortcut, query) * 1.1, score(reply.name, query)) : 1);
  const rated = replies.map((reply) => [rate(reply), reply]).filter(([rate]) => rate > 0);
  rated.sort(([a], [b]) => b - a);
  draw(field, rated.slice(0, MOST).map(([, reply]) => reply));
}

/** The saved replies of this form: asked for once a minute, however many letters are typed meanwhile. */
function names(form) {
  const address = `${form.dataset.saved}names/`;
  const { at, replies } = known.get(address) ?? { at: -KEPT };
  if (performance.now() - at < KEPT) return replies;
  const asked = ask(address);
  known.set(address, { at: performance.now(), replies: asked });
  return asked;
}

async function ask(address) {
  const answer = await fetch(address).catch(() => null);
  if (answer?.ok) return (await answer.json()).replies;
  known.delete(address);
  return [];
}

function draw(field, replies) {
  hide();
  if (!replies.length) return;
  const name = composer().querySelector("[data-key=template]").getAttribute("aria-label");
  const list = make("div", { class: "menu typed-saved", id: "typed-saved", role: "listbox", popover: "manual", "aria-label": name });
  replies.forEach((reply, at) => {
    const shortcut = reply.shortcut ? make("small", {}, `::${reply.shortcut}`) : "";
    list.append(make("div", { role: "option", id: `typed-${at}`, "data-id": reply.id }, make("span", { class: "clip" }, reply.name), shortcut));
  });
  field.after(list);
  list.showPopover();
  place(list, field.getBoundingClientRect());
  field.setAttribute("aria-controls", list.id);
  menu = { list, field };
  mark(0);
  announce(replies.map((reply) => reply.name).join(", "));
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
  const start = end - wanted(field).length - 2;
  hide();
  insert(composer(), option.dataset.id, start, end);
}
