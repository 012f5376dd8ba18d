// The walk through a case without loading the whole page anew: the slider shows, and the list and the buttons work without this.
(() => {
  const slider = document.getElementById("gang-nr");
  const choice = document.getElementById("nr");
  if (!slider || !choice) return;
  const parts = ["gang-na", "gang-steg", "gang-endret", "sto"];
  let asked = 0;

  const words = () => choice.options[Number(slider.value) - 1].text;

  async function show(number) {
    const turn = ++asked;
    const address = new URL(choice.form.action);
    address.search = new URLSearchParams({ formal: choice.form.elements.formal.value, nr: number }).toString();
    const answer = await fetch(address, { credentials: "same-origin" });
    if (turn !== asked) return;
    if (!answer.ok) {
      window.location.assign(address);
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of parts) {
      const old = document.getElementById(id);
      const now = page.getElementById(id);
      if (!old || !now) continue;
      old.replaceChildren(...now.childNodes);
      if (now.dataset.changed !== undefined) old.dataset.changed = now.dataset.changed;
    }
    slider.value = number;
    choice.value = number;
    slider.setAttribute("aria-valuetext", words());
    window.history.replaceState(null, "", address);
  }

  document.getElementById("gang-glider").hidden = false;
  slider.addEventListener("input", () => slider.setAttribute("aria-valuetext", words()));
  slider.addEventListener("change", () => show(slider.value));
  document.getElementById("gang-steg").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const rel = link.rel;
    show(new URL(link.href).searchParams.get("nr")).then(() => {
      const next = document.querySelector(`#gang-steg a[rel="${rel}"]`) || document.querySelector("#gang-steg a");
      if (next) next.focus();
    });
  });
})();
