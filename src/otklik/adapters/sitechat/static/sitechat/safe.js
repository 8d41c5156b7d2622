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
    if (node.nodeType === Node.TEXT_NODE) into.append(node.textContent);
    if (node.nodeType !== Node.ELEMENT_NODE || GONE.has(node.tagName.toUpperCase())) continue;
    fill(place(into, node), node);
  }
}

function place(into, node) {
  const name = /^H[1-6]$/.test(node.tagName) ? "STRONG" : node.tagName;
  if (!KEPT.has(name)) return into;
  const made = document.createElement(name);
  const address = node.getAttribute("href") ?? "";
  if (name === "A" && LINKS.test(address)) {
    Object.assign(made, { href: address, target: "_blank", rel: "noopener noreferrer nofollow" });
  }
  into.append(made);
  return made;
}
