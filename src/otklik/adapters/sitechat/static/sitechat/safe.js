// Markup of an answer, built anew from a short list of elements: whatever else stands in it is only text.

const KEPT = new Set(["P", "BR", "B", "STRONG", "I", "EM", "DEL", "S", "CODE", "PRE", "UL", "OL", "LI", "BLOCKQUOTE", "A"]);
const GONE = new Set(["SCRIPT", "STYLE", "IMG", "IFRAME", "OBJECT", "TEMPLATE", "SVG", "MATH"]);
const LINKS = /^(https?:\/\/|mailto:|tel:)/i;

/** A fragment of our own elements that says the same. */
export function built(html) {
  const into = document.createDocumentFragment();
  fill(into, new DOMParser().parseFromString(html, "text/html").body);
  return into;
}

function fill(into, from) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) into.append(...linked(node.textContent, into));
    if (node.nodeType !== Node.ELEMENT_NODE || GONE.has(node.tagName.toUpperCase())) continue;
    fill(place(into, node), node);
  }
}

/** Addresses that stand in the text become links, unless they stand in one. */
function linked(text, into) {
  if (into.nodeName === "A" || !text.includes("://")) return [text];
  return text.split(/(https?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)\]])/).map((part, place) => (place % 2 ? link(part, part) : part));
}

function link(address, text) {
  const made = document.createElement("A");
  Object.assign(made, { href: address, target: "_blank", rel: "noopener noreferrer nofollow", textContent: text });
  return made;
}

function place(into, node) {
  const name = /^H[1-6]$/.test(node.tagName) ? "STRONG" : node.tagName;
  if (!KEPT.has(name)) return into;
  const address = node.getAttribute("href") ?? "";
  const made = name === "A" && LINKS.test(address) ? link(address, "") : document.createElement(name);
  into.append(made);
  return made;
}
