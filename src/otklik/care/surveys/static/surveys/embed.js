// On a site of the company: opens the survey's window once for each visitor, at the foot of the page.
(() => {
  const address = new URL("frame/", document.currentScript.src);
  const key = `survey ${address.pathname}`;
  const seen = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const remember = () => {
    try {
      localStorage.setItem(key, "seen");
    } catch {
      // A browser that keeps nothing shows it again.
    }
  };
  if (seen()) {
    return;
  }
  const frame = document.createElement("iframe");
  Object.assign(frame.style, {
    position: "fixed",
    insetBlockEnd: "1rem",
    insetInlineEnd: "1rem",
    inlineSize: "min(24rem, calc(100vw - 2rem))",
    blockSize: "0",
    border: "0",
    borderRadius: "12px",
    boxShadow: "0 8px 32px rgb(0 0 0 / 24%)",
    zIndex: "2147483000",
  });
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== address.origin) {
      return;
    }
    const { survey, title, height } = event.data ?? {};
    if (survey === "shown") {
      frame.title = String(title);
      frame.style.blockSize = `${Math.min(Number(height) || 0, innerHeight - 32)}px`;
      remember();
    }
    if (survey === "closed") {
      frame.remove();
    }
  });
  frame.src = address.href;
  const show = () => document.body.append(frame);
  if (document.body) {
    show();
  } else {
    addEventListener("DOMContentLoaded", show, { once: true }); // in the head, with async
  }
})();
