// Popover menus stand beside the button that opened them; arrows, Home, End and 1 to 9 choose.
import { on } from "./keys.js";

let opener = null;
document.addEventListener("click", (event) => {
  opener = event.target.closest("[popovertarget]") ?? opener;
}, true);

document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!menu.matches?.(".menu[popover]") || event.newState !== "open") return;
  place(menu, anchorOf(menu));
  items(menu)[0]?.focus({ focusVisible: false });
}, true);

// A menu opened before its scripts were there (htmx begins with a task of its own) hears of it now.
setTimeout(() => {
  for (const menu of document.querySelectorAll(".menu:popover-open")) {
    menu.dispatchEvent(new ToggleEvent("toggle", { oldState: "closed", newState: "open" }));
  }
});

function anchorOf(menu) {
  if (opener?.getAttribute("popovertarget") === menu.id) return opener;
  return document.querySelector(`[popovertarget="${menu.id}"]`);
}

// Below the anchor when there is room, else above; never outside of the window, though more comes into it later.
function place(menu, anchor) {
  if (!anchor) return;
  menu.style.maxHeight = "";
  const by = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = by.bottom + 6 + height <= innerHeight || by.top < height + 6;
  const top = below ? by.bottom + 6 : by.top - height - 6;
  const left = by.left + width <= innerWidth - 8 ? by.left : by.right - width;
  const at = Math.max(8, Math.min(top, innerHeight - height - 8));
  menu.style.top = `${at}px`;
  menu.style.maxHeight = `${innerHeight - at - 8}px`;
  menu.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
}

const items = (menu) => [...menu.querySelectorAll("a[href], button:not(:disabled), input, label:has(input)")].filter((item) => item.checkVisibility());

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.(".menu:popover-open");
  if (!menu || event.target.matches("input:not([type=radio], [type=checkbox]), textarea")) return;
  const all = items(menu);
  const at = all.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? all.length - 1 : at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    all[(to + all.length) % all.length]?.focus();
  } else if (/^[1-9]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    all[Number(event.key) - 1]?.click();
  }
});

// A choice made closes the menu; a menu inside of a form keeps open for its fields.
document.addEventListener("click", (event) => {
  const item = event.target.closest(".menu:popover-open :is(a, button)");
  if (item && !item.matches("[popovertarget], [data-stay], [aria-pressed]")) item.closest("[popover]").hidePopover();
});

// The choice of availability stands in a closed menu; its key works all the same.
const pausing = () => document.querySelector("#availability [data-key='pause']");
on("pause", () => (pausing() ? void pausing().click() : false), () => Boolean(pausing()));
