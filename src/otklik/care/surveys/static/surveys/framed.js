// In a window on another site: says how high it is, and when it may go.
const tell = (survey) => {
  const height = Math.ceil(document.querySelector("main").getBoundingClientRect().bottom);
  parent.postMessage({ survey, title: document.title, height }, "*");
};

tell("shown");
document.querySelector("[data-leave]")?.addEventListener("click", () => tell("closed"));
