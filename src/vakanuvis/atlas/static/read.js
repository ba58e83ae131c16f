// Reading a text: the page stays, says that it is reading, and shows what was found.

export function start(root) {
  const form = root.querySelector("[data-read]");
  const button = form.querySelector("button:not([type])");
  const example = form.querySelector("[data-example]");
  example.hidden = false;
  example.addEventListener("click", () => {
    form.elements.text.value = example.dataset.example;
    form.elements.text.focus();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const place = document.getElementById("reading");
    const words = button.textContent;
    button.disabled = true;
    button.textContent = form.dataset.working;
    button.classList.add("working");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.getElementById("reading") ?? page.querySelector(".state");
      found.id = "reading";
      found.setAttribute("aria-live", "polite");
      place.replaceWith(found);
      if (found.querySelector("[data-marked]")) (await import("./marks.js")).start(found);
      found.scrollIntoView({ block: "start" });
    } catch {
      form.submit();
      return;
    }
    button.disabled = false;
    button.textContent = words;
    button.classList.remove("working");
  });
}
