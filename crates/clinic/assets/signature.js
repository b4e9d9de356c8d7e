// A signature drawn by pointer, kept as the path of an SVG picture. Without this script the name is typed, and that is enough.
"use strict";
for (const box of document.querySelectorAll("[data-signature]")) {
  const canvas = box.querySelector("canvas"), kept = box.querySelector("input"), pen = canvas.getContext("2d");
  const longest = 12000;
  let strokes = [], stroke = null;
  box.hidden = false;

  const place = (event) => {
    const edge = canvas.getBoundingClientRect();
    return [Math.round((event.clientX - edge.left) * canvas.width / edge.width), Math.round((event.clientY - edge.top) * canvas.height / edge.height)];
  };
  const path = (step) => strokes.map((points) => points.filter((_, at) => at % step === 0 || at === points.length - 1)
    .map(([x, y], at) => (at ? "L" : "M") + x + " " + y).join("")).join("");
  const draw = () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.lineWidth = 2.5;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = getComputedStyle(canvas).color;
    for (const points of strokes) {
      pen.beginPath();
      points.forEach(([x, y], at) => (at ? pen.lineTo(x, y) : pen.moveTo(x, y)));
      pen.stroke();
    }
    let step = 1;
    while (path(step).length > longest && step < 64) step *= 2;
    kept.value = path(step);
  };

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    stroke = [place(event)];
    strokes.push(stroke);
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!stroke) return;
    const [x, y] = place(event), [lastX, lastY] = stroke[stroke.length - 1];
    if (Math.hypot(x - lastX, y - lastY) >= 3) { stroke.push([x, y]); draw(); }
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { stroke = null; draw(); });
  box.querySelector("[data-clear]").addEventListener("click", () => { strokes = []; draw(); });
}
