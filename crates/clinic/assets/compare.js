// One picture over the other: by slider, keys and buttons. Without it they stand side by side.
for (const compare of document.querySelectorAll(".compare")) {
  const controls = compare.querySelector(".controls");
  const over = controls.querySelector(".over");
  const slider = over.querySelector("input");
  const cut = (percent) => {
    slider.value = percent;
    compare.style.setProperty("--cut", `${percent}%`);
  };
  const mode = (which) => {
    compare.classList.toggle("stacked", which === "over");
    over.hidden = which !== "over";
    for (const button of controls.querySelectorAll("[data-mode]")) {
      button.setAttribute("aria-pressed", String(button.dataset.mode === which));
    }
  };
  for (const button of controls.querySelectorAll("[data-mode]")) button.addEventListener("click", () => mode(button.dataset.mode));
  for (const button of over.querySelectorAll("[data-cut]")) button.addEventListener("click", () => cut(button.dataset.cut));
  slider.addEventListener("input", () => cut(slider.value));
  controls.hidden = false;
  cut(50);
  mode("over");
}
