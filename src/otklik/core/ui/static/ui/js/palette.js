// Find or do: what the page offers, where the menu leads, and what the server finds.  An act that asks for one value
// offers its values as a second step.
import { announce, data, door, glyph, headers, make, shown, words } from "./page.js";
import { on, use } from "./keys.js";
import { captionOf, captionOfPlace } from "./keysheet.js";
import { score } from "./fuzzy.js";
import { lineOf, valuesOf } from "./palette-values.js";

const palette = document.getElementById("palette");
const input = palette?.querySelector("input");
const list = palette?.querySelector("[role=listbox]");
const labels = new Map(data.keys.map(([action, , label]) => [action, label]));
const others = JSON.parse(document.getElementById("ui-also")?.textContent ?? "{}");
const OWN = new Set(["palette", "search", "leave"]);
let active = -1;
let from = null;
let asked = 0;
let step = null;
let moved = false;
const asks = input?.placeholder;

function open() {
  if (!palette || palette.matches(":popover-open")) return false;
  from = document.activeElement;
  palette.showPopover();
  enter(null);
  input.focus();
}

if (palette) {
  on("palette", open);
  on("search", open);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-key=palette]")) open();
  });
  palette.addEventListener("toggle", (event) => {
    if (event.newState === "closed" && (document.activeElement === document.body || palette.contains(document.activeElement))) from?.focus?.();
  });
  input.addEventListener("input", draw);
  input.addEventListener("keydown", walk);
  list.addEventListener("click", (event) => choose(event.target.closest("[role=option]"), event));
}

// `of` has the label of an act and its values; without it the palette is at its first step.
function enter(of) {
  step = of;
  input.value = "";
  input.placeholder = of?.label ?? asks;
  input.setAttribute("aria-label", of?.label ?? asks);
  draw();
}

function offers() {
  const found = [...document.querySelectorAll("[data-key], [data-palette]")].filter(
    (element) => !palette.contains(element) && !element.closest("dialog:not([open])") && (shown(element) || element.closest("[popover]")),
  );
  const seen = new Set();
  return found.flatMap((element) => {
    const action = (element.dataset.key ?? "").split(" ")[0];
    const label = element.dataset.label ?? labels.get(action) ?? nameOf(element);
    if (!label || OWN.has(action) || seen.has(label)) return [];
    seen.add(label);
    return [{ label, also: others[action || element.dataset.palette], element, keys: captionOf(action), icon: iconOf(element), why: whyNot(element), group: words.doHere }];
  });
}

function ways() {
  return [...document.querySelectorAll("[data-nav]")].map((element) => ({
    label: nameOf(element),
    also: others[`nav:${element.dataset.nav}`],
    element,
    keys: element.dataset.go ? captionOfPlace(element.dataset.go) : "",
    icon: iconOf(element),
    group: words.goTo,
  }));
}

const nameOf = (element) => (element.getAttribute("aria-label") || element.title.split(" · ")[0] || wordsOf(element)).trim();

// A counter or a key cap inside of an element is no part of its name.
function wordsOf(element) {
  const copy = element.cloneNode(true);
  for (const extra of copy.querySelectorAll(".n, kbd")) extra.remove();
  return copy.textContent;
}

const iconOf = (element) => /\bi-([a-z-]+)/.exec(element.querySelector(".i")?.className ?? "")?.[1] ?? "right";
const whyNot = (element) => (element.matches(":disabled, [aria-disabled=true]") ? element.dataset.why || words.unavailable : "");

function draw() {
  const query = input.value.trim();
  if (step) return drawValues(query);
  const all = [...offers(), ...ways()];
  const rated = all.map((item) => [query ? rate(item, query) : 1, item]).filter(([rate]) => rate > 0);
  if (query) rated.sort(([a], [b]) => b - a);
  list.replaceChildren();
  for (const group of [words.doHere, words.goTo]) {
    const items = rated.map(([, item]) => item).filter((item) => item.group === group);
    if (items.length) list.append(caption(group), ...items.slice(0, query ? 8 : 12).map(line));
  }
  if (!list.children.length && !door("search")) list.append(caption(words.nothing));
  number();
  if (query.length !== 1) ask(query);
}

// By its name here, else by the beginning of a word of its name in the other language of the house.
function rate({ label, also }, query) {
  const there = also ? score(also, query) : 0;
  return Math.max(score(label, query), there > 7 ? there - 1 : 0);
}

function drawValues(query) {
  asked += 1; // what the server still finds for the first step is not wanted any more
  const rated = step.values.map((value) => [query ? score(value.label, query) : 1, value]).filter(([rate]) => rate > 0);
  if (query) rated.sort(([a], [b]) => b - a);
  const lines = rated.map(([, value], place) => lineOf(value, query ? 9 : place));
  list.replaceChildren(caption(lines.length || step.comes ? step.label : words.nothing), ...lines);
  number();
  if (!step.comes) announce(`${step.label}: ${lines.length}`);
}

const caption = (text) => make("span", { class: "cap", role: "presentation" }, text);

function line(item) {
  const why = item.why ? make("small", {}, item.why) : "";
  const option = make("a", { role: "option", href: "#", "aria-disabled": item.why ? "true" : undefined }, glyph(item.icon), item.label, why, item.keys ? make("kbd", {}, item.keys) : "");
  option.target_ = item.element;
  return option;
}

// Search comes from the server as ready options, without a word what the person keeps at hand, with captions of its own;
// only the answer to the last question counts.
async function ask(query) {
  if (!door("search")) return;
  const mine = ++asked;
  if (query) await new Promise((done) => setTimeout(done, 120));
  if (mine !== asked) return;
  const address = `${door("search")}?${new URLSearchParams({ q: query })}`;
  const answer = await fetch(address, { headers: headers() }).catch(() => null);
  const text = answer?.ok ? await answer.text() : "";
  if (!answer?.ok || mine !== asked) return;
  const found = new DOMParser().parseFromString(text, "text/html").body.children;
  const kept = moved ? list.querySelector("[aria-selected=true]") : null;
  if (found.length && !query) list.prepend(...elsewhere([...found]));
  else if (found.length) list.append(caption(words.found), ...found);
  else if (!list.querySelector("[role=option]")) list.append(caption(words.nothing));
  number(kept);
  if (query) announce(`${words.found}: ${list.querySelectorAll("[role=option]").length}`);
}

// Without the page that is open, and without a caption over nothing.
function elsewhere(found) {
  const others = found.filter((option) => option.pathname !== location.pathname);
  return others.filter((option, at) => !option.matches(".cap") || others[at + 1]?.matches("a"));
}

// The first one is chosen; one that the arrows have chosen stays it when more is found.
function number(kept = null) {
  const options = [...list.querySelectorAll("[role=option]")];
  options.forEach((option, at) => (option.id = `palette-${at}`));
  moved = options.includes(kept);
  mark(moved ? options.indexOf(kept) : options.length ? 0 : -1);
}

function mark(at) {
  active = at;
  const options = [...list.querySelectorAll("[role=option]")];
  options.forEach((option, index) => option.setAttribute("aria-selected", index === at));
  options[at]?.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", at < 0 ? "" : `palette-${at}`);
}

function walk(event) {
  const options = list.querySelectorAll("[role=option]");
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by && options.length) {
    event.preventDefault();
    moved = true;
    mark((active + by + options.length) % options.length);
  } else if (step && !input.value && (/^[1-9]$/.test(event.key) || event.key === "Backspace")) {
    event.preventDefault();
    event.key === "Backspace" ? enter(null) : options[event.key - 1]?.click();
  } else if (event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    options[active]?.click();
  }
}

function choose(option, event) {
  if (!option || option.getAttribute("aria-disabled") === "true") return event?.preventDefault();
  if (option.target_?.hasAttribute("data-values")) return void values(option, event);
  palette.hidePopover();
  if (!option.target_ && !option.take_) return;
  event.preventDefault();
  option.take_ ? option.take_() : use(option.target_);
}

// Without anything to choose from the act does what it does everywhere.  What is typed before the values have come is
// looked for among them.
async function values({ target_: door }, event) {
  event?.preventDefault();
  const label = labels.get((door.dataset.key ?? "").split(" ")[0]) ?? nameOf(door);
  const coming = { label, values: [], comes: true };
  enter(coming);
  const found = await valuesOf(door);
  if (step !== coming || !palette.matches(":popover-open")) return;
  if (found.length) {
    Object.assign(coming, { values: found, comes: false });
    return draw();
  }
  palette.hidePopover();
  use(door);
}
