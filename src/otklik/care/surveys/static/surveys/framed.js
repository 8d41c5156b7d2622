// In a window on another site: says how high it is, and when it may go.
const tell = (survey) =>
  parent.postMessage({ survey, title: document.title, height: document.documentElement.scrollHeight }, "*");

tell("shown");
if (document.querySelector("[data-answered]")) {
  tell("answered");
}
document.querySelector("[data-leave]")?.addEventListener("click", () => tell("closed"));
