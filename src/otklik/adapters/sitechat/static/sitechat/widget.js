// On a site of the company: a button, and behind it our window.  Nothing of the page is read, and no cookie is set.
(() => {
  const settings = "SETTINGS";
  const script = document.currentScript;
  if (!settings.sites.includes(location.origin) && location.origin !== new URL(script.src).origin) {
    return; // the window would refuse to open here
  }
  const wanted = settings.language || script.dataset.lang || navigator.language || "";
  const language = wanted.slice(0, 2).toLowerCase() === "ru" ? "ru" : "en";
  const words = settings.words[language];
  const address = new URL(`./?lang=${language}`, script.src);
  const begun = `chat ${address.pathname}`;
  const narrow = matchMedia("(max-width: 30rem), (max-height: 30rem)");

  const frame = document.createElement("iframe");
  const button = document.createElement("button");
  let isOpen = false;
  let isReady = false;
  let waiting = 0;

  const remembers = () => {
    try {
      return localStorage.getItem(begun) === "begun";
    } catch {
      return false;
    }
  };
  const remember = () => {
    try {
      localStorage.setItem(begun, "begun");
    } catch {
      // A browser that keeps nothing opens the window when it is asked to.
    }
  };
  const tell = (chat, more = {}) => isReady && frame.contentWindow.postMessage({ chat, ...more }, address.origin);
  const load = () => {
    if (!frame.src) {
      frame.src = address.href;
    }
  };

  const draw = () => {
    const wide = !narrow.matches;
    Object.assign(frame.style, {
      position: "fixed",
      insetBlockEnd: wide ? "5.5rem" : "0",
      insetInlineEnd: wide ? "1.25rem" : "0",
      inlineSize: wide ? "min(24rem, calc(100vw - 2.5rem))" : "100vw",
      blockSize: wide ? "min(38rem, calc(100dvh - 7rem))" : "100dvh",
      maxInlineSize: "none",
      border: "0",
      borderRadius: wide ? "16px" : "0",
      boxShadow: wide ? "0 8px 40px rgb(0 0 0 / 28%)" : "none",
      colorScheme: "light dark",
      zIndex: "2147483001",
      display: isOpen ? "block" : "none",
    });
    Object.assign(button.style, {
      position: "fixed",
      insetBlockEnd: "1.25rem",
      insetInlineEnd: "1.25rem",
      display: isOpen && !wide ? "none" : "grid",
      placeItems: "center",
      inlineSize: "3.5rem",
      blockSize: "3.5rem",
      padding: "0",
      border: "0",
      borderRadius: "50%",
      background: settings.colour,
      color: settings.ink,
      boxShadow: "0 4px 20px rgb(0 0 0 / 28%)",
      cursor: "pointer",
      zIndex: "2147483000",
    });
    button.setAttribute("aria-expanded", String(isOpen));
    button.setAttribute("aria-label", isOpen ? words.close : waiting ? `${words.open} (${waiting})` : words.open);
    badge.textContent = waiting > 9 ? "9+" : String(waiting);
    badge.style.display = waiting && !isOpen ? "grid" : "none";
    line.setAttribute("d", isOpen ? "M5 5l10 10M15 5 5 15" : BALLOON);
  };

  const open = () => {
    isOpen = true;
    load();
    draw();
    frame.focus();
    tell("opened", settings.page ? { page: location.origin + location.pathname } : {});
  };
  const close = () => {
    isOpen = false;
    draw();
    tell("closed");
    button.focus();
  };

  const BALLOON = "M3 16.6V6a2.5 2.5 0 0 1 2.5-2.5h9A2.5 2.5 0 0 1 17 6v5.5a2.5 2.5 0 0 1-2.5 2.5H6.2z";
  const SVG = "http://www.w3.org/2000/svg";
  const sign = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "path");
  for (const [name, value] of Object.entries({ viewBox: "0 0 20 20", width: "26", height: "26", "aria-hidden": "true" })) {
    sign.setAttribute(name, value);
  }
  for (const [name, value] of Object.entries({ fill: "none", stroke: "currentColor", "stroke-width": "1.6", "stroke-linecap": "round", "stroke-linejoin": "round" })) {
    line.setAttribute(name, value);
  }
  const badge = document.createElement("span");
  Object.assign(badge.style, {
    position: "absolute",
    insetBlockStart: "-4px",
    insetInlineEnd: "-4px",
    placeItems: "center",
    minInlineSize: "22px",
    blockSize: "22px",
    borderRadius: "11px",
    background: "#b3261e",
    color: "#ffffff",
    font: "600 12px/1 system-ui, sans-serif",
  });
  sign.append(line);
  button.append(sign, badge);
  button.type = "button";
  button.lang = language;
  button.addEventListener("click", () => (isOpen ? close() : open()));
  frame.title = words.title;
  frame.lang = language;
  frame.allow = "";
  narrow.addEventListener("change", draw);

  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== address.origin) {
      return;
    }
    const { chat, count } = event.data ?? {};
    if (chat === "ready") {
      isReady = true;
    }
    if (chat === "ready" && isOpen) {
      tell("opened", settings.page ? { page: location.origin + location.pathname } : {});
    }
    if (chat === "close" && isOpen) {
      close();
    }
    if (chat === "begun") {
      remember();
    }
    if (chat === "waiting") {
      waiting = Number(count) || 0;
      draw();
    }
  });

  const show = () => {
    draw();
    document.body.append(frame, button);
    if (remembers()) {
      load(); // an answer may have come since
    }
  };
  if (document.body) {
    show();
  } else {
    addEventListener("DOMContentLoaded", show, { once: true });
  }
})();
